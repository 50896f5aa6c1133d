"""dangling-network-policy-peer: a NetworkPolicy that allows what no Pod of the run is."""

from collections.abc import Iterator

from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem
from kexplain.relations._nearest import lost_pods


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """A peer in the policy's own namespace that no Pod template fits, though one was surely meant."""
    for peer in subject.policy.peers if subject.policy else ():
        if peer.selector.asks and (lost := lost_pods(peer.selector, subject, others)):
            yield Problem(peer.spot, {"nearest": lost.nearest}, lost.elsewhere)
