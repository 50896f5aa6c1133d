"""The report of a run: findings, what was kept back, what was not checked, and what nobody may be shown.

It is made once, from values, and never written to: whoever keeps something back makes another one of it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kexplain.catalogue.severity import Severity
from kexplain.engine.finding import Finding
from kexplain.objects.outcome import Outcome, Status
from kexplain.objects.secret import is_secret
from kexplain.syntax.cause import Cause
from kexplain.syntax.source import Source
from kexplain.syntax.tree import Span

if TYPE_CHECKING:
    from kexplain.api.release import Release
    from kexplain.api.schema import Api
    from kexplain.catalogue.rule import Rule
    from kexplain.objects.facts import Facts
    from kexplain.objects.manifest import Manifest
    from kexplain.objects.reading import File
    from kexplain.objects.workspace import Workspace


class Ground(StrEnum):
    """What keeps a finding back."""

    COMMENT = "comment"
    ANNOTATION = "annotation"
    FOREIGN = "foreign"
    CONFIGURATION = "configuration"
    BASELINE = "baseline"
    UNCHANGED = "unchanged"

    @property
    def is_decision(self) -> bool:
        """Whether somebody decided on that finding; the others may be thousands that nobody looked at."""
        return self not in (Ground.BASELINE, Ground.UNCHANGED)


class KeptBack(NamedTuple):
    """A finding that is not reported, and why."""

    finding: Finding
    ground: Ground
    reason: str = ""
    until: date | None = None

    @property
    def words(self) -> str:
        """Why, as reports show it."""
        if not self.ground.is_decision:
            return f"{self.ground}: {self.reason}" if self.reason else str(self.ground)
        until = f" (until {self.until})" if self.until else ""
        return f"{self.ground}: {self.reason or 'no reason given'}{until}"


class Known(NamedTuple):
    """What a run learnt of its objects, for whoever explains them: types, all facts, and those of each by identity.

    ``settings`` are what the files around manifests are, read as objects.
    """

    api: "Api"
    release: "Release"
    workspace: "Workspace"
    facts: "Mapping[int, Facts]"
    settings: "list[Manifest]"


@dataclass(frozen=True)
class Report:
    """The result of a run, findings in the order of every report.

    ``hidden`` maps a path to the spans whose text no report may show (values of Secrets, credentials).
    """

    rules: "Mapping[str, Rule]"
    kubernetes_version: str
    files: "list[File]" = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    hidden: Mapping[str, Sequence[Span]] = field(default_factory=dict)
    suppressed: list[KeptBack] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    known: Known | None = None
    """None where nothing was judged."""

    @property
    def sources(self) -> list[Source]:
        """The texts that were read."""
        return [file.source for file in self.files]

    def keeping_back(self, dropped: Iterable[KeptBack]) -> "Report":
        """The same without some findings, which are told with their reasons."""
        dropped = list(dropped)
        gone = {kept.finding for kept in dropped}
        left = [finding for finding in self.findings if finding not in gone]
        return replace(self, findings=left, suppressed=self.suppressed + dropped)

    def finding(self, more: Iterable[Finding]) -> "Report":
        """The same with more findings, each once."""
        return replace(self, findings=ordered([*self.findings, *more]))

    def noting(self, *notes: str) -> "Report":
        """The same with more notes."""
        return replace(self, notes=[*self.notes, *notes])

    def severities(self) -> Counter[Severity]:
        """Number of findings by severity."""
        return Counter(finding.severity for finding in self.findings)

    def worst_first(self) -> list[Finding]:
        """The findings by severity, the worst first; of the same severity in the order of the report."""
        return sorted(self.findings, key=lambda finding: -finding.severity.weight)

    def in_order(self, some: Iterable[Finding]) -> list[Finding]:
        """Some of the findings, in the order of the report."""
        wanted = set(map(id, some))
        return [finding for finding in self.findings if id(finding) in wanted]

    def statuses(self) -> Counter[Status]:
        """Number of documents by status."""
        return Counter(outcome.status for outcome in self.outcomes)

    def unchecked(self) -> list[Outcome]:
        """Every document that was not checked, or only partly; an empty one has nothing to check."""
        return [o for o in self.outcomes if o.status is not Status.CHECKED and o.cause is not Cause.EMPTY]

    def left(self, *, strict: bool = False) -> list[Outcome]:
        """Every document that was not checked although it may be or become one; ``strict``: or is not understood."""
        return [o for o in self.unchecked() if not o.is_other or (strict and not o.understood)]

    def others(self, *, strict: bool = False) -> list[Outcome]:
        """The rest of what was not checked: it is something else than a manifest."""
        return [o for o in self.unchecked() if o.is_other and not (strict and not o.understood)]

    def checked(self) -> int:
        """The number of objects that were checked, whole or in part."""
        statuses = self.statuses()
        return statuses[Status.CHECKED] + statuses[Status.PARTLY]

    def not_whole(self) -> list[Outcome]:
        """Every document that was checked, but for something that its outcome tells."""
        return [o for o in self.outcomes if o.status is Status.CHECKED and o.reason]

    def not_understood(self) -> list[Outcome]:
        """Every document that a strict run fails for: unreadable, checked in part, or of unknown nature."""
        return [o for o in self.outcomes if o.status in (Status.UNREADABLE, Status.PARTLY) or not o.understood]

    def visible_line(self, finding: Finding) -> str:
        """The source line of a finding's start, with Secret values blacked out."""
        source, number = finding.source, finding.place.line
        if source.origin is not None:
            source = source.origin.back(*finding.span)[0]
            if is_secret(finding.identity.kind):  # what of a template's line is the value cannot be told
                return "•" * len(source.line(number))
            spans = self._hidden_origins.get(source.path, [])
        else:
            spans = self._hidden_lines(source).get(number, [])
        start = source.starts[number - 1]
        line = source.line(number)
        for span in spans:
            low, high = max(span.start - start, 0), min(span.end - start, len(line))
            if low < high:
                line = line[:low] + "•" * (high - low) + line[high:]
        return line

    @cached_property
    def _hidden_origins(self) -> dict[str, list[Span]]:
        """Hidden spans of the files that texts were rendered from, by path."""
        found: dict[str, list[Span]] = {}
        for source in self.sources:
            if source.origin is not None:
                for span in self.hidden.get(source.path, ()):
                    original, start, end = source.origin.back(*span)
                    found.setdefault(original.path, []).append(Span(start, end))
        return found

    @cached_property
    def _lines(self) -> dict[str, dict[int, list[Span]]]:
        """What was found for lines so far, by path."""
        return {}

    def _hidden_lines(self, source: Source) -> dict[int, list[Span]]:
        """Hidden spans by the number of every line they touch, found once: a Secret may have thousands of each."""
        if source.path not in self._lines:
            lines: dict[int, list[Span]] = {}
            for span in self.hidden.get(source.path, ()):
                for number in range(source.place(span.start)[0], source.place(span.end)[0] + 1):
                    lines.setdefault(number, []).append(span)
            self._lines[source.path] = lines
        return self._lines[source.path]


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Findings in the order of every report, each once."""
    return sorted({(f.place, f.order): f for f in findings}.values(), key=lambda finding: finding.order)
