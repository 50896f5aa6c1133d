"""Definitions of custom kinds: what a CustomResourceDefinition, a JSON schema or the table says of one kind."""

from collections.abc import Iterator
from typing import Any, NamedTuple

Json = dict[str, Any]

OPEN, RULES = "x-kubernetes-preserve-unknown-fields", "x-kubernetes-validations"
SHORT: dict[str, Json] = {
    "any": {},
    "string": {"type": "string"},
    "boolean": {"type": "boolean"},
    "integer": {"type": "integer"},
    "int32": {"type": "integer", "format": "int32"},
    "int64": {"type": "integer", "format": "int64"},
    "number": {"type": "number"},
    "object": {"type": "object"},
    "open": {"type": "object", OPEN: True},
    "unknown": {OPEN: True},
    "int-or-string": {"x-kubernetes-int-or-string": True, "anyOf": [{"type": "integer"}, {"type": "string"}]},
}
"""The schemas that the table writes as one word."""

KINDS: dict[str, type | tuple[type, ...]] = {
    "type": str, "format": str, "pattern": str, "properties": dict, "items": dict, "enum": list, "required": list,
    "additionalProperties": (dict, bool), "x-kubernetes-list-map-keys": list, "x-kubernetes-list-type": str,
}  # fmt: skip
"""What has to be what for a schema to say anything by it."""


class Types:
    """The shared object schemas of one group of the table, each decoded when it is first asked for."""

    def __init__(self, records: Any) -> None:
        """Takes anything that gives a record for a name."""
        self._records = records
        self._schemas: dict[str, Json] = {}
        self._resolved: dict[int, Json] = {}

    def __getitem__(self, name: str) -> Json:
        found = self._schemas.get(name)
        if found is None:
            found = self._schemas[name] = self._decoded(self._records[name])
        return found

    def _decoded(self, record: Json) -> Json:
        """A record as an object schema: ``name!`` is a required field, the empty name holds the rest of the schema."""
        schema: Json = {"type": "object", **record.get("", {})}
        names = [name for name in record if name]
        schema["properties"] = {name.removesuffix("!"): record[name] for name in names}
        if required := [name[:-1] for name in names if name.endswith("!")]:
            schema["required"] = required
        return schema

    def resolve(self, node: Any) -> Json:
        """The schema that the table's short form stands for; its fields stay short until they are asked for."""
        if isinstance(node, str):
            return self[node[1:]] if node[0] == "$" else SHORT[node]
        found = self._resolved.get(id(node))  # a node lives as long as the record that it is part of
        if found is None:
            found = self._resolved[id(node)] = self._written_out(node)
        return found

    def _written_out(self, node: Any) -> Json:
        """The schema that a list or mapping stands for."""
        if isinstance(node, list):
            return {"type": "array", "items": self.resolve(node[0])}
        found: Json = node
        for below in ("items", "additionalProperties"):
            if isinstance(node.get(below), str | list | dict):
                found = {**found, below: self.resolve(node[below])}
        if "items" in found:
            found.setdefault("type", "array")
        elif "additionalProperties" in found:
            found.setdefault("type", "object")
        return found


class Plain:
    """Schemas that are written out."""

    def resolve(self, node: Any) -> Json:
        """The schema without what is malformed in it; an empty one for what is none."""
        found = mapping(node)
        wrong = [name for name, kind in KINDS.items() if name in found and not isinstance(found[name], kind)]
        if wrong:
            found = {name: value for name, value in found.items() if name not in wrong}
        for below in ("items", "additionalProperties"):
            if isinstance(found.get(below), dict):
                found = {**found, below: self.resolve(found[below])}
        return found


class Definition(NamedTuple):
    """One custom kind in one of its API versions.

    ``path`` is the file it stands in, empty for the table; ``warning`` what the server says of a deprecated version,
    None for one that is not; ``prunes`` whether an object schema that names no field takes none.
    """

    group: str
    version: str
    kind: str
    schema: Any
    path: str = ""
    plural: str = ""
    short_names: tuple[str, ...] = ()
    namespaced: bool | None = None
    served: bool = True
    warning: str | None = None
    prunes: bool = True
    source: str = ""
    """Of the table: the project and the state of it."""
    ruled: bool = True
    """Whether it may state rules as expressions."""
    types: Types | Plain = Plain()

    @property
    def api_version(self) -> str:
        """``cert-manager.io/v1``."""
        return f"{self.group}/{self.version}"

    @property
    def folder(self) -> str:
        """The folder of its file."""
        return self.path.rpartition("/")[0]

    def resolve(self, node: Any) -> Json:
        """A schema of this definition, written out one level deep."""
        return self.types.resolve(node)


def of_crd(root: Json, path: str = "") -> Iterator[Definition]:
    """Every version of a CustomResourceDefinition that has a schema; what is malformed is left out.

    Definitions of ``v1beta1`` have one schema for all versions, in ``validation``.
    """
    spec = mapping(root.get("spec"))
    names, group = mapping(spec.get("names")), spec.get("group")
    kind, plural, short = names.get("kind"), names.get("plural"), names.get("shortNames")
    versions = spec.get("versions", [{"name": spec.get("version"), "served": True}])
    if not (isinstance(group, str) and isinstance(kind, str) and isinstance(versions, list)):
        return
    for version in versions:
        if not isinstance(version, dict) or not isinstance(version.get("name"), str):
            continue
        schema = mapping(version.get("schema", spec.get("validation"))).get("openAPIV3Schema")
        if not isinstance(schema, dict):
            continue
        yield Definition(
            group, version["name"], kind, schema, path,
            plural if isinstance(plural, str) else "", tuple(strings(short)),
            spec.get("scope") == "Namespaced" if isinstance(spec.get("scope"), str) else None,
            version.get("served") is not False, warning_of(version),
            prunes=root.get("apiVersion") != "apiextensions.k8s.io/v1beta1", ruled=states_rules(schema),
        )  # fmt: skip


def of_json_schema(group: str, version: str, kind: str, schema: Json, path: str) -> Definition:
    """A kind that a plain JSON schema defines, which does not tell open objects from those that take nothing."""
    return Definition(group, version, kind, structural(schema), path, prunes=False)


def structural(schema: Any) -> Json:
    """A JSON schema as definitions write it: ``type: [string, null]`` is a string that may be null."""
    if not isinstance(schema, dict):
        return {}
    found = dict(schema)
    kinds = schema.get("type")
    if isinstance(kinds, list):
        named = [kind for kind in kinds if kind != "null"]
        found["nullable"] = "null" in kinds
        found["type"] = named[0] if len(named) == 1 else None
        if set(named) == {"integer", "string"}:
            found["x-kubernetes-int-or-string"] = True
    if isinstance(schema.get("properties"), dict):
        found["properties"] = {name: structural(below) for name, below in schema["properties"].items()}
    for below in ("items", "additionalProperties"):
        if isinstance(schema.get(below), dict):
            found[below] = structural(schema[below])
    return found


def warning_of(version: Json) -> str | None:
    """What the server says of a deprecated version; None for one that is not deprecated."""
    if version.get("deprecated") is not True:
        return None
    said = version.get("deprecationWarning")
    return said if isinstance(said, str) else ""


def states_rules(schema: Any) -> bool:
    """Whether a schema, or one in it, states rules as expressions."""
    if isinstance(schema, dict):
        return RULES in schema or any(map(states_rules, schema.values()))
    return isinstance(schema, list) and any(map(states_rules, schema))


def is_definition(root: Any) -> bool:
    """Whether a plain value is a CustomResourceDefinition."""
    if not isinstance(root, dict) or root.get("kind") != "CustomResourceDefinition":
        return False
    return str(root.get("apiVersion")).startswith("apiextensions.k8s.io/")


def mapping(value: Any) -> Json:
    """The value where it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}


def strings(values: Any) -> list[str]:
    """The strings of a list; empty for anything else."""
    return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []
