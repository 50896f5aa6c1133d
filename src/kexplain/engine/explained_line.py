"""Explaining a line of a file: what begins on it, and what its values do there."""

import re

from kexplain.api.release import NEWEST, Release
from kexplain.catalogue.term import terms
from kexplain.engine.annotation import Annotation
from kexplain.engine.annotator import annotate_files
from kexplain.engine.explanation import Explanation, UnknownNameError
from kexplain.objects.reading import File

LINE = re.compile(r"(?P<path>.+?):(?P<line>\d+)(?::\d+)?")


def place_in(name: str) -> tuple[str, int] | None:
    """The path and line that a name such as ``web.yaml:12`` or ``web.yaml:12:3`` may mean; None for any other."""
    match = LINE.fullmatch(name)
    return (match["path"], int(match["line"])) if match else None


def explain_line(file: File, line: int, release: Release = NEWEST, path: str = "") -> list[Explanation]:
    """What stands on a line of a file that was read; ``path`` is how the person calls it.

    Raises UnknownNameError where nothing on the line has a meaning.
    """
    source = file.source
    name = f"{path or source.path}:{line}"
    annotations = [a for annotated in annotate_files([file], release) for o in annotated.objects for a in o.annotations]
    here = [a for a in annotations if source.place(a.span.start)[0] == line and (a.text or a.detail)]
    if not here:
        raise UnknownNameError(name, [], f"{name}: no field begins here that has a meaning")
    once = {words_of(a): a for a in reversed(here)}
    return [
        Explanation(name, "place", a.title, words, [a.field_path], [a.term] if a.term else [])
        for words, a in reversed(once.items())
    ]


def words_of(annotation: Annotation) -> str:
    """An annotation with its term's whole definition."""
    text = terms()[annotation.term].definition if annotation.term else annotation.text
    return " ".join(filter(None, (text, annotation.detail)))
