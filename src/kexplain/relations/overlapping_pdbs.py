"""overlapping-pdbs: two budgets for one Pod, which then nobody can evict."""

from collections.abc import Iterator

from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem, named_there

POSITION = "policy/v1 PodDisruptionBudgetSpec.selector"


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """A budget of a workload that another budget, further up in the run, selects as well."""
    for selecting in subject.selecting:
        if selecting.position != POSITION:
            continue
        for workload in others.selected(selecting.selector, subject):
            other = next((o for o in others.selecting("PodDisruptionBudget", workload) if earlier(o, subject)), None)
            if other and others.together(other, subject) and others.together(workload, subject):
                values = {"workload": f'{workload.kind} "{workload.name}"', "other": other.name}
                yield Problem(selecting.spot, values, (named_there(other),))
                return


def earlier(other: Facts, subject: Facts) -> bool:
    """Whether another budget, not one of the same name in a variant of the set, stands before this one."""
    return other.name != subject.name and (other.file, other.document) < (subject.file, subject.document)
