"""invalid-time: a point in time that Kubernetes cannot read."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, shorten
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A string that is no time of RFC 3339."""
    yield Problem(visit, {"what": f'{visit.name} "{shorten(visit.text)}" is no time such as 2026-01-31T12:00:00Z'})
