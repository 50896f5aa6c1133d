"""The report for people: each finding with its source line, and the first of each rule explained."""

import re
import textwrap
from collections.abc import Iterator
from unicodedata import category, east_asian_width

import click

from kexplain.finding import Finding, Report, Severity
from kexplain.format import View, clean
from kexplain.formats._common import CODE, blocks, inert, one_line, ordered, position, term
from kexplain.rule import Rule

COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z`\"*(])")
WHY = 240
"""Characters of a rule's reasons that stand beside a finding; its first sentence always does."""
NARROWEST = 40


def render(report: Report, view: View) -> Iterator[str]:
    """The findings, a blank line between them; nothing on a clean run."""
    explained: set[str] = set()
    lead = ""
    for finding in ordered(report):
        rule, margin = finding.rule, " " * len(str(finding.place.line))
        first = view.explain and rule.id not in explained
        explained.add(rule.id)
        lines = [header(finding, view), f"{margin}--> {location(finding)}", *snippet(report, finding, view)]
        if first:
            lines += note(margin, "why", reasons(rule), view)
            lines += note(margin, "fix", blocks(rule.article["fix"]), view)
        for other in finding.related:
            lines.append(f"{margin} = related: {position(other.place)}: {one_line(other.message)}")
        if first:
            lines += note(margin, "explain", [command(rule)], view)
        yield lead + "\n".join(lines) + "\n"
        lead = "\n"


def header(finding: Finding, view: View) -> str:
    """Severity, rule and message."""
    name = paint(f"{finding.severity}[{finding.rule.id}]", view, finding.severity)
    return f"{name} {one_line(finding.message)}"


def location(finding: Finding) -> str:
    """The place, the object and the field path, as far as there are any."""
    about = ", ".join(one_line(part) for part in (str(finding.identity), finding.field_path) if part)
    return position(finding.place) + (f" in {about}" if about else "")


def reasons(rule: Rule) -> list[str]:
    """The first sentences of why a rule matters."""
    paragraphs = blocks(rule.article["why"])
    chosen = ""
    for sentence in SENTENCE.split(paragraphs[0]) if paragraphs else ():
        if chosen and len(chosen) + len(sentence) >= WHY:
            break
        chosen = f"{chosen} {sentence}".lstrip()
    return [chosen] if chosen else []


def command(rule: Rule) -> str:
    """How to read on, and about what."""
    titles = ", ".join(term(slug)[0] for slug in rule.terms)
    return f"kexplain explain {rule.id}" + (f" (about: {titles})" if titles else "")


def note(margin: str, label: str, paragraphs: list[str], view: View) -> list[str]:
    """``= label:`` and its paragraphs, wrapped with a hanging indent; nothing where there are none.

    Only for words of rules and terms: wrapped text of a manifest could begin a line with a runner's command.
    """
    lead = f"{margin} = {label}: "
    hang = " " * len(lead)
    lines: list[str] = []
    for paragraph in paragraphs:
        first = hang if lines else lead
        if paragraph.startswith(CODE):
            lines.append((first + paragraph).rstrip())
        else:
            lines += textwrap.wrap(
                paragraph, max(view.width, NARROWEST), initial_indent=first, subsequent_indent=hang,
                break_long_words=False, break_on_hyphens=False,
            )  # fmt: skip
    return lines


def snippet(report: Report, finding: Finding, view: View) -> list[str]:
    """The source line in a gutter, its span underlined; a longer line than fits is cut around the span."""
    place, number = finding.place, str(finding.place.line)
    gutter = " " * len(number)
    room = max(view.width, NARROWEST) - len(number) - len(" | ")
    line = report.visible_line(finding)
    start = place.column - 1
    end = place.end_column - 1 if place.end_line == place.line else len(line)
    text, offset, length = clip(line, start, end, room)
    carets = paint("^" * max(length, 1), view, finding.severity)
    return [f"{gutter} |", f"{number} | {inert(text)}".rstrip(), f"{gutter} | {' ' * offset}{carets}"]


def clip(line: str, start: int, end: int, room: int) -> tuple[str, int, int]:
    """What of a line fits into ``room`` columns, the span in it; the span's offset and length in columns."""
    low, high = max(start - room, 0), min(start + room, len(line))
    shown = [cell(char) for char in line[low:high]]
    widths = [width for _, width in shown]
    at, last = min(start - low, len(shown)), min(end - low, len(shown))
    cut = low > 0 or high < len(line)
    if not cut and sum(widths) <= room:
        first, stop = 0, len(shown)
    else:
        first, stop = window(widths, at, last, room - 2)
    before = "…" if low + first > 0 else ""
    after = "…" if low + stop < len(line) else ""
    text = before + "".join(char for char, _ in shown[first:stop]) + after
    return text, len(before) + sum(widths[first:at]), sum(widths[at : min(last, stop)])


def window(widths: list[int], start: int, end: int, room: int) -> tuple[int, int]:
    """The range of columns that fits: first the span from its start on, then as much to both sides."""
    first = stop = start
    while stop < end and widths[stop] <= room:
        room -= widths[stop]
        stop += 1
    grows = True
    while grows:
        grows = False
        if first > 0 and widths[first - 1] <= room:
            first -= 1
            room -= widths[first]
            grows = True
        if stop < len(widths) and widths[stop] <= room:
            room -= widths[stop]
            stop += 1
            grows = True
    return first, stop


def cell(char: str) -> tuple[str, int]:
    """How a character is shown, and how many columns that takes."""
    if char == "\t":
        return "    ", 4
    shown = clean(char)
    if shown != char:
        return shown, len(shown)
    if char.isascii():
        return char, 1
    if category(char) in {"Mn", "Me"}:
        return char, 0
    return char, 2 if east_asian_width(char) in {"W", "F"} else 1


def paint(text: str, view: View, severity: Severity) -> str:
    """Text in the colour of a severity, where colour is wanted."""
    return click.style(text, fg=COLORS[severity], bold=True) if view.color else text
