"""Which files and lines an HTML page shows, in bounded size, and what of their text findings are about."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from kexplain.engine.annotation import Annotated
from kexplain.engine.finding import Finding
from kexplain.output.annotated._code import Piece, Token, pieces

FILES = 300
"""Files; of a larger run only those with findings are shown."""
LINES, AROUND = 2_000, 8
"""Lines; of a longer file only those around findings are shown."""
CHARACTERS = 4_000_000
"""Of manifests in full; what comes after them is shown around its findings only."""
LONGEST = 2_000
"""Characters of a line."""


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


def parts(files: list[Annotated], findings: list[Finding]) -> Iterator[Part]:
    """The files that are shown, by path, and how much of each."""
    found: dict[int, list[Finding]] = {}
    for finding in findings:
        found.setdefault(id(finding.source), []).append(finding)
    whole = {id(file.source) for file in files if file.objects}
    if len(whole) > FILES:  # all those with findings; where nothing has any, as many as there is room for
        first = sorted((file for file in files if file.objects), key=lambda file: file.source.path)[:FILES]
        whole = set() if found else {id(file.source) for file in first}
    shown = [file for file in files if id(file.source) in found or id(file.source) in whole]
    room = CHARACTERS
    for number, file in enumerate(sorted(shown, key=lambda file: file.source.path), 1):
        total = len(file.source.starts) - (not file.source.line(len(file.source.starts)))
        of = sorted(found.get(id(file.source), []), key=attrgetter("line"))
        by_line = {line: list(group) for line, group in groupby(of, key=lambda f: min(f.line, total))}
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
