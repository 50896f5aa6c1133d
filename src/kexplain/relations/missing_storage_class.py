"""missing-storage-class: a claim for storage of a class that nobody defined."""

from collections.abc import Iterator

from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem
from kexplain.relations._shared import missing


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """A ``storageClassName`` that the run lacks; volumes made by hand may share a class that is no object."""
    if not others.by_kind.get("PersistentVolume"):
        yield from missing("StorageClass", subject, others)
