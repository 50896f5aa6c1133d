"""Facts of what a namespace allows: the bounds of a LimitRange, the sums of a ResourceQuota."""

from collections.abc import Iterator

from kexplain.api.quantity import billionths
from kexplain.objects.facts import Amount, Bound
from kexplain.objects.manifest import Manifest
from kexplain.objects.spotting import spot_of
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Mapping, Node, Scalar, descend, items, string

SIDES = ("min", "max", "default", "defaultRequest", "maxLimitRequestRatio")


def bounds_of(manifest: Manifest) -> tuple[Bound, ...]:
    """The bounds of a LimitRange, with the defaults that the API server makes of its maximum; of a quota its sums.

    A quota with scopes counts only some Pods, which nobody can tell here: it gives nothing.
    """
    if manifest.group or manifest.kind not in {"LimitRange", "ResourceQuota"}:
        return ()
    spec = manifest.root.get("spec")
    if manifest.kind == "LimitRange":
        return tuple(bound for item in items(descend(spec, "limits")) for bound in limits_of(item))
    if items(descend(spec, "scopes")) or descend(spec, "scopeSelector") is not None:
        return ()
    return tuple(Bound("", "hard", *row) for row in amounts_of(descend(spec, "hard")))


def limits_of(item: Node) -> Iterator[Bound]:
    """The bounds of one item. Source: SetDefaults_LimitRangeItem: without a default the maximum is one."""
    kind, found = string(descend(item, "type")), {side: list(amounts_of(descend(item, side))) for side in SIDES}
    given = {name for name, _, _ in found["default"]}
    if kind == "Container":
        found["default"] += [row for row in found["max"] if row[0] not in given]
    yield from (Bound(kind, side, *row) for side, rows in found.items() for row in rows)


def amounts_of(node: Node | None) -> Iterator[tuple[str, int, str]]:
    """The amounts of a map that can be read: resource, billionths, as it is written."""
    for name, entry in node.fields.items() if isinstance(node, Mapping) else ():
        value = entry.value
        try:
            if isinstance(value, Scalar) and value.value is not None and not value.unresolved:
                yield name, billionths(value.value), value.text
        except ValueError:
            continue


def asked_by(container: Visit) -> Iterator[Amount]:
    """What a container requests, and its limits."""
    for section in ("requests", "limits"):
        for name, number, _ in amounts_of(container.get("resources", section)):
            spot = spot_of(container.child("resources").child(section).child(name))
            yield Amount(section, name, number, spot)
