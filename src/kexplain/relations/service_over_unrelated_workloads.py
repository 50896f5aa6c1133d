"""service-over-unrelated-workloads: a Service behind which two different programs answer."""

from collections.abc import Iterator

from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem, named_there

POSITION = "core/v1 ServiceSpec.selector"


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """A selector that fits the Pods of two workloads whose names begin with different words."""
    for selecting in subject.selecting:
        if selecting.position != POSITION or not selecting.selector.asks:
            continue
        found = [one for one in others.selected(selecting.selector, subject) if others.together(one, subject)]
        first = found[0] if found else None
        other = next((one for one in found if first and word(one) != word(first)), None)
        if first and other:
            values = {"one": f'{first.kind} "{first.name}"', "other": f'{other.kind} "{other.name}"'}
            yield Problem(selecting.spot, values, (named_there(first), named_there(other)))


def word(workload: Facts) -> str:
    """The first word of a name."""
    return workload.name.partition("-")[0]
