"""What a custom object names of Kubernetes itself, found along the positions of a table; it needs no definition."""

from collections.abc import Iterator

from kexplain.api.custom_references import CustomReference, names_by_kind
from kexplain.objects.facts import BackendFacts, Naming
from kexplain.objects.manifest import Manifest
from kexplain.objects.spotting import spot_of
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Sequence

MOST = 1_000
"""Places that one row may lead to; no real object has as many."""


def custom_names(manifest: Manifest, root: Visit) -> tuple[tuple[Naming, ...], tuple[BackendFacts, ...]]:
    """The names of ConfigMaps, Secrets and so on in a custom object, and the Services that it sends requests to."""
    namings: list[Naming] = []
    backends: list[BackendFacts] = []
    for row in names_by_kind().get(f"{manifest.group} {manifest.kind}", ()):
        for place in places(root, row.position.partition(" ")[2].split(".")[1:]):
            if not is_meant(place, row, manifest):
                continue
            if row.kind == "Service":
                backends.append(backend(place))
            else:
                namings.append(naming(place, row))
    return tuple(namings), tuple(backends)


def places(root: Visit, steps: list[str]) -> list[Visit]:
    """The visits that a path leads to, through every item of the lists on it."""
    here = [root]
    for step in steps:
        name = step.rstrip("[]")
        here = [visit.child(name) for visit in here if visit.get(name) is not None]
        for _ in range(step.count("[]")):
            here = [item for visit in here for item in members(visit)][:MOST]
    return here


def members(visit: Visit) -> Iterator[Visit]:
    """The items of a list."""
    if isinstance(visit.node, Sequence):
        yield from (visit.child(str(index)) for index in range(len(visit.node.items)))


def is_meant(place: Visit, row: CustomReference, manifest: Manifest) -> bool:
    """Whether a text names an object of the row's kind, in the namespace of its own object."""
    holder = place.parent
    if not isinstance(place.value, str) or place.unresolved or holder is None:
        return False
    kind = holder.read(row.kind_field) if row.kind_field else None
    namespace = holder.read(row.namespace_field) if row.namespace_field else None
    return kind in (None, row.kind) and not holder.read("group") and namespace in (None, manifest.namespace)


def naming(place: Visit, row: CustomReference) -> Naming:
    """A name, with the entry that is asked for beside it."""
    holder = place.parent or place
    key = holder.read(row.key_field) if row.key_field else None
    entries = ((key, spot_of(holder.child(row.key_field))),) if isinstance(key, str) and key else ()
    optional = holder.read("optional") is True
    return Naming(row.position, row.kind, str(place.value), spot_of(place), optional, () if optional else entries)


def backend(place: Visit) -> BackendFacts:
    """A Service, and the port of it that is asked for beside its name."""
    holder = place.parent or place
    return BackendFacts(str(place.value), spot_of(place), holder.read("port"), spot_of(holder.child("port")), False)
