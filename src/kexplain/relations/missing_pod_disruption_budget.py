"""missing-pod-disruption-budget: a replicated workload that a drain may take down as a whole."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.pods import fewest_replicas
from kexplain.objects.walk import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """Two replicas or more that no PodDisruptionBudget of the run selects."""
    replicas = fewest_replicas(visit.manifest, context.workspace)
    if context.workspace.complete is False or replicas is None or replicas < 2:
        return
    if not context.workspace.selecting("PodDisruptionBudget", visit.manifest):
        named = visit.get("metadata", "name") is not None
        place = visit.child("metadata").child("name") if named else visit
        yield Problem(place, {"replicas": replicas})
