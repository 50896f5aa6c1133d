"""What an HTML page shows: which files, which of their lines, and what belongs to each; in bounded size.

The template of html.py asks it; nothing here is HTML but the words of the glossary.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from markupsafe import Markup

from kexplain.catalogue.rule import Rule
from kexplain.catalogue.severity import Severity
from kexplain.catalogue.term import Term, terms
from kexplain.engine.annotation import Annotated, Annotation
from kexplain.engine.finding import Finding, Related
from kexplain.engine.report import Report
from kexplain.objects.outcome import Outcome
from kexplain.output.annotated._code import Piece, Token, pieces, tokens_of
from kexplain.output.annotated._prose import rest, sentence
from kexplain.output.annotated_format import notes_by_line, visible_text
from kexplain.syntax.source import Place
from kexplain.words import count

FILES = 300
"""Files; of a larger run only those with findings are shown."""
LINES, AROUND = 2_000, 8
"""Lines; of a longer file only those around findings are shown."""
CHARACTERS = 4_000_000
"""Of manifests in full; what comes after them is shown around its findings only."""
FINDINGS, ROWS, NOTES = 10_000, 1_000, 20
"""What is listed at most: findings, rows of a table, explanations of one line or other places of one finding."""
LONGEST = 2_000
"""Characters of a line."""


class Says(NamedTuple):
    """What a line means: what the field is (``more`` on demand, or the glossary), and what its value does."""

    text: Markup
    more: Markup
    term: str
    detail: Markup


class Card(NamedTuple):
    """A finding below its line; ``before`` is the number of an earlier one of its rule, which explains it.

    ``opens`` where the page has the rule first; ``excerpt`` is its text where the line is cut before it.
    """

    number: int
    finding: Finding
    before: int
    related: list[tuple[str, Related]]
    opens: bool
    excerpt: list[Piece]


class Line(NamedTuple):
    """A line of a file with what belongs to it; ``gap`` is how many before it are left out, ``cut`` how much of it."""

    number: int
    gap: int
    pieces: list[Piece]
    cut: int
    says: list[Says]
    unsaid: int
    cards: list[Card]


class Part(NamedTuple):
    """A file on the page: its findings by line and the ranges of lines that are shown."""

    number: int
    file: Annotated
    findings: dict[int, list[Finding]]
    ranges: list[range]
    total: int

    @property
    def all(self) -> list[Finding]:
        """Its findings."""
        return [finding for found in self.findings.values() for finding in found]

    @property
    def after(self) -> int:
        """How many lines at its end are not shown."""
        return self.total + 1 - max((numbers.stop for numbers in self.ranges), default=1)


class Page:
    """What the template asks for. Lines are made one file at a time; ``used`` gathers the terms they name."""

    def __init__(self, files: list[Annotated], report: Report) -> None:
        """Decides what is shown."""
        self.used: set[str] = set()
        self._opened: set[str] = set()
        self.findings = report.in_order(report.worst_first()[:FINDINGS])
        self.unlisted = len(report.findings) - len(self.findings)
        self.suppressed = report.suppressed[:ROWS]
        self.unchecked: list[Outcome] = report.unchecked()[:ROWS]
        self.parts = list(parts(files, self.findings, report))
        listed = {part.file.source.path for part in self.parts}
        self.files = len({file.source.path for file in files} | {outcome.path for outcome in report.outcomes})
        self.left_out = sum(bool(file.objects) and file.source.path not in listed for file in files)
        self.numbers = {id(finding): n for n, finding in enumerate(self.in_page_order(), 1)}
        self._by_path = {part.file.source.path: part for part in self.parts if part.file.source.origin is None}

    def in_page_order(self) -> Iterator[Finding]:
        """The findings as they come on the page."""
        for part in self.parts:
            yield from part.all

    def title(self) -> str:
        """The title of the page."""
        files = count(self.files, "file")
        severities = Counter(finding.severity for finding in self.findings)
        found = ", ".join(count(severities[s], s.value) for s in reversed(Severity) if severities[s])
        return f"{found or 'Nothing found'} in {files}"

    def lines(self, part: Part) -> Iterator[Line]:
        """The lines of a file that are shown."""
        source, text = part.file.source, visible_text(part.file)
        tokens = tokens_of(source.text, part.file.documents)
        notes = notes_by_line(part.file)
        said: set[str] = set()
        explained: dict[str, int] = {}
        last = 0
        for number in (number for numbers in part.ranges for number in numbers):
            start, whole = source.starts[number - 1], source.line(number)
            end = start + min(len(whole), LONGEST)
            found = part.findings.get(number, [])
            marks = [mark_of(finding) for finding in found[:NOTES]]
            here = notes.get(number, [])
            yield Line(
                number, number - last - 1, list(pieces(text, start, end, tokens, marks)), len(whole) - (end - start),
                [self.says(note.annotation, note.text, said) for note in here[:NOTES]], max(len(here) - NOTES, 0),
                [self.card(finding, explained, text) for finding in found],
            )  # fmt: skip
            last = number

    def loose(self, part: Part) -> list[Card]:
        """The findings of a file that has no lines."""
        explained: dict[str, int] = {}
        return [self.card(finding, explained, "") for finding in part.findings.get(0, [])]

    def says(self, annotation: Annotation, words: str, said: set[str]) -> Says:
        """What a field means; a term is told in full where a file has it first."""
        detail = annotation.detail if annotation.detail and words.endswith(annotation.detail) else ""
        text = words.removesuffix(detail).strip()
        term = annotation.term if text and annotation.term in terms() else ""
        more = rest(term) if term and term not in said else Markup()
        if term:
            self.used.add(term)
            said.add(term)
        return Says(sentence(text), more, term, sentence(detail))

    def card(self, finding: Finding, explained: dict[str, int], text: str) -> Card:
        """A finding with its number, and links to the other places it speaks of."""
        number = self.numbers[id(finding)]
        before = explained.setdefault(finding.rule.id, number)
        opens = finding.rule.id not in self._opened
        self._opened.add(finding.rule.id)
        related = [(self.link(other.place), other) for other in finding.related[:NOTES]]
        return Card(number, finding, before if before != number else 0, related, opens, excerpt(finding, text))

    def link(self, place: Place) -> str:
        """Where a place is on the page; empty when it is not."""
        part = self._by_path.get(place.path)
        if part is None:
            return ""
        at = bisect_right(part.ranges, place.line, key=lambda numbers: numbers.start) - 1
        return f"#file-{part.number}-L{place.line}" if at >= 0 and place.line in part.ranges[at] else ""

    def rules(self) -> list[tuple[Rule, Severity, list[Finding]]]:
        """The rules that found something, the worst first, with their findings."""
        found: dict[str, list[Finding]] = {}
        for finding in self.findings:
            found.setdefault(finding.rule.id, []).append(finding)
        groups = [(of[0].rule, max((f.severity for f in of), key=lambda s: s.weight), of) for of in found.values()]
        return sorted(groups, key=lambda group: (-group[1].weight, -len(group[2]), group[0].id))

    def terms_of(self, rule: Rule) -> list[Term]:
        """The terms that a rule is about."""
        found = [terms()[name] for name in rule.terms if name in terms()]
        self.used.update(term.id for term in found)
        return found

    def glossary(self) -> list[Term]:
        """Every term that the page has named so far."""
        return sorted((terms()[name] for name in self.used), key=lambda term: term.title.lower())

    def neighbours(self, term: Term) -> list[Term]:
        """The terms of the page that another is related to."""
        return [terms()[name] for name in filter(None, (term.broader, *term.related)) if name in self.used]


def parts(files: list[Annotated], findings: list[Finding], report: Report) -> Iterator[Part]:
    """The files that are shown, by path, and how much of each."""
    found: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        found.setdefault((finding.source.path, finding.source.text), []).append(finding)
    known = {(file.source.path, file.source.text): file for file in files}
    whole = {key for key, file in known.items() if file.objects}
    if len(whole) > FILES:  # all those with findings; where nothing has any, as many as there is room for
        whole = set() if found else set(sorted(whole)[:FILES])
    shown = [(file, found.get(key, [])) for key, file in known.items() if key in found or key in whole]
    room = CHARACTERS
    ordered = sorted(shown, key=lambda pair: pair[0].source.path)
    for number, (file, of) in enumerate(ordered, 1):
        total = len(file.source.starts) - (not file.source.line(len(file.source.starts)))
        by_line = {line: list(group) for line, group in groupby(
            sorted(of, key=attrgetter("line")), key=lambda f: min(f.line, total))}  # fmt: skip
        fits = len(file.source.text) <= room
        near = around(by_line, total, AROUND if room > 0 else 0)
        ranges = [range(1, total + 1)] if fits and total <= LINES else list(near)
        if fits and not by_line:
            ranges = [range(1, min(total, LINES) + 1)]
        room -= sum(len(file.source.line(n)) for numbers in ranges for n in numbers)
        yield Part(number, file, by_line, ranges, total)


def around(lines: Iterable[int], total: int, near: int) -> Iterator[range]:
    """The ranges of lines up to ``near`` from some, without overlaps."""
    start = stop = 1
    for line in sorted(line for line in lines if line):
        if line - near > stop:
            yield range(start, stop)
            start = line - near
        stop = min(line + near, total) + 1
    yield range(start, stop)


def mark_of(finding: Finding) -> Token:
    """What of the checked text a finding is about, and its severity."""
    source, place = finding.source, finding.place
    if source.origin is not None:
        return Token(*finding.span, finding.severity.value)
    end = source.starts[min(place.end_line, len(source.starts)) - 1] + place.end_column - 1
    return Token(source.starts[place.line - 1] + place.column - 1, end, finding.severity.value)


def excerpt(finding: Finding, text: str) -> list[Piece]:
    """The text that a finding is about, with what stands around it, when its line is cut before; of ``text``."""
    if not text:
        return []
    mark = mark_of(finding)
    if mark.start - finding.source.starts[finding.line - 1] < LONGEST:
        return []
    shown = re.match(r"[^\r\n]*", text[mark.start : mark.start + 200])
    return list(pieces(text, mark.start - 60, mark.start + (shown.end() if shown else 0), [], [mark]))
