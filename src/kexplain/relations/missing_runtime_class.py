"""missing-runtime-class: Pods that want a runtime nobody defined."""

from collections.abc import Iterator

from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem
from kexplain.relations._shared import missing


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """A ``runtimeClassName`` that the run lacks."""
    yield from missing("RuntimeClass", subject, others)
