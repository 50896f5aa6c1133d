"""What several report formats share: order, one-line text, JSON in pieces, Markdown as plain text, terms."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kexplain.engine.finding import Finding
from kexplain.syntax.edit import applied
from kexplain.syntax.safe import COMMAND, INERT, UNSAFE, clean
from kexplain.syntax.source import Place
from kexplain.syntax.tree import Span

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


class Lines(NamedTuple):
    """What the fix of a finding makes of whole lines: the first and the last of them, and the text of the new ones."""

    first: int
    last: int
    text: str


def fixed_lines(finding: Finding, hidden: Iterable[Span]) -> Lines | None:
    """The lines that a finding's fix changes; None where it has none, or where they hold what nobody may be shown."""
    if finding.fix is None:
        return None
    source, edits = finding.source, list(finding.fix.edits)
    end = max(edit.offset + edit.cut for edit in edits)
    first = source.place(edits[0].offset)[0]
    last = source.place(end - 1 if edits[-1].cut and source.place(end)[1] == 1 else end)[0]
    start, until = source.starts[first - 1], source.starts[last] if last < len(source.starts) else len(source.text)
    if any(span.start < until and start < span.end for span in hidden):
        return None
    moved = [edit._replace(offset=edit.offset - start) for edit in edits]
    return Lines(first, last, applied(source.text[start:until], moved))


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
