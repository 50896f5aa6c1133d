"""The words of a finding: a rule's message with the values that it names."""

from collections.abc import Mapping

from kexplain.check import shorten
from kexplain.objects.outcome import Identity
from kexplain.objects.spot import Spot


class Words(dict[str, object]):
    """The values a message may name: those of the problem, the rule's parameters, then what its place knows.

    ``{kind}``, ``{name}`` of the object; ``{container}`` around the place; ``{field}``, ``{value}``, ``{path}`` of it.
    """

    def __init__(
        self, values: Mapping[str, object], parameters: Mapping[str, object], spot: Spot, identity: Identity
    ) -> None:
        super().__init__({name: listed(value) for name, value in parameters.items()})
        self.update(values)
        self.spot = spot
        self.identity = identity

    def __missing__(self, name: str) -> object:
        known = {
            "kind": self.identity.kind,
            "name": self.identity.name or "?",
            "container": self.spot.container or "?",
            "field": name_of(self.spot),
            "path": self.spot.path,
            "value": shorten(self.spot.text),
        }
        return known[name]


def name_of(spot: Spot) -> str:
    """What a field is called: an item of a list by the list and its place in it (``args[1]``)."""
    return spot.path.rpartition(".")[2] if spot.path.endswith(f"[{spot.name}]") and spot.name.isdecimal() else spot.name


def listed(value: object) -> object:
    """The value of a parameter as a message shows it."""
    return ", ".join(map(str, value)) if isinstance(value, list | dict) else value
