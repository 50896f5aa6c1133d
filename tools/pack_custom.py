"""Writes api/custom/: the facts of custom kinds, group by group, from definitions in a folder; and packs them at build.

``python tools/pack_custom.py FOLDER`` renews every group that the folder has definitions of, and leaves the others. The
folder holds CustomResourceDefinitions as YAML or JSON, or JSON lists of rows (group, kind, plural, shortNames, scope,
versions, from, commit). Kinds that api/custom/README.md names as left out are left out; no words of a definition stay.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "src"))

from kexplain.api.definition import SHORT, is_definition, mapping, states_rules  # noqa: E402 - found by the line above
from kexplain.api.packed import pack_json, pack_records  # noqa: E402

Json = dict[str, Any]
TABLE = ROOT / "api" / "custom"
SAID = {"description", "title", "example", "externalDocs", "messageExpression", "message", "deprecationWarning",
        "$schema"}  # fmt: skip
"""Where a definition speaks in sentences."""
FACTS_ONLY = ("k8s.elastic.co", "fluxcd.controlplane.io", "k6.io", "volsync.backube")
"""Groups of projects whose licence is not a permissive one: of them neither expressions nor patterns are taken."""
WORDED = {"pattern", "x-kubernetes-validations"}
"""What a definition says in a language, and so in one of several ways."""
QUANTITY = "numkMGTPE"
"""What the pattern holds that Kubernetes' own tools write for every quantity."""
UNNAMED = {"steps[]", "sidecars[]"}
"""What Tekton's webhook names before the object is held against its definition, which asks for a name."""
VALUES = {"default", "enum", "rule", "required"}
"""What a definition says in values, not in schemas."""
PLAIN = {"additionalProperties": False, "x-kubernetes-list-type": "atomic", "nullable": False}
"""What says nothing that would not hold without it."""
ROW = re.compile(r"^\| `(?P<group>[^`]+)` \| (?P<kinds>[^|]+) \|")


def renew(folder: Path) -> list[str]:
    """Writes the file of each group that the folder has definitions of; gives the groups."""
    left_out = dict(left_out_kinds((TABLE / "README.md").read_text(encoding="utf-8")))
    groups: dict[str, list[Json]] = {}
    for row in rows_in(folder):
        if row["kind"] not in left_out.get(row["group"], ()):
            groups.setdefault(row["group"], []).append(row)
    for group, rows in groups.items():
        (TABLE / f"{group}.json").write_text(group_text(sorted(rows, key=lambda r: r["kind"])), encoding="utf-8")
    return sorted(groups)


def left_out_kinds(text: str) -> Iterator[tuple[str, set[str]]]:
    """The kinds that the table's README says are left out, by group."""
    for line in text.splitlines():
        if match := ROW.match(line):
            yield match["group"], set(match["kinds"].replace(",", " ").split())


def rows_in(folder: Path) -> Iterator[Json]:
    """One row for each definition in the folder."""
    for path in sorted(p for p in folder.rglob("*") if p.suffix in {".json", ".yaml", ".yml"}):
        for document in documents(path):
            if is_definition(document):
                yield row_of_crd(document, path.name)
            elif isinstance(document, dict) and {"group", "kind", "versions"} <= document.keys():
                yield row_of_schema(document)


def documents(path: Path) -> Iterator[Any]:
    """The objects in a file: of a JSON list or a List its items."""
    import yaml

    text = path.read_text(encoding="utf-8")
    try:
        found = [json.loads(text)] if path.suffix == ".json" else list(yaml.load_all(text, yaml.CSafeLoader))
    except (ValueError, yaml.YAMLError) as error:
        print(f"{path}: {error}", file=sys.stderr)
        return
    for document in found:
        items = document.get("items") if isinstance(document, dict) else document
        yield from items if isinstance(items, list) else [document]


def row_of_crd(root: Json, name: str) -> Json:
    """The row of a CustomResourceDefinition; a release is told by the folder's owner, in NOTICE."""
    spec, names = root["spec"], root["spec"]["names"]
    annotations = mapping(mapping(root.get("metadata")).get("annotations"))
    release = next((str(v) for k, v in annotations.items() if k.endswith(("bundle-version", "/version"))), "")
    return {
        "group": spec["group"], "kind": names["kind"], "plural": names.get("plural", ""),
        "short": names.get("shortNames", []), "scope": spec.get("scope", ""), "prunes": True,
        "from": f"{name} {release}".strip(),
        "versions": [
            {"name": v["name"], "schema": mapping(v.get("schema", spec.get("validation"))).get("openAPIV3Schema", {}),
             **({"deprecated": ""} if v.get("deprecated") else {})}
            for v in spec.get("versions", []) if v.get("served", True)
        ],
    }  # fmt: skip


def row_of_schema(row: Json) -> Json:
    """The row of schemas that were read before. A catalogue of JSON schemas closes the objects that it knows to be."""
    closed = '"additionalProperties": false' in json.dumps(row["versions"])
    return {
        "group": row["group"], "kind": row["kind"], "plural": row.get("plural") or "",
        "short": row.get("shortNames") or [], "scope": row.get("scope") or "", "prunes": not closed,
        "from": f"{row.get('from', '')} {row.get('commit', '')}".strip(),
        "versions": [
            {"name": v["name"], "schema": v["schema"], **({"deprecated": ""} if v.get("deprecated") else {})}
            for v in row["versions"] if v.get("served", True)
        ],
    }  # fmt: skip


class Shortener:
    """Schemas in the table's short form; each object schema is written once, under the path where it is met first."""

    def __init__(self, group: str = "") -> None:
        self._group = group
        self._facts_only = group.endswith(FACTS_ONLY)
        self.records: dict[str, Json] = {}
        self._names: dict[str, str] = {}

    def short(self, schema: Any, path: str) -> Any:
        """A schema as a word, ``$name`` of an object schema, a list around that of its items, or what is left of it."""
        if not isinstance(schema, dict):
            return schema
        kept = {key: value for key, value in schema.items() if key not in SAID}
        if self._facts_only:
            kept = {key: value for key, value in kept.items() if key not in WORDED or QUANTITY in str(value)}
        for key, value in PLAIN.items():
            if kept.get(key) == value:
                del kept[key]
        if isinstance(kept.get("properties"), dict) and kept["properties"]:
            return self.reference(kept, path)
        kept.pop("properties", None)
        for below in ("items", "additionalProperties"):
            if isinstance(kept.get(below), dict):
                kept[below] = self.short(kept[below], f"{path}[]")
        for junction in ("oneOf", "anyOf", "allOf"):
            if isinstance(kept.get(junction), list):
                kept[junction] = [plain(branch) for branch in kept[junction]]
        if isinstance(kept.get("x-kubernetes-validations"), list):
            kept["x-kubernetes-validations"] = [plain(rule) for rule in kept["x-kubernetes-validations"]]
        return worded(kept)

    def reference(self, schema: Json, path: str) -> str:
        """The name of an object schema's record."""
        required = {name for name in schema.get("required", ()) if name in schema["properties"]}
        record: Json = {}
        if self._group == "tekton.dev" and path.rpartition(".")[2] in UNNAMED:
            required -= {"name"}
        for name, sub in schema["properties"].items():
            record[f"{name}!" if name in required else name] = self.short(sub, f"{path}.{name}")
        rest = {k: plain(v) for k, v in schema.items() if k not in {"properties", "type"}}
        rest["required"] = [name for name in schema.get("required", ()) if name not in required]
        if rest := {key: value for key, value in rest.items() if value != []}:
            record[""] = rest
        text = json.dumps(record, sort_keys=True)
        name = self._names.get(text)
        if name is None:
            name, number = path, 1
            while name in self.records:
                number += 1
                name = f"{path}~{number}"
            self._names[text], self.records[name] = name, record
        return f"${name}"


def plain(value: Any) -> Any:
    """A value without the sentences in it."""
    if isinstance(value, dict):
        kept = {key: below for key, below in value.items() if key not in SAID}
        return {key: below if key in VALUES else fields(below) if key == "properties" else plain(below)
                for key, below in kept.items()}  # fmt: skip
    return [plain(item) for item in value] if isinstance(value, list) else value


def fields(properties: Json) -> Json:
    """The schemas of fields, which may have any name."""
    return {name: plain(below) for name, below in properties.items()}


def worded(schema: Json) -> Any:
    """The word for a plain schema, a list for a plain list, else the schema."""
    for word, meaning in SHORT.items():
        if schema == meaning:
            return word
    if schema.keys() == {"type", "items"} and schema["type"] == "array":
        return [schema["items"]]
    implied = {"items": "array", "additionalProperties": "object"}
    kind = next((kind for key, kind in implied.items() if key in schema and schema.get("type") == kind), None)
    return {key: value for key, value in schema.items() if key != "type" or kind is None}


def group_text(rows: list[Json]) -> str:
    """A group's file: a line for each kind, and for each object schema."""
    shortener = Shortener(rows[0]["group"])
    kinds = []
    for row in rows:
        versions = []
        newest_first = sorted(row["versions"], key=lambda v: maturity(v["name"]), reverse=True)
        for version in newest_first:
            schema = {"type": "object", **version["schema"]}
            properties = dict(mapping(schema.get("properties")))
            for name in ("apiVersion", "kind", "metadata"):
                properties.pop(name, None)
            if "status" in properties:
                properties["status"] = SHORT["open"]
            path = row["kind"] if version is newest_first[0] else f"{row['kind']}@{version['name']}"
            must = [name for name in schema.get("required", ()) if name in properties]
            schema = {**schema, "properties": properties, "required": must} if properties else SHORT["open"]
            ruled = {"ruled": True} if states_rules(schema) and not row["group"].endswith(FACTS_ONLY) else {}
            versions.append({**version, **ruled, "schema": shortener.short(schema, path)})
        kinds.append({**row, "versions": versions})
    lines = [json.dumps(kind, sort_keys=True) for kind in kinds]
    types = [f"{json.dumps(name)}: {json.dumps(record)}" for name, record in sorted(shortener.records.items())]
    return '{"kinds": [\n' + ",\n".join(lines) + '\n],\n"types": {\n' + ",\n".join(types) + "\n}}\n"


def maturity(version: str) -> tuple[bool, bool, list[int]]:
    """Sorts v2 above v1, v1 above v1beta2, v1beta1 above v1alpha1."""
    return "alpha" not in version, "beta" not in version, [int(number) for number in re.findall(r"\d+", version)]


def write(data: Path) -> None:
    """Packs the table into the folder ``data``: a file for each group, and the lists of groups and kinds.

    What only ever stands in a file of its own, as a kustomization does, is no kind that a cluster could have.
    """
    groups, kinds = [], []
    for path in sorted(TABLE.glob("*.json")):
        table = json.loads(path.read_text(encoding="utf-8"))
        (data / f"custom-{path.stem}.records").write_bytes(pack_records(table["types"], kinds=table["kinds"]))
        groups.append(path.stem)
        kinds += [[path.stem, k["kind"], k["plural"], k["scope"], k["short"], [v["name"] for v in k["versions"]]]
                  for k in table["kinds"] if "file" not in k]  # fmt: skip
    (data / "custom-groups.json").write_bytes(pack_json(groups))
    (data / "custom-kinds.json").write_bytes(pack_json(kinds))
    rows = [line.split("\t") for line in (ROOT / "api" / "references.tsv").read_text(encoding="utf-8").splitlines()[2:]]
    (data / "references.json").write_bytes(pack_json(rows))


if __name__ == "__main__":
    print("\n".join(renew(Path(sys.argv[1]))))
