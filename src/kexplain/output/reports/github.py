"""Workflow commands that GitHub Actions turns into annotations on a pull request."""

from collections.abc import Iterator

from kexplain.catalogue.severity import Severity
from kexplain.engine.finding import Finding
from kexplain.engine.report import Report
from kexplain.output.report_format import View
from kexplain.syntax.safe import clean

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
SHOWN = 10
"""Annotations of one level that GitHub shows for a step."""


def render(report: Report, view: View) -> Iterator[str]:
    """One command per finding, the most serious first; where GitHub hides some, a last one says how many there are."""
    for finding in report.worst_first():
        yield command(finding, view.in_repository(finding.place.path))
    counts = report.severities()
    if max(counts.values(), default=0) > SHOWN:
        numbers = ", ".join(
            f"{counts[severity]} {level}{'s' if counts[severity] > 1 else ''}"
            for severity, level in LEVELS.items()
            if counts[severity]
        )
        shown = f"GitHub shows the first {SHOWN} of each level in a step"
        yield f"::notice title=kexplain::{numbers} in all; {shown}\n"


def command(finding: Finding, path: str) -> str:
    """The annotation of one finding, in a file of the repository. Across lines GitHub has no columns."""
    place = finding.place
    properties: dict[str, object] = {
        "title": f"kexplain ({finding.rule.id})", "file": path, "line": place.line,
        "col": place.column, "endLine": place.end_line, "endColumn": place.end_column,
    }  # fmt: skip
    if place.line != place.end_line:
        del properties["col"], properties["endColumn"]
    written = ",".join(f"{name}={escape_property(str(value))}" for name, value in properties.items())
    return f"::{LEVELS[finding.severity]} {written}::{escape(finding.message)}\n"


def escape(text: str) -> str:
    """The message of a command, on one line."""
    return clean(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escape_property(text: str) -> str:
    """The value of a property, which also ends at a colon or a comma."""
    return escape(text).replace(":", "%3A").replace(",", "%2C")
