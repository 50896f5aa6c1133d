"""too-few-replicas: a Deployment with fewer Pods than it needs to survive the loss of one."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, missing
from kexplain.domain.pods import fewest_replicas, scalers
from kexplain.objects.walk import Visit


def check(visit: Visit, context: Context, *, minimum: int) -> Iterator[Problem]:
    """A Deployment of fewer replicas that no autoscaler scales; one of none is switched off."""
    if any(scalers(visit.manifest, context.workspace)):
        return
    pods = fewest_replicas(visit.manifest, context.workspace) or 0
    if 0 < pods < minimum:
        what = "a single Pod" if pods == 1 else f"{pods} Pods, fewer than {minimum}"
        if visit.get("spec", "replicas") is None:
            yield missing(visit, "spec.replicas", what=what)
        else:
            yield Problem(visit.child("spec").child("replicas"), {"what": what})
