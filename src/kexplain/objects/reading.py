"""One file, read once: from its name and text to the objects it holds, and what nobody may be shown of them.

A pure function of the content: no disk, no types, nothing of other files. Whoever works on a file takes its File.
"""

from typing import TYPE_CHECKING, NamedTuple

from kexplain.objects.hidden import hidden_in
from kexplain.objects.kustomization import Kustomization, generated, kustomization_of, patch_files
from kexplain.objects.manifest import TEMPLATE_REASON, Manifest, identify
from kexplain.objects.nonmanifest import BY_NAME
from kexplain.objects.outcome import Outcome, Status
from kexplain.objects.settings import settings_in
from kexplain.objects.suppressing_annotations import annotation_suppressions
from kexplain.objects.suppressing_comments import comment_suppressions
from kexplain.objects.suppression import Suppression
from kexplain.syntax.parse import parse
from kexplain.syntax.source import Source
from kexplain.syntax.tree import Document, Span

if TYPE_CHECKING:
    from kexplain.objects.veil import Veil

CHART = BY_NAME["Chart.yaml"]


class Part(NamedTuple):
    """One document, the objects in it, what became of what is none, and what it is as a file around manifests."""

    document: Document
    objects: list[Manifest]
    outcomes: list[Outcome]
    settings: Manifest | None = None


class File(NamedTuple):
    """What a file holds.

    ``hidden`` are the spans that no report may show; ``patches`` the files that it applies as kustomize patches;
    ``generated`` the kinds and names of the objects that it makes as a kustomization; ``kustomizations`` what else it
    does to others.
    """

    source: Source
    parts: list[Part]
    hidden: tuple[Span, ...]
    suppressions: list[Suppression]
    patches: frozenset[str] = frozenset()
    generated: frozenset[tuple[str, str]] = frozenset()
    kustomizations: tuple[Kustomization, ...] = ()

    @property
    def documents(self) -> list[Document]:
        """Its documents, in order."""
        return [part.document for part in self.parts]

    @property
    def objects(self) -> list[Manifest]:
        """Its objects, in order."""
        return [manifest for part in self.parts for manifest in part.objects]

    def veil(self) -> "Veil | None":
        """What takes hidden words out of messages about the file; None where nothing is hidden."""
        from kexplain.objects.veil import Veil  # here: most files hide nothing

        return Veil(self.source.text, self.documents, self.hidden) if self.hidden else None

    @property
    def settings(self) -> list[Manifest]:
        """What its documents are as files around manifests, in order."""
        return [part.settings for part in self.parts if part.settings is not None]

    @property
    def shapes_others(self) -> bool:
        """Whether it says what objects of other files are: it defines kinds, or is a kustomization or a chart."""
        defines = any(manifest.kind == "CustomResourceDefinition" for manifest in self.objects)
        return bool(defines or self.kustomizations or self.settings or self.patches or self.generated)

    @property
    def opaque(self) -> frozenset[str]:
        """Its folder, where nobody can tell what comes of that: it is a chart, or holds a template or broken YAML."""
        reasons = {TEMPLATE_REASON, CHART}
        unclear = any(one.status is Status.UNREADABLE or one.reason in reasons for one in self.outcomes)
        return frozenset({self.source.folder} if unclear else ())

    @property
    def outcomes(self) -> list[Outcome]:
        """What became of documents that hold no object."""
        return [outcome for part in self.parts for outcome in part.outcomes]


def read(source: Source) -> File:
    """What a text holds, parsed once."""
    return file_of(source, parse(source.text))


def anew(file: File) -> File:
    """A file as it was when it was read, whatever a run has done to its objects since."""
    return file_of(file.source, file.documents)


def file_of(source: Source, documents: list[Document]) -> File:
    """What the documents of a text hold."""
    parts: list[Part] = []
    hidden = hidden_in(source.text, documents)
    patches: set[str] = set()
    made: set[tuple[str, str]] = set()
    kustomizations: list[Kustomization] = []
    for document in documents:
        found = list(identify(source, document))
        part = Part(
            document,
            [one for one in found if isinstance(one, Manifest)],
            [one for one in found if isinstance(one, Outcome)],
            settings_in(source, document) if source.origin is None else None,
        )
        parts.append(part)
        for manifest in (*part.objects, *([part.settings] if part.settings else [])):
            manifest.hidden = hidden
        if source.origin is None:
            patches |= patch_files(source, document)
            made |= generated(source, document)
            if found_one := kustomization_of(source, document):
                kustomizations.append(found_one)
    said = suppressions_in(source, parts)
    return File(source, parts, hidden, said, frozenset(patches), frozenset(made), tuple(kustomizations))


def suppressions_in(source: Source, parts: list[Part]) -> list[Suppression]:
    """Every suppression that is written in a text."""
    documents = [(part.document, part.objects or ([part.settings] if part.settings else [])) for part in parts]
    found: list[Suppression] = []
    if "kexplain:" in source.text or "kexplain ignore" in source.text:
        found += comment_suppressions(source, documents)
    if "kexplain.dev/" in source.text:
        found += annotation_suppressions(source, documents)
    return found
