"""Explaining one line of a file: what stands there and what it does."""

from kexplain.api.release import Release
from kexplain.catalogue.term import terms
from kexplain.engine.annotator import Annotation, annotate_files
from kexplain.engine.explanation import Explanation, UnknownNameError
from kexplain.objects.reading import File


def explain_line(file: File, line: int, release: Release) -> list[Explanation]:
    """What stands on a line of a file. Raises UnknownNameError where nothing on it has a meaning."""
    source, path = file.source, file.source.path
    annotations = [a for read in annotate_files([file], release) for o in read.objects for a in o.annotations]
    here = [a for a in annotations if source.place(a.span.start)[0] == line and (a.text or a.detail)]
    if not here:
        raise UnknownNameError(path, [], f"{path}:{line}: no field begins here that has a meaning")
    once = {words_of(a): a for a in reversed(here)}
    return [
        Explanation(f"{path}:{line}", "place", a.title, words, [a.field_path], [a.term] if a.term else [])
        for words, a in reversed(once.items())
    ]


def words_of(annotation: Annotation) -> str:
    """An annotation with its term's whole definition."""
    text = terms()[annotation.term].definition if annotation.term else annotation.text
    return " ".join(filter(None, (text, annotation.detail)))
