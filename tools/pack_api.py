"""Packs api/, the Kubernetes API types of 1.25 to 1.37 and the tables about them, into small files.

Written to the data folder (not compressed: a wheel is, and a start is faster without):

- ``types-X.Y.records``: a record per type (kexplain.data.Records), so that a run decodes only what its manifests use.
- ``docs-X.Y.json``: per type the number of its description and of each field's description in ``texts.json``.
- ``texts.json``: every distinct description of all versions, once.
- ``lifecycle.json``, ``resources.json`` and ``peer-checks.json``: the tables of those names in api/.
- ``provided.json``: the tables of PROVIDED, by name.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))

from kexplain.api.packed import pack_json, pack_records
from kexplain.api.release import BUNDLED

PROVIDED = ("controller-labels", "provided-objects", "custom-makers")
TYPES = Path(__file__).parent.parent / "api" / "types"

Json = dict[str, Any]


def write(data: Path) -> None:
    """Writes the packed API types into the folder ``data``; skips the work when they are newer than their sources."""
    root = Path(__file__).parent.parent
    folders = (root / "api", root / "api" / "constraints", TYPES)
    sources = [Path(__file__), *(path for folder in folders for path in folder.iterdir() if path.is_file())]
    stamp = data / "texts.json"
    if stamp.exists() and stamp.stat().st_mtime > max(path.stat().st_mtime for path in sources):
        return
    data.mkdir(parents=True, exist_ok=True)
    (data / "lifecycle.json").write_bytes(pack_json(lifecycle_rows(root / "api" / "lifecycle.tsv")))
    (data / "resources.json").write_bytes(pack_json(read_table(root / "api" / "resources.tsv")))
    provided = {name: read_table(root / "api" / f"{name}.tsv") for name in PROVIDED}
    (data / "provided.json").write_bytes(pack_json(provided))
    (data / "peer-checks.json").write_bytes(pack_json(read_table(root / "api" / "peer-checks.tsv")))
    enums = read_enums(root / "api" / "enums.tsv")
    rows = read_constraints(root / "api" / "constraints")
    removed = json.loads((root / "api" / "removed-types.json").read_text(encoding="utf-8"))
    texts: dict[str, int] = {}
    versions, kinds = read_types()
    for minor in BUNDLED:
        types = {**versions[minor], **removed["types"]}
        pack_version(data, minor, types, kinds[minor], enums, rows, texts)
    pack_version(data, 0, removed["types"], removed["kinds"], enums, rows, texts)
    (data / "texts.json").write_bytes(pack_json(list(texts)))


def pack_version(
    data: Path, minor: int, types: Json, kinds: dict[str, str], enums: dict[str, list[str]],
    rows: dict[str, list[list[str]]], texts: dict[str, int],
) -> None:  # fmt: skip
    """Writes types and documentation of one minor version; minor 0 holds what was removed before 1.25."""
    number = {text: texts.setdefault(text, len(texts)) for text in described(types)}
    docs = {
        name: [number[t["description"]] if "description" in t else -1,
               {f: number[s["description"]] for f, s in t.get("properties", {}).items() if "description" in s}]
        for name, t in types.items()
    }  # fmt: skip
    label = f"1.{minor}" if minor else "removed"
    packed = {name: pack_type(name, schema, enums, minor) for name, schema in types.items()}
    for name, record in packed.items():
        if limits := limits_of(name, record, rows, minor):
            record["c"] = limits
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
    """One type: f(ields), r(equired), k(eys of list items that must be unique), e(numerations).

    ``limits_of`` adds c(onstraints) and u(nchecked fields).
    """
    packed: Json = {"f": {}}
    for field, spec in schema.get("properties", {}).items():
        packed["f"][field] = spec["ref"]
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


HOLDERS = {"required", "required-text", "present", "meant", "one-present", "one-of", "some-of", "at-most-one",
           "all-or-none", "together"}  # fmt: skip
"""Kinds of constraints that are about what is not there."""


def limits_of(name: str, record: Json, rows: dict[str, list[list[str]]], minor: int) -> Json:
    """The constraints on one type: its own and those of its name in any version, by the first field of their path.

    A required field that the schema names as well is told of there when it is missing, so here only when it is empty.
    """
    group, _, short = name.rpartition(" ")
    found: Json = {}
    for key in (name, f"{group.rpartition('/')[0]} {short}", short):
        for path, written, arguments, when, rule, versions in rows.get(key, ()):
            kind = written
            first, _, rest = path.partition(".")
            if not bounded(f"x{versions}", minor) or (first and first.removesuffix("[]") not in record["f"]):
                continue
            if kind == "required" and path in record.get("r", ()) and not when:
                kind = "filled"
            if kind == "unchecked":
                record.setdefault("u", []).append(path)
                continue
            if kind == "lenient":
                record["r"] = [field for field in record.get("r", ()) if field != path]
                kind = "meant"
            field = path.removesuffix("[]")
            if kind == "values" and rule == "invalid-enum-value" and not when and field in record["f"]:
                enums = record.setdefault("e", {})
                enums[field] = narrowed(enums.get(field, []), arguments.split("|"))
                continue
            asked = "" if kind in HOLDERS and not rest else first.removesuffix("[]")
            found.setdefault(asked, []).append([path, kind, arguments, when, rule])
    return found


def narrowed(known: list[str], allowed: list[str]) -> list[str]:
    """The values of an enumeration that a constraint leaves, in the order of the enumeration."""
    return [value for value in known if value in allowed] if set(allowed) <= set(known) else allowed


def read_constraints(folder: Path) -> dict[str, list[list[str]]]:
    """The tables of constraints: rows by the type that their position begins with, as it is written there."""
    found: dict[str, list[list[str]]] = {}
    for table in sorted(folder.glob("*.tsv")):
        for position, kind, arguments, when, rule, versions, _ in read_table(table):
            group, _, rest = position.rpartition(" ")
            name, _, path = rest.partition(".")
            for one in name.split(","):
                found.setdefault(f"{group} {one}".strip(), []).append([path, kind, arguments, when, rule, versions])
    return found


def bounded(value: str, minor: int) -> str:
    """The enumerated value when it exists in the minor version, else an empty string."""
    match = re.fullmatch(r"(.*?)(?:>=1\.(\d+))?(?:<=1\.(\d+))?", value)
    text, low, high = match.groups() if match else (value, None, None)
    return text if int(low or 0) <= minor <= int(high or 10_000) else ""


def read_types() -> tuple[dict[int, Json], dict[int, dict[str, str]]]:
    """The tables of types by minor version: every type under its name, and ``apps/v1 Deployment`` → type name."""
    types: dict[int, Json] = {minor: {} for minor in BUNDLED}
    kinds: dict[int, dict[str, str]] = {minor: {} for minor in BUNDLED}
    for table in sorted(TYPES.glob("*.tsv")):
        for name, field, holds, place, keys, versions, words in read_table(table):
            said = {"description": json.loads(f'"{words}"')} if words else {}
            for minor in within(versions):
                if not field:
                    types[minor][name] = {**said, "properties": {}, "required": []}
                    if holds == "kind":
                        kinds[minor][name.removeprefix("core/").replace("meta/v1 Status", "v1 Status")] = name
                    continue
                owner = types[minor][name]
                listed = {"x-kubernetes-list-map-keys": keys.split(",")} if keys else {}
                owner["properties"][field] = {"ref": holds, **listed, **said}
                if place:
                    owner["required"] = sorted([*owner["required"], (int(place), field)])
    for by_name in types.values():
        for schema in by_name.values():
            schema["required"] = [field for _, field in schema["required"]]
    return types, kinds


def within(versions: str) -> list[int]:
    """The minor versions that bounds such as ``>=1.28<=1.30`` leave."""
    return [minor for minor in BUNDLED if bounded(f"x{versions}", minor)]


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
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[2:] if line and line[0] != "#"]


if __name__ == "__main__":
    write(Path(sys.argv[1]))
