"""Suppressing the findings at hand by comments: what is changed, and whether it keeps back what it is for.

``suppress`` writes nothing; ``write`` of edits/change.py does, for each change.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

from kexplain.edits.change import Change
from kexplain.edits.placing import Left, edits_for
from kexplain.edits.request import Request
from kexplain.engine.finding import Finding
from kexplain.engine.report import Report
from kexplain.objects.suppression import ABOUT_SUPPRESSIONS
from kexplain.syntax.edit import applied
from kexplain.syntax.meaning import meaning, said
from kexplain.syntax.source import Source


class Suppressed(NamedTuple):
    """The changes that suppress findings, and the findings that are ``left``, with why."""

    changes: list[Change]
    left: Left


def suppress(
    report: Report, rules: Collection[str], request: Request, again: Callable[[Mapping[str, Source]], Report]
) -> Suppressed:
    """A comment for every finding of some rules that a report has.

    ``again`` is the same run with other texts in place of those of these paths: it shows whether the comments hold.
    """
    wanted, left = chosen_findings(report, rules)
    changes = changes_for(report, wanted, request, left)
    checked = again({change.new.path: change.new for change in changes})
    return Suppressed([change for change in changes if keeps_back(change, checked, left)], left)


def chosen_findings(report: Report, rules: Collection[str]) -> tuple[dict[str, list[Finding]], Left]:
    """The findings to suppress by file, and those that no comment can suppress, with why."""
    readable = {id(source) for source in report.sources}
    wanted: dict[str, list[Finding]] = defaultdict(list)
    left: Left = []
    for finding in report.findings:
        if finding.rule.id not in rules:
            continue
        if finding.rule.id in ABOUT_SUPPRESSIONS:
            left.append((finding, "fix the suppression itself"))
        elif id(finding.source) not in readable:
            left.append((finding, "the file could not be read"))
        else:
            wanted[finding.source.path].append(finding)
    return wanted, left


def changes_for(report: Report, wanted: dict[str, list[Finding]], request: Request, left: Left) -> list[Change]:
    """The changes by file; findings for which there is no place go to ``left``."""
    files = {id(file.source): file for file in report.files}
    changes = []
    for path, findings in sorted(wanted.items()):
        file = files[id(findings[0].source)]
        placed, edits = edits_for(file, findings, request, left)
        text = applied(file.source.text, edits)
        if meaning(text) == said(file.documents):
            changes.append(Change(file.source, Source(path, text), edits, placed))
        else:
            words = "a comment would change what the file means; it is left as it was"
            left += [(finding, words) for finding in placed]
    return [change for change in changes if change.edits]


def keeps_back(change: Change, checked: Report, left: Left) -> bool:
    """Whether a second run keeps back what the change is for; where it does not, its findings go to ``left``."""
    path = change.old.path
    given_up = Counter(finding.fingerprint for finding, _ in left if finding.source is change.old)
    still = Counter(finding.fingerprint for finding in checked.findings if finding.source.path == path)
    if all(still[finding.fingerprint] <= given_up[finding.fingerprint] for finding in change.findings):
        return True
    left += [(finding, "a second run still reports it; the file is left as it was") for finding in change.findings]
    return False
