"""cluster-admin-binding: somebody is given every right there is."""

from collections.abc import Iterator

from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace
from kexplain.relation import Elsewhere, Problem


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """A binding to ``cluster-admin``, or to a role of the run that allows everything just like it."""
    binding = subject.binding
    if not binding or not isinstance(binding.kind, str) or not isinstance(binding.name, str):
        return
    if subject.provided or is_own(subject):
        return
    where = "in the whole cluster" if subject.kind == "ClusterRoleBinding" else "in its namespace"
    values = {"role": binding.name, "where": where}
    if (binding.kind, binding.name) == ("ClusterRole", "cluster-admin"):
        yield Problem(binding.spot, values)
        return
    known = binding.kind in {"Role", "ClusterRole"}
    role = others.find(binding.kind, binding.name, subject) if known else None
    if role and role.role and role.role.everything:
        there = Elsewhere(role, role.role.everything, "the rule that allows everything")
        yield Problem(binding.spot, values, (there,))


def is_own(subject: Facts) -> bool:
    """Whether this is the ClusterRoleBinding ``cluster-admin`` that every cluster starts with."""
    return subject.kind == "ClusterRoleBinding" and subject.name == "cluster-admin"
