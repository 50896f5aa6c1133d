"""A change of a file that was checked: how it is shown, and how it is written."""

import re
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple

from kexplain.engine.finding import Finding
from kexplain.engine.report import Report
from kexplain.errors import InputError
from kexplain.files.decode import WIDE
from kexplain.output.annotated_format import HIDDEN
from kexplain.syntax.edit import Edit, applied
from kexplain.syntax.safe import clean
from kexplain.syntax.source import Source

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
        path.write_bytes(mark + change.new.text.encode())
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror or error}") from error


def difference(change: Change, report: Report) -> Iterator[str]:
    """The unified difference of two texts, Secret values blacked out."""
    pieces, here = [], 0
    text = change.old.text
    for start, end in sorted(report.hidden.get(change.old.path, ())):
        if start >= here:
            pieces += [text[here:start], HIDDEN.sub(lambda match: match[1] or "•", text[start:end])]
            here = end
    shown = "".join([*pieces, text[here:]])
    return unified(change.old.path, shown, applied(shown, change.edits))


def unified(path: str, old: str, new: str) -> Iterator[str]:
    """The unified difference of a file's text, line by line."""
    for line in unified_diff(LINE.findall(old), LINE.findall(new), f"a/{path}", f"b/{path}"):
        content = line.rstrip("\r\n")
        yield clean(content) + (line[len(content) :] or "\n\\ No newline at end of file\n")
