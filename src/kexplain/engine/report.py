"""The report of a run: findings, what was not checked, and what nobody may be shown."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from kexplain.catalogue.severity import Severity
from kexplain.engine.finding import Finding
from kexplain.objects.outcome import EMPTY, Outcome, Status
from kexplain.syntax.source import Source
from kexplain.syntax.tree import Span

if TYPE_CHECKING:
    from kexplain.catalogue.rule import Rule


class Report:
    """The result of a run. ``hidden`` maps a path to the spans whose text no report may show (Secret values)."""

    def __init__(self, rules: "Mapping[str, Rule]", kubernetes_version: str) -> None:
        """An empty report of a run with these rules for this version."""
        self.rules = rules
        self.kubernetes_version = kubernetes_version
        self.sources: list[Source] = []
        self.findings: list[Finding] = []
        self.suppressed: list[tuple[Finding, str]] = []
        self.outcomes: list[Outcome] = []
        self.hidden: dict[str, list[Span]] = {}
        self.notes: list[str] = []
        self._hidden_lines: dict[str, dict[int, list[Span]]] = {}
        self._hidden_origins: dict[str, list[Span]] = {}

    def hide(self, source: Source, spans: Iterable[Span]) -> None:
        """Takes note of spans whose text must not be shown, nor that of the file it was rendered from."""
        if found := list(spans):
            self.hidden.setdefault(source.path, []).extend(found)
            self._hidden_lines.pop(source.path, None)
        for original, start, end in (source.origin.back(*span) for span in found if source.origin):
            self._hidden_origins.setdefault(original.path, []).append(Span(start, end))

    def severities(self) -> Counter[Severity]:
        """Number of findings by severity."""
        return Counter(finding.severity for finding in self.findings)

    def statuses(self) -> Counter[Status]:
        """Number of documents by status."""
        return Counter(outcome.status for outcome in self.outcomes)

    def unchecked(self) -> list[Outcome]:
        """Every document that was not checked, or only partly; an empty one has nothing to check."""
        return [o for o in self.outcomes if o.status is not Status.CHECKED and o.reason != EMPTY]

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
            if finding.identity.kind.lower() == "secret":  # what of a template's line is the value cannot be told
                return "•" * len(source.line(number))
            spans = self._hidden_origins.get(source.path, [])
        else:
            spans = self.hidden_lines(source).get(number, [])
        start = source.starts[number - 1]
        line = source.line(number)
        for span in spans:
            low, high = max(span.start - start, 0), min(span.end - start, len(line))
            if low < high:
                line = line[:low] + "•" * (high - low) + line[high:]
        return line

    def hidden_lines(self, source: Source) -> dict[int, list[Span]]:
        """Hidden spans by the number of every line they touch, found once: a Secret may have thousands of each."""
        if source.path not in self._hidden_lines:
            lines: dict[int, list[Span]] = {}
            for span in self.hidden.get(source.path, ()):
                for number in range(source.place(span.start)[0], source.place(span.end)[0] + 1):
                    lines.setdefault(number, []).append(span)
            self._hidden_lines[source.path] = lines
        return self._hidden_lines[source.path]
