"""What an object of an old API version becomes in the one that takes its place: version, kind, fields that move.

Source: the deprecation guide of Kubernetes, and the conversions of its API types.
"""

from collections.abc import Callable, Iterator
from typing import Any

from kexplain.api.lifecycle import lifecycle
from kexplain.fix import Change, Drop, Fix, Path, Put, Rename, Target
from kexplain.fixes._metrics import metric
from kexplain.syntax.tree import plain_value

Moves = Callable[[dict[str, Any]], Iterator[Change]]


class NoWayError(Exception):
    """An object that has no counterpart without a person's decision."""


def renewed(target: Target) -> Fix | None:
    """An object in the version that replaces its own; None where that takes a decision or is not known."""
    manifest = target.visit.manifest
    row = lifecycle(manifest.api_version, manifest.kind)
    root = plain_value(manifest.root)
    if row is None or not isinstance(root, dict) or not isinstance(root.get("spec", {}), dict):
        return None
    version, kind = row.successor
    moves = MOVES.get(manifest.kind)
    if not version or kind != manifest.kind or moves is None or f"{version} {kind}" not in target.api.kinds:
        return None
    try:
        changes = (Put(("apiVersion",), version), *moves(root))
    except (NoWayError, AttributeError, KeyError, TypeError):  # strange manifests have no counterpart
        return None
    return Fix(
        f"{manifest.api_version} becomes {version}{', and fields move' if changes[1:] else ''}", changes, safe=True
    )


def nothing(_: dict[str, Any]) -> Iterator[Change]:
    """The fields stay as they are."""
    yield from ()


def workload(root: dict[str, Any]) -> Iterator[Change]:
    """A selector is needed, and was taken from the labels of the Pods; how it is rolled back is gone."""
    spec = root["spec"]
    if not spec.get("selector"):
        labels = spec["template"]["metadata"]["labels"]
        if not labels:
            raise NoWayError
        yield Put(("spec", "selector"), {"matchLabels": labels})
    if "rollbackTo" in spec:
        yield Drop(("spec", "rollbackTo"))
    if "templateGeneration" in spec:
        yield Drop(("spec", "templateGeneration"))
    if root["kind"] == "DaemonSet" and "updateStrategy" not in spec and root["apiVersion"] == "extensions/v1beta1":
        yield Put(("spec", "updateStrategy"), {"type": "OnDelete"})


def ingress(root: dict[str, Any]) -> Iterator[Change]:
    """A backend names its Service in ``service``; each path says its type; the default backend has another name."""
    spec = root.get("spec", {})
    if "backend" in spec:
        yield Put(("spec", "backend"), backend(spec["backend"]))
        yield Rename(("spec", "backend"), "defaultBackend")
    for number, rule in enumerate(spec.get("rules") or ()):
        for index, path in enumerate((rule.get("http") or {}).get("paths") or ()):
            place: Path = ("spec", "rules", number, "http", "paths", index)
            yield Put((*place, "backend"), backend(path["backend"]))
            if path.get("pathType") is None:
                yield Put((*place, "pathType"), "ImplementationSpecific")


def backend(old: dict[str, Any]) -> dict[str, Any]:
    """A backend as networking.k8s.io/v1 has it."""
    if "service" in old or old.keys() - {"serviceName", "servicePort", "resource"}:
        raise NoWayError
    new = {name: value for name, value in old.items() if name == "resource"}
    if "serviceName" in old:
        port = old["servicePort"]
        number = type(port) is int or (type(port) is str and port.isdecimal())
        new["service"] = {"name": old["serviceName"], "port": {"number": int(port)} if number else {"name": port}}
    if not new:
        raise NoWayError
    return new


def disruption_budget(root: dict[str, Any]) -> Iterator[Change]:
    """An empty selector chose no Pod, and chooses all of them now."""
    selector = root["spec"].get("selector")
    if not selector or not (selector.get("matchLabels") or selector.get("matchExpressions")):
        raise NoWayError
    yield from ()


def autoscaler(root: dict[str, Any]) -> Iterator[Change]:
    """A metric says what it is and its target apart."""
    if root["apiVersion"].endswith("v2beta1"):
        for index, old in enumerate(root["spec"].get("metrics") or ()):
            new = metric(old)
            if new is None:
                raise NoWayError
            yield Put(("spec", "metrics", index), new)


def endpoint_slice(root: dict[str, Any]) -> Iterator[Change]:
    """Node and zone of an endpoint have fields of their own."""
    for index, endpoint in enumerate(root.get("endpoints") or ()):
        topology = dict(endpoint.get("topology") or {})
        node, zone = topology.pop("kubernetes.io/hostname", None), topology.pop("topology.kubernetes.io/zone", None)
        if node and "nodeName" not in endpoint:
            yield Put(("endpoints", index, "nodeName"), node)
        if zone and "zone" not in endpoint:
            yield Put(("endpoints", index, "zone"), zone)
        if topology:
            yield Put(("endpoints", index, "deprecatedTopology"), topology)
        if "topology" in endpoint:
            yield Drop(("endpoints", index, "topology"))


DEFAULTS = {
    "failurePolicy": "Ignore",
    "matchPolicy": "Exact",
    "timeoutSeconds": 30,
    "admissionReviewVersions": ["v1beta1"],
}
"""What v1beta1 of a webhook took where nothing was said; v1 takes something else, or asks."""


def webhooks(root: dict[str, Any]) -> Iterator[Change]:
    """What had another default is said; whether a webhook has side effects only a person knows."""
    for index, webhook in enumerate(root.get("webhooks") or ()):
        if webhook.get("sideEffects") not in {"None", "NoneOnDryRun"}:
            raise NoWayError
        for name, value in DEFAULTS.items():
            if name not in webhook:
                yield Put(("webhooks", index, name), value)


def priority_level(root: dict[str, Any]) -> Iterator[Change]:
    """The shares have another name from v1beta3 on."""
    if "assuredConcurrencyShares" in (root["spec"].get("limited") or {}):
        yield Rename(("spec", "limited", "assuredConcurrencyShares"), "nominalConcurrencyShares")


def signing_request(root: dict[str, Any]) -> Iterator[Change]:
    """A signer is needed, and what the certificate is for."""
    if not root["spec"].get("signerName") or not root["spec"].get("usages"):
        raise NoWayError
    yield from ()


def event(root: dict[str, Any]) -> Iterator[Change]:
    """What v1 needs is there."""
    if any(
        not root.get(name) for name in ("eventTime", "reportingController", "reportingInstance", "action", "reason")
    ):
        raise NoWayError
    yield from ()


SAME = [
    "APIService", "CSIDriver", "CSINode", "CSIStorageCapacity", "ClusterRole", "ClusterRoleBinding",
    "ControllerRevision", "CronJob", "FlowSchema", "IPAddress", "IngressClass", "Lease", "NetworkPolicy",
    "PriorityClass", "Role", "RoleBinding", "RuntimeClass", "ServiceCIDR", "StorageClass",
    "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding", "VolumeAttachment",
]  # fmt: skip
MOVES: dict[str, Moves] = dict.fromkeys(SAME, nothing) | {
    "Deployment": workload, "StatefulSet": workload, "DaemonSet": workload, "ReplicaSet": workload, "Ingress": ingress,
    "PodDisruptionBudget": disruption_budget, "HorizontalPodAutoscaler": autoscaler, "EndpointSlice": endpoint_slice,
    "MutatingWebhookConfiguration": webhooks, "ValidatingWebhookConfiguration": webhooks, "Event": event,
    "PriorityLevelConfiguration": priority_level, "CertificateSigningRequest": signing_request,
}  # fmt: skip
"""Kinds whose newer versions are known to mean the same, with the fields that move."""
