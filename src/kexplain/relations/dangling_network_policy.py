"""dangling-network-policy: a NetworkPolicy that protects no Pod of the run."""

from collections.abc import Iterator

from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem
from kexplain.relations._shared import dangling

POSITION = "networking.k8s.io/v1 NetworkPolicySpec.podSelector"


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """A ``podSelector`` that is not empty and selects no Pod template in the namespace."""
    yield from dangling(POSITION, subject, others)
