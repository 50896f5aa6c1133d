"""hpa-min-replicas-too-low: an autoscaler that goes down to a single Pod."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, missing
from kexplain.domain.pods import spec_number
from kexplain.walk import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A ``minReplicas`` of 1, written or by default."""
    if spec_number(visit.manifest, "minReplicas", 1) == 1:
        if visit.get("spec", "minReplicas") is None:
            yield missing(visit, "spec.minReplicas")
        else:
            yield Problem(visit.child("spec").child("minReplicas"))
