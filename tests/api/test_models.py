"""The bundled types of the newest Kubernetes against a second generator's: the models of the ``kubernetes`` client.

The client names its models by version and kind (``core/v1 Container`` is ``V1Container``); where groups share both, the
group comes first (``CoreV1Event``). It has no model for a type without fields, and knows fewer shapes than kexplain.
"""

from collections import Counter
from collections.abc import Iterator
from importlib import import_module, metadata
from types import ModuleType
from typing import Any

import pytest

from kexplain.api import schema
from kexplain.api.release import NEWEST

SERVED_BY_DISCOVERY = "an answer of the API server's discovery, in no published definition and in no manifest"
NOT_OURS = {
    "V1GroupVersionKind": SERVED_BY_DISCOVERY,
    "V2APIGroupDiscovery": SERVED_BY_DISCOVERY,
    "V2APIGroupDiscoveryList": SERVED_BY_DISCOVERY,
    "V2APIResourceDiscovery": SERVED_BY_DISCOVERY,
    "V2APISubresourceDiscovery": SERVED_BY_DISCOVERY,
    "V2APIVersionDiscovery": SERVED_BY_DISCOVERY,
    "V2beta1APIGroupDiscovery": SERVED_BY_DISCOVERY,
    "V2beta1APIGroupDiscoveryList": SERVED_BY_DISCOVERY,
    "V2beta1APIResourceDiscovery": SERVED_BY_DISCOVERY,
    "V2beta1APISubresourceDiscovery": SERVED_BY_DISCOVERY,
    "V2beta1APIVersionDiscovery": SERVED_BY_DISCOVERY,
}
"""Every difference there is, and why: models of the client that kexplain has no type for. All else agrees."""

PYTHON = {
    "string": "str", "bytes": "bytes", "time": "datetime", "boolean": "bool", "int32": "int", "int64": "int", "number": "float",
    "quantity": "str",  # the client takes quantities as they are written
    "int-or-string": "object", "any": "object", "object": "object",  # and has no unions
}  # fmt: skip

API = schema.load()


@pytest.fixture(scope="module")
def models() -> ModuleType:
    try:
        version = metadata.version("kubernetes")
    except metadata.PackageNotFoundError:
        pytest.skip("the kubernetes package is not installed (pip install -e '.[dev]')")
    if version.split(".")[0] != str(NEWEST.minor):
        pytest.skip(f"the kubernetes package {version} is not that of Kubernetes {NEWEST}")
    return import_module("kubernetes.client.models")


@pytest.fixture(scope="module")
def pairs(models: ModuleType) -> list[tuple[schema.Type, Any]]:
    """Every type with its model."""
    return [(API.type(name), getattr(models, model)) for name, model in MODELS.items() if model in models.__all__]


def model_names() -> dict[str, str]:
    """The model of every type of the newest version; those of kinds removed long ago are in each version, and left out."""
    split = {name: (*name.partition(" ")[0].rpartition("/")[::2], name.partition(" ")[2]) for name in API.type_names()}
    current = {name: parts for name, parts in split.items() if name not in schema.removed()}
    shared = Counter(parts[1:] for parts in current.values())
    return {
        name: (first_word(group) if shared[version, short] > 1 else "") + f"{version[0].upper()}{version[1:]}{short}"
        for name, (group, version, short) in current.items()
    }


def first_word(group: str) -> str:
    """``rbac.authorization.k8s.io`` → ``Rbac``."""
    return group.partition(".")[0].capitalize()


MODELS = model_names()


def has_no_model(type_name: str) -> bool:
    return not API.type(type_name).fields


def python_type(ref: str) -> str:
    """A type reference as the client's generator writes it."""
    if ref[0] == "?":
        return "object"  # a schema or a boolean, a schema or a list of them
    if ref[:2] == "[]":
        return f"List[{python_type(ref[2:])}]"
    if ref[:2] == "{}":
        return f"Dict[str, {python_type(ref[2:])}]"
    return PYTHON[ref] if ref in PYTHON else "object" if has_no_model(ref) else MODELS[ref]


def fields_of(model: Any) -> Iterator[tuple[str, str, Any]]:
    """Name in JSON, type in words, and pydantic's account of every field of a model."""
    known = {info.serialization_alias or info.alias or name: info for name, info in model.model_fields.items()}
    for attribute, name in model.attribute_map.items():
        yield name, model.openapi_types[attribute], known[name]


def squeeze(text: str | None) -> str:
    return " ".join((text or "").split())


def test_names_of_models() -> None:
    assert MODELS["core/v1 Container"] == "V1Container"
    assert MODELS["meta/v1 ObjectMeta"] == "V1ObjectMeta"
    assert MODELS["events.k8s.io/v1 Event"] == "EventsV1Event"
    assert MODELS["pkg/version Info"] == "VersionInfo"
    assert len(set(MODELS.values())) == len(MODELS)


def test_the_same_types_exist(models: ModuleType) -> None:
    ours = {model for name, model in MODELS.items() if not has_no_model(name)}
    assert ours - set(models.__all__) == set()
    assert set(models.__all__) - ours == NOT_OURS.keys()


def test_types_without_fields_take_any(models: ModuleType) -> None:
    without = {name for name, model in MODELS.items() if model not in models.__all__}
    assert without == {name for name in MODELS if API.type(name).open}
    assert "apiextensions.k8s.io/v1 CustomResourceSubresourceStatus" in without


def test_the_same_fields_of_the_same_shape(pairs: list[tuple[schema.Type, Any]]) -> None:
    assert len(pairs) > 800
    ours = {field.position: python_type(field.ref) for type_, _ in pairs for field in type_.fields.values()}
    theirs = {f"{type_.name}.{name}": words for type_, model in pairs for name, words, _ in fields_of(model)}
    assert ours.keys() - theirs.keys() == set()
    assert theirs.keys() - ours.keys() == set()
    assert {at: (ours[at], theirs[at]) for at in ours if ours[at] != theirs[at]} == {}
    assert len(ours) > 3000


def test_the_same_fields_are_required(pairs: list[tuple[schema.Type, Any]]) -> None:
    ours = {field.position for type_, _ in pairs for field in type_.fields.values() if field.required}
    theirs = {
        f"{type_.name}.{name}" for type_, model in pairs for name, _, info in fields_of(model) if info.is_required()
    }
    assert ours - theirs == set()
    counted = {
        f"{type_.name}.{row.path[0]}" for type_, _ in pairs for row in type_.limits.get("", ()) if row.kind == "meant" and not row.when
    }
    assert theirs - ours == counted  # the API server takes the zero value; a rule of its own tells of it
    assert "core/v1 Container.name" in ours


def test_the_same_types_are_kinds_of_objects(pairs: list[tuple[schema.Type, Any]]) -> None:
    """What has ``apiVersion``, ``kind`` and ``metadata`` can stand in a file of its own."""
    root = {"apiVersion", "kind", "metadata"}
    theirs = {type_.name for type_, model in pairs if root <= set(model.attribute_map.values())}
    assert theirs == set(API.kinds.values())
    assert {kind for kind, name in API.kinds.items() if name.removeprefix("core/") != kind} == {"v1 Status"}


def test_fields_have_the_same_descriptions(pairs: list[tuple[schema.Type, Any]]) -> None:
    """The client has none where a field refers to a type, and a union's own at four of CustomResourceDefinitions."""
    described = [
        (f"{type_.name}.{name}", squeeze(info.description), squeeze(API.describe(type_.name, name)))
        for type_, model in pairs
        for name, _, info in fields_of(model)
        if info.description and not info.description.startswith(("JSONSchemaPropsOr", "JSON represents"))
    ]
    assert [row for row in described if row[1] != row[2]] == []
    assert len(described) > 2000


def test_types_have_the_same_descriptions(pairs: list[tuple[schema.Type, Any]]) -> None:
    """A model without one of its own carries its name."""
    theirs = {type_.name: squeeze(model.__doc__.partition("Attributes:\n")[0]) for type_, model in pairs}
    ours = {type_.name: squeeze(API.describe(type_.name)) or model.__name__ for type_, model in pairs}
    assert {name: (ours[name], theirs[name]) for name in ours if ours[name] != theirs[name]} == {}
