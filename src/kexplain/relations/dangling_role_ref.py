"""dangling-role-ref: a binding to a role that is not there."""

from collections.abc import Iterator

from kexplain.domain.rbac import is_provided
from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """A binding whose ``roleRef`` names a Role or ClusterRole that the run lacks."""
    binding = subject.binding
    if not binding or binding.kind not in {"Role", "ClusterRole"} or not isinstance(binding.name, str):
        return
    kind = str(binding.kind)
    if not is_provided(kind, binding.name) and others.lacks(kind, binding.name, subject):
        yield Problem(binding.spot, {"wanted": kind, "role": binding.name})
