"""Reviewdog's diagnostic format (rdjson): findings in a review, with the fixes as suggestions that a click takes."""

from collections.abc import Iterator
from typing import Any

from kexplain.catalogue.severity import Severity
from kexplain.engine.finding import Finding
from kexplain.engine.report import Report
from kexplain.output.report_format import View
from kexplain.output.reports._common import fixed_lines, listed
from kexplain.output.reports.gitlab import path_of
from kexplain.syntax.safe import clean
from kexplain.syntax.source import Place, Source

SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def render(report: Report, view: View) -> Iterator[str]:
    """The result in pieces; source: the protocol buffers in reviewdog's proto/rdf."""
    yield '{"source":{"name":"kexplain"},"diagnostics":'
    yield from listed(diagnostic(finding, report, view) for finding in report.findings)
    yield "}\n"


def diagnostic(finding: Finding, report: Report, view: View) -> dict[str, Any]:
    """One finding. A suggestion replaces whole lines, as reviews show them."""
    code = {"value": finding.rule.id, **({"url": finding.rule.source} if finding.rule.source else {})}
    record: dict[str, Any] = {
        "message": clean(finding.message),
        "location": located(finding.place, finding.source, view),
        "severity": SEVERITIES[finding.severity],
        "code": code,
    }
    if finding.related:
        record["relatedLocations"] = [
            {"message": clean(other.message), "location": located(other.place, None, view)} for other in finding.related
        ]
    if lines := fixed_lines(finding, report.hidden.get(finding.source.path, ())):
        start, end = {"line": lines.first, "column": 1}, {"line": lines.last + 1, "column": 1}
        record["suggestions"] = [{"range": {"start": start, "end": end}, "text": lines.text}]
    return record


def located(place: Place, source: Source | None, view: View) -> dict[str, Any]:
    """A file of the repository and a range in it; columns count bytes, and are left out where no text is at hand."""
    start: dict[str, int] = {"line": place.line}
    end: dict[str, int] = {"line": place.end_line}
    if source is not None and source.origin is None:
        start["column"] = in_bytes(source, place.line, place.column)
        end["column"] = in_bytes(source, place.end_line, place.end_column)
    return {"path": path_of(view.in_repository(place.path)), "range": {"start": start, "end": end}}


def in_bytes(source: Source, line: int, column: int) -> int:
    """A column, counted in bytes of UTF-8 from 1."""
    return len(source.line(line)[: column - 1].encode("utf-8", "surrogatepass")) + 1
