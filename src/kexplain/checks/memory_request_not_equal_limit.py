"""memory-request-not-equal-limit: a container that may use more memory than was set aside for it."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.amounts import limit_above_request
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A memory limit above the memory request."""
    yield from limit_above_request(visit, "memory")
