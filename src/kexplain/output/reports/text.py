"""The report for people: each finding with its source line, and the first of each rule explained."""

import re
import textwrap
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TypeVar
from unicodedata import category, east_asian_width

import click

from kexplain.catalogue.rule import Rule
from kexplain.catalogue.severity import Severity
from kexplain.engine.finding import Finding
from kexplain.engine.report import Report
from kexplain.output.report_format import View
from kexplain.output.reports._common import CODE, blocks, one_line, position, term
from kexplain.syntax.safe import COMMAND, INERT, clean
from kexplain.words import count

COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z`\"*(])")
CONTAINER = re.compile(r".*?[cC]ontainers\[[^\]]*\]")
WHY = 240
"""Characters of a rule's reasons that stand beside a finding; its first sentence always does."""
NARROWEST = 40
INDENT = "  "
"""Before a place under the heading of its rule."""
K = TypeVar("K")


def render(report: Report, view: View) -> Iterator[str]:
    """The findings, a blank line between them; nothing on a clean run. ``view.group_by`` says in what order.

    The most serious come first, in every order.
    """
    ways = {"rule": by_rule, "object": by_object}
    lead = ""
    findings = report.worst_first()
    for block in ways.get(view.group_by, in_order)(report, findings, view):
        yield lead + block
        lead = "\n"


def in_order(report: Report, findings: list[Finding], view: View) -> Iterator[str]:
    """The findings as they are, the first of each rule explained; what one container lacks is one block."""
    explained: set[str] = set()
    for group in grouped(findings, together).values():
        yield block(report, group, view, str(group[0].identity), explained)


def together(finding: Finding) -> tuple[object, ...]:
    """What findings have in common that are shown together: they say what the same container lacks."""
    if not finding.lacks or not finding.container:
        return finding.order
    return finding.severity, finding.place.path, finding.identity, finding.container, holder(finding)


def holder(finding: Finding) -> str:
    """The field path of the container around what a finding is about."""
    found = CONTAINER.match(finding.field_path)
    return found[0] if found else ""


def by_rule(report: Report, findings: list[Finding], view: View) -> Iterator[str]:
    """Each rule under a heading, explained once, and below it every place. The worst rules come first."""
    inner = view._replace(width=view.width - len(INDENT))
    groups = grouped(findings, lambda finding: finding.rule.id).values()
    for group in sorted(groups, key=lambda group: (-worst(group).weight, -len(group), group[0].rule.id)):
        rule, severity = group[0].rule, worst(group)
        name = paint(f"{severity}[{rule.id}]", view, severity)
        lines = [f"{name} {one_line(rule.title)} ({tally(group)})"]
        if view.explain:
            lines += note("", "why", reasons(rule), view)
            lines += note("", "fix", blocks(rule.article["fix"]), view)
            lines += note("", "explain", [command(rule)], view)
        yield "\n".join(lines) + "\n"
        for finding in group:
            other = f"{finding.severity}: " if finding.severity is not severity else ""
            said = f"--> {position(finding.place)}: {other}{one_line(finding.message)}"
            shown = [said, *snippet(report, finding, inner), *related(finding, " " * len(str(finding.place.line)))]
            yield "".join(f"{INDENT}{line}\n" for line in shown)


def by_object(report: Report, findings: list[Finding], view: View) -> Iterator[str]:
    """Each object under a heading with its findings; the first of each rule explained."""
    explained: set[str] = set()
    groups = grouped(findings, lambda finding: (finding.place.path, finding.identity))
    for (path, identity), group in groups.items():
        who = f"{one_line(str(identity))} in " if str(identity) else ""
        heading = inert_start(f"{who}{one_line(path)}")
        yield f"{click.style(heading, bold=True) if view.color else heading} ({tally(group)})\n"
        for one in grouped(group, together).values():
            yield block(report, one, view, "", explained)


def grouped(findings: list[Finding], key: Callable[[Finding], K]) -> dict[K, list[Finding]]:
    """The findings by a key, in the order in which the keys come first."""
    groups: dict[K, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(key(finding), []).append(finding)
    return groups


def worst(findings: list[Finding]) -> Severity:
    """The highest severity among findings."""
    return max((finding.severity for finding in findings), key=lambda severity: severity.weight)


def tally(findings: list[Finding]) -> str:
    """How many findings of each severity there are: ``1 error, 2 warnings``."""
    counts = Counter(finding.severity for finding in findings)
    return ", ".join(count(counts[severity], severity.value) for severity in reversed(Severity) if counts[severity])


def inert_start(line: str) -> str:
    """A line that begins with no command to a runner (``::error``)."""
    return f"./{line}" if line.lstrip().startswith("::") else line


def block(report: Report, findings: list[Finding], view: View, object_: str, explained: set[str]) -> str:
    """Findings that are shown together, mostly one, with their source lines; the first of each rule is explained."""
    first = findings[0]
    margin = " " * len(str(first.place.line))
    lines = [header(finding, view) for finding in findings]
    lines.append(f"{margin}--> {location(first, object_, first.field_path if len(findings) == 1 else holder(first))}")
    for same_line in grouped(findings, lambda finding: finding.place.line).values():
        lines += snippet(report, same_line[0], view)
    for finding in findings:
        new = view.explain and finding.rule.id not in explained
        explained.add(finding.rule.id)
        lines += explanation(finding, view, margin, named=len(findings) > 1) if new else related(finding, margin)
    return "\n".join(lines) + "\n"


def explanation(finding: Finding, view: View, margin: str, *, named: bool) -> Iterator[str]:
    """Why a finding matters, how to fix it and how to read on; below the name of its rule where several are shown."""
    rule = finding.rule
    if named:
        yield f"{margin} = {rule.id}"
    yield from note(margin, "why", reasons(rule), view)
    yield from note(margin, "fix", blocks(rule.article["fix"]), view)
    yield from related(finding, margin)
    yield from note(margin, "explain", [command(rule)], view)


def related(finding: Finding, margin: str) -> list[str]:
    """The other places that a finding speaks of."""
    return [f"{margin} = related: {position(o.place)}: {one_line(o.message)}" for o in finding.related]


def header(finding: Finding, view: View) -> str:
    """Severity, rule and message."""
    name = paint(f"{finding.severity}[{finding.rule.id}]", view, finding.severity)
    return f"{name} {one_line(finding.message)}"


def location(finding: Finding, object_: str, path: str) -> str:
    """The place, the object and the field path, as far as there are any."""
    about = ", ".join(one_line(part) for part in (object_, path) if part)
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
    return [f"{gutter} |", f"{number} | {COMMAND.sub(INERT, text)}".rstrip(), f"{gutter} | {' ' * offset}{carets}"]


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
