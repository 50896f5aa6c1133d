"""ephemeral-storage-request-not-equal-limit: a container that may use more than was set aside."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.amounts import limit_above_request
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A limit of local storage above its request."""
    yield from limit_above_request(visit, "ephemeral-storage")
