"""The summary of a lint run, in words: what was found, and what was not checked and why."""

from collections import Counter
from collections.abc import Iterator

from kexplain.catalogue.severity import Severity
from kexplain.engine.report import Report
from kexplain.objects.outcome import Outcome
from kexplain.syntax.cause import Cause, brief
from kexplain.words import count


def summary_lines(
    report: Report, *, verbose: bool = False, statistics: bool = False, strict: bool = False
) -> Iterator[str]:
    """Lines for standard error; ``verbose`` lists what was suppressed or not checked, ``statistics`` the rules."""
    files = len({outcome.path for outcome in report.outcomes})
    severities = report.severities()
    found = ", ".join(count(severities[s], s.value) for s in reversed(Severity) if severities[s])
    where = f"{count(report.checked(), 'object')} of {count(files, 'file')}"
    yield f"{found or 'nothing found'} in {where} (Kubernetes {report.kubernetes_version})"
    if report.suppressed:
        grounds = Counter(str(kept.ground) for kept in report.suppressed)
        yield f"suppressed: {', '.join(f'{number} ({ground})' for ground, number in grounds.most_common())}"
    unchecked = report.left(strict=strict)
    if unchecked:
        renders = any(outcome.cause is Cause.TO_RENDER for outcome in unchecked)
        hint = f" (-v lists them{'; --render builds kustomizations and charts' if renders else ''})"
        yield f"not checked: {counted(unchecked)}{'' if verbose else hint}"
    if verbose:
        if others := report.others(strict=strict):
            yield f"no manifests: {counted(others)}"
        for kept in report.suppressed:
            if kept.ground.is_decision:
                place = kept.finding.place
                yield f"  {place.path}:{place.line}:{place.column}: {kept.finding.rule.id} suppressed by {kept.words}"
        for outcome in [*unchecked, *report.not_whole()]:
            yield f"  {outcome.path}, document {outcome.document}: {outcome.status.value}: {outcome.reason}"
    if statistics:
        counts = Counter(finding.rule.id for finding in report.findings)
        width = len(str(max(counts.values(), default=0)))
        yield from (f"  {number:>{width}}  {rule}" for rule, number in counts.most_common())
    yield from report.notes
    yield from nothing_there(report)


def nothing_there(report: Report) -> Iterator[str]:
    """That a run saw no object, and why: what is most likely not what the person meant."""
    if not report.outcomes:
        yield "no manifests found: the paths hold no .yaml, .yml or .json file that is not excluded or ignored by git"
    elif not report.checked():
        empty = sum(outcome.cause is Cause.EMPTY for outcome in report.outcomes)
        all_empty = "the input is empty" if empty == len(report.outcomes) else "see why with -v"
        yield f"no Kubernetes object found: {all_empty}; --fail-on-empty makes that a failure"


def counted(unchecked: list[Outcome]) -> str:
    """How many documents were left, for the commonest reasons."""
    reasons = Counter(brief(outcome.reason) for outcome in unchecked)
    listed = ", ".join(f"{number} {reason}" for reason, number in reasons.most_common(4))
    more = f", {len(reasons) - 4} other reasons" if len(reasons) > 4 else ""
    return f"{count(len(unchecked), 'document')}: {listed}{more}"
