"""missing-cpu-limit: a container without a CPU limit, or with one of zero."""

from collections.abc import Iterator

from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem
from kexplain.relations._shared import unset


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """A container that nothing gives a CPU limit."""
    yield from unset(subject, others, "limits", "cpu")
