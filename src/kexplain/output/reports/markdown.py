"""A page for the job summary of GitHub (``>> "$GITHUB_STEP_SUMMARY"``): counts, findings by file, rules, gaps.

A summary over 1 MiB is not shown at all, so every part has its measure; what is left out is counted.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from html import escape
from itertools import accumulate

from kexplain.catalogue.rule import Rule
from kexplain.catalogue.severity import Severity
from kexplain.engine.finding import Finding
from kexplain.engine.report import Report
from kexplain.objects.outcome import Outcome, Status
from kexplain.output.report_format import View
from kexplain.output.reports._cases import safe
from kexplain.output.reports._common import Lines, fixed_lines
from kexplain.syntax.cause import Cause
from kexplain.syntax.safe import clean

FINDINGS, GAPS, FIXES = 500, 100, 50
"""How many are listed at most."""
FINDING_BYTES, RULE_BYTES, GAP_BYTES, FIX_BYTES = 500_000, 250_000, 100_000, 100_000
LONGEST = 400
"""Characters of one text of a manifest."""
SPECIAL = re.compile(r"[&<>\\`*_\[\]|~$]|(?P<link>[@#]|//|(?<=www)\.)", re.IGNORECASE)
CODE = re.compile(r"[^\s`|\\]([^`|\\]*[^\s`|\\])?")
COLUMNS = "| place | severity | finding | object | rule |\n| --- | --- | --- | --- | --- |\n"


def render(report: Report, view: View) -> Iterator[str]:
    """The page."""
    yield from overview(report)
    yield from findings(report)
    yield from fixes(report)
    if view.explain:
        yield from rules(report)
    yield from gaps(report)


def overview(report: Report) -> Iterator[str]:
    """The run in numbers."""
    severities = report.severities()
    numbers = {f"{severity.value}s": severities[severity] for severity in reversed(Severity)}
    numbers |= {
        "suppressed": len(report.suppressed),
        "files": len({outcome.path for outcome in report.outcomes}),
        "documents checked": report.statuses()[Status.CHECKED],
        "not checked, or in part": len(report.left()),
    }
    yield "# kexplain\n\n"
    for cells in (numbers.keys(), ["---:"] * len(numbers), map(str, numbers.values())):
        yield f"| {' | '.join(cells)} |\n"
    version = [f"judged for Kubernetes {report.kubernetes_version}"] if report.kubernetes_version else []
    if notes := [*version, *report.notes]:
        yield "".join(f"\n- {text(note)}" for note in notes) + "\n"
    if not report.findings:
        yield "\nNothing found.\n"


def findings(report: Report) -> Iterator[str]:
    """A table per file, the most serious first in both; where there are too many, those are listed."""
    worst = report.worst_first()
    listed = (heading(finding.place.path) + row(finding) for finding in worst[:FINDINGS])
    shown = worst[: len(within(listed, FINDING_BYTES))]
    if shown:
        yield "\n## Findings\n"
    by_path: dict[str, list[Finding]] = {}
    for finding in shown:
        by_path.setdefault(finding.place.path, []).append(finding)
    for path, group in by_path.items():
        yield heading(path)
        yield from map(row, group)
    yield from left_out(len(worst) - len(shown), "findings")


def heading(path: str) -> str:
    """What stands above the findings of a file."""
    return f"\n### {code(path)}\n\n{COLUMNS}"


def row(finding: Finding) -> str:
    """A finding as a row of its file's table."""
    place = f"{finding.place.line}:{finding.place.column}"
    cells = [place, finding.severity.value, text(finding.message), text(str(finding.identity)), code(finding.rule.id)]
    return f"| {' | '.join(cells)} |\n"


def fixes(report: Report) -> Iterator[str]:
    """What the lines become that a finding's fix changes, as GitHub takes a suggestion in a review."""
    shown = [(f, lines) for f in report.worst_first() if (lines := fixed_lines(f, report.hidden.get(f.place.path, ())))]
    pieces = [suggestion(finding, lines) for finding, lines in shown[:FIXES]]
    listed = within(pieces, FIX_BYTES)
    if listed:
        yield "\n## Fixes\n"
    yield from listed
    yield from left_out(len(shown) - len(listed), "fixes")


def suggestion(finding: Finding, lines: Lines) -> str:
    """A fix: where, what it does, and the new lines."""
    place = f"{finding.place.path}:{lines.first}" + (f"-{lines.last}" if lines.last > lines.first else "")
    kind = "" if finding.fix and finding.fix.safe else " (this changes what the object does)"
    words = text(finding.fix.words) if finding.fix else ""
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", lines.text) or [""]))
    new = f"{clean(lines.text).rstrip()}\n" if lines.text else ""
    return f"\n{code(place)} {code(finding.rule.id)}: {words}{kind}\n\n{fence}suggestion\n{new}{fence}\n"


def rules(report: Report) -> Iterator[str]:
    """Why each rule that found something matters, and the cure."""
    found = {finding.rule.id: finding.rule for finding in report.findings}
    counts = Counter(finding.rule.id for finding in report.findings)
    articles = [article(found[id_], counts[id_]) for id_ in sorted(found)]
    shown = within(articles, RULE_BYTES)
    if shown:
        yield "\n## Rules\n"
    yield from shown
    yield from left_out(len(articles) - len(shown), "rules")


def article(rule: Rule, count: int) -> str:
    """A rule, folded."""
    title = f": {escape(safe(rule.title))}" if rule.title else ""
    parts = [f"<details><summary><code>{escape(safe(rule.id))}</code> ({count}){title}</summary>"]
    for label, name in (("Why it matters", "why"), ("How to fix", "fix")):
        if rule.article[name]:
            parts.append(f"**{label}**\n\n{rule.article[name]}")
    return "\n" + "\n\n".join([*parts, "</details>"]) + "\n"


def gaps(report: Report) -> Iterator[str]:
    """What was not checked, and why; what is most likely a mistake comes first."""
    severest = [Status.UNREADABLE, Status.PARTLY, Status.SKIPPED]
    rendered_later = [outcome for outcome in report.left() if outcome.cause is Cause.TO_RENDER]
    rest = [outcome for outcome in report.left() if outcome.cause is not Cause.TO_RENDER]
    unchecked = sorted(rest, key=lambda outcome: severest.index(outcome.status))
    shown = within(map(gap, unchecked[:GAPS]), GAP_BYTES)
    if shown or rendered_later:
        yield "\n## Not checked\n"
    if rendered_later:
        yield f"\nKustomizations and Helm templates, which `--render` checks: {len(rendered_later)}\n"
    if shown:
        yield "\n| file | document | state | why |\n| --- | ---: | --- | --- |\n"
    yield from shown
    yield from left_out(len(unchecked) - len(shown), "documents")


def gap(outcome: Outcome) -> str:
    """A document that was not checked, as a row."""
    cells = [code(outcome.path), str(outcome.document or ""), outcome.status.value, text(outcome.reason)]
    return f"| {' | '.join(cells)} |\n"


def left_out(number: int, what: str) -> Iterator[str]:
    """How many are not shown, if any."""
    if number:
        yield f"\n…and {number} more {what}: GitHub shows no summary over 1 MiB.\n"


def within(pieces: Iterable[str], size: int) -> list[str]:
    """The first pieces that fit into so many bytes together."""
    found = list(pieces)
    return found[: sum(total <= size for total in accumulate(len(piece.encode()) for piece in found))]


def text(words: str) -> str:
    """Text of a manifest as nothing but text: no markup, no cell's end, no link, no mention of a person or an issue.

    GitHub looks for links and mentions in the finished page, where an entity is a letter again; a tag hides them.
    """
    line = safe(words)
    line = line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
    return SPECIAL.sub(lambda match: f"<span>{match[0]}</span>" if match["link"] else f"&#{ord(match[0])};", line)


def code(words: str) -> str:
    """A name as code, in which nothing has a meaning; as text where code could not hold it."""
    line = safe(words)
    return f"`{line}`" if CODE.fullmatch(line) and len(line) <= LONGEST else text(words)
