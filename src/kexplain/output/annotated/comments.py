"""YAML comments above the lines they explain: still the same manifest, and removable without a trace."""

import re
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kexplain.output.annotated_format import notes_by_line, visible_text
from kexplain.output.report_format import View
from kexplain.syntax.safe import clean
from kexplain.syntax.source import Source
from kexplain.syntax.tree import scalar_spans

if TYPE_CHECKING:
    from kexplain.engine.annotation import Annotated

MARK = "#kx: "
OURS = re.compile(rf"[ \t]*{re.escape(MARK.rstrip())}")
LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
WIDTH = 110


def render(files: "list[Annotated]", view: View) -> Iterator[str]:
    """The annotated text of every file, Secret values blacked out."""
    for number, file in enumerate(files):
        if number:
            yield "---\n"
        text = visible_text(file)
        yield commented(file, text if text.endswith(("\n", "\r")) else f"{text}\n")


def without_comments(text: str) -> str:
    """The text without the comments this module wrote: byte for byte what it was before."""
    closed = lines_inside_scalars(Source("", text))
    return "".join(
        line for number, line in enumerate(LINE.findall(text), 1) if number in closed or not OURS.match(line)
    )


def commented(file: "Annotated", shown: str | None = None) -> str:
    """The text of a file with comments above the lines that have something to explain."""
    text = file.source.text
    lines = LINE.findall(shown or text)
    newline = "\r\n" if "\r\n" in text else "\n"
    notes = notes_by_line(file)
    closed = lines_inside_scalars(file.source)
    out = []
    for number, line in enumerate(lines, 1):
        indent = line[: len(line) - len(line.lstrip(" \t"))]
        if number not in closed and not line.startswith(("---", "%")):
            for annotation, words in notes.get(number, ()):
                note = clean(f"{annotation.title}: {words}" if annotation.term else words).replace("\n", " ")
                wrapped = textwrap.wrap(
                    note, max(WIDTH - len(indent), 40), break_long_words=False, break_on_hyphens=False
                )
                out += [f"{indent.expandtabs()}{MARK}{part}{newline}" for part in wrapped]
        out.append(line)
    return "".join(out)


def lines_inside_scalars(source: Source) -> set[int]:
    """Lines that begin inside a value of several lines, where a comment is part of it, or in what cannot be read."""
    from kexplain.syntax.parse import parse

    inside: set[int] = set()
    for document in parse(source.text):
        for span in scalar_spans(document.root) if document.root else [document.span]:
            first, last = source.place(span.start)[0], source.place(span.end)[0]
            inside.update(range(first + 1, last + 1))
    return inside
