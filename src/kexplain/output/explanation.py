"""How an explanation is written: text for the terminal, JSON for tools."""

import textwrap
from dataclasses import asdict
from typing import TYPE_CHECKING

from click import style

if TYPE_CHECKING:
    from kexplain.engine.explanation import Explanation
from kexplain.output.report_format import View
from kexplain.syntax.safe import clean, json_text

WIDEST = 100


def as_json(found: "list[Explanation]") -> str:
    """One object: what the name means first of all; whatever else it means is a list under ``also``."""
    first, *others = [asdict(explanation) for explanation in found]
    return json_text({**first, "also": others} if others else first)


def as_text(found: "list[Explanation]", view: View) -> str:
    """Explanations for a person, one below the other."""
    return "\n".join(one_as_text(explanation, view) for explanation in found)


def one_as_text(explanation: "Explanation", view: View) -> str:
    """Title and kind, the text in paragraphs, then where it shows, its relatives, rules and source."""
    width = min(view.width, WIDEST)
    title = clean(f"{explanation.title}")
    lines = [f"{style(title, bold=True) if view.color else title} ({explanation.kind})", ""]
    for paragraph in explanation.text.split("\n\n"):
        lines += [*wrapped(paragraph, width), ""]
    rows = {
        "shows at": ", ".join(explanation.at),
        "see also": ", ".join(explanation.related),
        "rules": ", ".join(explanation.rules),
        "more": explanation.source,
    }
    for name, value in rows.items():
        if value:
            lines += textwrap.wrap(clean(value), width, initial_indent=f"{name + ':':<10}", subsequent_indent=" " * 10,
                                   break_long_words=False, break_on_hyphens=False)  # fmt: skip
    return "\n".join(lines).rstrip() + "\n"


def wrapped(paragraph: str, width: int) -> list[str]:
    """A paragraph wrapped; lines that are indented or end a heading keep their break."""
    lines: list[str] = []
    for line in clean(paragraph).splitlines():
        indent = " " * (len(line) - len(line.lstrip()))
        if lines and not indent and not lines[-1].startswith(" ") and lines[-1] and not is_heading(lines[-1]):
            lines[-1] = f"{lines[-1]} {line}"
        else:
            lines.append(line)
    out: list[str] = []
    for line in lines:
        indent = " " * (len(line) - len(line.lstrip()))
        hanging = indent + "  " if indent else ""
        out += textwrap.wrap(
            line, width, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False
        ) or [""]
    return out


def is_heading(line: str) -> bool:
    """Whether a line stands by itself: a heading of a rule's article or of a list of fields."""
    return line in {"Why it matters", "How to fix", "When to ignore", "Parameters", "Fields:"}
