"""dangling-pdb: a PodDisruptionBudget that protects no Pod of the run."""

from collections.abc import Iterator

from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem
from kexplain.relations._shared import dangling

POSITION = "policy/v1 PodDisruptionBudgetSpec.selector"


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """A selector that is not empty and matches no Pod template in its namespace."""
    yield from dangling(POSITION, subject, others)
