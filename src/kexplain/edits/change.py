"""A change of a file that was checked: how it is shown, and how it is written."""

import re
from collections.abc import Iterable, Iterator
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple

from kexplain.edits.replacing import replace_file
from kexplain.engine.finding import Finding
from kexplain.engine.report import Report
from kexplain.errors import InputError
from kexplain.files.decode import WIDE
from kexplain.output.annotated_format import HIDDEN
from kexplain.syntax.edit import Edit, applied
from kexplain.syntax.safe import clean
from kexplain.syntax.source import Source
from kexplain.syntax.tree import Span

LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
MARK = b"\xef\xbb\xbf"


class Change(NamedTuple):
    """A file with the edits it gets, and the findings they are for."""

    old: Source
    new: Source
    edits: list[Edit]
    findings: list[Finding]


def write(change: Change) -> None:
    """Writes a file, its byte-order mark kept. Raises InputError where it is not the text that was checked any more."""
    path = Path(change.old.path)
    try:
        data = path.read_bytes()
        mark = MARK if data.startswith(MARK) else b""
        if data[:2] in WIDE:
            raise InputError(f"{path} is UTF-16; save it as UTF-8 before it is edited")
        if data.removeprefix(mark) != change.old.text.encode():
            raise InputError(f"{path} has changed since it was checked; run it again")
        replace_file(path, mark + change.new.text.encode())
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror or error}") from error


def difference(change: Change, before: Report, after: Report | None = None) -> Iterator[str]:
    """The unified difference of two texts, Secret values blacked out; ``after`` knows those of the new text.

    Without it the edits are made in the text that is blacked out already.
    """
    path = change.old.path
    shown = blacked_out(change.old.text, before.hidden.get(path, ()))
    new = blacked_out(change.new.text, after.hidden.get(path, ())) if after else applied(shown, change.edits)
    return unified(path, shown, new)


def excerpt(source: Source, hidden: Iterable[Span], edits: list[Edit]) -> Iterator[str]:
    """The difference that some edits of a text make, without the names of files."""
    shown = blacked_out(source.text, hidden)
    lines = unified(source.path, shown, applied(shown, edits))
    return (line for number, line in enumerate(lines) if number > 1)


def blacked_out(text: str, hidden: Iterable[Span]) -> str:
    """A text without its Secret values."""
    pieces, here = [], 0
    for start, end in sorted(hidden):
        if start >= here:
            pieces += [text[here:start], HIDDEN.sub(lambda match: match[1] or "•", text[start:end])]
            here = end
    return "".join([*pieces, text[here:]])


def unified(path: str, old: str, new: str) -> Iterator[str]:
    """The unified difference of a file's text, line by line."""
    for line in unified_diff(LINE.findall(old), LINE.findall(new), f"a/{path}", f"b/{path}"):
        content = line.rstrip("\r\n")
        yield clean(content) + (line[len(content) :] or "\n\\ No newline at end of file\n")
