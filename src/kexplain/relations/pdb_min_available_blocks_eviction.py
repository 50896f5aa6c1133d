"""pdb-min-available-blocks-eviction: a PodDisruptionBudget that wants as many Pods as there are."""

from collections.abc import Iterator

from kexplain.objects.facts import Facts
from kexplain.objects.whole import REPLICATED
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """A ``minAvailable`` of all Pods, in words or by the replicas of the workloads it selects."""
    if not (budget := subject.budget):
        return
    if budget.wanted == "100%":
        yield Problem(budget.spot, {"of": "all Pods"})
        return
    count = pods_selected(subject, others)
    if count and needed(budget.wanted, count) >= count:
        yield Problem(budget.spot, {"of": "1 Pod" if count == 1 else f"{count} Pods"})


def needed(wanted: object, count: int) -> int:
    """How many of the Pods have to stay; a percentage is rounded up. Zero for anything that is no amount."""
    if isinstance(wanted, str) and wanted.endswith("%") and wanted[:-1].isdecimal() and len(wanted) <= 4:
        return -(-int(wanted[:-1]) * count // 100)
    return wanted if isinstance(wanted, int) and not isinstance(wanted, bool) else 0


def pods_selected(subject: Facts, others: Workspace) -> int:
    """The replicas of all workloads it selects; 0 where they cannot be counted."""
    found = others.selected(subject.selector, subject) if subject.selector else []
    workloads = [one for one in found if others.together(one, subject)]
    counts = [others.fewest_replicas(one) if one.kind in REPLICATED else None for one in workloads]
    return sum(count or 0 for count in counts) if None not in counts else 0
