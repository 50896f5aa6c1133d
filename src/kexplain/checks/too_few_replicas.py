"""too-few-replicas: a Deployment whose only Pod is its single point of failure."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, missing
from kexplain.domain.pods import fewest_replicas, scalers
from kexplain.walk import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A Deployment of one replica that no autoscaler scales."""
    if any(scalers(visit.manifest, context.workspace)):
        return
    if fewest_replicas(visit.manifest, context.workspace) == 1:
        if visit.get("spec", "replicas") is None:
            yield missing(visit, "spec.replicas")
        else:
            yield Problem(visit.child("spec").child("replicas"))
