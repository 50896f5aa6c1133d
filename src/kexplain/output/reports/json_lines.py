"""One finding a line, the same object as in ``json``: for jq, grep and logs, and for reports too large to hold."""

from collections.abc import Iterator

from kexplain.engine.report import Report
from kexplain.output.report_format import View
from kexplain.output.reports._common import dumps
from kexplain.output.reports.json import finding_record


def render(report: Report, view: View) -> Iterator[str]:
    """One line per finding; nothing on a clean run."""
    for finding in report.findings:
        yield dumps(finding_record(finding)) + "\n"
