"""What an editor shows at a place: the words, what this value does, what it could be, and what is wrong."""

from collections.abc import Iterable

from kexplain.catalogue.term import terms
from kexplain.engine.annotation import Annotation
from kexplain.engine.annotator import annotate_file
from kexplain.engine.finding import Finding
from kexplain.objects.reading import anew
from kexplain.server.project import Project


def annotations(project: Project, path: str) -> list[Annotation]:
    """What every field of a file means, among the objects of the project."""
    file, known = project.current(path), project.known
    if file is None:
        return []
    file, sources = anew(file), project.report.sources
    number = next((n for n, source in enumerate(sources) if source.path == path), 0)
    annotated = annotate_file(file, number, [*file.objects, *file.settings], known, sources)
    return [annotation for one in annotated.objects for annotation in one.annotations]


def hover(project: Project, path: str, offset: int, findings: Iterable[Finding]) -> tuple[Annotation | None, str]:
    """The field at an offset and what is to be said there, as Markdown; empty where there is nothing."""
    file = project.current(path)
    if file is None:
        return None, ""
    source = file.source
    line = source.place(offset)[0]
    here = [one for one in annotations(project, path) if source.place(one.span.start)[0] == line]
    before = [one for one in here if one.span.start <= offset]
    found = before[-1] if before else here[0] if here else None
    parts = [words_of(found)] if found else []
    parts += (said(finding) for finding in findings if finding.place.line <= line <= finding.place.end_line)
    return found, "\n\n---\n\n".join(filter(None, parts))


def words_of(annotation: Annotation) -> str:
    """A field's title, type, words, and what its value does."""
    term = terms()[annotation.term] if annotation.term else None
    own = "" if term and annotation.text in {term.brief, ""} else annotation.text
    head = f"**{plain(annotation.title)}** `{annotation.field_path}`" + (
        f" ({annotation.type})" if annotation.type else ""
    )
    parts = [own, term.definition if term else "", plain(annotation.detail)]
    if term and term.source:
        parts.append(f"[{term.id}]({term.source})")
    return "\n\n".join([head, *filter(None, parts)])


def said(finding: Finding) -> str:
    """A finding with why it matters and how it is mended."""
    article = finding.rule.article
    parts = [f"**{finding.severity}** `{finding.rule.id}`: {plain(finding.message)}", article["why"], article["fix"]]
    return "\n\n".join(filter(None, parts))


def plain(text: str) -> str:
    """Text of a manifest as nothing but text in Markdown."""
    return "".join(f"\\{character}" if character in "\\`*_[]<>!#|" else character for character in text)
