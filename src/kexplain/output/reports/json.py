"""The report for other programs, version 1: one finding a line, so that it also reads well in a diff."""

from collections.abc import Iterator
from typing import Any

from kexplain.catalogue.severity import Severity
from kexplain.engine.finding import Finding
from kexplain.engine.report import Report
from kexplain.objects.outcome import Outcome, Status
from kexplain.output.report_format import View
from kexplain.output.reports._common import dumps, listed
from kexplain.syntax.source import Place


def render(report: Report, view: View) -> Iterator[str]:
    """The document in pieces."""
    suppressed = sorted(report.suppressed, key=lambda kept: kept.finding.order)
    yield '{"version":1,\n"findings":'
    yield from listed(finding_record(finding) for finding in report.findings)
    yield ',\n"suppressed":'
    yield from listed({**finding_record(kept.finding), "reason": kept.words} for kept in suppressed)
    yield ',\n"outcomes":'
    yield from listed(outcome_record(outcome) for outcome in report.outcomes)
    yield f',\n"summary":{dumps(summary(report))}}}\n'


def finding_record(finding: Finding) -> dict[str, Any]:
    """One finding with the keys of version 1."""
    identity = finding.identity
    return {
        "rule": finding.rule.id,
        "severity": finding.severity,
        "message": finding.message,
        **place_record(finding.place),
        "apiVersion": identity.api_version,
        "kind": identity.kind,
        "name": identity.name,
        "namespace": identity.namespace,
        "fieldPath": finding.field_path,
        "terms": finding.rule.terms,
        "related": [{**place_record(other.place), "message": other.message} for other in finding.related],
    }


def place_record(place: Place) -> dict[str, Any]:
    """A place with the keys of version 1."""
    return {"path": place.path, "line": place.line, "column": place.column,
            "endLine": place.end_line, "endColumn": place.end_column}  # fmt: skip


def outcome_record(outcome: Outcome) -> dict[str, Any]:
    """One document with the keys of version 1."""
    return {"path": outcome.path, "document": outcome.document, "kind": outcome.kind, "name": outcome.name,
            "status": outcome.status, "reason": outcome.reason}  # fmt: skip


def summary(report: Report) -> dict[str, Any]:
    """The run in numbers; every severity and status is there, also with 0."""
    severities, statuses = report.severities(), report.statuses()
    return {
        "findings": {severity: severities[severity] for severity in reversed(Severity)},
        "suppressed": len(report.suppressed),
        "files": len({outcome.path for outcome in report.outcomes}),
        "documents": {status: statuses[status] for status in Status},
        "kubernetesVersion": report.kubernetes_version,
        "notes": report.notes,
    }
