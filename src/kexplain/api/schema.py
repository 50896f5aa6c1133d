"""The API types: GVK → Type, with the fields, enumerations and documentation of one Kubernetes version.

A type reference is a string: a scalar name (``string``, ``int32``, ``quantity``, …), a type's name (``core/v1 X``),
``[]T`` a list, ``{}T`` a map, ``?T`` a T where a mapping stands and else anything, ``any`` and ``object`` untyped.
"""

from copy import copy
from functools import cache, lru_cache
from typing import Any

from kexplain.api import packed
from kexplain.api.constraints import Limits, limits
from kexplain.api.release import BUNDLED, NEWEST, Release

SCALARS = frozenset({"string", "bytes", "time", "int32", "int64", "number", "boolean", "quantity", "int-or-string"})


class Field:
    """One field of a type: its name, type reference, and where it stands (``core/v1 Container.image``).

    ``checked``: whether the API server holds what stands there against the constraints of its type.
    """

    __slots__ = ("checked", "enum", "keys", "name", "position", "ref", "required", "scalar")

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


class Type:
    """A structured API type. ``open`` types take any field (``{type: object}`` without named fields)."""

    __slots__ = ("fields", "limits", "name", "open", "required")

    def __init__(
        self, name: str, fields: dict[str, Field], *, open_: bool = False, limits: Limits | None = None
    ) -> None:
        self.name = name
        self.limits = limits or {}
        self.fields = fields
        self.required = tuple(field.name for field in fields.values() if field.required)
        self.open = open_

    @property
    def short(self) -> str:
        """The name without its group: ``Container``."""
        return self.name.rpartition(" ")[2]


class Api:
    """The types of one Kubernetes version; a type is decoded when it is first asked for."""

    def __init__(self, release: Release | None) -> None:
        """Loads the index of a bundled version; None stands for kinds removed before the oldest of them."""
        self.release = release
        self._label = str(release) if release else "removed"
        self._records = packed.Records(f"types-{self._label}.records")
        self.kinds: dict[str, str] = self._records.header["kinds"]
        self._types: dict[str, Type] = {}
        self._docs: dict[str, Any] | None = None
        self._own_docs: dict[str, dict[str, str]] = {}

    def kind(self, api_version: str, kind: str) -> Type | None:
        """The type of a built-in kind, None where this version has no such kind."""
        name = self.kinds.get(f"{api_version} {kind}")
        return self.type(name) if name else None

    def type(self, name: str) -> Type:
        """The type of that name. Raises KeyError where this version has no such type."""
        found = self._types.get(name)
        if found is None:
            packed = self._records[name]
            required, enums, keys = set(packed.get("r", ())), packed.get("e", {}), packed.get("k", {})
            fields = {
                field: Field(name, field, ref, required=field in required, checked=field not in packed.get("u", ()),
                             enum=tuple(enums.get(field, ())), keys=tuple(keys.get(field, ())))
                for field, ref in packed["f"].items()
            }  # fmt: skip
            found = self._types[name] = Type(name, fields, open_="o" in packed, limits=limits(packed.get("c", {})))
        return found

    def __contains__(self, type_name: str) -> bool:
        return type_name in self._records or type_name in self._types

    def type_names(self) -> list[str]:
        """Every type name of this version."""
        return list(self._records.index)

    def extended(self, kinds: dict[str, str], types: dict[str, Type], docs: dict[str, dict[str, str]]) -> "Api":
        """A copy that also knows the kinds and types that CustomResourceDefinitions of a run define."""
        api = copy(self)
        api.kinds = {**self.kinds, **kinds}
        api._types = {**self._types, **types}
        api._own_docs = {**self._own_docs, **docs}
        return api

    def is_custom(self, type_name: str) -> bool:
        """Whether a type is from a CustomResourceDefinition of the run."""
        return type_name in self._own_docs

    def describe(self, type_name: str, field: str | None = None) -> str:
        """The API reference's description of a type or of one of its fields; empty where it has none."""
        if type_name in self._own_docs:
            return self._own_docs[type_name].get(field or "", "")
        if self._docs is None:
            self._docs = packed.read_json(f"docs-{self._label}.json")
        own, fields = self._docs.get(type_name, (-1, {}))
        number = own if field is None else fields.get(field, -1)
        return texts()[number] if number >= 0 else ""


@lru_cache(maxsize=1)
def texts() -> list[str]:
    """Every description of all bundled versions; ``docs-*.json`` holds numbers into it."""
    found: list[str] = packed.read_json("texts.json")
    return found


@cache
def load(release: Release = NEWEST) -> Api:
    """The API of the bundled version nearest to the release."""
    return Api(release.bundled)


@lru_cache(maxsize=1)
def removed() -> Api:
    """The few built-in kinds removed before the oldest bundled version (api/removed-types.json)."""
    return Api(None)


def releases_with(type_name: str, field: str) -> list[Release]:
    """The bundled versions in which a type has a field, oldest first. Loads them all: for findings only."""
    apis = (load(Release(1, minor)) for minor in BUNDLED)
    return [api.release for api in apis if api.release and type_name in api and field in api.type(type_name).fields]


def releases_of(api_version: str, kind: str) -> list[Release]:
    """The bundled versions that serve a kind, oldest first. Loads them all: for findings only."""
    apis = (load(Release(1, minor)) for minor in BUNDLED)
    return [api.release for api in apis if api.release and f"{api_version} {kind}" in api.kinds]
