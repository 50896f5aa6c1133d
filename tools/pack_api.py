"""Packs the Kubernetes API types of 1.25 to 1.37, from the kubernetes-validate package, into small files.

Written to the data folder (not compressed: a wheel is, and a start is faster without):

- ``types-X.Y.records``: a record per type (kexplain.data.Records), so that a run decodes only what its manifests use.
- ``docs-X.Y.json``: per type the number of its description and of each field's description in ``texts.json``.
- ``texts.json``: every distinct description of all versions, once.
- ``lifecycle.json`` and ``resources.json``: the tables api/lifecycle.tsv and api/resources.tsv.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

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
sys.path.insert(0, str(Path(__file__).parent.parent / "src"))

from kexplain.api.packed import pack_json, pack_records  # noqa: E402 - found by the line above

OR_SCHEMA = "?apiextensions.k8s.io/v1 JSONSchemaProps"

Json = dict[str, Any]


def write(data: Path) -> None:
    """Writes the packed API types into the folder ``data``; skips the work when they are newer than their sources."""
    import kubernetes_validate

    schemas = Path(kubernetes_validate.__file__).parent / "kubernetes-json-schema"
    root = Path(__file__).parent.parent
    sources = [Path(__file__), schemas, *(p for p in (root / "api").iterdir() if p.is_file())]
    stamp = data / "texts.json"
    if stamp.exists() and stamp.stat().st_mtime > max(path.stat().st_mtime for path in sources):
        return
    data.mkdir(parents=True, exist_ok=True)
    (data / "lifecycle.json").write_bytes(pack_json(lifecycle_rows(root / "api" / "lifecycle.tsv")))
    (data / "resources.json").write_bytes(pack_json(read_table(root / "api" / "resources.tsv")))
    enums = read_enums(root / "api" / "enums.tsv")
    removed = json.loads((root / "api" / "removed-types.json").read_text(encoding="utf-8"))
    texts: dict[str, int] = {}
    for folder in schemas.glob("v1.*-local"):
        minor = int(folder.name.split(".")[1])
        definitions = json.loads((folder / "_definitions.json").read_text(encoding="utf-8"))["$defs"]
        pack_version(data, minor, {**named_types(definitions), **removed["types"]}, kinds_of(definitions), enums, texts)
    pack_version(data, 0, removed["types"], removed["kinds"], enums, texts)
    (data / "texts.json").write_bytes(pack_json(list(texts)))


def pack_version(
    data: Path, minor: int, types: Json, kinds: dict[str, str], enums: dict[str, list[str]], texts: dict[str, int]
) -> None:
    """Writes types and documentation of one minor version; minor 0 holds what was removed before 1.25."""
    number = {text: texts.setdefault(text, len(texts)) for text in described(types)}
    docs = {
        name: [number[t["description"]] if "description" in t else -1,
               {f: number[s["description"]] for f, s in t.get("properties", {}).items() if "description" in s}]
        for name, t in types.items()
    }  # fmt: skip
    label = f"1.{minor}" if minor else "removed"
    packed = {name: pack_type(name, schema, enums, minor) for name, schema in types.items()}
    (data / f"types-{label}.records").write_bytes(pack_records(packed, kinds=kinds))
    (data / f"docs-{label}.json").write_bytes(pack_json(docs))


def described(types: Json) -> list[str]:
    """Every description in a version's types, in order of appearance."""
    found = []
    for schema in types.values():
        found += [schema["description"]] if "description" in schema else []
        found += [s["description"] for s in schema.get("properties", {}).values() if "description" in s]
    return found


def pack_type(name: str, schema: Json, enums: dict[str, list[str]], minor: int) -> Json:
    """One type: f(ields), r(equired), k(eys of list items that must be unique), e(numerations)."""
    packed: Json = {"f": {}}
    for field, spec in schema.get("properties", {}).items():
        packed["f"][field] = spec["ref"] if "ref" in spec else reference(spec)
        if "x-kubernetes-list-map-keys" in spec:
            packed.setdefault("k", {})[field] = spec["x-kubernetes-list-map-keys"]
        values = [v for v in (bounded(v, minor) for v in enums.get(f"{name}.{field}", ())) if v]
        if values:
            packed.setdefault("e", {})[field] = values
    if schema.get("required"):
        packed["r"] = schema["required"]
    if not schema.get("properties"):
        packed["o"] = 1  # open: an object whose keys the API does not name
    return packed


def bounded(value: str, minor: int) -> str:
    """The enumerated value when it exists in the minor version, else an empty string."""
    match = re.fullmatch(r"(.*?)(?:>=1\.(\d+))?(?:<=1\.(\d+))?", value)
    text, low, high = match.groups() if match else (value, None, None)
    return text if int(low or 0) <= minor <= int(high or 10_000) else ""


def reference(spec: Json) -> str:
    """The type of a field: a scalar name, a type name, ``[]T``, ``{}T``, or ``?T`` (T where it is a mapping)."""
    if "$ref" in spec:
        definition = spec["$ref"].removeprefix("#/$defs/")
        short = definition.rsplit(".", 1)[1]
        if short in ANY and "apiextensions" in definition:
            return OR_SCHEMA if short in {"JSONSchemaPropsOrArray", "JSONSchemaPropsOrBool"} else "any"
        return SPECIAL.get(short) or type_name(definition)
    kind = spec.get("type", "any")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "array":
        return "[]" + reference(spec["items"])
    if kind == "object" and "additionalProperties" in spec:
        return "{}" + reference(spec["additionalProperties"])
    return SCALARS.get((kind, spec.get("format", "")), "any")


def type_name(definition: str) -> str:
    """``io.k8s.api.rbac.v1.Subject`` as ``rbac.authorization.k8s.io/v1 Subject``; meta types are ``meta/v1``."""
    package, version, short = definition.split(".")[-3:]
    return f"{GROUPS.get(package, package)}/{version} {short}"


GROUPS: dict[str, str] = {}


def named_types(definitions: Json) -> Json:
    """All structured types of one version under their names; fills GROUPS with the API group of every package."""
    for definition, schema in definitions.items():
        for gvk in schema.get("x-kubernetes-group-version-kind", []):
            if gvk["group"] and ".apis.meta." not in definition:
                GROUPS.setdefault(definition.split(".")[-3], gvk["group"])
    return {
        type_name(name): schema
        for name, schema in definitions.items()
        if name.rsplit(".", 1)[1] not in SPECIAL.keys() | ANY and name.startswith("io.k8s.")
    }


def kinds_of(definitions: Json) -> dict[str, str]:
    """``apps/v1 Deployment`` → type name, for every kind that can be the root of a manifest."""
    kinds = {}
    for definition, schema in definitions.items():
        gvks = schema.get("x-kubernetes-group-version-kind", [])
        if len(gvks) == 1 and "metadata" in schema.get("properties", {}):
            gvk = gvks[0]
            kinds[f"{gvk['group']}/{gvk['version']}".strip("/") + f" {gvk['kind']}"] = type_name(definition)
    return kinds


def read_enums(path: Path) -> dict[str, list[str]]:
    """The table of enumerations: position → values, each perhaps with version bounds."""
    return {position: values.split(", ") for position, values in read_table(path)}


def lifecycle_rows(path: Path) -> dict[str, list[str]]:
    """``apps/v1beta1 Deployment`` → deprecated in, removed in, replacement, note."""
    return {
        f"{version} {kind}": [deprecated, removed, replacement, note]
        for version, kind, deprecated, removed, replacement, _, note in read_table(path)
    }


def read_table(path: Path) -> list[list[str]]:
    """The rows of a tab-separated table; a comment line and the header come first."""
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[2:]]


if __name__ == "__main__":
    write(Path(sys.argv[1]))
