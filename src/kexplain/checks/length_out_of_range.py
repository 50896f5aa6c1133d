"""length-out-of-range: a text, list or map that is too short or too long for its definition."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.constraints import broken
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """Tells the length and its bounds."""
    yield from broken(visit, "length-out-of-range")
