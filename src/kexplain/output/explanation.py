"""How an explanation is written: text for the terminal, JSON for tools."""

import textwrap
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from click import style

if TYPE_CHECKING:
    from kexplain.engine.explanation import Explanation, FieldFacts
from kexplain.output.report_format import View
from kexplain.syntax.safe import clean, json_text

WIDEST = 100
PLACES = 8
"""Other places of a field that the text names; JSON has them all."""
HEADINGS = frozenset({"Why it matters", "How to fix", "When to ignore", "Parameters"})


def as_json(found: "list[Explanation]") -> str:
    """One object: what the name means first of all; whatever else it means is a list under ``also``."""
    first, *others = [asdict(explanation) for explanation in found]
    return json_text({**first, "also": others} if others else first)


def as_text(found: "list[Explanation]", view: View) -> str:
    """Explanations for a person, one below the other."""
    return "\n".join(one_as_text(explanation, view) for explanation in found)


def one_as_text(explanation: "Explanation", view: View) -> str:
    """Title and kind, the text in paragraphs, the fields, then where it shows, its relatives, rules and source."""
    width = min(view.width, WIDEST)
    title = clean(f"{explanation.title}")
    lines = [f"{style(title, bold=True) if view.color else title} ({explanation.kind})", ""]
    for paragraph in explanation.text.split("\n\n") if explanation.text else ():
        lines += [*wrapped(paragraph, width), ""]
    for fact in facts_as_text(explanation.facts) if explanation.facts else ():
        lines += [*wrapped(fact, width), ""]
    if explanation.fields:
        lines += ["Fields:", *fields_as_text(explanation.fields, width), ""]
    for name, value in rows_of(explanation).items():
        if value:
            lines += textwrap.wrap(clean(value), width, initial_indent=f"{name + ':':<10}", subsequent_indent=" " * 10,
                                   break_long_words=False, break_on_hyphens=False)  # fmt: skip
    return "\n".join(lines).rstrip() + "\n"


def rows_of(explanation: "Explanation") -> dict[str, str]:
    """The rows at the end of an explanation; what is empty is not shown."""
    places = [place for place in explanation.places if place not in explanation.at]
    more = f" and {len(places) - PLACES} more" if len(places) > PLACES else ""
    return {
        "shows at": ", ".join(explanation.at),
        "also at": ", ".join(places[:PLACES]) + more,
        "see also": ", ".join(map(title_of, explanation.related)),
        "or": ", ".join(map(title_of, explanation.others)),
        "rules": ", ".join(explanation.rules),
        "more": explanation.source,
    }


def title_of(id_: str) -> str:
    """The name of a term, by which one can ask on as by its id; any other id is its own name."""
    from kexplain.catalogue.term import terms

    term = terms().get(id_)
    return term.title if term else id_


def facts_as_text(facts: "FieldFacts") -> Iterator[str]:
    """What may stand in a field, and what holds without it."""
    yield f"Type: {facts.type}{', required' if facts.required else ''}."
    if facts.default:
        yield f"Default: {facts.default}."
    if facts.constraints:
        yield f"Allowed: {'; '.join(facts.constraints)}."


def fields_as_text(fields: "list[FieldFacts]", width: int, indent: str = "  ") -> Iterator[str]:
    """One entry for each field: type, whether it is required, default, constraints and a sentence; those below it."""
    for field in fields:
        facts = [field.type, *(["required"] if field.required else [])]
        facts += [f"default {field.default}"] if field.default else []
        head = f"{field.name} ({'; '.join([', '.join(facts), *field.constraints])})"
        line = clean(f"{head}: {field.words}" if field.words else head)
        yield from textwrap.wrap(line, max(width, len(indent) + 40), initial_indent=indent,
                                 subsequent_indent=f"{indent}    ",
                                 break_long_words=False, break_on_hyphens=False)  # fmt: skip
        yield from fields_as_text(field.fields, width, f"{indent}  ")


def wrapped(paragraph: str, width: int) -> list[str]:
    """A paragraph wrapped; lines that are indented or end a heading keep their break."""
    lines: list[str] = []
    for line in clean(paragraph).splitlines():
        indent = " " * (len(line) - len(line.lstrip()))
        if lines and not indent and not lines[-1].startswith(" ") and lines[-1] and lines[-1] not in HEADINGS:
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
