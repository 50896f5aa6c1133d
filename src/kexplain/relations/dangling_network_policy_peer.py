"""dangling-network-policy-peer: a NetworkPolicy that allows what no Pod of the run is."""

from collections.abc import Iterator

from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """A peer in the policy's own namespace that no Pod template fits, as far as that can be judged."""
    if not subject.policy or not others.can_judge("Pod", subject):
        return
    for peer in subject.policy.peers:
        if peer.selector.asks and not others.selected(peer.selector, subject):
            yield Problem(peer.spot)
