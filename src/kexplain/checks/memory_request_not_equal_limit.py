"""memory-request-not-equal-limit: a container that may use more memory than was set aside for it."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.objects.pod import amount
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A memory limit above the memory request; where only one is set there is nothing to compare."""
    request, limit = amount(visit, "requests", "memory"), amount(visit, "limits", "memory")
    if request is not None and limit is not None and request < limit:
        resources = visit.child("resources")
        shown = resources.child("limits").child("memory").text
        yield Problem(resources.child("requests").child("memory"), {"limit": shown})
