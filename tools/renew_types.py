"""Writes api/types/: the built-in types of every Kubernetes version, one table per API group.

``python tools/renew_types.py`` reads the package kubernetes-validate (extra ``dev``), which carries published schemas.
A new version of Kubernetes is: a newer release of it, ``BUNDLED`` in api/release.py, one run, and a reading of the
difference.
"""

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from kexplain.api.release import BUNDLED
from pack_api import TYPES

SCALARS = {
    ("string", ""): "string",
    ("string", "byte"): "bytes",
    ("string", "date-time"): "time",
    ("integer", "int32"): "int32",
    ("integer", "int64"): "int64",
    ("integer", ""): "int64",
    ("number", "double"): "number",
    ("number", ""): "number",
    ("boolean", ""): "boolean",
    ("object", ""): "object",
}
SPECIAL = {"Quantity": "quantity", "IntOrString": "int-or-string", "Time": "time", "MicroTime": "time",
           "FieldsV1": "object", "RawExtension": "object", "Patch": "object"}  # fmt: skip
ANY = {"JSON", "JSONSchemaPropsOrArray", "JSONSchemaPropsOrBool", "JSONSchemaPropsOrStringArray"}
OR_SCHEMA = "?apiextensions.k8s.io/v1 JSONSchemaProps"
HEADER = "type\tfield\tholds\trequired\tkeys\tversions\twords\n"

Json = dict[str, Any]
Row = tuple[str, str, str, str]  # holds, required, keys, words


def tables() -> dict[str, str]:
    """The text of the table of every API group. Raises SystemExit where the package has other versions."""
    groups: dict[str, list[str]] = {}
    for (name, field), by_minor in rows_of(read_definitions()).items():
        for (holds, required, keys, words), low, high in spans(by_minor):
            versions = f">=1.{low}" * (low > BUNDLED[0]) + f"<=1.{high}" * (high < BUNDLED[-1])
            line = "\t".join((name, field, holds, required, keys, versions, words))
            groups.setdefault(name.split("/")[0], []).append(f"{line}\n")
    known = f"in Kubernetes 1.{BUNDLED[0]} to 1.{BUNDLED[-1]}, as its OpenAPI description states them"
    return {group: f"# Types of {group} {known}.\n{HEADER}{''.join(lines)}" for group, lines in groups.items()}


def read_definitions() -> dict[int, Json]:
    """The definitions of each minor version, as the package carries them."""
    import kubernetes_validate

    folder = Path(kubernetes_validate.__file__).parent / "kubernetes-json-schema"
    found = sorted(int(path.name.split(".")[1]) for path in folder.glob("v1.*-local"))
    if found != list(BUNDLED):
        raise SystemExit(f"kubernetes-validate has 1.{found[0]} to 1.{found[-1]}, BUNDLED of api/release.py others")
    return {
        minor: json.loads((folder / f"v1.{minor}.0-local" / "_definitions.json").read_text(encoding="utf-8"))["$defs"]
        for minor in BUNDLED
    }


def rows_of(versions: dict[int, Json]) -> dict[tuple[str, str], dict[int, Row]]:
    """By type and field (empty: the type itself), what each minor version says of it; in order of type and field."""
    groups = {package: group for definitions in versions.values() for package, group in groups_of(definitions)}
    found: dict[tuple[str, str], dict[int, Row]] = {}
    for minor, definitions in versions.items():
        for definition, schema in definitions.items():
            short = definition.rsplit(".", 1)[1]
            if short in SPECIAL or short in ANY or not definition.startswith("io.k8s."):
                continue
            name = type_name(definition, groups)
            holds = "kind" if is_kind(schema) else ""
            found.setdefault((name, ""), {})[minor] = (holds, "", "", words_of(schema))
            required = schema.get("required", [])
            for field, spec in schema.get("properties", {}).items():
                place = str(required.index(field) + 1) if field in required else ""
                keys = ",".join(spec.get("x-kubernetes-list-map-keys", ()))
                found.setdefault((name, field), {})[minor] = (reference(spec, groups), place, keys, words_of(spec))
    return dict(sorted(found.items()))


def groups_of(definitions: Json) -> Iterator[tuple[str, str]]:
    """The package of each definition of a kind, and the API group it belongs to."""
    for definition, schema in definitions.items():
        for gvk in schema.get("x-kubernetes-group-version-kind", []):
            if gvk["group"] and ".apis.meta." not in definition:
                yield definition.split(".")[-3], gvk["group"]


def is_kind(schema: Json) -> bool:
    """Whether the type can be the root of a manifest."""
    return len(schema.get("x-kubernetes-group-version-kind", [])) == 1 and "metadata" in schema.get("properties", {})


def words_of(schema: Json) -> str:
    """The description as one line, as JSON writes it; "" where there is none."""
    return json.dumps(schema["description"], ensure_ascii=False)[1:-1] if "description" in schema else ""


def spans(by_minor: dict[int, Row]) -> Iterator[tuple[Row, int, int]]:
    """The runs of minor versions, without a gap, that say the same: what, from, to."""
    for _, run in groupby(enumerate(by_minor.items()), key=lambda item: (item[1][0] - item[0], item[1][1])):
        members = [minor for _, (minor, _) in run]
        yield by_minor[members[0]], members[0], members[-1]


def reference(spec: Json, groups: dict[str, str]) -> str:
    """The type of a field: a scalar name, a type name, ``[]T``, ``{}T``, or ``?T`` (T where it is a mapping)."""
    if "$ref" in spec:
        definition = spec["$ref"].removeprefix("#/$defs/")
        short = definition.rsplit(".", 1)[1]
        if short in ANY and "apiextensions" in definition:
            return OR_SCHEMA if short in {"JSONSchemaPropsOrArray", "JSONSchemaPropsOrBool"} else "any"
        return SPECIAL.get(short) or type_name(definition, groups)
    kind = spec.get("type", "any")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "array":
        return "[]" + reference(spec["items"], groups)
    if kind == "object" and "additionalProperties" in spec:
        return "{}" + reference(spec["additionalProperties"], groups)
    return SCALARS.get((kind, spec.get("format", "")), "any")


def type_name(definition: str, groups: dict[str, str]) -> str:
    """``io.k8s.api.rbac.v1.Subject`` as ``rbac.authorization.k8s.io/v1 Subject``; meta types are ``meta/v1``."""
    package, version, short = definition.split(".")[-3:]
    return f"{groups.get(package, package)}/{version} {short}"


def write() -> None:
    """Writes the tables, and removes those of groups that are no more."""
    TYPES.mkdir(exist_ok=True)
    for old in TYPES.glob("*.tsv"):
        old.unlink()
    for group, text in tables().items():
        (TYPES / f"{group}.tsv").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
