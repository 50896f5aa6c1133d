"""pod-without-network-policy: Pods that everybody in the cluster may connect to."""

from collections.abc import Iterator

from kexplain.api.references import Labels
from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace, same_namespace
from kexplain.relation import Problem

OTHERS = ("CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy", "ClusterNetworkPolicy", "AdminNetworkPolicy",
          "BaselineAdminNetworkPolicy", "GlobalNetworkPolicy")  # fmt: skip
"""Policies of other kinds, which may select the Pods in ways of their own."""


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """A Pod or template that no NetworkPolicy of its namespace selects; one in the node's network cannot be."""
    policies = others.by_kind.get("NetworkPolicy", [])
    foreign = any(policy.group not in {"networking.k8s.io", "extensions"} for policy in policies)
    if not subject.templates or foreign or any(others.by_kind.get(kind) for kind in OTHERS):
        return
    if not others.can_judge("NetworkPolicy", subject):
        return
    near = [policy for policy in policies if same_namespace(policy, subject)]
    for template in subject.templates:
        if not template.host_network and not any(covers(policy, template.labels) for policy in near):
            yield Problem(template.spot)


def covers(policy: Facts, labels: Labels) -> bool:
    """Whether a NetworkPolicy selects Pods with those labels; one without ``podSelector`` selects them all."""
    return policy.selector is None or policy.selector.selects(labels)
