"""A finding: what is wrong or missing, at which place, by which rule; and how it is known when lines move."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from kexplain.catalogue.severity import Severity
from kexplain.objects.outcome import Identity
from kexplain.syntax.edit import Edit
from kexplain.syntax.source import Place, Source, place_of
from kexplain.syntax.tree import Span

if TYPE_CHECKING:
    from kexplain.catalogue.rule import Rule


class Related(NamedTuple):
    """A second place that a finding speaks of, and what is there."""

    place: Place
    message: str


class Proposal(NamedTuple):
    """How a finding can be fixed: in words, and as edits of its source. A ``safe`` one changes no behaviour."""

    words: str
    safe: bool
    edits: tuple[Edit, ...]


class Finding(NamedTuple):
    """One thing that is wrong or missing.

    ``source`` and ``span`` are the text that was checked, ``place`` is where a person finds it: elsewhere when the text
    was rendered. ``container`` names the one around it; ``anchor`` is the field path with names for list indices, and
    the value there. It ``lacks`` where the field is not there.
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
    lacks: bool = False
    fix: Proposal | None = None

    @property
    def order(self) -> tuple[str, int, int, str, str, str]:
        """By file, place, rule, then field and words, so that no two runs differ: the order of every report."""
        return self.place.path, self.place.line, self.place.column, self.rule.id, self.field_path, self.message

    @property
    def line(self) -> int:
        """The line of the checked text that it is about; where that was rendered, not the one that ``place`` names."""
        return self.place.line if self.source.origin is None else self.source.place(self.span.start)[0]

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
