"""What the formats that report by file share: its findings, what of it was not read or not checked, and safe words."""

import re
from typing import NamedTuple

from kexplain.engine.finding import Finding
from kexplain.engine.report import Report
from kexplain.objects.outcome import Outcome, Status
from kexplain.output.reports._common import one_line

NONCHARACTERS = re.compile("[\ufffe\uffff]")
"""What neither XML 1.0 nor YAML may hold beyond that which ``clean`` escapes."""
UNREAD = "unparseable-yaml"
"""The rule whose finding says already that a document could not be read."""


class File(NamedTuple):
    """One file of a run. ``unread`` are documents that could not be read where no finding says so."""

    path: str
    findings: list[Finding]
    unread: list[Outcome]
    unchecked: list[Outcome]
    clean: bool


def by_file(report: Report) -> list[File]:
    """The files of which there is something to say, by path: findings, gaps, or a checked object that has none."""
    findings: dict[str, list[Finding]] = {}
    for finding in report.findings:
        findings.setdefault(finding.place.path, []).append(finding)
    gaps: dict[str, list[Outcome]] = {}
    for outcome in report.left():
        gaps.setdefault(outcome.path, []).append(outcome)
    checked = {outcome.path for outcome in report.outcomes if outcome.status is Status.CHECKED}
    return [
        file_of(path, findings.get(path, []), gaps.get(path, []), checked=path in checked)
        for path in sorted(findings.keys() | gaps.keys() | checked)
    ]


def file_of(path: str, findings: list[Finding], gaps: list[Outcome], *, checked: bool) -> File:
    """One file; it is clean when something of it was checked and nothing is wrong."""
    said = any(finding.rule.id == UNREAD for finding in findings)
    unread = [outcome for outcome in gaps if outcome.status is Status.UNREADABLE and not said]
    unchecked = [outcome for outcome in gaps if outcome.status is not Status.UNREADABLE]
    return File(path, findings, unread, unchecked, clean=checked and not findings and not unread)


def safe(text: str) -> str:
    """Text of a manifest on one line, without what harms a terminal or an XML or YAML reader."""
    return NONCHARACTERS.sub(lambda match: f"\\u{ord(match[0]):04x}", one_line(text))
