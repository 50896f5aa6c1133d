"""missing-cpu-request: a container without a CPU request, or with one of zero."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.pods import unset
from kexplain.objects.walk import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A container that nothing gives a CPU request."""
    yield from unset(visit, "requests", "cpu", context)
