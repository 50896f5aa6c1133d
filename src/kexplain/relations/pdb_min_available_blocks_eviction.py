"""pdb-min-available-blocks-eviction: a PodDisruptionBudget that wants as many Pods as there are."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.pods import fewest_replicas, together
from kexplain.objects.walk import Visit

REPLICATED = frozenset({"Deployment", "StatefulSet", "ReplicaSet", "ReplicationController"})


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A ``minAvailable`` of all Pods, in words or by the replicas of the workloads it selects."""
    wanted = visit.read("spec", "minAvailable")
    if wanted is None:
        return
    place = visit.child("spec").child("minAvailable")
    if wanted == "100%":
        yield Problem(place, {"of": "all Pods"})
        return
    count = pods_selected(visit, context)
    if count and needed(wanted, count) >= count:
        yield Problem(place, {"of": "1 Pod" if count == 1 else f"{count} Pods"})


def needed(wanted: object, count: int) -> int:
    """How many of the Pods have to stay; a percentage is rounded up. Zero for anything that is no amount."""
    if isinstance(wanted, str) and wanted.endswith("%") and wanted[:-1].isdecimal() and len(wanted) <= 4:
        return -(-int(wanted[:-1]) * count // 100)
    return wanted if isinstance(wanted, int) and not isinstance(wanted, bool) else 0


def pods_selected(visit: Visit, context: Context) -> int:
    """The replicas of all workloads it selects; 0 where they cannot be counted."""
    found = context.workspace.selected(visit.get("spec", "selector"), visit.manifest)
    workloads = [p.manifest for p in found if together(p.manifest, visit.manifest, context.workspace)]
    counts = [fewest_replicas(w, context.workspace) if w.kind in REPLICATED else None for w in workloads]
    return sum(count or 0 for count in counts) if None not in counts else 0
