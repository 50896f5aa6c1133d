"""The Code Quality report of GitLab: findings in the merge request, told from those of the target branch."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

from kexplain.catalogue.severity import Severity
from kexplain.engine.finding import Finding
from kexplain.engine.report import Report
from kexplain.output.report_format import View
from kexplain.output.reports._common import listed
from kexplain.syntax.safe import clean

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report, view: View) -> Iterator[str]:
    """The array, also when it is empty: GitLab compares with it."""
    seen: Counter[str] = Counter()
    placed = ((finding, view.in_repository(finding.place.path)) for finding in report.findings)
    yield from listed(issue(finding, path, unique(finding.fingerprint_in(path), seen)) for finding, path in placed)
    yield "\n"


def issue(finding: Finding, path: str, mark: str) -> dict[str, Any]:
    """One finding, in a file of the repository. GitLab reads the lines; the positions are for others."""
    place = finding.place
    return {
        "description": clean(finding.message),
        "check_name": finding.rule.id,
        "fingerprint": mark,
        "severity": SEVERITIES[finding.severity],
        "location": {
            "path": path_of(path),
            "lines": {"begin": place.line, "end": place.end_line},
            "positions": {
                "begin": {"line": place.line, "column": place.column},
                "end": {"line": place.end_line, "column": place.end_column},
            },
        },
    }


def unique(mark: str, seen: Counter[str]) -> str:
    """A fingerprint that no other finding of the report has: those of one rule and field are told apart by order."""
    seen[mark] += 1
    return mark if seen[mark] == 1 else hashlib.sha256(f"{mark} {seen[mark]}".encode()).hexdigest()


def path_of(path: str) -> str:
    """A path as GitLab matches it with the repository; what of it is no Unicode is shown as its escape."""
    if path == "<stdin>":
        return "stdin"
    return path.removeprefix("./").encode("utf-8", "backslashreplace").decode("utf-8")
