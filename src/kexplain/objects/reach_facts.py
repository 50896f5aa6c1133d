"""Facts of who reaches whom: the peers of a NetworkPolicy, the Services of a ServiceMonitor, the holders of a claim."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kexplain.api.references import selector_of
from kexplain.objects.facts import MonitorFacts, PeerFacts, PolicyFacts
from kexplain.objects.spotting import spot_of
from kexplain.syntax.tree import Mapping, descend, items, string

if TYPE_CHECKING:
    from kexplain.objects.manifest import Manifest
    from kexplain.objects.visit import Visit


def policy_of(manifest: "Manifest", root: "Visit") -> PolicyFacts | None:
    """What a NetworkPolicy isolates. Source: the defaults of ``policyTypes`` in networking/v1."""
    if manifest.kind != "NetworkPolicy" or manifest.group != "networking.k8s.io":
        return None
    written = {string(item) for item in items(descend(manifest.root, "spec", "policyTypes"))}
    default = {"Ingress", *(("Egress",) if items(descend(manifest.root, "spec", "egress")) else ())}
    return PolicyFacts(frozenset(written or default), tuple(peers_of(root)))


def peers_of(root: "Visit") -> Iterator[PeerFacts]:
    """The peers of every rule that select Pods and no namespace."""
    for direction, field in (("ingress", "from"), ("egress", "to")):
        for number, rule in enumerate(root.items("spec", direction)):
            for index, peer in enumerate(items(rule.get(field)) if isinstance(rule, Mapping) else ()):
                if isinstance(peer, Mapping) and peer.get("podSelector") and not peer.get("namespaceSelector"):
                    place = root.child("spec").child(direction).child(str(number)).child(field).child(str(index))
                    yield PeerFacts(selector_of(peer.get("podSelector")), spot_of(place.child("podSelector")))


def monitor_of(manifest: "Manifest", root: "Visit") -> MonitorFacts | None:
    """Which Services a ServiceMonitor of the Prometheus Operator looks for."""
    selector = root.get("spec", "selector")
    if (manifest.group, manifest.kind) != ("monitoring.coreos.com", "ServiceMonitor") or selector is None:
        return None
    where = descend(manifest.root, "spec", "namespaceSelector")
    names = frozenset(string(item) for item in items(descend(where, "matchNames")))
    anywhere = root.read("spec", "namespaceSelector", "any") is True
    namespaces = frozenset[str]() if anywhere else names or None
    return MonitorFacts(selector_of(selector), namespaces, spot_of(root.child("spec").child("selector")))


def access_modes_of(manifest: "Manifest") -> frozenset[str]:
    """How a claim may be mounted; empty for anything else."""
    modes = descend(manifest.root, "spec", "accessModes") if manifest.kind == "PersistentVolumeClaim" else None
    return frozenset(string(item) for item in items(modes))
