"""CustomResourceDefinitions of the run as types: their OpenAPI schema becomes Types like those of built-in kinds."""

from collections.abc import Iterable
from typing import Any

from kexplain.api.schema import Api, Field, Type
from kexplain.objects.manifest import Manifest
from kexplain.syntax.tree import descend, plain_value, string

Json = dict[str, Any]
META = "meta/v1 ObjectMeta"
SCALARS = {"string": "string", "integer": "int64", "number": "number", "boolean": "boolean"}
FORMATS = {"string byte": "bytes", "string date-time": "time", "integer int32": "int32"}
POD_SPEC_FIELDS = {"containers", "volumes", "restartPolicy", "serviceAccountName"}


def extend(api: Api, manifests: Iterable[Manifest]) -> Api:
    """The API with the kinds that CustomResourceDefinitions among the manifests define; itself where there are none."""
    manifests = list(manifests)
    builder = Builder({f"{manifest.api_version} {manifest.kind}" for manifest in manifests})
    for manifest in manifests:
        spec = plain_value(manifest.root.get("spec")) if defines(manifest, builder.needed) else None
        if isinstance(spec, dict):
            builder.add_definition(spec)
    return api.extended(builder.kinds, builder.types, builder.docs) if builder.kinds else api


def defines(manifest: Manifest, needed: set[str]) -> bool:
    """Whether a manifest defines one of the kinds needed: most definitions of a run have no objects in it."""
    if manifest.kind != "CustomResourceDefinition" or manifest.group != "apiextensions.k8s.io":
        return False
    kind = string(descend(manifest.root, "spec", "names", "kind"))
    return any(name.endswith(f" {kind}") for name in needed)


class Builder:
    """Collects kinds, types and documentation from definitions, for the kinds that the run has objects of."""

    def __init__(self, needed: set[str]) -> None:
        self.needed = needed
        self.kinds: dict[str, str] = {}
        self.types: dict[str, Type] = {}
        self.docs: dict[str, dict[str, str]] = {}

    def add_definition(self, spec: Json) -> None:
        """Adds every version of one definition that has a schema; what is malformed is left out.

        Definitions of ``v1beta1`` have one schema for all versions, in ``validation``.
        """
        names, group = spec.get("names"), spec.get("group")
        kind = names.get("kind") if isinstance(names, dict) else None
        versions = spec.get("versions", [{"name": spec.get("version")}])
        if not (isinstance(group, str) and isinstance(kind, str) and isinstance(versions, list)):
            return
        for version in versions:
            holder = version.get("schema", spec.get("validation")) if isinstance(version, dict) else None
            schema = holder.get("openAPIV3Schema") if isinstance(holder, dict) else None
            name = f"{group}/{version.get('name')} {kind}" if isinstance(version, dict) else ""
            if isinstance(schema, dict) and name in self.needed:
                position = f"{group} {kind}"
                self.kinds[name] = name
                self.add_type(name, position, schema, root=True)

    def add_type(self, name: str, position: str, schema: Json, *, root: bool = False) -> None:
        """Adds the type of an object schema under its name; its fields stand at ``position.field``."""
        required = schema.get("required")
        must = set(strings(required))
        properties = schema.get("properties")
        fields: dict[str, Field] = {}
        docs = {"": text(schema)}
        for field, sub in (properties if isinstance(properties, dict) else {}).items():
            if isinstance(sub, dict):
                below = f"{position}.{field}"
                ref = META if root and field == "metadata" else self.reference(f"{name}.{field}", below, sub)
                holder = sub if ref == "string" else sub["items"] if ref == "[]string" else {}
                enum = tuple(strings(holder.get("enum")))
                needed = field in must and "default" not in sub  # defaults are filled in before anything is judged
                fields[field] = Field(position, field, ref, required=needed, enum=enum)
                docs[field] = text(sub)
        if root:
            for field, ref in {"apiVersion": "string", "kind": "string", "metadata": META}.items():
                fields.setdefault(field, Field(position, field, ref))
        open_ = bool(schema.get("x-kubernetes-preserve-unknown-fields")) or not properties
        here = Type(name, fields, open_=open_)
        before = self.types.get(name)
        self.types[name] = either(before, here) if before else here
        self.docs[name] = {**docs, **self.docs.get(name, {})}

    def reference(self, name: str, position: str, schema: Json) -> str:
        """The type reference of a schema; object schemas are added as types on the way."""
        kind = schema.get("type")
        if schema.get("x-kubernetes-int-or-string"):
            return "int-or-string"
        if kind == "array":
            items = schema.get("items")
            return "[]" + (self.reference(f"{name}[]", f"{position}[]", items) if isinstance(items, dict) else "any")
        if kind != "object":
            named = f"{kind} {schema.get('format')}"
            return FORMATS.get(named, SCALARS.get(kind, "any") if isinstance(kind, str) else "any")
        properties, values = schema.get("properties"), schema.get("additionalProperties")
        if isinstance(properties, dict) and properties:
            if properties.keys() >= POD_SPEC_FIELDS:
                return "core/v1 PodSpec"
            if properties.keys() == {"metadata", "spec"} and is_pod_spec_schema(properties["spec"]):
                return "core/v1 PodTemplateSpec"
            self.add_type(name, position, schema)
            return name
        return "{}" + self.reference(f"{name}{{}}", f"{position}[]", values) if isinstance(values, dict) else "object"


def either(one: Type, other: Type) -> Type:
    """What two definitions of one kind both refuse is refused: which of them a cluster has, nobody can tell."""
    fields = {name: same(one.fields.get(name), other.fields.get(name)) for name in {**one.fields, **other.fields}}
    return Type(one.name, fields, open_=one.open or other.open)


def same(one: Field | None, other: Field | None) -> Field:
    """A field of two definitions; where only one has it, or they differ in its type, it is held against none."""
    known = one or other
    assert known is not None  # noqa: S101 - the name is from one of them
    owner = known.position[: -len(known.name) - 1]
    if one is None or other is None:
        return Field(owner, known.name, known.ref, enum=known.enum)
    enum = tuple(dict.fromkeys((*one.enum, *other.enum))) if one.enum and other.enum else ()
    ref = one.ref if one.ref == other.ref else "any"
    return Field(owner, known.name, ref, required=one.required and other.required, enum=enum)


def is_pod_spec_schema(schema: Any) -> bool:
    """Whether a schema spells out a Pod's spec."""
    properties = schema.get("properties") if isinstance(schema, dict) else None
    return isinstance(properties, dict) and properties.keys() >= POD_SPEC_FIELDS


def strings(values: Any) -> list[str]:
    """The strings of a list; empty for anything else."""
    return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []


def text(schema: Json) -> str:
    """The description of a schema; empty where it has none."""
    description = schema.get("description")
    return description if isinstance(description, str) else ""
