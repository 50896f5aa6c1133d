"""What a value may be beyond its type: the rows of api/constraints/, by the type that they hang on and its field.

A row is data. What it means is said by the function of its kind, in ``kexplain.constraints``.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from kexplain.api.schema import Api

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


def constraints_at(api: "Api", position: str) -> list[Row]:
    """The rows about one typed position, such as ``core/v1 ContainerPort.hostPort`` or ``core/v1 Capabilities.add[]``.

    For words: those that hold in every case come before those that hang on a condition.
    """
    group, _, rest = position.rpartition(" ")
    name, _, path = rest.partition(".")
    full = f"{group} {name}".strip()
    if full not in api:
        return []
    wanted = tuple(path.replace("[]", ".[]").split(".")) if path else ()
    found = {row for rows in api.type(full).limits.values() for row in rows if row.path == wanted}
    return sorted(found, key=lambda row: (bool(row.when), row.kind, row.arguments))
