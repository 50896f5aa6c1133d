"""What the fields of a file mean: the values that annotating makes and that the formats of ``annotate`` show."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kexplain.engine.finding import Finding
from kexplain.objects.outcome import Identity, Outcome
from kexplain.syntax.source import Source
from kexplain.syntax.tree import Document, Span


@dataclass(frozen=True, slots=True)
class Annotation:
    """What one field means. ``span`` is its key, or the item itself in a list; ``term`` a slug, or empty.

    ``text`` says what the field is, ``detail`` what this value does; ``provenance`` where the text comes from:
    ``glossary``, ``api-reference``, ``crd`` or ``unknown``; ``domain`` that of the term, or of what stands above.
    """

    span: Span
    field_path: str
    value: object
    type: str
    term: str
    title: str
    text: str
    detail: str
    provenance: str
    domain: str = ""


@dataclass(slots=True)
class AnnotatedObject:
    """One object with its annotations in the order of the document."""

    identity: Identity
    document: int
    annotations: list[Annotation] = field(default_factory=list)
    unknown: bool = False
    """Whether there is no definition of its kind."""


@dataclass(slots=True)
class Annotated:
    """One source with everything that could be explained in it. ``hidden``: spans that nobody may be shown."""

    source: Source
    objects: list[AnnotatedObject]
    outcomes: list[Outcome]
    hidden: Sequence[Span]
    documents: list[Document] = field(default_factory=list)
    """Its documents as they were read."""
    findings: list[Finding] = field(default_factory=list)
    """What a run found in it, in the order of the report."""
