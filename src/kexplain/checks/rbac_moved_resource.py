"""rbac-moved-resource: a role for resources in an API group where they no longer are."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.rbac import names
from kexplain.objects.visit import Visit
from kexplain.objects.whole import is_builtin_role
from kexplain.syntax.tree import string

GONE = "extensions"
GROUPS = {"ingresses": "networking.k8s.io", "networkpolicies": "networking.k8s.io", "deployments": "apps",
          "daemonsets": "apps", "replicasets": "apps"}  # fmt: skip


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A resource that every rule of the role seeks in the group that is gone."""
    if context.release < (1, 22) or is_builtin_role(visit.manifest):
        return
    rules = [visit.child("rules").child(str(index)) for index, _ in enumerate(visit.items("rules"))]
    for rule in rules:
        if GONE not in names(rule, "apiGroups"):
            continue
        for index, item in enumerate(rule.items("resources")):
            resource = string(item)
            group = GROUPS.get(resource.partition("/")[0])
            if group and not any(reaches(other, group, resource) for other in rules):
                yield Problem(rule.child("resources").child(str(index)), {"resource": resource, "group": group})


def reaches(rule: Visit, group: str, resource: str) -> bool:
    """Whether a rule names a resource in a group, for whatever verbs."""
    return bool({group, "*"} & names(rule, "apiGroups")) and bool({resource, "*"} & names(rule, "resources"))
