"""The API types: GVK → Type, with the fields, enumerations and documentation of one Kubernetes version."""

from collections.abc import Iterable
from copy import copy
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from kexplain.api import packed
from kexplain.api.constraints import limits
from kexplain.api.release import BUNDLED, NEWEST, Release
from kexplain.api.type import SCALARS, Field, Type

if TYPE_CHECKING:
    from kexplain.api.definition import Definition

__all__ = ["SCALARS", "Api", "Field", "Type", "load", "releases_of", "releases_with", "removed"]


class Customs(Protocol):
    """The types of custom kinds, as api/custom_types.py has them."""

    def definitions(self, group: str, kind: str, near: str = "") -> "list[Definition]":
        """Every version of a kind, the nearest definition first: of the folder ``near``, of the run, of the table."""

    def meant(self, api_version: str, kind: str, near: str = "") -> "list[Definition]":
        """The definitions that an object can mean, the nearest first: those of its own API version."""

    def given(self) -> "Iterable[Definition]":
        """The definitions that the run brings."""

    def type_of(self, definition: "Definition") -> Type:
        """The type that a definition gives its objects."""

    def root(self, definition: "Definition") -> str:
        """The name under which that type can be asked for."""

    def type(self, name: str) -> Type:
        """The type of a name that a root or a field gave. Raises KeyError for any other."""

    def __contains__(self, name: str) -> bool: ...


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
        self.custom: Customs | None = None
        """The types of custom kinds, where a run has objects of such."""

    def kind(self, api_version: str, kind: str) -> Type | None:
        """The type of a built-in kind, None where this version has no such kind; custom kinds are in ``custom``."""
        name = self.kinds.get(f"{api_version} {kind}")
        return self.type(name) if name else None

    def type(self, name: str) -> Type:
        """The type of that name. Raises KeyError where this version has no such type."""
        found = self._types.get(name)
        if found is None and self.custom is not None and name in self.custom:
            found = self._types[name] = self.custom.type(name)
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

    def core(self, name: str) -> Type | None:
        """The built-in type of that name; None where this version has none."""
        return self.type(name) if name in self._records else None

    def extended(self, custom: "Customs") -> "Api":
        """A copy that also knows custom kinds."""
        api = copy(self)
        api._types = {name: found for name, found in self._types.items() if found.schema is None}
        api.custom = custom
        return api

    def describe(self, type_name: str, field: str | None = None) -> str:
        """The API reference's description of a type or of one of its fields; empty where it has none."""
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
