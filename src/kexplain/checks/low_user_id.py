"""low-user-id: a container whose user has a number that the node may know."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.identity import low_ids
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context, *, minimum: int) -> Iterator[Problem]:
    """A ``runAsUser`` that is low or left out."""
    yield from low_ids(visit, "runAsUser", minimum)
