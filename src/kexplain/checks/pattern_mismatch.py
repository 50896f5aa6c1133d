"""pattern-mismatch: a text that its definition's pattern does not match."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.constraints import broken
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """Tells the pattern."""
    yield from broken(visit, "pattern-mismatch")
