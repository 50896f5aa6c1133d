"""A report for dashboards of Kubernetes policies: ``wgpolicyk8s.io/v1alpha2``, written as JSON, which kubectl takes.

One ClusterPolicyReport, not one PolicyReport per namespace: many manifests name no namespace, some objects have none,
and a cluster in which a namespace does not exist yet refuses its report. Each result names its object's namespace.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from kexplain.catalogue.severity import Severity
from kexplain.engine.finding import Finding
from kexplain.engine.report import Report
from kexplain.objects.outcome import Outcome
from kexplain.output.report_format import View
from kexplain.output.reports._cases import by_file
from kexplain.output.reports._common import dumps, listed
from kexplain.output.reports.sarif import undone
from kexplain.syntax.safe import clean

NAME = "kexplain"
RESULTS = {Severity.ERROR: "fail", Severity.WARNING: "warn", Severity.INFO: "warn"}
SEVERITIES = {Severity.ERROR: "high", Severity.WARNING: "medium", Severity.INFO: "low"}
"""``info`` and ``critical`` are unknown to the first releases of v1alpha2."""


def render(report: Report, view: View) -> Iterator[str]:
    """The report; what was not checked is skipped, what could not be read is an error."""
    results = list(results_of(report))
    counts = Counter(result["result"] for result in results)
    summary = {name: counts[name] for name in ("pass", "fail", "warn", "error", "skip")}
    metadata = {"name": NAME, "labels": {"app.kubernetes.io/managed-by": NAME}}
    yield '{"apiVersion":"wgpolicyk8s.io/v1alpha2","kind":"ClusterPolicyReport",\n'
    yield f'"metadata":{dumps(metadata)},\n"summary":{dumps(summary)},\n"results":'
    yield from listed(results)
    yield "}\n"


def results_of(report: Report) -> Iterator[dict[str, Any]]:
    """All results, by file."""
    for file in by_file(report):
        yield from map(violation, file.findings)
        for outcome in file.unread:
            yield gap(outcome, "error")
        for outcome in file.unchecked:
            yield gap(outcome, "skip")


def violation(finding: Finding) -> dict[str, Any]:
    """A finding."""
    identity, place = finding.identity, finding.place
    about = {"apiVersion": identity.api_version, "kind": identity.kind, "name": identity.name,
             "namespace": identity.namespace}  # fmt: skip
    where = {"path": place.path, "line": str(place.line), "column": str(place.column), "fieldPath": finding.field_path}
    return {
        "source": NAME,
        "policy": finding.rule.category,
        "rule": finding.rule.id,
        "category": finding.rule.category,
        "result": RESULTS[finding.severity],
        "severity": SEVERITIES[finding.severity],
        "scored": finding.severity is Severity.ERROR,
        "message": clean(finding.message),
        **resources(about),
        "properties": filled(where),
    }


def gap(outcome: Outcome, result: str) -> dict[str, Any]:
    """A document that was not read, or not checked."""
    where = {"path": outcome.path, "document": str(outcome.document or ""), "status": outcome.status.value}
    return {
        "source": NAME,
        "policy": NAME,
        "result": result,
        "scored": False,
        "message": clean(undone(outcome)),
        **resources({"kind": outcome.kind, "name": outcome.name}),
        "properties": filled(where),
    }


def resources(about: dict[str, str]) -> dict[str, list[dict[str, str]]]:
    """The object that a result is about, where there is one."""
    return {"resources": [filled(about)]} if about["kind"] else {}


def filled(values: dict[str, str]) -> dict[str, str]:
    """The values that are there, as text that every JSON reader takes."""
    return {key: clean(value) for key, value in values.items() if value}
