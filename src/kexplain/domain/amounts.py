"""What the rules about requests and limits of one resource share."""

from collections.abc import Iterator

from kexplain.check import Problem
from kexplain.objects.pod import amount
from kexplain.objects.visit import Visit


def limit_above_request(container: Visit, resource: str) -> Iterator[Problem]:
    """A limit above the request, at the request; where only one is set there is nothing to compare."""
    request, limit = amount(container, "requests", resource), amount(container, "limits", resource)
    if request is not None and limit is not None and request < limit:
        resources = container.child("resources")
        shown = resources.child("limits").child(resource).text
        yield Problem(resources.child("requests").child(resource), {"limit": shown})
