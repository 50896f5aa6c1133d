"""Questions that many checks ask about RBAC: what a rule of a role grants, and which roles every cluster has."""

from collections.abc import Collection
from typing import NamedTuple

from kexplain.api.kinds import built_in_groups
from kexplain.api.release import Release
from kexplain.objects.visit import Visit
from kexplain.objects.whole import is_builtin_name, is_builtin_role
from kexplain.syntax.tree import string

GROUP = "rbac.authorization.k8s.io"
DISTRIBUTION_ROLES = frozenset({"basic-user", "cluster-reader", "cluster-status", "self-provisioner"})
"""ClusterRoles that OpenShift brings."""


class Grant(NamedTuple):
    """What in a rule grants something: the items of its ``resources`` and ``verbs``."""

    resource: Visit
    verb: Visit


def grant(rule: Visit, group: str, resources: Collection[str], verbs: Collection[str]) -> Grant | None:
    """The first resource and verb by which a rule grants one of the verbs on one of the resources of an API group.

    ``*`` counts as group, ``*/exec`` as every such subresource. A bare ``*`` among the resources or verbs does not:
    that is one finding, ``rbac-wildcard-…``, and not one for each. Roles of the cluster itself are let be.
    """
    if is_builtin_role(rule.manifest) or not {group, "*"} & names(rule, "apiGroups"):
        return None
    resource = named(rule, "resources", {*resources, *(f"*/{r.partition('/')[2]}" for r in resources if "/" in r)})
    verb = None if "*" in names(rule, "verbs") else named(rule, "verbs", verbs)
    return Grant(resource, verb) if resource and verb else None


def named(rule: Visit, field: str, wanted: Collection[str]) -> Visit | None:
    """The first item of a rule's list that is one of the wanted words."""
    for index, item in enumerate(rule.items(field)):
        if string(item) in wanted:
            return rule.child(field).child(str(index))
    return None


def names(rule: Visit, field: str) -> set[str]:
    """The words of a rule's list; the empty word is the core API group."""
    return {string(item) for item in rule.items(field)}


READING = frozenset({"get", "list", "watch"})


def is_about_kubernetes(rule: Visit) -> bool:
    """Whether a rule is about an API group of Kubernetes, and not only about those that somebody defined."""
    groups = names(rule, "apiGroups")
    return "*" in groups or any((group or "core") in built_in_groups() for group in groups)


def connect_verbs(release: Release) -> set[str]:
    """The verbs that open a connection into a container: until 1.34 a WebSocket needed no more than ``get``.

    Source: feature gate AuthorizePodWebsocketUpgradeCreatePermission, on by default from 1.35.
    """
    return {"create"} if release >= Release(1, 35) else {"create", "get"}


def is_provided(kind: str, name: str) -> bool:
    """Whether a role may be there although no manifest holds it: by Kubernetes, its installer or its distribution."""
    return is_builtin_name(kind, name) or (kind == "ClusterRole" and (":" in name or name in DISTRIBUTION_ROLES))
