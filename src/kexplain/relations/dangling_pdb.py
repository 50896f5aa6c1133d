"""dangling-pdb: a PodDisruptionBudget that protects no Pod of the run."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.reference import selects_nothing
from kexplain.objects.walk import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A selector that is not empty and matches no Pod template in its namespace."""
    if selects_nothing(visit, context):
        yield Problem(visit)
