"""SARIF 2.1.0 for code scanning: results with full regions, rules with their whole article."""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from kexplain.catalogue.rule import Rule
from kexplain.catalogue.severity import Severity
from kexplain.engine.finding import Finding, Proposal
from kexplain.engine.report import Report
from kexplain.objects.outcome import Outcome, Status
from kexplain.output.report_format import View
from kexplain.output.reports._common import CODE, FENCE, blocks, dumps, listed, term
from kexplain.syntax.safe import clean
from kexplain.syntax.source import Place, place_of
from kexplain.syntax.tree import Span
from kexplain.version import __version__

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
RISKS = {Severity.ERROR: "8.0", Severity.WARNING: "5.5", Severity.INFO: "2.0"}
"""``security-severity``: high, medium and low as GitHub cuts the scale."""
SECURITY = {"security", "rbac"}
UNDONE = {Status.UNREADABLE: "warning", Status.PARTLY: "warning", Status.SKIPPED: "note"}
LONGEST = 1024
"""Characters that GitHub takes of a description."""
LINK = re.compile(r"\[(?=[^\]]*\]\()")


def render(report: Report, view: View) -> Iterator[str]:
    """The log in pieces; ``results`` is there also when nothing was found, as uploaders require."""
    findings = report.findings
    rules = sorted({finding.rule.id: finding.rule for finding in findings}.values(), key=lambda rule: rule.id)
    index = {rule.id: number for number, rule in enumerate(rules)}
    yield f'{{"$schema":{dumps(SCHEMA)},"version":"2.1.0","runs":[{{\n'
    yield f'"tool":{{"driver":{{"name":"kexplain","semanticVersion":{dumps(__version__)},"rules":'
    yield from listed(descriptor(rule) for rule in rules)
    yield '}},\n"columnKind":"unicodeCodePoints",\n"automationDetails":{"id":"kexplain/"},\n"invocations":'
    said = list(notifications(report, view))
    yield from listed([{"executionSuccessful": True, "toolExecutionNotifications": said}])
    yield ',\n"results":'
    yield from listed(result(finding, index, view) for finding in findings)
    yield "}]}\n"


def descriptor(rule: Rule) -> dict[str, Any]:
    """A rule with its article as help."""
    severity = Severity(rule.severity)
    tags = dict.fromkeys([rule.category, "kubernetes", *(["security"] if rule.category in SECURITY else [])])
    properties = {
        "tags": list(tags),
        "precision": "medium" if rule.preview else "high",
        "problem.severity": PROBLEMS[severity],
    }
    if rule.category in SECURITY:
        properties["security-severity"] = RISKS[severity]
    markdown = article(rule)
    title = rule.title or rule.id
    return {
        "id": rule.id,
        "shortDescription": {"text": shorten(title)},
        "fullDescription": {"text": shorten(text_of(rule.article["what"]) or title)},
        "help": {"text": text_of(markdown), "markdown": markdown},
        **({"helpUri": rule.source} if rule.source else {}),
        "defaultConfiguration": {"level": LEVELS[severity]},
        "properties": properties,
    }


def article(rule: Rule) -> str:
    """The whole article as Markdown, the terms it names with their first sentence, its examples."""
    prose = rule.article
    parts = [prose["what"] or rule.title]
    for heading, name in (("Why it matters", "why"), ("How to fix", "fix"), ("When to ignore", "ignore")):
        if prose[name]:
            parts.append(f"## {heading}\n\n{prose[name]}")
    if rule.terms:
        parts.append("## Terms\n\n" + "\n".join(term_item(*term(slug)) for slug in rule.terms))
    for verdict, _, text in prose["examples"]:
        fence = FENCE + "`" if FENCE in text else FENCE
        parts.append(f"## {verdict.capitalize()} example\n\n{fence}yaml\n{text.rstrip()}\n{fence}")
    return "\n\n".join(parts)


def term_item(title: str, brief: str) -> str:
    """A term as an item of a list."""
    return f"- **{title}**: {brief}" if brief else f"- **{title}**"


def text_of(markdown: str) -> str:
    """Markdown as plain text: headings without their marks, a paragraph a line."""
    return "\n".join(block if block.startswith(CODE) else block.lstrip("# ") for block in blocks(markdown))


def shorten(text: str) -> str:
    """At most as many characters as GitHub takes."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def result(finding: Finding, index: dict[str, int], view: View) -> dict[str, Any]:
    """A finding. ``primaryLocationLineHash`` is left to the uploader, which sees the file."""
    where: dict[str, Any] = {"physicalLocation": physical(finding.place, view)}
    about = ": ".join(clean(part) for part in (str(finding.identity), finding.field_path) if part)
    if about:
        where["logicalLocations"] = [{"fullyQualifiedName": about, "kind": "resource"}]
    record = {
        "ruleId": finding.rule.id,
        "ruleIndex": index[finding.rule.id],
        "level": LEVELS[finding.severity],
        "message": message(finding.message),
        "locations": [where],
        "partialFingerprints": {"kexplain/v1": finding.fingerprint_in(view.in_repository(finding.place.path))},
    }
    if finding.related:
        record["relatedLocations"] = [
            {"id": number, "physicalLocation": physical(related.place, view), "message": message(related.message)}
            for number, related in enumerate(finding.related, 1)
        ]
    if finding.fix:
        record["fixes"] = [proposal(finding, finding.fix, view)]
    return record


def proposal(finding: Finding, fix: Proposal, view: View) -> dict[str, Any]:
    """How a finding can be fixed, as replacements in its file."""
    changes = []
    for edit in fix.edits:
        place = place_of(finding.source, Span(edit.offset, edit.offset + edit.cut))
        changes.append({"deletedRegion": region(place), "insertedContent": {"text": edit.text}})
    words = fix.words if fix.safe else f"{fix.words} (this changes what the object does)"
    location = {"uri": uri(view.in_repository(finding.place.path))}
    artifact = {"artifactLocation": location, "replacements": changes}
    return {"description": message(words), "artifactChanges": [artifact]}


def message(text: str) -> dict[str, str]:
    """Plain text that a viewer takes for no link: SARIF reads ``[words](target)`` as one."""
    return {"text": LINK.sub(r"\\[", clean(text))}


def physical(place: Place, view: View) -> dict[str, Any]:
    """A file of the repository and the whole region in it."""
    return {"artifactLocation": {"uri": uri(view.in_repository(place.path))}, "region": region(place)}


def region(place: Place) -> dict[str, int]:
    """A span of a file."""
    return {"startLine": place.line, "startColumn": place.column,
            "endLine": place.end_line, "endColumn": place.end_column}  # fmt: skip


def uri(path: str) -> str:
    """A path as a URI reference: percent-encoded, relative where the path is."""
    if path == "<stdin>":
        return "stdin"
    relative = path.removeprefix("./")
    try:
        encoded = quote(relative, errors="surrogateescape")
    except UnicodeEncodeError:  # a file name of Windows that is no Unicode
        encoded = quote(relative, errors="surrogatepass")
    if encoded.startswith("/"):
        return f"file://{encoded}"
    return f"file:///{encoded.replace('%3A', ':', 1)}" if re.match(r"[A-Za-z]:/", path) else encoded


def notifications(report: Report, view: View) -> Iterable[dict[str, Any]]:
    """What was not checked, or not wholly, and what the run has to say of itself."""
    for outcome in report.outcomes:
        if outcome.status in UNDONE:
            where = {"physicalLocation": {"artifactLocation": {"uri": uri(view.in_repository(outcome.path))}}}
            yield {"level": UNDONE[outcome.status], "message": message(undone(outcome)), "locations": [where]}
    for note in report.notes:
        yield {"level": "note", "message": message(note)}


def undone(outcome: Outcome) -> str:
    """What became of a document, in words."""
    what = f"document {outcome.document}" if outcome.document else "file"
    about = " ".join(part for part in (outcome.kind, outcome.name) if part)
    reason = f": {outcome.reason}" if outcome.reason else ""
    return f"{what}{f' ({about})' if about else ''} {outcome.status}{reason}"
