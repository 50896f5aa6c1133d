"""What several report formats share: order, one-line text, JSON in pieces, Markdown as plain text, terms."""

import json
import re
from collections.abc import Iterable, Iterator

from kexplain.syntax.safe import COMMAND, INERT, UNSAFE, clean
from kexplain.syntax.source import Place

CODE = "    "
"""What a block of code begins with in ``blocks``."""
FENCE = "```"
LINK = re.compile(r"\[([^\]]+)\]\([^)\s]+\)")
BOLD = re.compile(r"\*\*(.+?)\*\*")
ITEM = re.compile(r"\s*(?:[-*]|\d+\.)\s")


def one_line(text: str) -> str:
    """Text of a manifest on one line of a terminal: nothing harmful, line feeds and tabs as their escapes."""
    return COMMAND.sub(INERT, clean(text).replace("\n", "\\n").replace("\t", "\\t"))


def position(place: Place) -> str:
    """``path:line:column``, which editors open; never with ``::``, a command, at its start."""
    path = one_line(place.path)
    dot = "./" if path.lstrip().startswith("::") else ""
    return f"{dot}{path}:{place.line}:{place.column}"


def dumps(value: object) -> str:
    """Compact JSON, readable beyond ASCII; what harms a terminal or log, or cannot be encoded, is escaped."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return COMMAND.sub(r"##\1\\u005b", UNSAFE.sub(lambda match: json.dumps(match[0])[1:-1], text))


def listed(items: Iterable[object]) -> Iterator[str]:
    """A JSON array in pieces, one item a line."""
    lead = "[\n"
    for item in items:
        yield lead + dumps(item)
        lead = ",\n"
    yield "[]" if lead == "[\n" else "\n]"


def plain(markdown: str) -> str:
    """Markdown without links and bold; code keeps its backticks."""
    return BOLD.sub(r"\1", LINK.sub(r"\1", markdown))


def blocks(markdown: str) -> list[str]:
    """Paragraphs and list items, each on one line as plain text; lines of code, which begin with ``CODE``."""
    found: list[str] = []
    fenced = joins = False
    for line in markdown.splitlines():
        if line.lstrip().startswith(FENCE):
            fenced, joins = not fenced, False
        elif fenced:
            found.append(CODE + line)
        elif not line.strip():
            joins = False
        elif joins and not ITEM.match(line):
            found[-1] += " " + line.strip()
        else:
            found.append(line.strip())
            joins = True
    return [block if block.startswith(CODE) else plain(block) for block in found]


def term(slug: str) -> tuple[str, str]:
    """Title and first sentence of a term; a slug that the glossary lacks is its own title."""
    from kexplain.catalogue.term import terms

    found = terms().get(slug)
    return (found.title, found.brief) if found else (slug, "")
