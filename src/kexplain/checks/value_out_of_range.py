"""value-out-of-range: a number outside the bounds of its definition."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.constraints import broken
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """Tells the bounds."""
    yield from broken(visit, "value-out-of-range")
