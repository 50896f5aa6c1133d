"""JUnit's XML, as CI servers show it: a suite per file, a case per rule and object.

A case is the same from run to run whatever lines move, so that a server can tell new trouble from old: findings of one
rule in one object are one failure. Only what fails the run fails here; what is less serious is told as output of a case
that passes. What could not be read is an error to a strict run; it and what was not checked, or in part, is skipped.
"""

import re
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

from kexplain.engine.finding import Finding
from kexplain.engine.report import Report
from kexplain.objects.outcome import Outcome
from kexplain.output.report_format import View
from kexplain.output.reports._cases import File, by_file, safe
from kexplain.output.reports.sarif import undone

SUFFIX = re.compile(r"(?<=[^/])\.[^./]*$")


def render(report: Report, view: View) -> Iterator[str]:
    """The document. No suite is empty, since CI servers take that for a broken run."""
    suites = [suite(file.path, cases(file, view)) for file in by_file(report)]
    suites = suites or [suite("kexplain", [case("no manifests found", "kexplain")])]
    root = ET.Element("testsuites", {"name": "kexplain", **totals(suites)})
    root.extend(suites)
    for found in root.iter("testcase"):
        found.set("file", view.in_repository(found.attrib["file"]))
    ET.indent(root)
    yield '<?xml version="1.0" encoding="utf-8"?>\n'
    yield ET.tostring(root, encoding="unicode") + "\n"


def suite(path: str, found: list[ET.Element]) -> ET.Element:
    """A suite with its counts."""
    kinds = {"failures": "failure", "errors": "error", "skipped": "skipped"}
    counts = {name: str(sum(one.find(tag) is not None for one in found)) for name, tag in kinds.items()}
    element = ET.Element("testsuite", {"name": safe(path), "tests": str(len(found)), **counts, "time": "0"})
    element.extend(found)
    return element


def totals(suites: Iterable[ET.Element]) -> dict[str, str]:
    """The counts of all suites together."""
    names = ("tests", "failures", "errors", "skipped")
    return {name: str(sum(int(one.attrib[name]) for one in suites)) for name in names} | {"time": "0"}


def cases(file: File, view: View) -> list[ET.Element]:
    """The cases of one file."""
    groups: dict[str, list[Finding]] = {}
    for finding in file.findings:
        about = str(finding.identity)
        groups.setdefault(finding.rule.id + (f": {about}" if about else ""), []).append(finding)
    found = [failed(name, group, view) for name, group in groups.items()]
    found += [gap(outcome, "error" if view.strict else "skipped") for outcome in file.unread]
    if file.clean:
        found.append(case("no findings", file.path))
    return found + [gap(outcome, "skipped") for outcome in file.unchecked]


def case(name: str, path: str, finding: Finding | None = None) -> ET.Element:
    """A case that passes as long as nothing is put into it, with its place as ruff gives it."""
    where = {"line": str(finding.place.line), "column": str(finding.place.column)} if finding else {}
    about = {"name": safe(name), "classname": safe(SUFFIX.sub("", path)), "file": safe(path)}
    return ET.Element("testcase", {**about, **where, "time": "0"})


def failed(name: str, group: list[Finding], view: View) -> ET.Element:
    """The findings of one rule in one object; a failure where they fail the run."""
    first = group[0]
    element = case(name, first.place.path, first)
    more = f" (and {len(group) - 1} more)" if len(group) > 1 else ""
    worst = max((finding.severity for finding in group), key=lambda severity: severity.weight)
    lines = [f"line {finding.place.line}, col {finding.place.column}, {safe(finding.message)}" for finding in group]
    if view.fails(worst):
        failure = ET.SubElement(element, "failure", message=safe(first.message) + more, type=worst.value)
        failure.text = "\n".join(lines)
    else:
        ET.SubElement(element, "system-out").text = "\n".join(f"{worst.value}: {line}" for line in lines)
    return element


def gap(outcome: Outcome, tag: str) -> ET.Element:
    """A document that could not be read (``error``), or was not checked (``skipped``)."""
    element = case(f"document {outcome.document}" if outcome.document else "file", outcome.path)
    about = {"message": safe(undone(outcome))}
    ET.SubElement(element, tag, about | ({"type": outcome.status.value} if tag == "error" else {}))
    return element
