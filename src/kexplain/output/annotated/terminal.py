"""The terminal: the manifest on the left, what each line means on the right; below each other where it is narrow."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.cells import cell_len, chop_cells, set_cell_size
from rich.console import Console
from rich.text import Text

from kexplain.output.annotated_format import notes_by_line, visible_lines
from kexplain.output.report_format import View
from kexplain.syntax.safe import clean

if TYPE_CHECKING:
    from kexplain.engine.annotation import Annotated

NARROW = 100
"""Columns; below it two columns leave too little room for either."""
NARROWEST = 20
"""Columns that are used at least."""


def render(files: "list[Annotated]", view: View) -> Iterator[str]:
    """Every file under its path."""
    for number, file in enumerate(files):
        if number:
            yield "\n"
        yield paint(clean(file.source.path), "bold", view) + "\n"
        yield from two_columns(file, view) if view.width >= NARROW else one_column(file, view)


def two_columns(file: "Annotated", view: View) -> Iterator[str]:
    """Manifest and meaning side by side; a long meaning wraps in its column."""
    lines = [clean(line).expandtabs(2) for line in visible_lines(file)]
    notes = notes_by_line(file)
    left = min(max((cell_len(line) for line in lines), default=0), view.width * 45 // 100)
    right = view.width - left - 3
    for number, line in enumerate(lines, 1):
        wrapped = wrap("  ".join(words for _, words in notes.get(number, ())), right)
        pieces = wrap_code(line, left)
        for row in range(max(len(wrapped), len(pieces))):
            code = set_cell_size(pieces[row] if row < len(pieces) else "", left)
            note = wrapped[row] if row < len(wrapped) else ""
            yield f"{paint(code, 'cyan', view)} {paint('│', 'dim', view)} {note}".rstrip() + "\n"


def one_column(file: "Annotated", view: View) -> Iterator[str]:
    """Each line, and below it what it means."""
    notes = notes_by_line(file)
    width = max(view.width, NARROWEST)
    for number, line in enumerate(visible_lines(file), 1):
        shown = clean(line).expandtabs(2)
        yield from (paint(piece, "cyan", view) + "\n" for piece in wrap_code(shown, width))
        indent = " " * min(len(shown) - len(shown.lstrip()) + 2, width // 2)
        for _, words in notes.get(number, ()):
            for part in wrap(words, width - len(indent) - 2):
                yield f"{indent}{paint('│ ' + part, 'dim', view)}\n"


def wrap(words: str, width: int) -> list[str]:
    """Words in lines of at most that many columns."""
    console = Console(width=width, color_system=None)
    return [str(line).rstrip() for line in Text(clean(words)).wrap(console, width)] if words else []


def wrap_code(line: str, width: int) -> list[str]:
    """A line of the manifest cut into pieces that fit, the rest indented under it."""
    if cell_len(line) <= width:
        return [line]
    first = chop_cells(line, width)[0]
    return [first, *(f"    {piece}" for piece in chop_cells(line[len(first) :], width - 4))]


def paint(text: str, style: str, view: View) -> str:
    """Text in a style where colour is wanted."""
    from click import style as ansi

    if not view.color or not text:
        return text
    return ansi(text, bold=style == "bold", dim=style == "dim", fg="cyan" if style == "cyan" else None)
