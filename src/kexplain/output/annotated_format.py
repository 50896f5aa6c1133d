"""How an annotated file is written: the interface of layouts/, one module per layout, found by its name."""

import re
from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING

from kexplain.api.packed import module_names
from kexplain.output.report_format import View
from kexplain.syntax.source import BREAK

if TYPE_CHECKING:
    from kexplain.engine.annotation import Annotated, Annotation


HIDDEN = re.compile(r"((?<=[\r\n])[ \t]+)|[^\r\n]")
"""What of a Secret value is blacked out: all but its line breaks and indentation, so that YAML stays YAML."""


def names() -> list[str]:
    """Every layout there is."""
    return module_names("output/annotated")


def render(name: str, files: "list[Annotated]", view: View) -> Iterator[str]:
    """The annotated files as pieces of text in the named layout."""
    pieces: Iterator[str] = import_module(f"kexplain.output.annotated.{name}").render(files, view)
    return pieces


def notes_by_line(annotated: "Annotated") -> "dict[int, list[tuple[Annotation, str]]]":
    """Annotations with the words to show, by the line (from 1) they belong to.

    What was said once in an object is not said again there: a repeated field shows only what its value does.
    """
    lines: dict[int, list[tuple[Annotation, str]]] = {}
    for object_ in annotated.objects:
        said: set[str] = set()
        for annotation in object_.annotations:
            text = "" if annotation.text in said else annotation.text
            detail = "" if annotation.detail in said else annotation.detail
            said |= {annotation.text, annotation.detail}
            if words := " ".join(filter(None, (text, detail))):
                line, _ = annotated.source.place(annotation.span.start)
                lines.setdefault(line, []).append((annotation, words))
    return lines


def visible_text(annotated: "Annotated") -> str:
    """The text of a source, with Secret values blacked out."""
    text = annotated.source.text
    shown = list(text) if annotated.hidden else []
    for start, end in annotated.hidden:
        shown[start:end] = HIDDEN.sub(lambda match: match[1] or "•", text[start:end])
    return "".join(shown) if shown else text


def visible_lines(annotated: "Annotated") -> list[str]:
    """The same by lines, as a Source counts them; a line break at the end begins no other line."""
    lines = BREAK.split(visible_text(annotated))
    return lines if lines[-1] else lines[:-1]
