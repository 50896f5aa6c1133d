"""cluster-admin-binding: somebody is given every right there is."""

from collections.abc import Iterator

from kexplain.check import Context, Elsewhere, Problem
from kexplain.domain.rbac import is_builtin_role, is_everything
from kexplain.objects.walk import Visit
from kexplain.syntax.tree import Sequence, span_of


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A binding to ``cluster-admin``, or to a role of the run that allows everything just like it."""
    kind, name = visit.read("roleRef", "kind"), visit.read("roleRef", "name")
    if not isinstance(kind, str) or not isinstance(name, str) or is_builtin_role(visit.manifest) or is_own(visit):
        return
    where = "in the whole cluster" if visit.manifest.kind == "ClusterRoleBinding" else "in its namespace"
    place = visit.child("roleRef").child("name")
    if kind == "ClusterRole" and name == "cluster-admin":
        yield Problem(place, {"role": name, "where": where})
        return
    role = context.workspace.find(kind, name, visit.manifest) if kind in {"Role", "ClusterRole"} else None
    rules = role.root.get("rules") if role else None
    for rule in rules.items if isinstance(rules, Sequence) else ():
        if role and is_everything(rule):
            there = Elsewhere(role, span_of(rule), "the rule that allows everything")
            yield Problem(place, {"role": name, "where": where}, elsewhere=(there,))
            return


def is_own(visit: Visit) -> bool:
    """Whether this is the ClusterRoleBinding ``cluster-admin`` that every cluster starts with."""
    return visit.manifest.kind == "ClusterRoleBinding" and visit.manifest.name == "cluster-admin"
