"""hpa-max-not-above-min: an autoscaler with no room to scale."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.objects.visit import Visit
from kexplain.objects.whole import spec_number


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A ``maxReplicas`` that is equal to ``minReplicas``; one below it is refused, and a constraint tells."""
    low, high = spec_number(visit.manifest, "minReplicas", 1), spec_number(visit.manifest, "maxReplicas", 0)
    if low is not None and high is not None and 0 < high == low:
        yield Problem(visit.child("spec").child("maxReplicas"), {"low": low})
