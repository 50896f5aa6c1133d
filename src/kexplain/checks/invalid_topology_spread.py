"""invalid-topology-spread: a topologySpreadConstraint that is refused, or that spreads nothing."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, missing
from kexplain.objects.walk import Visit
from kexplain.syntax.tree import Mapping, string


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """Numbers below 1, fields that exclude each other, a repeated pair of key and action, no selector."""
    for name in ("maxSkew", "minDomains"):
        number = visit.read(name)
        if isinstance(number, int) and number < 1:
            yield Problem(visit.child(name), {"what": f"{name} is {number}, the least is 1"})
    action, key = visit.read("whenUnsatisfiable"), visit.read("topologyKey")
    if visit.get("minDomains") is not None and action == "ScheduleAnyway":
        yield Problem(visit.child("minDomains"), {"what": "minDomains needs DoNotSchedule"})
    if key == "":
        yield Problem(visit.child("topologyKey"), {"what": "topologyKey is empty"})
    elif key is not None and (key, action) in earlier(visit):
        yield Problem(visit.child("topologyKey"), {"what": f"{key} with {action} stood before"})
    if visit.get("labelSelector") is None:
        yield missing(visit, "labelSelector", what="no labelSelector, so it counts no Pods")


def earlier(visit: Visit) -> set[tuple[str, str]]:
    """Key and action of the constraints before this one in the list."""
    items = visit.parent.items() if visit.parent else []
    before = items[: int(visit.name)] if visit.name.isdecimal() else []
    mappings = [item for item in before if isinstance(item, Mapping)]
    return {(string(m.get("topologyKey")), string(m.get("whenUnsatisfiable"))) for m in mappings}
