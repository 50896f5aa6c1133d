"""TAP, for harnesses that read a test per line.

Version 13: the ``prove`` of many a distribution refuses a stream that says 14, and nothing here needs it.
"""

from collections.abc import Iterator

from kexplain.engine.finding import Finding
from kexplain.engine.report import Report
from kexplain.output.report_format import View
from kexplain.output.reports._cases import File, by_file, safe
from kexplain.output.reports._common import dumps, position
from kexplain.output.reports.sarif import undone


def render(report: Report, view: View) -> Iterator[str]:
    """The plan, then a point per finding, clean file, and document that was not read or not checked."""
    found = [point for file in by_file(report) for point in points(file)]
    yield f"TAP version 13\n1..{len(found)}{'' if found else ' # SKIP no manifests found'}\n"
    for number, (verdict, said) in enumerate(found, 1):
        yield f"{verdict} {number} - {said}\n"


def points(file: File) -> Iterator[tuple[str, str]]:
    """The verdicts on one file, and what follows each."""
    for finding in file.findings:
        said = escape(f"{position(finding.place)} {finding.rule.id}: {finding.message}")
        yield "not ok", said + "".join(f"\n  {line}" for line in diagnosis(finding))
    for outcome in file.unread:
        yield "not ok", escape(f"{outcome.path}: {undone(outcome)}")
    if file.clean:
        yield "ok", escape(file.path)
    for outcome in file.unchecked:
        yield "ok", f"{escape(outcome.path)} # SKIP {escape(undone(outcome))}"


def diagnosis(finding: Finding) -> list[str]:
    """What else there is to know, as YAML."""
    known = {"severity": finding.severity.value, "object": str(finding.identity), "field": finding.field_path}
    return ["---", *(f"{key}: {dumps(safe(value))}" for key, value in known.items() if value), "..."]


def escape(text: str) -> str:
    r"""Text on one line, in which no ``#`` begins a directive."""
    return safe(text).replace("\\", "\\\\").replace("#", "\\#")
