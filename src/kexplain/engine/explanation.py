"""What a name means: an Explanation, or the error of a name that means nothing."""

from dataclasses import dataclass, field

from kexplain.errors import InputError


@dataclass(slots=True)
class Explanation:
    """What a name means. ``kind`` is term, kind, field, label, annotation, rule or place."""

    name: str
    kind: str
    title: str
    text: str
    at: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    source: str = ""


class UnknownNameError(InputError):
    """A name nothing is known of; ``suggestions`` are the nearest known ones."""

    def __init__(self, name: str, suggestions: list[str], reason: str = "") -> None:
        super().__init__(reason or f"{name!r} is neither a term, a kind, a field path, a label nor a rule")
        self.suggestions = suggestions
