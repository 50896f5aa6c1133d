"""YAML comments: short ones beside the lines they explain, others above; still the same manifest.

They can be removed without a trace.
"""

import re
import textwrap
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from kexplain.output.annotated_format import Note, findings_by_line, notes_by_line, visible_text
from kexplain.output.report_format import View
from kexplain.syntax.safe import clean
from kexplain.syntax.source import Source
from kexplain.syntax.tree import Span, comments_of, scalar_spans

if TYPE_CHECKING:
    from kexplain.engine.annotation import Annotated
    from kexplain.engine.report import Report
    from kexplain.syntax.tree import Document

MARK = "#kx: "
OURS = re.compile(rf"[ \t]*{re.escape(MARK.rstrip())}")
BESIDE = re.compile(rf" {{1,2}}{re.escape(MARK)}[^\r\n]*")
"""A comment behind a line; a formatter may have left one of its two spaces."""
LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
WIDTH = 110


class Room(NamedTuple):
    """Where in a text comments can stand, by the numbers of lines.

    ``closed`` are lines that begin inside a value of several lines, where a comment is part of it, or in what cannot be
    read; ``full`` those that end so, or have a comment.
    """

    closed: set[int]
    full: set[int]
    values: list[Span]


def render(files: "list[Annotated]", view: View, report: "Report") -> Iterator[str]:
    """The annotated text of every file, Secret values blacked out."""
    for number, file in enumerate(files):
        if number:
            yield "---\n"
        text = visible_text(file)
        yield commented(file, text if text.endswith(("\n", "\r")) else f"{text}\n", view.level)


def without_comments(text: str) -> str:
    """The text without the comments this module wrote: byte for byte what it was before."""
    if MARK.rstrip() not in text:
        return text
    from kexplain.syntax.parse import parse

    source = Source("", text)
    room = room_in(source, parse(text))
    begun = [start for start, _ in room.values]
    out = []
    for number, line in enumerate(LINE.findall(text), 1):
        if number in room.closed:
            out.append(line)
        elif not OURS.match(line):
            start = source.starts[number - 1]
            ours = (m for m in BESIDE.finditer(line) if not inside(start + m.end() - 1, room.values, begun))
            found = next((match for match in ours if line[: match.start()].strip()), None)
            out.append(line[: found.start()] + line[found.end() :] if found else line)
    return "".join(out)


def inside(offset: int, values: list[Span], begun: list[int]) -> bool:
    """Whether a place is part of a value."""
    at = bisect_right(begun, offset) - 1
    return at >= 0 and offset < values[at].end


def commented(file: "Annotated", shown: str | None = None, level: str = "") -> str:
    """The text of a file with comments at the lines that have something to explain."""
    text = file.source.text
    lines = LINE.findall(shown or text)
    newline = "\r\n" if "\r\n" in text else "\n"
    said = words_by_line(file, level)
    room = room_in(file.source, file.documents)
    out = []
    for number, line in enumerate(lines, 1):
        words = said.get(number, []) if number not in room.closed and not line.startswith(("---", "%")) else []
        bare = line.rstrip("\r\n")
        if len(words) == 1 and number not in room.full and len(bare) + len(words[0]) + len(MARK) + 2 <= WIDTH:
            out.append(f"{bare}  {MARK}{words[0]}{line[len(bare) :]}")
            continue
        indent = line[: len(line) - len(line.lstrip(" \t"))]
        for note in words:
            wrapped = textwrap.wrap(note, max(WIDTH - len(indent), 40), break_long_words=False, break_on_hyphens=False)
            out += [f"{indent.expandtabs()}{MARK}{part}{newline}" for part in wrapped]
        out.append(line)
    return "".join(out)


def words_by_line(file: "Annotated", level: str) -> dict[int, list[str]]:
    """What there is to say of each line: what is wrong, then what its fields mean."""
    said = {
        line: [f"{finding.severity}[{finding.rule.id}]: {finding.message}" for finding in found]
        for line, found in findings_by_line(file).items()
    }
    for line, notes in notes_by_line(file, level).items():
        said.setdefault(line, []).extend(map(named, notes))
    return {line: [" ".join(clean(words).split()) for words in found] for line, found in said.items()}


def named(note: Note) -> str:
    """The words of a note under its name, where the line does not say that already."""
    is_said = note.name in {"", note.annotation.field_path.rpartition(".")[2]}
    return note.text if is_said else f"{note.name}: {note.text}"


def room_in(source: Source, documents: "list[Document]") -> Room:
    """Where comments can stand."""
    room = Room(set(), set(), [])
    before = 0  # a comment above the first document, or below its end, is in no document's span
    for document in documents:
        around = Span(before, len(source.text) if document is documents[-1] else document.span.end)
        before = document.span.end
        spans = scalar_spans(document.root) if document.root else [document.span]
        for span in spans:
            first, last = source.place(span.start)[0], source.place(span.end)[0]
            room.closed.update(range(first + 1, last + 1))
            room.full.update(range(first, last))
        if document.root is not None:
            comments = comments_of(source.text, document.root, around)
            room.full.update(source.place(comment.span.start)[0] for comment in comments)
        room.values.extend(span for span in spans if source.text[span.start : span.start + 1] not in {"|", ">"})
    room.values.sort()
    return room
