"""Markdown: every object as a heading, its manifest, and a table of what its lines mean and what is wrong."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kexplain.output.annotated_format import findings_by_line, notes_by_line, visible_lines
from kexplain.output.report_format import View
from kexplain.syntax.safe import clean

if TYPE_CHECKING:
    from kexplain.engine.annotation import Annotated
    from kexplain.engine.report import Report


def render(files: "list[Annotated]", view: View, report: "Report") -> Iterator[str]:
    """One section per file."""
    for file in files:
        yield f"# {cell(file.source.path)}\n\n"
        yield from (f"- {cell(str(o.identity))}\n" for o in file.objects)
        lines = visible_lines(file)
        fence = "`" * max(3, longest_run(lines) + 1)
        body = "\n".join(clean(line) for line in lines)
        yield f"\n{fence}yaml\n{body}\n{fence}\n\n| line | field | meaning |\n|---:|---|---|\n"
        findings, notes = findings_by_line(file), notes_by_line(file, view.level)
        for line in sorted({*findings, *notes}):
            for finding in findings.get(line, ()):
                words = f"**{finding.severity}** {cell(finding.message)} ({code(finding.rule.id)})"
                yield f"| {line} | {code(finding.field_path) if finding.field_path else ''} | {words} |\n"
            for note in notes.get(line, ()):
                name = f"**{cell(note.name)}**: " if note.name else ""
                yield f"| {line} | {code(note.annotation.field_path)} | {name}{cell(note.text)} |\n"
        yield "\n"


def longest_run(lines: list[str]) -> int:
    """The longest run of backticks at the start of a line: a fence must be longer."""
    return max((len(line.lstrip()) - len(line.lstrip().lstrip("`")) for line in lines), default=0)


def code(text: str) -> str:
    """A field path as code in a table cell: whatever the manifest's keys hold, it stays code."""
    if "|" in text:
        return cell(text)  # in code no backslash could be told from the one that keeps a pipe in its cell
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{fence} {one_line(text)} {fence}" if "`" in text else f"`{one_line(text)}`"


def cell(text: str) -> str:
    """Text of a manifest or definition in a table cell: no table, link or HTML of its own."""
    escaped = one_line(text)
    for character in "\\<>[]|":
        escaped = escaped.replace(character, f"\\{character}")
    return escaped


def one_line(text: str) -> str:
    """Text on one line."""
    return clean(" ".join(text.split()))
