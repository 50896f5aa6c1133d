"""Objects of a kind made from its type: the smallest that is valid, or a good one, as api/samples.tsv fills them in."""

import re
from typing import Any

from kexplain.api.schema import Api, Field, Type
from kexplain.catalogue.field_index import index
from kexplain.engine.asked import Asked
from kexplain.engine.explained_field import definition_called, types_called
from kexplain.engine.explanation import UnknownNameError
from kexplain.engine.field_facts import type_below

DEEPEST = 12
SCALARS: dict[str, Any] = {"string": "example", "bytes": "ZXhhbXBsZQ==", "time": "2026-01-01T00:00:00Z", "int32": 1,
                           "int64": 1, "number": 1, "boolean": True, "quantity": "1", "int-or-string": 1,
                           "any": {}, "object": {}}  # fmt: skip
PATTERNS = ("example", "a", "A", "1", "10s", "1h", "1.0.0", "v1", "https://example.com", "example.com", "/example",
            "100m", "0 0 * * *", "a/b", "oci://example.com/a", "a:b", "arn:aws:iam::123456789012:role/a",
            "00000000-0000-0000-0000-000000000000", "10.0.0.0/24", "10.0.0.1", "0x1", "ssh://git@example.com/a",
            "sha256:" + 64 * "a", "example-1", "ami-0123456789abcdef0", "e@example.com", "EXAMPLE")  # fmt: skip
"""What is tried where a definition asks for a pattern."""
FORMATS = {"date-time": "2026-01-01T00:00:00Z", "duration": "10s", "uri": "https://example.com", "ipv4": "10.0.0.1",
           "cidr": "10.0.0.0/24", "uuid": "00000000-0000-0000-0000-000000000000", "date": "2026-01-01",
           "email": "e@example.com", "hostname": "example.com", "byte": "ZXhhbXBsZQ==", "ip": "10.0.0.1"}  # fmt: skip


def sample_of(name: str, asked: Asked, *, good: bool) -> dict[str, Any]:
    """An object of a kind: the smallest valid one, or a ``good`` one. Raises UnknownNameError for what is no kind."""
    types = types_called(name, asked.api, asked.api_version)
    version = version_of(name, types[0], asked) if types else ""
    if not version:
        reason = f"Kubernetes {asked.release} has no kind {name!r}, nor is it a custom kind that is known"
        raise UnknownNameError(name, [], reason)
    type_ = types[0]
    made = filled(type_, asked.api, good=good, above=())
    metadata = made.pop("metadata", None) or {"name": "example"}
    rest = {field: value for field, value in made.items() if field not in {"apiVersion", "kind", "status"}}
    return {"apiVersion": version, "kind": type_.short.rpartition(".")[2], "metadata": metadata, **rest}


def version_of(name: str, type_: Type, asked: Asked) -> str:
    """The API version of a type that is a kind; empty where it is none."""
    builtin = next((key.partition(" ")[0] for key, known in asked.api.kinds.items() if known == type_.name), "")
    custom = definition_called(name, asked.api, asked.api_version)
    return builtin or (custom.api_version if custom else "")


def filled(type_: Type, api: Api, *, good: bool, above: tuple[str, ...]) -> dict[str, Any]:
    """The fields of a type that the sample has."""
    known, made = index()["samples"], {}
    for field in sorted(type_.fields.values(), key=lambda field: field.name != "name"):
        needed = field.required or (not above and field.name == "spec" and needs(field, api))
        in_skeleton, value = known.get(f"{type_.name}.{field.name}", (needed, None))
        if not (in_skeleton or (good and f"{type_.name}.{field.name}" in known) or needed):
            continue
        below = (*above, type_.name)
        made[field.name] = (
            value if field.scalar and value is not None
            else laid_over(value_of(field, field.ref, api, good, below), value)
        )  # fmt: skip
    least = type_.schema.get("minProperties", 0) if type_.schema else 0
    for field in type_.fields.values():
        if field.name not in made and isinstance(least, int) and len(made) < least:
            made[field.name] = value_of(field, field.ref, api, good, (*above, type_.name))
    return made


def needs(field: Field, api: Api) -> bool:
    """Whether an object below has fields that it cannot do without."""
    below = type_below(field.ref, api)
    return below is not None and bool(below.required)


def laid_over(base: Any, value: Any) -> Any:
    """A value laid over what the type needs: mappings and lists of mappings part by part, null taking away."""
    if value is None:
        return base
    if isinstance(base, dict) and isinstance(value, dict):
        if "example" in base and "example" not in value:  # the made-up entry of a map
            return value
        merged = {key: laid_over(base.get(key), below) for key, below in value.items() if below is not None}
        return {key: below for key, below in (base | merged).items() if value.get(key, below) is not None}
    if isinstance(base, list) and isinstance(value, list) and len(base) == len(value):
        return [laid_over(*pair) for pair in zip(base, value, strict=True)]
    return value


def value_of(field: Field, ref: str, api: Api, good: bool, above: tuple[str, ...]) -> Any:
    """A value of a type: one item in a list, one entry in a map, and what an object needs."""
    if ref[:2] == "[]":
        return [value_of(field, ref[2:], api, good, above)]
    if ref[:2] == "{}":
        return {"example": value_of(field, ref[2:], api, good, above)}
    name = ref.removeprefix("?")
    if " " in name:
        return filled(api.type(name), api, good=good, above=above) if len(above) < DEEPEST else {}
    if field.enum:
        return next(filter(None, field.enum), "")
    return of_schema(field.schema, name) if field.schema else SCALARS[name]


def of_schema(schema: dict[str, Any], ref: str) -> Any:
    """A scalar that a definition's schema takes."""
    while isinstance(schema.get("items"), dict):
        schema = schema["items"]
    if isinstance(schema.get("enum"), list) and schema["enum"]:
        return schema["enum"][0]
    if ref in {"int32", "int64", "number", "int-or-string"}:
        low, high = schema.get("minimum", 1), schema.get("maximum", 1)
        return low if isinstance(low, int | float) and low > 1 else min(1, high) if isinstance(high, int | float) else 1
    if ref != "string":
        return SCALARS[ref]
    fitting = [FORMATS[schema["format"]]] if schema.get("format") in FORMATS else PATTERNS
    return next((text for text in fitting if fits(text, schema)), "example")


def fits(text: str, schema: dict[str, Any]) -> bool:
    """Whether a definition's pattern and lengths take a text."""
    pattern, low, high = schema.get("pattern", ""), schema.get("minLength", 0), schema.get("maxLength", len(text))
    try:
        matches = not isinstance(pattern, str) or re.search(pattern, text) is not None
    except re.error:
        matches = True
    return matches and isinstance(low, int) and isinstance(high, int) and low <= len(text) <= high
