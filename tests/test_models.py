"""The newest bundled API against another reading of it: the models of the ``kubernetes`` package, field by field."""

import re

import pytest

from kexplain import schema
from kexplain.release import NEWEST

models = pytest.importorskip("kubernetes.client.models", reason="the kubernetes package is not installed")

API = schema.load(NEWEST)
REMOVED = set(schema.removed().type_names())

SAME = {
    "string": "str", "bytes": "bytes", "time": "datetime", "int32": "int", "int64": "int", "number": "float", "boolean": "bool",
    "quantity": "str", "int-or-string": "object", "object": "object", "any": "object",
}  # fmt: skip
"""Scalars: ours → theirs."""
WITHOUT_MODEL = {
    # types without a field of their own have no class there, ``object`` stands for them
    name
    for name in API.type_names()
    if not API.type(name).fields
}
ONLY_THERE = {
    "V1GroupVersionKind": "part of a discovery answer; no manifest holds one",
    "V2APIGroupDiscovery": "discovery", "V2APIResourceDiscovery": "discovery", "V2APISubresourceDiscovery": "discovery",
    "V2APIVersionDiscovery": "discovery", "V2beta1APIGroupDiscovery": "discovery", "V2beta1APIResourceDiscovery": "discovery",
    "V2beta1APISubresourceDiscovery": "discovery", "V2beta1APIVersionDiscovery": "discovery",
    "V2APIGroupDiscoveryList": "discovery", "V2beta1APIGroupDiscoveryList": "discovery",
}  # fmt: skip
FIELDS_THAT_DIFFER: dict[str, set[str]] = {}
"""Type → fields that only one of the two has: none."""
REQUIRED_THAT_DIFFERS: dict[str, set[str]] = {}
"""Type → fields that only one of the two requires: none."""
KINDS_THAT_DIFFER = {
    # a mapping or something else: they have no word for it
    "apiextensions.k8s.io/v1 JSONSchemaProps.additionalItems": "object",
    "apiextensions.k8s.io/v1 JSONSchemaProps.additionalProperties": "object",
    "apiextensions.k8s.io/v1 JSONSchemaProps.items": "object",
}


def model_of(name: str) -> type | None:
    """Their class of a type: ``V1Container``, with the group before it where several groups have one."""
    group, _, rest = name.partition("/")
    version, _, short = rest.partition(" ")
    tail = version.capitalize() + short
    return getattr(models, group.partition(".")[0].capitalize() + tail, None) or getattr(models, tail, None)


def fields_of(model: type) -> dict[str, tuple[str, bool]]:
    """Their fields by the name in a manifest: type, and whether required."""
    required = {f.serialization_alias or f.alias or name: f.is_required() for name, f in model.model_fields.items()}
    return {
        model.attribute_map[name]: (type_, required[model.attribute_map[name]])
        for name, type_ in model.openapi_types.items()
    }


def words(ref: str) -> str:
    """Our type reference in their words."""
    if ref[:2] == "[]":
        return f"List[{words(ref[2:])}]"
    if ref[:2] == "{}":
        return f"Dict[str, {words(ref[2:])}]"
    if ref in SAME:
        return SAME[ref]
    model = model_of(ref)
    return model.__name__ if model and ref not in WITHOUT_MODEL else "object"


NAMES = [name for name in API.type_names() if name not in REMOVED and name not in WITHOUT_MODEL]


def test_every_type_has_a_model() -> None:
    assert len(NAMES) > 700
    assert [name for name in NAMES if model_of(name) is None] == []
    assert len({model_of(name) for name in NAMES}) == len(NAMES)
    assert len(WITHOUT_MODEL) < 25


def test_every_model_has_a_type() -> None:
    ours = {model_of(name) for name in API.type_names()}
    theirs = {
        name: model
        for name in dir(models)
        if isinstance(model := getattr(models, name), type) and hasattr(model, "openapi_types")
    }
    assert {name for name, model in theirs.items() if model not in ours} == ONLY_THERE.keys()


@pytest.mark.parametrize("name", NAMES)
def test_fields_agree(name: str) -> None:
    type_, theirs = API.type(name), fields_of(model_of(name))
    assert set(type_.fields) ^ set(theirs) == FIELDS_THAT_DIFFER.get(name, set())
    both = set(type_.fields) & set(theirs)
    required = {field for field in both if type_.fields[field].required != theirs[field][1]}
    assert required == REQUIRED_THAT_DIFFERS.get(name, set())
    kinds = {field: (words(type_.fields[field].ref.removeprefix("?")), theirs[field][0]) for field in both}
    differ = {f"{name}.{field}": theirs_ for field, (ours, theirs_) in kinds.items() if ours != theirs_}
    assert differ == {position: kind for position, kind in KINDS_THAT_DIFFER.items() if position.startswith(f"{name}.")}


def test_type_references_lead_somewhere() -> None:
    inner = {
        re.sub(r"^(?:\[\]|\{\}|\?)+", "", field.ref)
        for name in API.type_names()
        for field in API.type(name).fields.values()
    }
    assert {
        ref for ref in inner if ref not in schema.SCALARS and ref not in {"any", "object"} and ref not in API
    } == set()
