"""missing-pod-disruption-budget: a replicated workload that a drain may take down as a whole."""

from collections.abc import Iterator

from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem
from kexplain.relations._shared import REPLICATED_TYPES


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """Two replicas or more that no PodDisruptionBudget of the run selects."""
    if subject.type not in REPLICATED_TYPES or others.complete is False:
        return
    replicas = others.fewest_replicas(subject)
    if replicas is not None and replicas >= 2 and not any(others.selecting("PodDisruptionBudget", subject)):
        yield Problem(subject.name_spot, {"replicas": replicas})
