"""pod-without-network-policy: Pods that everybody in the cluster may connect to."""

from collections.abc import Iterator

from kexplain.api.references import labels_of, selects
from kexplain.check import Context, Problem
from kexplain.objects.manifest import Manifest
from kexplain.objects.walk import Visit
from kexplain.objects.workspace import same_namespace
from kexplain.syntax.tree import descend

OTHERS = ("CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy", "ClusterNetworkPolicy", "AdminNetworkPolicy",
          "BaselineAdminNetworkPolicy", "GlobalNetworkPolicy")  # fmt: skip
"""Policies of other kinds, which may select the Pods in ways of their own."""


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A Pod or template that no NetworkPolicy of its namespace selects; one in the node's network cannot be."""
    workspace, manifest = context.workspace, visit.manifest
    policies = workspace.by_kind.get("NetworkPolicy", [])
    others = any(workspace.by_kind.get(kind) for kind in OTHERS)
    foreign = others or any(policy.group not in {"networking.k8s.io", "extensions"} for policy in policies)
    if foreign or visit.read("spec", "hostNetwork") is True or not workspace.can_judge("NetworkPolicy", manifest):
        return
    labels = labels_of(visit.get("metadata", "labels"))
    if not any(same_namespace(policy, manifest) and covers(policy, labels) for policy in policies):
        yield Problem(visit)


def covers(policy: Manifest, labels: dict[str, str]) -> bool:
    """Whether a NetworkPolicy selects Pods with those labels; one without ``podSelector`` selects them all."""
    selector = descend(policy.root, "spec", "podSelector")
    return selector is None or selects(selector, labels)
