"""What a name means: an Explanation, or the error of a name that means nothing."""

from dataclasses import dataclass, field

from kexplain.errors import InputError


@dataclass(slots=True)
class FieldFacts:
    """One field as the API has it: its type, what may stand in it, what holds without it, and the fields below it."""

    name: str
    type: str
    required: bool = False
    default: str = ""
    constraints: list[str] = field(default_factory=list)
    words: str = ""
    fields: list["FieldFacts"] = field(default_factory=list)


@dataclass(slots=True)
class Explanation:
    """What a name means. ``kind`` is term, kind, field, value, label, annotation, rule or place.

    ``id`` is that of the term or rule, and else the position, kind or value; ``facts`` are those of a field itself,
    ``fields`` of those below it; ``places`` are other positions where a field of that name or a value stands;
    ``others`` are ids that a question may mean as well.
    """

    name: str
    kind: str
    title: str
    text: str
    at: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    source: str = ""
    id: str = ""
    facts: FieldFacts | None = None
    fields: list[FieldFacts] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


class UnknownNameError(InputError):
    """A name nothing is known of; ``suggestions`` are the nearest known ones."""

    def __init__(self, name: str, suggestions: list[str], reason: str = "") -> None:
        super().__init__(reason or f"{name!r} is neither a term, a kind, a field path, a label nor a rule")
        self.suggestions = suggestions
