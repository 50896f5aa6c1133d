"""dangling-network-policy: a NetworkPolicy that protects no Pod of the run."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.reference import selects_nothing
from kexplain.objects.walk import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A ``podSelector`` that is not empty and selects no Pod template in the namespace."""
    if selects_nothing(visit, context):
        yield Problem(visit)
