"""missing-memory-limit: a container without a memory limit, or with one of zero."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.pods import unset
from kexplain.objects.walk import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A container that nothing gives a memory limit."""
    yield from unset(visit, "limits", "memory", context)
