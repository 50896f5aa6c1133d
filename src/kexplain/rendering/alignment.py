"""Which line of a Helm template a rendered line comes from: equal lines first, then the rest between them."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from kexplain.syntax.source import Source

MOST = 4_000
"""Lines of both texts that are compared in full, which may take the square of it; of longer ones only unique lines."""
KEY = re.compile(r"(?:-\s+)*([^\s:{}#'\"][^:{}]*|\"[^\"]*\"|'[^']*')\s*:(?:\s|$)")
LOOP = re.compile(r"\{\{-?\s*range\b")
OPENS = re.compile(r"\{\{-?\s*(?:if|with|range|define|block)\b")
CLOSES = re.compile(r"\{\{-?\s*end\b")
INSERTS = re.compile(
    r"\{\{-?\s*(?!/\*|if\b|else\b|end\b|range\b|with\b|define\b|block\b|break\b|continue\b|\$\S*\s*:?=)"
)
"""An action that puts text in place of itself."""


class Line(NamedTuple):
    """The line of a template, from 0, and whether it is the rendered line, apart from indentation."""

    number: int
    equal: bool


class Alignment:
    """The lines of one rendered document beside those of its template."""

    def __init__(self, template: Source, rendered: Source) -> None:
        self.template = template
        self.rendered = rendered
        self.written = [line.strip() for line in lines_of(template)]
        self.made = [line.strip() for line in lines_of(rendered)]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The span in the template of a span in the rendered text: exact where lines are equal, else the whole line."""
        first, last = self.at(start), self.at(max(end, start))
        begin, stop = self.offset(start, first), self.offset(end, last)
        if begin is not None and stop is not None and stop >= begin:
            return begin, stop
        whole = self.whole(first.number)
        return (begin if begin is not None and first.number == last.number else whole[0]), whole[1]

    def at(self, offset: int) -> Line:
        """The template's line for an offset of the rendered text."""
        return self.lines[min(bisect_right(self.rendered.starts, offset), len(self.lines)) - 1]

    def offset(self, offset: int, line: Line) -> int | None:
        """The offset in the template's line for one in an equal rendered line; None where they differ."""
        if not line.equal:
            return None
        number = bisect_right(self.rendered.starts, offset)
        inside = offset - self.rendered.starts[number - 1] - indent(self.rendered.line(number))
        return self.whole(line.number)[0] + min(max(inside, 0), len(self.written[line.number]))

    def whole(self, number: int) -> tuple[int, int]:
        """The span of a template's line without its indentation."""
        begin = self.template.starts[number] + indent(self.template.line(number + 1))
        return begin, begin + len(self.written[number])

    @cached_property
    def lines(self) -> list[Line]:
        """The template's line for every rendered one."""
        equal = self.equal
        above, below = -1, self.neighbours(equal)
        found: list[Line] = []
        for number, text in enumerate(self.made):
            if number in equal:
                above = equal[number]
                found.append(Line(above, equal=True))
            else:
                here = self.guess(text, above, below[number])
                above = max(above, here)
                found.append(Line(here, self.written[here] == text and bool(text)))
        return found

    def neighbours(self, equal: dict[int, int]) -> list[int]:
        """For every rendered line the template's line of the next one that has an equal."""
        below = [len(self.written)] * (len(self.made) + 1)
        for number in range(len(self.made) - 1, -1, -1):
            below[number] = equal.get(number, below[number + 1])
        return below

    def guess(self, text: str, above: int, below: int) -> int:
        """The template's line for a rendered one without an equal beside its neighbours.

        The line between them with its key; in the loop that ended there, the same or that with its key; what inserts
        text; the line above.
        """
        between = range(max(above, 0), below)
        if (found := self.with_key(text, between)) is not None:
            return found
        if loop := self.loop_at(above):
            equal = next((n for n in loop if self.written[n] == text), None)
            if equal is not None or (equal := self.with_key(text, loop)) is not None:
                return equal
        inserts = first_in(self.inserts, between)
        return max(above, 0) if inserts is None else inserts

    def with_key(self, text: str, among: range) -> int | None:
        """The first of some lines of the template that holds the key of a rendered line."""
        key = KEY.match(text)
        return first_in(self.keys.get(key[1], []), among) if key else None

    @cached_property
    def keys(self) -> dict[str, list[int]]:
        """The template's lines by their keys."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, line in enumerate(self.written):
            if match := KEY.match(line):
                found[match[1]].append(number)
        return found

    @cached_property
    def inserts(self) -> list[int]:
        """The template's lines that put text in place of themselves."""
        return [number for number, line in enumerate(self.written) if INSERTS.match(line)]

    @cached_property
    def equal(self) -> dict[int, int]:
        """Rendered lines with an equal one in the template, in order."""
        same = min(len(self.made), len(self.written))
        if self.made[:same] == self.written[:same] and not any(self.made[same:] + self.written[same:]):
            return {number: number for number in range(same)}
        if len(self.made) + len(self.written) > MOST:
            unique = once(self.written)
            return {number: unique[text] for text, number in once(self.made).items() if text in unique}
        blocks = SequenceMatcher(None, self.written, self.made).get_matching_blocks()
        return {block.b + i: block.a + i for block in blocks for i in range(block.size) if self.made[block.b + i]}

    def loop_at(self, number: int) -> range | None:
        """The innermost loop of the template that a line is in or ends."""
        around = [loop for loop in self.loops if loop.start <= number <= loop.stop]
        return min(around, key=len, default=None)

    @cached_property
    def loops(self) -> list[range]:
        """The lines of each loop of the template, from ``range`` to before its ``end``."""
        found: list[range] = []
        opened: list[tuple[int, bool]] = []
        for number, line in enumerate(self.written):
            actions = sorted(
                [*((m.start(), m) for m in OPENS.finditer(line)), *((m.start(), None) for m in CLOSES.finditer(line))],
                key=lambda action: action[0],
            )
            for _, match in actions:
                if match:
                    opened.append((number, bool(LOOP.match(match[0]))))
                elif opened:
                    begin, is_loop = opened.pop()
                    found += [range(begin, number)] if is_loop else []
        return found


def lines_of(source: Source) -> list[str]:
    """The lines of a text; one, empty, of an empty text."""
    bounds = pairwise([*source.starts, len(source.text)])
    return [source.text[start:end] for start, end in bounds]


def indent(line: str) -> int:
    """How many characters stand before the text of a line."""
    return len(line) - len(line.lstrip())


def first_in(numbers: list[int], among: range) -> int | None:
    """The first of sorted numbers that lies in a range."""
    at = bisect_left(numbers, among.start)
    return numbers[at] if at < len(numbers) and numbers[at] < among.stop else None


def once(lines: list[str]) -> dict[str, int]:
    """The lines that stand there once, with their numbers."""
    found: dict[str, int] = {}
    twice: set[str] = set()
    for number, line in enumerate(lines):
        if line in found:
            twice.add(line)
        found[line] = number
    return {line: number for line, number in found.items() if line and line not in twice}
