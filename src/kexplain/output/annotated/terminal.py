"""The terminal: the manifest on the left, what each line means on the right; below each other where it is narrow."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from click import style
from rich.cells import cell_len, chop_cells

from kexplain.output.annotated._code import Piece, Token, pieces, tokens_of
from kexplain.output.annotated_format import Note, findings_by_line, notes_by_line, visible_text
from kexplain.output.report_format import View
from kexplain.output.reports._common import blocks
from kexplain.syntax.safe import clean

if TYPE_CHECKING:
    from kexplain.engine.annotation import Annotated
    from kexplain.engine.finding import Finding
    from kexplain.engine.report import Report

NARROW = 100
"""Columns; below it two columns leave too little room for either."""
SHARE = 45
"""Of a hundred columns: what the manifest has of them at most."""
NARROWEST = 20
"""Columns that are used at least."""
STYLES: dict[str, dict[str, object]] = {
    "k": {"fg": "cyan"}, "s": {"fg": "green"}, "v": {"fg": "magenta"}, "c": {"fg": "bright_black", "italic": True},
    "error": {"fg": "red", "bold": True}, "warning": {"fg": "yellow", "bold": True},
    "info": {"fg": "blue", "bold": True}, "name": {"bold": True}, "dim": {"dim": True},
    "file": {"bold": True, "underline": True},
}  # fmt: skip
"""How keys, strings, other values, comments, severities and the rest look where there is colour."""
WORD = re.compile(r"\s*\S+|\s+")
Text = list[tuple[str, str]]
"""Words on one line, each stretch with its style."""


class Row(NamedTuple):
    """A line of the manifest, and what is said of it in paragraphs."""

    code: Text
    says: list[Text]


def render(files: "list[Annotated]", view: View, report: "Report") -> Iterator[str]:
    """Every file under its path."""
    explained: set[str] = set()
    for number, file in enumerate(files):
        yield ("\n" if number else "") + paint([("file", clean(file.source.path))], view) + "\n"
        rows = list(rows_of(file, view, explained))
        yield from two_columns(rows, view) if view.width >= NARROW else one_column(rows, view)


def rows_of(file: "Annotated", view: View, explained: set[str]) -> Iterator[Row]:
    """The lines of a file; each rule is explained once, and only where all is to be said."""
    source, text = file.source, visible_text(file)
    notes, findings = notes_by_line(file, view.level), findings_by_line(file)
    tokens = tokens_of(source.text, file.documents)
    total = len(source.starts) - (not source.line(len(source.starts)))
    for loose in (found for line, found in findings.items() if line > total):
        yield Row([], [p for finding in loose for p in told(finding, view, explained)])
    for number in range(1, total + 1):
        start = source.starts[number - 1]
        found, here = findings.get(number, []), notes.get(number, [])
        marks = [Token(*finding.span, finding.severity.value) for finding in found]
        code = [styled(piece) for piece in pieces(text, start, start + len(source.line(number)), tokens, marks)]
        if here and not found and all(note.common for note in here):
            code = [("dim", stretch) for _, stretch in code]
        says = [paragraph for finding in found for paragraph in told(finding, view, explained)]
        yield Row(code, says + [meant(note, alone=len(here) == 1) for note in here])


def styled(piece: Piece) -> tuple[str, str]:
    """A stretch of the manifest; what a finding is about has the colour of its severity."""
    return piece.mark or piece.kind, clean(piece.text).replace("\t", "  ")


def told(finding: "Finding", view: View, explained: set[str]) -> Iterator[Text]:
    """A finding; in full, why it matters and what to do the first time that its rule is met."""
    rule, severity = finding.rule, finding.severity.value
    yield [(severity, f"{severity}[{rule.id}]"), ("", f" {finding.message}")]
    if view.level == "full" and rule.id not in explained:
        explained.add(rule.id)
        for name in ("why", "fix"):
            yield from ([("dim", f"{name}: "), ("", part.strip())] for part in blocks(rule.article[name]))


def meant(note: Note, *, alone: bool) -> Text:
    """What a field means under the name that ``explain`` knows; of several fields on a line each has some name."""
    name = note.name or ("" if alone else note.annotation.title)
    said = [("dim" if note.common and not note.detail else "", note.text)]
    return [("name", name), ("", ": "), *said] if name else said


def two_columns(rows: list[Row], view: View) -> Iterator[str]:
    """Manifest and meaning side by side; a line that is too wide for its column has the whole width for itself."""
    most = view.width * SHARE // 100
    left = max((width for row in rows if (width := width_of(row.code)) <= most), default=NARROWEST)
    for code, says in rows:
        words = [line for paragraph in says for line in wrapped(paragraph, view.width - left - 3)]
        wide = width_of(code) > left
        if wide:
            yield from (f"{paint(line, view)}\n" for line in wrapped(code, view.width, "    "))
        for number, line in enumerate(words or ([] if wide else [[]])):
            beside = code if number == 0 and not wide else []
            gap = " " * (left - width_of(beside))
            yield f"{paint(beside, view)}{gap} {paint([('dim', '│')], view)} {paint(line, view)}".rstrip() + "\n"


def one_column(rows: list[Row], view: View) -> Iterator[str]:
    """Each line, and below it what it means."""
    width = max(view.width, NARROWEST)
    for code, says in rows:
        yield from (f"{paint(line, view)}\n" for line in wrapped(code, width, "    ") or [[]])
        written = "".join(stretch for _, stretch in code)
        indent = " " * min(len(written) - len(written.lstrip()) + 2, width // 2)
        for paragraph in says:
            for line in wrapped(paragraph, width - len(indent) - 2):
                yield f"{indent}{paint([('dim', '│ '), *line], view)}\n"


def wrapped(text: Text, width: int, hanging: str = "") -> list[Text]:
    """Words in lines of at most that many columns where their spaces allow it: no word is cut, however long."""
    if width_of(text) <= width:
        return [text] if text else []
    written = "".join(stretch for _, stretch in text)
    bounds, begun, used = list[int](), len(written) - len(written.lstrip()), 0
    for start, word in apart(written):
        columns = cell_len(word)
        if used and start > begun and used + columns > width:
            bounds.append(start)
            used, columns = len(hanging), cell_len(word.lstrip())
        used += columns
    first, *others = cut(text, [*bounds, len(written)])
    return [first, *([("", hanging), *without_lead(line)] for line in others)]


def apart(text: str) -> Iterator[tuple[int, str]]:
    """Words with their offsets, each with the space before it; scripts that are wide have none and break anywhere."""
    for match in WORD.finditer(text):
        start = match.start()
        for word in [match[0]] if cell_len(match[0]) == len(match[0]) else chop_cells(match[0], 2):
            yield start, word
            start += len(word)


def cut(text: Text, bounds: list[int]) -> Iterator[Text]:
    """Styled words in the pieces that end at some offsets."""
    line: Text = []
    here, ends = 0, iter(bounds)
    stop = next(ends)
    for kind, stretch in text:
        at = 0
        while at < len(stretch):
            part = stretch[at : at + stop - here]
            line.append((kind, part))
            at, here = at + len(part), here + len(part)
            if here == stop:
                yield line
                line, stop = [], next(ends, here)


def without_lead(line: Text) -> Text:
    """Words without the space before the first."""
    while line and not line[0][1].strip():
        line = line[1:]
    return [(line[0][0], line[0][1].lstrip()), *line[1:]] if line else []


def width_of(text: Text) -> int:
    """The columns of words."""
    return sum(cell_len(stretch) for _, stretch in text)


def paint(text: Text, view: View) -> str:
    """Words in their colours, where colour is wanted."""
    if not view.color:
        return "".join(stretch for _, stretch in text)
    return "".join(style(stretch, **STYLES[kind]) if kind else stretch for kind, stretch in text if stretch)  # type: ignore[arg-type]
