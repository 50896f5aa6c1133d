"""What is wrong with a document that cannot be read, in words for a person instead of libyaml's."""

import yaml

from kexplain.syntax.cause import Reason
from kexplain.syntax.tree import Mark, Span


class Unreadable(Exception):  # noqa: N818 - not an error of the program: it carries what to tell about a document
    """A document that cannot be read; ``mark`` says what and where."""

    def __init__(self, message: str, start: int, end: int | None = None, kind: str = "syntax") -> None:
        super().__init__(message)
        self.mark = Mark(kind, message, Span(start, start if end is None else end))


DEEPEST = 200
"""Levels of nesting that are read; the deepest CustomResourceDefinitions of the wild stay below 100. The library's own
limit, where it has one, is higher, but it looks further ahead and may speak first."""
TOO_DEEP = f"nested more than {DEEPEST} levels deep"
TAB = Reason("a tab cannot indent YAML", "use spaces")
HINTS = {
    "exceeded maximum nesting depth": TOO_DEEP,
    "mapping values are not allowed in this context": Reason(
        "unexpected ': '", "quote the value, or check the indentation"),
    "could not find expected ':'": Reason("expected 'key: value'", "a ':' is missing, or the indentation is off"),
    "did not find expected key": Reason("expected a key here", "check the indentation of this line and the one above"),
    "did not find expected '-' indicator": Reason("expected a list item '-'", "check the indentation"),
    "did not find expected node content": Reason(
        "expected a value here", "a template ({{ … }}) is not YAML until rendered"),
    "found a tab character that violates indentation": TAB,
    "found unexpected end of stream": "the file ends inside a quoted value or a bracket",
    "control characters are not allowed": "control characters are not allowed in YAML",
    "found unknown escape character": Reason(
        "unknown escape in double quotes", "use single quotes, or double the backslash"),
    "block sequence entries are not allowed in this context": Reason(
        "'-' cannot stand here", "begin the list on a new line"),
}  # fmt: skip

PURE = {
    "expected the node content": "did not find expected node content",
    "expected '<document start>'": "did not find expected <document start>",
    "expected <block end>": "did not find expected key",
    "expected ',' or '}'": "did not find expected ',' or '}'",
    "expected ',' or ']'": "did not find expected ',' or ']'",
    "found unknown escape character": "found unknown escape character",
    "mapping values are not allowed here": "mapping values are not allowed in this context",
    "sequence entries are not allowed here": "block sequence entries are not allowed in this context",
    "found character": "found character that cannot start any token",
}
"""How the complaints of PyYAML's own parser begin, and libyaml's of the same."""


def unreadable(error: yaml.YAMLError, part: str, base: int) -> Unreadable:
    """Libyaml's complaint in words for a person, with its place."""
    if isinstance(error, yaml.reader.ReaderError):
        offset = len(part.encode()[: error.position].decode(errors="ignore"))
        return Unreadable(HINTS.get(error.reason, str(error.reason)), base + offset, base + offset + 1)
    problem = str(getattr(error, "problem", None) or error)
    problem = next((same for begins, same in PURE.items() if problem.startswith(begins)), problem)
    if getattr(error, "context", None) == "while parsing a block collection":
        problem = "did not find expected '-' indicator"
    mark = getattr(error, "problem_mark", None)
    at = min(mark.index, len(part)) if mark else 0
    if problem == "found character that cannot start any token":
        first = part[at : at + 1]
        what: str = TAB if first == "\t" else Reason(f"a value cannot begin with {first!r}", "quote it")
    else:
        what = HINTS.get(problem, problem)
    return Unreadable(what, base + at, base + min(at + 1, len(part)))
