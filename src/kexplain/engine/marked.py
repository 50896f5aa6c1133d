"""Findings of what reading a file marked: broken YAML, keys written twice, documents that are meant as objects."""

from collections.abc import Iterable, Iterator, Mapping

from kexplain.catalogue.rule import Rule
from kexplain.engine.finding import Finding, Related, finding_at
from kexplain.objects.outcome import Identity, Status
from kexplain.objects.reading import File, Part
from kexplain.syntax.source import Source, Unread, normal, place_of
from kexplain.syntax.tree import Mark, Span

MARK_RULES = {"syntax": "unparseable-yaml", "duplicate": "duplicate-key", "key": "non-string-key",
              "head": "malformed-object"}  # fmt: skip


def findings_of_unread(unread: Iterable[Unread], rules: Mapping[str, Rule]) -> Iterator[Finding]:
    """The findings of paths that could not be read."""
    for source in (one for one in unread if one.wrong):
        yield from mark_findings(Source(source.path, ""), [Mark("syntax", source.reason, Span(0, 0))], rules)


def findings_of_reading(file: File, rules: Mapping[str, Rule], patches: frozenset[str]) -> Iterator[Finding]:
    """What reading a file marked: in every unreadable document, and in documents that hold objects or are meant to."""
    whole = normal(file.source.path) not in patches
    for part in file.parts:
        if part.document.marks and speaks(part):
            identity = part.objects[0].identity if len(part.objects) == 1 else Identity()
            yield from mark_findings(file.source, part.document.marks, rules, identity)
        for outcome in part.outcomes if whole else ():
            yield from mark_findings(file.source, outcome.marks, rules)


def speaks(part: Part) -> bool:
    """Whether what is wrong in a document concerns Kubernetes: it holds objects, or nobody can tell what it holds."""
    return bool(part.objects or part.settings) or not any(outcome.status is Status.SKIPPED for outcome in part.outcomes)


def mark_findings(
    source: Source,
    marks: Iterable[Mark],
    rules: Mapping[str, Rule],
    identity: Identity = Identity(),  # noqa: B008 - immutable
) -> Iterator[Finding]:
    """Findings of what reading marked, for the rules that are switched on."""
    for mark in marks:
        rule = rules.get(MARK_RULES[mark.kind])
        if rule is None or (mark.kind == "key" and mark.message not in {"true", "false"}):
            continue
        written = source.text[mark.span.start : mark.span.end]
        values = {"what": mark.message, "key": mark.message, "written": written}
        if mark.kind == "syntax":
            values["as"] = " as YAML" if source.text else ""
        related = (Related(place_of(source, mark.other), "first written here"),) if mark.other else ()
        finding = finding_at(rule, source, mark.span, values, identity, related)
        # where reading stops, and why, moves with every edit: such a finding is known by its file alone
        yield finding._replace(anchor="") if mark.kind == "syntax" else finding
