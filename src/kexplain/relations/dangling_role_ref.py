"""dangling-role-ref: a binding to a role that is not there."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.rbac import is_provided
from kexplain.objects.walk import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A binding whose ``roleRef`` names a Role or ClusterRole that the run lacks."""
    kind, name = visit.read("roleRef", "kind"), visit.read("roleRef", "name")
    if kind not in {"Role", "ClusterRole"} or not isinstance(name, str) or is_provided(str(kind), name):
        return
    if context.workspace.lacks(str(kind), name, visit.manifest):
        yield Problem(visit.child("roleRef").child("name"), {"wanted": kind, "role": name})
