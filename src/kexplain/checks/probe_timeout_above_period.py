"""probe-timeout-above-period: a probe that may be under way when the next is due."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A timeout above the period, by their defaults where they are not set."""
    timeout, period = visit.read("timeoutSeconds"), visit.read("periodSeconds")
    timeout, period = 1 if timeout is None else timeout, 10 if period is None else period
    if isinstance(timeout, int) and isinstance(period, int) and timeout > period > 0:
        yield Problem(visit, {"probe": visit.name, "timeout": timeout, "period": period})
