"""What a run says: findings with their places, what was not checked, and the report that holds both."""

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from kexplain.syntax.source import Source
from kexplain.syntax.tree import Span

if TYPE_CHECKING:
    from kexplain.catalogue.rule import Rule


class Severity(StrEnum):
    """How bad a finding is, and nothing else; compare the weights."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def weight(self) -> int:
        """0 for info up to 2 for error."""
        return list(Severity).index(self)


class Status(StrEnum):
    """What became of a document."""

    CHECKED = "checked"
    PARTLY = "partly-checked"
    SKIPPED = "skipped"
    UNREADABLE = "unreadable"


EMPTY = "empty document"


class Place(NamedTuple):
    """A span of a source as people count it: from 1, columns in code points, the end column one past the last."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


class Related(NamedTuple):
    """A second place that a finding speaks of, and what is there."""

    place: Place
    message: str


class Identity(NamedTuple):
    """Which object a finding is about; empty strings where a document is none."""

    api_version: str = ""
    kind: str = ""
    name: str = ""
    namespace: str = ""

    def __str__(self) -> str:
        named = f"{self.kind} {self.namespace}/{self.name}" if self.namespace else f"{self.kind} {self.name}"
        return named.strip()


class Finding(NamedTuple):
    """One thing that is wrong or missing.

    ``source`` and ``span`` are the text that was checked, ``place`` is where a person finds it: elsewhere when the text
    was rendered. ``container`` names the one around it; ``anchor`` is the field path with names for list indices, and
    the value there.
    """

    rule: "Rule"
    severity: Severity
    message: str
    place: Place
    identity: Identity
    field_path: str
    source: Source
    related: tuple[Related, ...] = ()
    span: Span = Span(0, 0)
    container: str = ""
    anchor: str = ""

    @property
    def order(self) -> tuple[str, int, int, str, str, str]:
        """By file, place, rule, then field and words, so that no two runs differ: the order of every report."""
        return self.place.path, self.place.line, self.place.column, self.rule.id, self.field_path, self.message

    @property
    def fingerprint(self) -> str:
        """The same for the same trouble when lines move: rule, file, object, field and value, as a hash."""
        return self.fingerprint_in(self.place.path)

    def fingerprint_in(self, path: str) -> str:
        """The fingerprint it would have in another file."""
        import hashlib
        import json

        identity = self.identity
        parts = [self.rule.id, path, identity.kind, identity.namespace, identity.name, self.anchor or self.field_path]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


class Outcome(NamedTuple):
    """What became of one document; ``document`` counts from 1, 0 stands for the whole file.

    ``understood`` is false where it could not be told what the document is, or what it will be.
    """

    path: str
    document: int
    status: Status
    reason: str = ""
    kind: str = ""
    name: str = ""
    understood: bool = True


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


def finding_at(
    rule: "Rule",
    source: Source,
    span: Span,
    values: Mapping[str, object] = MappingProxyType({}),
    identity: Identity = Identity(),  # noqa: B008 - immutable
    related: tuple[Related, ...] = (),
) -> Finding:
    """A finding about a text itself instead of a field: the rule's message takes ``values``."""
    message = rule.message.format_map(values)
    anchor = "; ".join(f"{name}={value}" for name, value in values.items())
    place = place_of(source, span)
    return Finding(rule, Severity(rule.severity), message, place, identity, "", source, related, span, anchor=anchor)


def place_of(source: Source, span: Span) -> Place:
    """A span as lines and columns, in the file it comes from."""
    if source.origin is not None:
        source, *found = source.origin.back(*span)
        span = Span(*found)
    return Place(source.path, *source.place(span.start), *source.place(max(span.end, span.start)))
