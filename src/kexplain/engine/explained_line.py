"""Explaining a line of a file: what begins on it, what its values do there, and what is wrong."""

import re
from collections.abc import Iterator

from kexplain.catalogue.term import terms
from kexplain.engine.annotation import Annotated, Annotation
from kexplain.engine.annotator import annotated
from kexplain.engine.explained_rule import reason_and_cure
from kexplain.engine.explained_term import neighbours, rules_about
from kexplain.engine.explanation import Explanation, UnknownNameError
from kexplain.engine.report import Report
from kexplain.words import count

LINE = re.compile(r"(?P<path>.+?):(?P<line>\d+)(?::\d+)?")


def place_in(name: str) -> tuple[str, int] | None:
    """The path and line that a name such as ``web.yaml:12`` or ``web.yaml:12:3`` may mean; None for any other."""
    match = LINE.fullmatch(name)
    return (match["path"], int(match["line"])) if match else None


def explain_line(report: Report, line: int) -> list[Explanation]:
    """What stands on a line of the one file of a report. Raises UnknownNameError where nothing on it has a meaning."""
    file = annotated(report)[0]
    source, name = file.source, f"{file.source.path}:{line}"
    there = [a for o in file.objects for a in o.annotations if source.place(a.span.start)[0] == line]
    once = {words_of(a): a for a in reversed(there) if a.text or a.detail or a.term}
    found = [*(place(name, a, words) for words, a in reversed(once.items())), *findings_on(file, line, name)]
    if not found:
        raise UnknownNameError(source.path, [], f"{name}: {nothing_on(file, line)}")
    return found


def findings_on(file: Annotated, line: int, name: str) -> Iterator[Explanation]:
    """The findings of a line, each rule's reason and cure once."""
    told = set[str]()
    for finding in file.findings:
        if finding.line == line:
            rule = finding.rule
            text = "" if rule.id in told else reason_and_cure(rule)
            told.add(rule.id)
            title = f"{finding.severity}: {finding.message}"
            at, related = [finding.field_path] if finding.field_path else [], list(rule.terms)
            yield Explanation(name, "finding", title, text, at, related, [rule.id], rule.source, rule.id)


def place(name: str, annotation: Annotation, words: str) -> Explanation:
    """A field on a line, with what to read on at and the rules about its term."""
    term, title, at = terms().get(annotation.term), annotation.title, [annotation.field_path]
    if term is None:
        return Explanation(name, "place", title, words, at)
    return Explanation(name, "place", title, words, at, neighbours(term), rules_about(term.id), term.source, term.id)


def nothing_on(file: Annotated, line: int) -> str:
    """Why there is nothing to say of a line."""
    total = len(file.source.starts) - (not file.source.line(len(file.source.starts)))
    if not 0 < line <= total:
        return f"the file has {count(total, 'line')}"
    start = file.source.starts[line - 1]
    here = (o for o in file.objects for a in o.annotations if file.source.place(a.span.start)[0] == line)
    if identity := next((one.identity for one in here if one.unknown), None):
        return f"there is no definition of {identity.api_version} {identity.kind}; name one with --crd"
    text = file.source.text[start : start + len(file.source.line(line))].strip()
    if not text or text.startswith("#"):
        return "a comment" if text else "an empty line"
    return "no field begins here that has a meaning"


def words_of(annotation: Annotation) -> str:
    """An annotation with its term's whole definition, before which stand the field's own words where it has some."""
    term = terms()[annotation.term] if annotation.term else None
    own = "" if term and annotation.text == term.brief else annotation.text
    return " ".join(filter(None, (own, term.definition if term else "", annotation.detail)))
