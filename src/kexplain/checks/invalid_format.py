"""invalid-format: a text that is not what its format says."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.constraints import broken
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """Tells what is wanted."""
    yield from broken(visit, "invalid-format")
