"""Explaining a line of a file: what begins on it, and what its values do there."""

import re

from kexplain.api.release import Release
from kexplain.catalogue.term import terms
from kexplain.engine.annotation import Annotation
from kexplain.engine.annotator import annotate_files
from kexplain.engine.explanation import Explanation, UnknownNameError
from kexplain.files.tree import Disk
from kexplain.objects.crd import Given
from kexplain.objects.reading import File

LINE = re.compile(r"(?P<path>.+?):(?P<line>\d+)(?::\d+)?")


def place_in(name: str) -> tuple[str, int] | None:
    """The path and line that a name such as ``web.yaml:12`` or ``web.yaml:12:3`` may mean; None for any other."""
    match = LINE.fullmatch(name)
    return (match["path"], int(match["line"])) if match else None


def explain_line(file: File, line: int, release: Release, definitions: Given | None = None) -> list[Explanation]:
    """What stands on a line of a file. Raises UnknownNameError where nothing on it has a meaning."""
    source, path = file.source, file.source.path
    (annotated,) = annotate_files([file], release, definitions, Disk([path]))
    there = [(o, a) for o in annotated.objects for a in o.annotations if source.place(a.span.start)[0] == line]
    here = [a for _, a in there if a.text or a.detail or a.term]
    if not here:
        identity = next((o.identity for o, _ in there if o.unknown), None)
        why = "no field begins here that has a meaning"
        if identity is not None:
            why = f"there is no definition of {identity.api_version} {identity.kind}; name one with --crd"
        raise UnknownNameError(path, [], f"{path}:{line}: {why}")
    once = {words_of(a): a for a in reversed(here)}
    return [
        Explanation(f"{path}:{line}", "place", a.title, words, [a.field_path], [a.term] if a.term else [])
        for words, a in reversed(once.items())
    ]


def words_of(annotation: Annotation) -> str:
    """An annotation with its term's whole definition, before which stand the field's own words where it has some."""
    term = terms()[annotation.term] if annotation.term else None
    own = "" if term and annotation.text == term.brief else annotation.text
    return " ".join(filter(None, (own, term.definition if term else "", annotation.detail)))
