"""What became of a document, and which object it is about."""

from enum import StrEnum
from typing import NamedTuple

from kexplain.syntax.cause import Cause
from kexplain.syntax.tree import Mark


class Status(StrEnum):
    """What became of a document."""

    CHECKED = "checked"
    PARTLY = "partly-checked"
    SKIPPED = "skipped"
    UNREADABLE = "unreadable"


class Identity(NamedTuple):
    """Which object a finding is about; empty strings where a document is none."""

    api_version: str = ""
    kind: str = ""
    name: str = ""
    namespace: str = ""

    def __str__(self) -> str:
        named = f"{self.kind} {self.namespace}/{self.name}" if self.namespace else f"{self.kind} {self.name}"
        return named.strip()


class Outcome(NamedTuple):
    """What became of one document; ``document`` counts from 1, 0 stands for the whole file.

    ``understood`` is false where it could not be told what the document is, or what it will be. ``marks`` say why a
    document that is meant as an object is none.
    """

    path: str
    document: int
    status: Status
    reason: str = ""
    kind: str = ""
    name: str = ""
    understood: bool = True
    cause: Cause = Cause.OTHER
    marks: tuple[Mark, ...] = ()

    @property
    def is_other(self) -> bool:
        """Whether it is no manifest, nor what manifests are made from."""
        return self.cause is Cause.NO_MANIFEST
