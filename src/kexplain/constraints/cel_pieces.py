"""Takes expressions of the Common Expression Language apart into numbers, texts, names and signs."""

import re
from typing import NamedTuple

PIECE = r"""\s*(?://[^\n]*\s*)*(?:
    (?P<float>[0-9]+\.[0-9]+(?:[eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+|\.[0-9]+(?:[eE][+-]?[0-9]+)?)
  | (?P<int>0[xX][0-9a-fA-F]+|[0-9]+)(?P<unsigned>[uU]?)
  | (?P<string>(?P<prefix>[rRbB]{0,2})
      (?:\"\"\"[\s\S]*?\"\"\"|'''[\s\S]*?'''|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*'))
  | (?P<quoted>`[^`\n]+`)
  | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
  | (?P<sign>==|!=|<=|>=|&&|\|\||\.\?|\[\?|[-+*/%<>!?:.,()\[\]{}])
)"""
RESERVED = {"as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package",
            "namespace", "return", "var", "void", "while"}  # fmt: skip
"""Words that no variable may be called."""


class CelError(Exception):
    """What is wrong with an expression."""


class TooDeep(Exception):  # noqa: N818 - no error of anybody
    """An expression that is nested deeper than the reader goes."""


class Token(NamedTuple):
    """A piece of an expression: its kind, its text, where it begins."""

    kind: str
    text: str
    start: int


def tokens(text: str) -> list[Token]:
    """The pieces of an expression. Raises CelError where one cannot be read."""
    found, here = [], 0
    pattern = re.compile(PIECE, re.VERBOSE)
    end = len(text.rstrip())
    while here < end:
        match = pattern.match(text, here)
        if not match or match.end() == here:
            rest = text[here:].lstrip()
            if not rest or rest.startswith("//"):
                break
            raise CelError(f"cannot be read from {rest[:20]!r} on")
        kind = match.lastgroup or ""
        kind = "string" if match["string"] is not None else "int" if match["int"] is not None else kind
        found.append(Token(kind, match[kind] + (match["unsigned"] or "" if kind == "int" else ""), match.start(kind)))
        here = match.end()
    return found
