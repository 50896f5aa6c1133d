"""overlapping-workload-selectors: two workloads that cannot tell their Pods apart."""

from collections.abc import Iterator

from kexplain.objects.facts import Facts
from kexplain.objects.whole import REPLICATED
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem, named_there

WORKLOADS = REPLICATED | {"DaemonSet"}


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """A workload whose Pods another, further up in the run, takes for its own, as it does with those of the other."""
    if subject.kind not in WORKLOADS or not subject.selector or not subject.selector.asks:
        return
    for other in others.selected(subject.selector, subject):
        if is_rival(other, subject) and (other.file == subject.file or others.complete or both_placed(other, subject)):
            yield Problem(subject.name_spot, {"other": f'{other.kind} "{other.name}"'}, (named_there(other),))
            return


def both_placed(other: Facts, subject: Facts) -> bool:
    """Whether both name the namespace in which they meet; files that name none are often alternatives."""
    return bool(subject.namespace) and other.namespace == subject.namespace


def is_rival(other: Facts, subject: Facts) -> bool:
    """Whether another workload of another name stands before this one and selects its Pods."""
    if other.kind not in WORKLOADS or other.name == subject.name or not other.selector or not other.selector.asks:
        return False
    before = (other.file, other.document) < (subject.file, subject.document)
    return before and any(other.selector.selects(labels) for labels in subject.made)
