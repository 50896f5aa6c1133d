"""What an HTML page shows: its files in objects and lines, what belongs to each, and how the objects hang together.

The template of html.py asks it; nothing here is HTML but the words of the glossary.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from kexplain.catalogue.rule import Rule
from kexplain.catalogue.severity import Severity
from kexplain.catalogue.term import Term, terms
from kexplain.engine.annotation import Annotated
from kexplain.engine.finding import Finding, Related
from kexplain.engine.report import Report
from kexplain.objects.outcome import Outcome
from kexplain.output.annotated._code import Piece, pieces, tokens_of
from kexplain.output.annotated._extent import LONGEST, Part, excerpt, mark_of, parts
from kexplain.output.annotated._graph import Drawing, drawings
from kexplain.output.annotated._prose import sentence
from kexplain.output.annotated._relations import Link, Thing, Things
from kexplain.output.annotated_format import Note, notes_by_line, visible_text
from kexplain.syntax.source import Place
from kexplain.words import count

FINDINGS, ROWS, NOTES = 10_000, 1_000, 20
"""What is listed at most: findings, rows of a table, explanations of one line or other places of one finding."""
WIDTHS = (32, 44, 56, 68, 80)
"""Columns that the manifests of a file may have; the least that holds its lines is taken."""


class Says(NamedTuple):
    """What a field means: its key, the name of a term to read on at, the sentence, and what its value does."""

    key: str
    name: str
    term: str
    text: Markup
    detail: Markup
    common: bool


class Card(NamedTuple):
    """A finding below its line; ``before`` is the number of an earlier one of its rule, which explains it.

    ``excerpt`` is its text where the line is cut before it.
    """

    number: int
    finding: Finding
    before: int
    related: list[tuple[str, Related]]
    excerpt: list[Piece]


class Line(NamedTuple):
    """A line of a file with what belongs to it; ``gap`` is how many before it are left out, ``cut`` how much of it."""

    number: int
    gap: int
    pieces: list[Piece]
    cut: int
    says: list[Says]
    unsaid: int
    links: list[Link]
    cards: list[Card]

    @property
    def common(self) -> bool:
        """Whether every manifest has it."""
        return bool(self.says) and not self.cards and all(said.common for said in self.says)


class Block(NamedTuple):
    """The lines of an object; those of a file without any have none."""

    thing: Thing | None
    lines: list[Line]


class Page:
    """What the template asks for. Lines are made one file at a time; ``used`` gathers the terms they name."""

    def __init__(self, files: list[Annotated], report: Report) -> None:
        """Decides what is shown."""
        self.used: set[str] = set()
        self._explained: dict[str, int] = {}
        found = sorted((finding for file in files for finding in file.findings), key=lambda finding: finding.order)
        self.severities = Counter(finding.severity for finding in found)
        worst = set(map(id, sorted(found, key=lambda finding: -finding.severity.weight)[:FINDINGS]))
        self.findings = [finding for finding in found if id(finding) in worst]
        self.unlisted = len(found) - len(self.findings)
        self.suppressed = report.suppressed[:ROWS]
        self.unchecked: list[Outcome] = report.unchecked()[:ROWS]
        self.parts = list(parts(files, self.findings))
        listed = {part.file.source.path for part in self.parts}
        self.files = len({file.source.path for file in files} | {outcome.path for outcome in report.outcomes})
        self.left_out = sum(bool(file.objects) and file.source.path not in listed for file in files)
        self.numbers = {id(finding): n for n, finding in enumerate(self.in_page_order(), 1)}
        self._by_path = {part.file.source.path: part for part in self.parts if part.file.source.origin is None}
        self.things = Things(self.parts, report.known.workspace if report.known else None)

    def in_page_order(self) -> Iterator[Finding]:
        """The findings as they come on the page."""
        for part in self.parts:
            yield from part.all

    def listed(self) -> list[Finding]:
        """The findings of the list at the top, the worst first."""
        return sorted(self.in_page_order(), key=lambda finding: -finding.severity.weight)[:ROWS]

    def title(self) -> str:
        """The title of the page."""
        files = self.parts[0].file.source.path if len(self.parts) == self.files == 1 else count(self.files, "file")
        found = ", ".join(count(self.severities[s], s.value) for s in reversed(Severity) if self.severities[s])
        return f"{found or 'Nothing found'} in {files}"

    def drawings(self) -> list[Drawing]:
        """Pictures of the objects that have to do with each other."""
        return drawings(self.things)

    def width(self, part: Part) -> int:
        """How many columns the manifest has beside its words."""
        lines = (len(part.file.source.line(number)) for numbers in part.ranges for number in numbers)
        longest = max((length for length in lines if length <= WIDTHS[-1]), default=0)
        return next(width for width in WIDTHS if longest <= width)

    def blocks(self, part: Part) -> Iterator[Block]:
        """The lines of a file that are shown, object by object."""
        starts = self.things.starts(part)
        block = Block(None, [])
        for line in self.lines(part):
            at = bisect_right(starts, line.number, key=lambda start: start[0]) - 1
            thing = starts[at][1] if at >= 0 else None
            if thing is not block.thing:
                if block.lines:
                    yield block
                block = Block(thing, [])
            block.lines.append(line)
        if block.lines:
            yield block

    def lines(self, part: Part) -> Iterator[Line]:
        """The lines of a file that are shown."""
        source, text = part.file.source, visible_text(part.file)
        tokens, links = tokens_of(source.text, part.file.documents), self.things.links(part)
        notes = notes_by_line(part.file, once=True)
        last = 0
        for number in (number for numbers in part.ranges for number in numbers):
            start, whole = source.starts[number - 1], source.line(number)
            end = start + min(len(whole), LONGEST)
            found = part.findings.get(number, [])
            marks = [mark_of(finding) for finding in found[:NOTES]]
            here = notes.get(number, [])
            yield Line(
                number, number - last - 1, list(pieces(text, start, end, tokens, marks)), len(whole) - (end - start),
                [self.says(note, alone=len(here) == 1) for note in here[:NOTES]], max(len(here) - NOTES, 0),
                links.get(number, [])[:NOTES], [self.card(finding, text) for finding in found],
            )  # fmt: skip
            last = number

    def loose(self, part: Part) -> list[Card]:
        """The findings of a file that has no lines."""
        return [self.card(finding, "") for finding in part.findings.get(0, [])]

    def says(self, note: Note, *, alone: bool) -> Says:
        """What a field means; of several on a line each has a name."""
        term = note.annotation.term if note.annotation.term in terms() else ""
        name = note.annotation.title if note.name or not alone else ""
        if term and name:
            self.used.add(term)
        key = note.annotation.field_path.rpartition(".")[2]
        return Says(key, name, term if name else "", sentence(note.words), sentence(note.detail), note.common)

    def card(self, finding: Finding, text: str) -> Card:
        """A finding with its number, and links to the other places it speaks of."""
        number = self.numbers[id(finding)]
        before = self._explained.setdefault(finding.rule.id, number)
        related = [(self.link(other.place), other) for other in finding.related[:NOTES]]
        return Card(number, finding, before if before != number else 0, related, excerpt(finding, text))

    def link(self, place: Place) -> str:
        """Where a place is on the page; empty when it is not."""
        part = self._by_path.get(place.path)
        if part is None:
            return ""
        at = bisect_right(part.ranges, place.line, key=lambda numbers: numbers.start) - 1
        return f"#f{part.number}-{place.line}" if at >= 0 and place.line in part.ranges[at] else ""

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
