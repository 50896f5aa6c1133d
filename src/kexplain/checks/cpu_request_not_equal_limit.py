"""cpu-request-not-equal-limit: a container that may use more than was set aside."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.objects.pod import amount
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A limit above the request; where only one is set there is nothing to compare."""
    request, limit = amount(visit, "requests", "cpu"), amount(visit, "limits", "cpu")
    if request is not None and limit is not None and request < limit:
        resources = visit.child("resources")
        shown = resources.child("limits").child("cpu").text
        yield Problem(resources.child("requests").child("cpu"), {"limit": shown})
