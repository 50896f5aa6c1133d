"""slow-liveness-probe: a probe that lets a hung container stand for a long time."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.objects.visit import Visit

PERIOD, FAILURES = 10, 3
"""What the API server fills in."""


def check(visit: Visit, context: Context, *, maximum: int) -> Iterator[Problem]:
    """A ``livenessProbe`` whose period, as often as it may fail, takes longer than that."""
    period, failures = visit.read("periodSeconds"), visit.read("failureThreshold")
    period = PERIOD if period is None else period
    failures = FAILURES if failures is None else failures
    if isinstance(period, int) and isinstance(failures, int) and period * failures > maximum:
        yield Problem(visit, {"seconds": period * failures}, visit.grip)
