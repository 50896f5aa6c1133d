"""For language models, which pay for every word: a finding a line, a rule's reason once, fixes as differences.

Text of manifests stays on the line of its finding, so that none of it looks like a word of the report.
"""

from collections.abc import Iterator
from difflib import unified_diff

from kexplain.catalogue.rule import Rule
from kexplain.engine.finding import Finding
from kexplain.engine.report import Report
from kexplain.output.report_format import View
from kexplain.output.reports._common import blocks, fixed_lines, one_line
from kexplain.syntax.safe import clean
from kexplain.words import count

LEFT = 10
"""Documents that were not checked that are named."""


def render(report: Report, view: View) -> Iterator[str]:
    """Findings, rules, fixes, and what was not checked."""
    severities = ", ".join(count(number, str(severity)) for severity, number in sorted(report.severities().items()))
    files = count(len({outcome.path for outcome in report.outcomes}), "file")
    objects = f"{count(report.checked(), 'object')}, Kubernetes {report.kubernetes_version}"
    yield f"{severities or 'nothing found'}; {files}, {objects}\n"
    for finding in report.findings:
        yield line(finding)
    if view.explain:
        yield from map(reason, {finding.rule.id: finding.rule for finding in report.findings}.values())
    yield from fixes(report)
    left = report.left()
    for outcome in left[:LEFT]:
        yield f"not checked: {one_line(outcome.path)} document {outcome.document}: {one_line(outcome.reason)}\n"
    if len(left) > LEFT:
        yield f"not checked: {len(left) - LEFT} more documents\n"


def line(finding: Finding) -> str:
    """Place, severity, rule, words; ``fix`` where there is one below."""
    mark = "" if finding.fix is None else " [fix]" if finding.fix.safe else " [unsafe fix]"
    place = f"{one_line(finding.place.path)}:{finding.place.line}:{finding.place.column}"
    return f"{place} {finding.severity} {finding.rule.id}: {one_line(finding.message)}{mark}\n"


def reason(rule: Rule) -> str:
    """Why a rule matters and how its findings are mended: the first sentences of its article."""
    why, fix = (first(rule.article[part]) for part in ("why", "fix"))
    return f"{rule.id}: {why} Fix: {fix}\n" if why and fix else ""


def first(markdown: str) -> str:
    """The first sentence."""
    paragraph = next(iter(blocks(markdown)), "")
    head, dot, _ = paragraph.partition(". ")
    return head + ("." if dot else "")


def fixes(report: Report) -> Iterator[str]:
    """The fixes that the findings carry, each as the lines that go and come."""
    for finding in report.findings:
        lines = fixed_lines(finding, report.hidden.get(finding.source.path, ()))
        if lines is None or finding.fix is None:
            continue
        text = finding.source.text
        starts = [*finding.source.starts, len(text)]
        old = text[starts[lines.first - 1] : starts[min(lines.last, len(starts) - 1)]]
        yield f"fix {finding.rule.id} at {one_line(finding.place.path)}:{lines.first}: {one_line(finding.fix.words)}\n"
        for number, changed in enumerate(unified_diff(old.splitlines(), lines.text.splitlines(), lineterm="", n=0)):
            if number > 1 and not changed.startswith("@@"):
                yield f"{clean(changed)}\n"
