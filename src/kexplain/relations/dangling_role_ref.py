"""dangling-role-ref: a binding to a role that is not there."""

from collections.abc import Iterator

from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem
from kexplain.relations._nearest import lost_name


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """A binding whose ``roleRef`` names a Role or ClusterRole that the run lacks."""
    binding = subject.binding
    if not binding or binding.kind not in {"Role", "ClusterRole"} or not isinstance(binding.name, str):
        return
    kind = str(binding.kind)
    if lost := lost_name(kind, binding.name, subject, others):
        values = {"wanted": kind, "role": binding.name, "nearest": lost.nearest}
        yield Problem(binding.spot, values, lost.elsewhere)
