"""How an annotated file is written: the interface of annotated/, one module per format, found by its name."""

import re
from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from kexplain.api.packed import module_names
from kexplain.output.report_format import View
from kexplain.syntax.source import BREAK

if TYPE_CHECKING:
    from kexplain.engine.annotation import Annotated, Annotation
    from kexplain.engine.finding import Finding
    from kexplain.engine.report import Report

HIDDEN = re.compile(r"((?<=[\r\n])[ \t]+)|[^\r\n]")
"""What of a Secret value is blacked out: all but its line breaks and indentation, so that YAML stays YAML."""
COMMON = frozenset(
    {"apiVersion", "metadata", "metadata.name", "metadata.namespace", "metadata.labels", "metadata.annotations", "spec"}
)
"""Fields that nearly every manifest has."""
LEVELS = ("brief", "normal", "full")


def names() -> list[str]:
    """Every layout there is."""
    return module_names("output/annotated")


def render(name: str, files: "list[Annotated]", view: View, report: "Report | None" = None) -> Iterator[str]:
    """The annotated files as pieces of text in the named layout; ``report`` is that of the run that found them."""
    from kexplain.engine.report import Report

    report = report or Report({}, "", outcomes=[outcome for file in files for outcome in file.outcomes])
    pieces: Iterator[str] = import_module(f"kexplain.output.annotated.{name}").render(files, view, report)
    return pieces


class Note(NamedTuple):
    """What one field of a line means.

    ``name`` is what one can ask on with, ``words`` say what the field is, ``more`` the rest of that where it is wanted,
    ``detail`` what its value does. It is ``common`` where every manifest has that field.
    """

    annotation: "Annotation"
    name: str
    words: str
    detail: str
    more: str = ""
    common: bool = False

    @property
    def text(self) -> str:
        """All its words."""
        return " ".join(filter(None, (self.words, self.more, self.detail)))


def notes_by_line(annotated: "Annotated", level: str = "", *, once: bool = False) -> dict[int, list[Note]]:
    """What there is to say of each line (from 1).

    What was said once in an object is not said again there, nor in the file what every manifest has: a repeated field
    shows only what its value does. ``brief`` is that and nothing else; ``full`` adds the rest of a term's definition
    where the file has it first. ``once``: nothing is said twice in a file.
    """
    lines: dict[int, list[Note]] = {}
    everywhere = set[str]()
    for object_ in annotated.objects:
        said = set(everywhere)
        for annotation in object_.annotations:
            common = annotation.field_path in COMMON
            words = "" if annotation.text in said or level == "brief" else annotation.text
            detail = "" if annotation.detail in said else annotation.detail
            said |= {annotation.text, annotation.detail}
            if common or once or level == "full":
                everywhere.add(annotation.text)
            if words or detail:
                line, _ = annotated.source.place(annotation.span.start)
                more = rest_of(annotation) if words and level == "full" else ""
                name = annotation.title if words and annotation.term else ""
                lines.setdefault(line, []).append(Note(annotation, name, words, detail, more, common))
    return lines


def rest_of(annotation: "Annotation") -> str:
    """The definition of a term without the sentence that its field shows already."""
    from kexplain.catalogue.term import terms

    term = terms()[annotation.term] if annotation.term else None
    return " ".join(term.definition.removeprefix(annotation.text).split()) if term else ""


def findings_by_line(annotated: "Annotated") -> "dict[int, list[Finding]]":
    """The findings of each line (from 1), the worst first."""
    lines: dict[int, list[Finding]] = {}
    for finding in sorted(annotated.findings, key=lambda finding: -finding.severity.weight):
        lines.setdefault(finding.line, []).append(finding)
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
