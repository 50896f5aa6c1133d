"""A place that a rule or term asks for: typed positions, perhaps with a key and a condition on the value."""

import re
from typing import NamedTuple

LABELS, ANNOTATIONS = "meta/v1 ObjectMeta.labels[]", "meta/v1 ObjectMeta.annotations[]"


class Place(NamedTuple):
    """One resolved ``at:``: the qualified positions it means, and the key and value it asks for there."""

    positions: tuple[str, ...]
    key: str | None = None
    op: str | None = None
    values: tuple[str, ...] = ()

    def accepts(self, key: str, value: str | None) -> bool:
        """Whether a visit of one of the positions, with that map key and scalar value, is meant."""
        if self.key is not None and not (key.startswith(self.key[:-1]) if self.key[-1] == "*" else key == self.key):
            return False
        if self.op is None:
            return True
        if value is None:
            return self.op == "!="
        if self.op == "~":
            return any(re.search(pattern, value) for pattern in self.values)
        return (value in self.values) == (self.op == "=")
