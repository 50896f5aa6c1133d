"""What an example says in comments: the files it is, what is found in them and where, and what nobody may see.

``# finding: 25 "has no probe"`` and ``# related: 7 "the selector"`` pin the column and a piece of the words, or one of
them, or only the line; ``# hidden`` marks a value that no output may show; ``# file: other/web.yaml`` begins a file.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from kexplain.errors import InputError
from kexplain.syntax.source import Place, Source

FINDING, RELATED, HIDDEN = "finding", "related", "hidden"
BEGIN = r"# (?=(?:finding|related|hidden)\b)"
MARK = r'(?P<kind>\w+)(?P<pin>:(?: (?P<column>[1-9][0-9]*))?(?: "(?P<words>.+)")?)?'
FILE = r"# file: (?P<path>\S+)"
VALUE = r"\s*(?:- )?(?:[^\s:=]+\s*(?:=(?!=|$)|:\s))?\s*(?P<value>.*?),?\s*"
"""Of a line the part behind ``key:`` or ``key=``, or all of it."""
ALONE = "example.yaml"
"""The name of a file that an example gives none."""


class ExampleError(InputError, ValueError):
    """Words of an example, or after ``bad`` or ``good``, that mean nothing."""


class Mark(NamedTuple):
    """One comment: of what kind, in which line, and what it pins; no column is 0, no words are empty."""

    kind: str
    line: int
    column: int = 0
    words: str = ""

    def fits(self, place: Place, message: str) -> bool:
        """Whether something found at a place of the mark's line is what it speaks of."""
        return self.column in (0, place.column) and self.words in message

    @property
    def exactness(self) -> int:
        """How much a mark pins: of several in a line the one that pins more is looked for first."""
        return bool(self.column) + 2 * bool(self.words)


class Example(NamedTuple):
    """An example taken apart; ``before`` has the number of lines above each file, by its path."""

    sources: list[Source]
    before: dict[str, int]
    marks: list[Mark]
    hidden: dict[int, str]

    def line(self, place: Place) -> int:
        """The line of the example that a place in one of its files is."""
        return self.before[place.path] + place.line

    def of_kind(self, kind: str) -> list[Mark]:
        """The marks of one kind, in order."""
        return [mark for mark in self.marks if mark.kind == kind]


def read_example(text: str) -> Example:
    """The files and marks of an example. Raises ExampleError for a mark that cannot be read."""
    files = {ALONE: ""}
    before = {ALONE: 0}
    path = ALONE
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        if match := re.fullmatch(FILE, line.rstrip()):
            path = match["path"]
            if files.get(path):
                raise ExampleError(f"line {number}: the example has a file {path} already")
            files[path], before[path] = "", number
        else:
            files[path] += line
    if not files[ALONE].strip() and len(files) > 1:
        del files[ALONE]
    marks = [mark for number, line in enumerate(text.splitlines(), 1) for mark in marks_of(line, number)]
    hidden = {mark.line: value_of(text.splitlines()[mark.line - 1]) for mark in marks if mark.kind == HIDDEN}
    return Example([Source(path, content) for path, content in files.items()], before, marks, hidden)


def marks_of(line: str, number: int) -> Iterator[Mark]:
    """The marks in a line. Raises ExampleError."""
    for written in re.split(BEGIN, line)[1:]:
        match = re.fullmatch(MARK, written.strip())
        pinned = bool(match and (match["column"] or match["words"]))
        if not match or bool(match["pin"]) != pinned or (pinned and match["kind"] == HIDDEN):
            raise ExampleError(f"line {number}: '# {written.strip()}' cannot be read; write '# {FINDING}', or "
                               f"'# {FINDING}: 25 \"words of the message\"'")  # fmt: skip
        yield Mark(match["kind"], number, int(match["column"] or 0), match["words"] or "")


def value_of(line: str) -> str:
    """The value that a line holds, without its quotes and marks. Raises ExampleError where there is none."""
    match = re.fullmatch(VALUE, re.split(BEGIN, line)[0])
    value = match["value"].strip("\"'") if match else ""
    if not value:
        raise ExampleError(f"'{line.strip()}' is marked # {HIDDEN}, yet holds no value")
    return value
