"""one-way-network-policy: Pods whose policies look only one way."""

from collections.abc import Iterator

from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace, same_namespace
from kexplain.relation import Problem
from kexplain.relations.pod_without_network_policy import OTHERS, covers

OPEN = {"Ingress": "who connects to them", "Egress": "what they send"}


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """A Pod or template with policies, of which none is about one of the two directions."""
    policies = [one for one in others.by_kind.get("NetworkPolicy", ()) if same_namespace(one, subject)]
    if not subject.templates or any(one.policy is None for one in policies):
        return
    if any(others.by_kind.get(kind) for kind in OTHERS):
        return
    for template in subject.templates:
        found = [one.policy for one in policies if one.policy and covers(one, template.labels)]
        directions = frozenset[str]().union(*(policy.directions for policy in found))
        if found and not template.host_network:
            for direction in OPEN.keys() - directions:
                yield Problem(template.spot, {"what": OPEN[direction]})
