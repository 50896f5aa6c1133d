"""A type of the API and its fields, as the walk meets them.

A type reference is a string: a scalar name (``string``, ``int32``, ``quantity``, …), a type's name (``core/v1 X``),
``[]T`` a list, ``{}T`` a map, ``?T`` a T where a mapping stands and else anything, ``any`` and ``object`` untyped.
"""

from typing import Any

from kexplain.api.constraints import Limits

SCALARS = frozenset({"string", "bytes", "time", "int32", "int64", "number", "boolean", "quantity", "int-or-string"})


class Field:
    """One field of a type: its name, type reference, and where it stands (``core/v1 Container.image``).

    ``checked``: whether the API server holds what stands there against the constraints of its type.
    """

    __slots__ = ("checked", "enum", "keys", "name", "position", "ref", "required", "scalar", "schema")

    def __init__(self, owner: str, name: str, ref: str, *, required: bool = False, checked: bool = True,
                 enum: tuple[str, ...] = (), keys: tuple[str, ...] = ()) -> None:  # fmt: skip
        self.name = name
        self.ref = ref
        self.position = f"{owner}.{name}"
        self.required = required
        self.enum = enum
        self.keys = keys
        self.scalar = ref in SCALARS
        self.checked = checked
        self.schema: dict[str, Any] | None = None
        """Of a custom kind: the schema that its definition gives the field."""


class Type:
    """A structured API type. ``open`` types take any field (``{type: object}`` without named fields)."""

    __slots__ = ("fields", "limits", "name", "open", "partial", "required", "schema", "short")

    def __init__(self, name: str, fields: dict[str, Field], *, open_: bool = False,
                 limits: Limits | None = None) -> None:  # fmt: skip
        self.name = name
        self.short = name.rpartition(" ")[2]
        """The name without its group: ``Container``."""
        self.limits = limits or {}
        self.fields = fields
        self.required = tuple(field.name for field in fields.values() if field.required)
        self.open = open_
        self.schema: dict[str, Any] | None = None
        """Of a custom kind: the schema that its definition gives the type."""
        self.partial: Type | None = None
        """Of a container or Pod in a custom kind: the type of one that only patches what the controller makes."""

    def own_words(self, field: str) -> str:
        """What the definition of a custom kind says of a field, or of the type itself; empty where it says nothing."""
        schema = self.schema
        if schema is not None and field:
            schema = self.fields[field].schema if field in self.fields else None
        words = schema.get("description") if schema else None
        return words if isinstance(words, str) else ""

