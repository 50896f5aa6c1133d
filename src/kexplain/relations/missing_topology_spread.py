"""missing-topology-spread: replicas of which nothing says over what they are to be spread."""

from collections.abc import Iterator

from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem
from kexplain.relations._shared import REPLICATED_TYPES


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """Two replicas or more without any topology spread constraint."""
    if subject.type not in REPLICATED_TYPES or not subject.replicas or not subject.replicas.unconstrained:
        return
    replicas = others.fewest_replicas(subject)
    if replicas is not None and replicas >= 2:
        yield Problem(subject.replicas.unconstrained, {"replicas": replicas})
