"""hpa-min-replicas-too-low: an autoscaler that goes down to fewer Pods than survive the loss of one."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, missing
from kexplain.objects.visit import Visit
from kexplain.objects.whole import spec_number


def check(visit: Visit, context: Context, *, minimum: int) -> Iterator[Problem]:
    """A ``minReplicas`` that is lower, written or by default; 0 is another decision."""
    pods = spec_number(visit.manifest, "minReplicas", 1) or 0
    if 0 < pods < minimum:
        what = "a single Pod" if pods == 1 else f"{pods} Pods, fewer than {minimum}"
        if visit.get("spec", "minReplicas") is None:
            yield missing(visit, "spec.minReplicas", what=what)
        else:
            yield Problem(visit.child("spec").child("minReplicas"), {"what": what})
