"""Making spots of visits: where a field stands, or the one that should stand there, and how a finding knows it."""

from typing import TYPE_CHECKING

from kexplain.objects.secret import holds_secret
from kexplain.objects.spot import Spot

if TYPE_CHECKING:
    from kexplain.objects.visit import Visit

CONTAINERS = frozenset({"Container", "EphemeralContainer"})


def spot_of(visit: "Visit") -> Spot:
    """The spot of a visit; without its value where that is hidden."""
    hidden = holds_secret(visit)
    named = visit.named_path
    anchor = named if hidden else f"{named}={visit.comparable}"
    text = "(hidden)" if hidden else visit.text
    return Spot(visit.span, visit.path, anchor, visit.name, text, container_of(visit), visit.unresolved)


def lacking(visit: "Visit", field: str) -> Spot:
    """The spot of a field that is not there: at the parent that should hold it.

    A dotted name goes further down: the spot is at the deepest of the parents that is there.
    """
    path = f"{visit.path}.{field}".lstrip(".")
    settable = may_have(visit, path)
    *parents, name = field.split(".")
    for parent in parents:
        if visit.get(parent) is None:
            break
        visit = visit.child(parent)
    at = container_of(visit)
    return Spot(visit.grip, path, anchor_at(visit, path), name, visit.text, at, settable=settable, lacks=True)


def may_have(visit: "Visit", path: str) -> bool:
    """Whether what a path below a visit begins with is a field there; only a custom definition may lack it."""
    if visit.schema is None or visit.type is None or visit.type.open:
        return True
    step = path[len(visit.path) :].lstrip(".").partition(".")[0]
    return not step or "[" in step or step in visit.type.fields


def anchor_at(visit: "Visit", path: str) -> str:
    """The anchor of a path at or below a visit; without the value where that is hidden."""
    above = visit
    while not path.startswith(above.path) and above.parent is not None:
        above = above.parent
    named = above.named_path + path[len(above.path) :]
    return named if holds_secret(visit) else f"{named}={visit.comparable}"


def container_of(visit: "Visit") -> str:
    """The name of the container around a visit; empty where there is none."""
    container = container_around(visit)
    return str(container.read("name") or "") if container else ""


def container_around(visit: "Visit") -> "Visit | None":
    """The container at or around a visit, be it one for debugging; None outside of any."""
    here: Visit | None = visit
    while here is not None and (here.type is None or here.type.short not in CONTAINERS):
        here = here.parent
    return here
