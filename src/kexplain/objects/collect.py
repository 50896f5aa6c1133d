"""From the visits of one walk to the facts of an object: what is collected at which typed position."""

import zlib
from collections.abc import Callable, Iterator
from typing import Any

from kexplain.api.references import REFERENCES, SELECTORS, labels_of, selector_of
from kexplain.objects.bound_facts import asked_by
from kexplain.objects.credentials import form, is_named
from kexplain.objects.facts import (
    AccountFacts,
    BackendFacts,
    ContainerFacts,
    CredentialFacts,
    DoorFacts,
    Facts,
    Naming,
    PortFacts,
    Selecting,
    StatefulFacts,
    TemplateFacts,
    Unset,
)
from kexplain.objects.idle import is_idle
from kexplain.objects.manifest import Manifest
from kexplain.objects.pod import amount, is_piece, pod_spec, runs_on
from kexplain.objects.reach_facts import access_modes_of, monitor_of, policy_of
from kexplain.objects.spot import Spot
from kexplain.objects.spotting import lacking, spot_of
from kexplain.objects.visit import Visit
from kexplain.objects.whole import whole_facts
from kexplain.syntax.tree import Mapping, Sequence

RESOURCES = tuple((section, resource) for section in ("requests", "limits") for resource in ("cpu", "memory"))


class Collector:
    """Takes the visits at POSITIONS and gives the facts of their object."""

    def __init__(self, manifest: Manifest, file: int) -> None:
        self.manifest = manifest
        self.file = file
        self.found: dict[str, list[Any]] = {}

    def take(self, visit: Visit) -> None:
        """Collects what a visit shows, at its position and at its type."""
        for field, collect in POSITIONS.get(visit.position, ()):
            self.found.setdefault(field, []).extend(collect(visit))
        if visit.type is not None and visit.type.name != visit.position:
            for field, collect in POSITIONS.get(visit.type.name, ()):
                self.found.setdefault(field, []).extend(collect(visit))

    def facts(self, root: Visit) -> Facts:
        """The facts of the object, when its walk is over."""
        parts: dict[str, Any] = {field: tuple(values) for field, values in self.found.items()}
        reach = {"policy": policy_of(self.manifest, root), "monitor": monitor_of(self.manifest, root)}
        parts |= {**reach, "access_modes": access_modes_of(self.manifest)}
        if not self.manifest.builtin:
            from kexplain.objects.custom_names import custom_names  # here: most runs have no custom objects

            names, backends = custom_names(self.manifest, root)
            parts["naming"] = parts.get("naming", ()) + names
            parts["backends"] = parts.get("backends", ()) + backends
        return whole_facts(self.manifest, self.file, root)._replace(**parts)


def namings(visit: Visit) -> Iterator[Naming]:
    """A field that names another object."""
    reference, holder = REFERENCES[visit.position], visit.parent
    if not isinstance(visit.value, str) or holder is None or visit.unresolved:
        return
    optional = bool(reference.optional) and holder.read(reference.optional) is True
    entries = () if optional else tuple(asked(holder, reference.key))
    yield Naming(visit.position, reference.kind, visit.value, spot_of(visit), optional, entries)


def asked(holder: Visit, key: str) -> Iterator[tuple[str, Spot]]:
    """The entries that are asked for beside a reference: in a field of its own, or in the ``items`` of a volume."""
    places = [holder.child(key)] if key and holder.get(key) is not None else []
    for index, item in enumerate(holder.items("items")):
        if isinstance(item, Mapping) and item.get("key") is not None:
            places.append(holder.child("items").child(str(index)).child("key"))
    known = (place for place in places if not place.unresolved)
    yield from ((place.value, spot_of(place)) for place in known if isinstance(place.value, str))


def selections(visit: Visit) -> Iterator[Selecting]:
    """A field that selects objects by their labels; nobody knows what one selects that is filled in later."""
    selector = selector_of(visit.node)
    if not selector.unresolved:
        yield Selecting(visit.position, SELECTORS[visit.position], selector, spot_of(visit))


def containers(visit: Visit) -> Iterator[ContainerFacts]:
    """A container, of whichever list; what one lacks that an operator completes is unknown."""
    if is_piece(visit):
        return
    ports = visit.get("ports")
    has_ports = isinstance(ports, Sequence) and any(isinstance(port, Mapping) for port in ports.items)
    asked = visit.get("readinessProbe") is not None or is_idle(visit)
    unready = None if asked else lacking(visit, "readinessProbe")
    unset = tuple(missing for row in RESOURCES for missing in unset_of(visit, *row))
    amounts = () if visit.get("resources") is None else tuple(asked_by(visit))
    yield ContainerFacts(spot_of(visit), runs_on(visit), has_ports, unready, unset, amounts)


def unset_of(container: Visit, section: str, resource: str) -> Iterator[Unset]:
    """A request or limit that neither the container nor its Pod gives; a request follows the limit."""
    if container.get("resources", section, resource) is not None:
        if amount(container, section, resource) == 0:
            yield Unset(section, resource, spot_of(container.child("resources").child(section).child(resource)), True)
        return
    holders = [holder for holder in (container, pod_spec(container)) if holder is not None]
    sections = ("limits",) if section == "limits" else ("requests", "limits")
    if not any(holder.get("resources", s, resource) is not None for holder in holders for s in sections):
        yield Unset(section, resource, lacking(container, f"resources.{section}.{resource}"), False)


def accounts(spec: Visit) -> Iterator[AccountFacts]:
    """As whom a Pod runs, by either name of the field."""
    field = "serviceAccountName" if spec.read("serviceAccountName") else "serviceAccount"
    value, token = spec.read(field), spec.read("automountServiceAccountToken")
    name = str(spec.read("serviceAccountName") or spec.read("serviceAccount") or "default")
    there = "automountServiceAccountToken" in (spec.node.fields if isinstance(spec.node, Mapping) else ())
    yield AccountFacts(
        name,
        value if isinstance(value, str) else None,
        spot_of(spec.child(field)) if value else lacking(spec, "serviceAccountName"),
        None if token is None else token is not False,
        spot_of(spec.child("automountServiceAccountToken"))
        if there and spec.get("automountServiceAccountToken") is not None
        else lacking(spec, "automountServiceAccountToken"),
    )


def templates(visit: Visit) -> Iterator[TemplateFacts]:
    """A Pod or a Pod template."""
    labels = labels_of(visit.get("metadata", "labels"))
    yield TemplateFacts(spot_of(visit), labels, visit.read("spec", "hostNetwork") is True)


def credentials(variable: Visit) -> Iterator[CredentialFacts]:
    """A literal value that is a credential by its own form, or by the name of the variable."""
    name, value = variable.read("name"), variable.read("value")
    if not isinstance(name, str) or not isinstance(value, str):
        return
    if what := form(value) or ("a credential" if is_named(name, value) else ""):
        yield CredentialFacts(name, what, mark_of(value), spot_of(variable.child("value")))


def mark_of(value: str) -> int:
    """What is kept of a credential: 16 bits of its checksum."""
    return zlib.crc32(value.encode("utf-8", "surrogatepass")) & 0xFFFF


def backends(visit: Visit) -> Iterator[BackendFacts]:
    """A Service that an Ingress names."""
    name, number, port_name = visit.read("name"), visit.read("port", "number"), visit.read("port", "name")
    if isinstance(name, str):
        port = visit.child("port").child("number" if number is not None else "name")
        wanted = port_name if number is None else number
        yield BackendFacts(name, spot_of(visit.child("name")), wanted, spot_of(port), port_name == "use-annotation")


def stateful(visit: Visit) -> Iterator[StatefulFacts]:
    """The Service of a StatefulSet."""
    name, labels = visit.read("serviceName"), labels_of(visit.get("template", "metadata", "labels"))
    judged = visit.get("selector") is not None
    if not name:
        yield StatefulFacts(None, lacking(visit, "serviceName"), labels, judged)
    elif isinstance(name, str):
        yield StatefulFacts(name, spot_of(visit.child("serviceName")), labels, judged)


def ports(visit: Visit) -> Iterator[PortFacts]:
    """A port of a container."""
    container = visit.up("core/v1 Container")
    yield PortFacts(str(visit.read("name") or ""), visit.read("containerPort"),
                    str(container.read("name") or "") if container else "")  # fmt: skip


def doors(visit: Visit) -> Iterator[DoorFacts]:
    """A port of a Service; without a target it leads to the same port."""
    number, target = visit.read("port"), visit.read("targetPort")
    yield DoorFacts(str(visit.read("name") or ""), number, number if target is None else target)


Collect = Callable[[Visit], Iterator[object]]
POSITIONS: dict[str, list[tuple[str, Collect]]] = {
    **{position: [("naming", namings)] for position in REFERENCES},
    **{position: [("selecting", selections)] for position in SELECTORS},
    "core/v1 Container": [("containers", containers)],
    "core/v1 PodSpec": [("accounts", accounts)],
    "core/v1 PodTemplateSpec": [("templates", templates)],
    "core/v1 Pod": [("templates", templates)],
    "core/v1 ContainerPort": [("ports", ports)],
    "core/v1 ServicePort": [("doors", doors)],
    "core/v1 EnvVar": [("credentials", credentials)],
    "networking.k8s.io/v1 IngressServiceBackend": [("backends", backends)],
    "apps/v1 StatefulSetSpec": [("stateful", stateful)],
}
