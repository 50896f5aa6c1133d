"""Definitions of custom kinds as types: built when they are asked for, core types inside them recognised."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from kexplain.api.core_types import CONTAINER, META, POD_SPEC, QUANTITY_PATTERN, core_type, is_int_or_string, same_shape
from kexplain.api.custom_references import makes_whole_pods
from kexplain.api.custom_table import table_of
from kexplain.api.definition import OPEN, Definition, Json, strings
from kexplain.api.schema import Api
from kexplain.api.type import Field, Type

SCALARS = {"string": "string", "integer": "int64", "number": "number", "boolean": "boolean"}
FORMATS = {"string byte": "bytes", "string date-time": "time", "integer int32": "int32"}
ROOT_FIELDS = {"apiVersion": "string", "kind": "string", "metadata": META}


def with_custom(api: Api, given: Iterable[Definition] = ()) -> Api:
    """The API with the custom kinds of the table, and those that a run brings definitions of."""
    return CustomTypes(api, given).api


class Pending(NamedTuple):
    """A type that was named and not built yet: its definition, its typed position, its schema, its core type."""

    definition: Definition
    position: str
    schema: Json
    core: str = ""
    root: bool = False


class CustomTypes:
    """The types of custom kinds: of definitions that a run brings, and of the table."""

    def __init__(self, api: Api, given: Iterable[Definition] = ()) -> None:
        self._core = api.core
        self._api = api.extended(self)
        self._given: dict[str, list[Definition]] = {}
        for definition in given:
            self._given.setdefault(f"{definition.group} {definition.kind}", []).append(definition)
        self._pending: dict[str, Pending] = {}
        self._roots: dict[int, str] = {}
        self._kept: list[Definition] = []

    def definitions(self, group: str, kind: str, near: str = "") -> list[Definition]:
        """Every version of a kind, the nearest definition first: of the folder ``near``, of the run, of the table."""
        given = self._given.get(f"{group} {kind}", [])
        beside = sorted(given, key=lambda definition: definition.folder != near)
        return [*beside, *table_of(group).get(kind, ())]

    def meant(self, api_version: str, kind: str, near: str = "") -> list[Definition]:
        """The definitions that an object can mean, the nearest first: those of its own API version."""
        group, _, version = api_version.rpartition("/")
        return [definition for definition in self.definitions(group, kind, near) if definition.version == version]

    def type_of(self, definition: Definition) -> Type:
        """The type that a definition gives its objects."""
        return self._api.type(self.root(definition))

    @property
    def api(self) -> Api:
        """The API with these types."""
        return self._api

    def given(self) -> Iterable[Definition]:
        """The definitions that the run brings."""
        return (definition for found in self._given.values() for definition in found)

    def root(self, definition: Definition) -> str:
        """The name under which the type of a definition's objects can be asked for."""
        name = self._roots.get(id(definition))
        if name is None:
            number = f"~{len(self._kept)}" if definition.path else ""
            name = self._roots[id(definition)] = f"{definition.api_version}{number} {definition.kind}"
            self._kept.append(definition)
            schema = definition.resolve(definition.schema)
            self._pending[name] = Pending(definition, f"{definition.group} {definition.kind}", schema, root=True)
        return name

    def type(self, name: str) -> Type:
        """Builds the type of a name that a root or a field gave. Raises KeyError for any other."""
        return self._build(name, self._pending[name])

    def __contains__(self, name: str) -> bool:
        return name in self._pending

    def _build(self, name: str, pending: Pending) -> Type:
        definition, schema = pending.definition, pending.schema
        core = self._core(pending.core) if pending.core else None
        must = set(strings(schema.get("required")))
        properties = schema.get("properties")
        embedded = pending.root or schema.get("x-kubernetes-embedded-resource") is True
        of_object = ROOT_FIELDS if embedded else {}
        fields = {field: Field(pending.position, field, ref) for field, ref in of_object.items()}
        for field, node in properties.items() if isinstance(properties, dict) else ():
            sub = definition.resolve(node)
            if pending.root and field in ROOT_FIELDS:
                continue  # the server has its own idea of them
            known = core.fields.get(field) if core else None
            place = (f"{name.removesuffix(f' {short(pending.core)}')}.{field}", f"{pending.position}.{field}")
            ref = self._reference(definition, *place, sub, known.ref if known else "", field)
            owner = core.name if core and known else pending.position
            fields[field] = field_of(owner, field, ref, sub, required=field in must, known=known)
        found = Type(core.name if core else pending.position, fields, open_=is_open(schema, definition))
        found.schema = schema
        if core and core.name in {CONTAINER, POD_SPEC} and not makes_whole_pods(pending.position):
            found.partial = Type(f"{definition.group} {core.short}", fields, open_=found.open)
            found.partial.schema = schema
        return found

    def _reference(
        self, definition: Definition, name: str, position: str, schema: Json, expected: str, field: str
    ) -> str:
        """The type reference of a schema; ``expected`` is what the core type around it has there."""
        kind = schema.get("type")
        if is_int_or_string(schema):
            return "quantity" if expected == "quantity" or is_quantity(schema) else "int-or-string"
        if kind is None and not schema.get("properties"):
            return expected or "any"
        if kind == "array":
            items = schema.get("items")
            inner = expected[2:] if expected[:2] == "[]" else ""
            below = items if isinstance(items, dict) else {}
            return "[]" + self._reference(definition, f"{name}[]", f"{position}[]", below, inner, singular(field))
        if kind not in {"object", None}:
            return scalar(schema, expected)
        if schema.get("properties"):  # without a type, anything else may stand there too
            return ("" if kind else "?") + self._object(definition, name, position, schema, expected, field)
        values = schema.get("additionalProperties")
        if isinstance(values, dict):
            inner = expected[2:] if expected[:2] == "{}" else ""
            return "{}" + self._reference(definition, f"{name}{{}}", f"{position}[]", values, inner, singular(field))
        if is_open(schema, definition):
            return expected or "object"
        self._pending[name] = Pending(definition, position, schema, structured(expected))
        return name

    def _object(self, definition: Definition, name: str, position: str, schema: Json, expected: str, field: str) -> str:
        """The reference of an object schema with fields, which waits to be built."""
        core = structured(expected)
        if not core or not same_shape(schema, core):
            core = core_type(field, schema, definition.resolve, self._core)
        if core:
            name = f"{name} {short(core)}"
        self._pending[name] = Pending(definition, position, schema, core)
        return name


def field_of(owner: str, name: str, ref: str, schema: Json, *, required: bool, known: Field | None) -> Field:
    """The field of a custom type. One with a default is never missing; the values of a core field hold in it too."""
    inner = schema.get("items", {}) if ref[:2] == "[]" else schema
    values = inner.get("enum") if isinstance(inner, dict) else None
    enum = tuple(values) if isinstance(values, list) and all(isinstance(value, str) for value in values) else ()
    if not values and known and (inner.get("type") if isinstance(inner, dict) else "") == "string":
        enum = known.enum
    found = Field(owner, name, ref, required=required and "default" not in schema, enum=enum)
    found.schema = schema
    return found


def scalar(schema: Json, expected: str) -> str:
    """The reference of a schema that is neither an object nor a list."""
    kind = schema.get("type")
    if expected in {"quantity", "time", "bytes"} and kind == "string":
        return expected
    return FORMATS.get(f"{kind} {schema.get('format')}", SCALARS.get(kind, "any") if isinstance(kind, str) else "any")


def is_open(schema: Json, definition: Definition) -> bool:
    """Whether an object takes fields that its schema does not name."""
    if schema.get(OPEN) is True:
        return True
    more = schema.get("additionalProperties")
    if more is not None:
        return more is not False
    return not schema.get("properties") and not definition.prunes


def is_quantity(schema: Json) -> bool:
    """Whether a whole number or string is a quantity, by the pattern that tools write for one."""
    pattern = schema.get("pattern")
    return isinstance(pattern, str) and QUANTITY_PATTERN in pattern


def structured(ref: str) -> str:
    """The type that a reference names; empty for a list, a map, a scalar."""
    return ref.removeprefix("?") if " " in ref and ref[:2] not in {"[]", "{}"} else ""


def singular(field: str) -> str:
    """The name of one item of a list of that name, as far as names of core types are sought in it."""
    return field.removesuffix("s")


def short(type_name: str) -> str:
    """A type's name without its group."""
    return type_name.rpartition(" ")[2]


def description(schema: Any) -> str:
    """The words of a schema; empty where it has none."""
    found = schema.get("description") if isinstance(schema, dict) else None
    return found if isinstance(found, str) else ""
