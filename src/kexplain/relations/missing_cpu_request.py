"""missing-cpu-request: a container without a CPU request, or with one of zero."""

from collections.abc import Iterator

from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem
from kexplain.relations._shared import unset


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """A container that nothing gives a CPU request."""
    yield from unset(subject, others, "requests", "cpu")
