"""One line per finding, as editors and grep read it: ``path:line:column: severity[rule] message``."""

from collections.abc import Iterator

from kexplain.engine.report import Report
from kexplain.output.report_format import View
from kexplain.output.reports._common import one_line, position


def render(report: Report, view: View) -> Iterator[str]:
    """One line per finding."""
    for finding in report.findings:
        said = f"{finding.severity}[{finding.rule.id}] {one_line(finding.message)}"
        yield f"{position(finding.place)}: {said}\n"
