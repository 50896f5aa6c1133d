"""What a value may be beyond its type: the rows of api/constraints/, by the type that they hang on and its field.

A row is data. What it means is said by the function of its kind, in ``kexplain.constraints``.
"""

from collections.abc import Callable
from typing import Any

Limits = dict[str, "tuple[Row, ...]"]
"""The rows of a type by the first field of their path; under ``""`` those that are asked also when it is not there."""


class Row:
    """One constraint: ``path`` below a type, the ``kind`` with its arguments, and the rule that reports it.

    ``when`` holds conditions on the object of that type. ``judge`` is what the kind made of the row, once it was asked.
    """

    __slots__ = ("arguments", "judge", "kind", "path", "rule", "when")

    def __init__(self, path: str, kind: str, arguments: str, when: str, rule: str) -> None:
        self.path = tuple(path.replace("[]", ".[]").split(".")) if path else ()
        self.kind = kind
        self.arguments = arguments
        self.when = when
        self.rule = rule
        self.judge: Callable[..., Any] | None = None


def limits(packed: dict[str, list[list[str]]]) -> Limits:
    """The rows of a type as they are packed."""
    return {name: tuple(Row(*row) for row in rows) for name, rows in packed.items()}
