"""The walker: a typed tree → Visits. Schema, rules, terms, links and values all hang on this one descent.

A Visit is a node at its typed position. Where the tree departs from the types the visit carries a ``fault``, named like
the rule that reports it. The order of visits is not the order of the document; reports sort by place.
"""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from kexplain.api.schema import SCALARS, Api, Field, Type
from kexplain.objects.shape import (
    Json,
    is_pod_spec,
    is_pod_template,
    is_whole,
    mismatch,
    nullable,
    scalar_fault,
    unknown_fault,
)
from kexplain.syntax.tree import Mapping, Node, Scalar, Sequence, Span, Value, descend

if TYPE_CHECKING:
    from kexplain.objects.manifest import Manifest

POD_SPEC, POD_TEMPLATE = "core/v1 PodSpec", "core/v1 PodTemplateSpec"
UNKNOWN = "unknown"
"""The type reference of everything at and below a field that its type does not have."""


class Visit:
    """A node, where it stands, and what the API says it is.

    ``name`` is the key, or the index in a list; ``key`` the key's node (None in a list and at the root); ``type`` the
    structured type of the node or None; ``ref`` its type reference; ``field`` the field that holds it (of a list: the
    list's field); ``position`` the typed position; ``schema`` that of a custom kind's definition.
    """

    __slots__ = ("fault", "field", "key", "manifest", "name", "node", "parent", "position", "ref", "schema",
                 "type")  # fmt: skip

    def __init__(self, manifest: "Manifest", parent: "Visit | None", name: str, key: Scalar | None, node: Node,
                 position: str, ref: str, type_: Type | None, field: Field | None = None,
                 fault: str = "", schema: "Json | None" = None) -> None:  # fmt: skip
        self.manifest = manifest
        self.parent = parent
        self.name = name
        self.key = key
        self.node = node
        self.position = position
        self.ref = ref
        self.type = type_
        self.field = field
        self.fault = fault
        self.schema = schema

    @property
    def value(self) -> Value:
        """The value of a scalar as Kubernetes reads it; None for anything else."""
        return self.node.value if type(self.node) is Scalar else None

    @property
    def text(self) -> str:
        """The scalar as it is written, without quotes; empty for anything else."""
        return self.node.text if type(self.node) is Scalar else ""

    @property
    def comparable(self) -> str | None:
        """The scalar as an ``at:`` condition compares it: booleans as ``true`` and ``false``; None for the rest."""
        value = self.value
        return None if value is None else str(value).lower() if isinstance(value, bool) else str(value)

    @property
    def path(self) -> str:
        """The field path from the root: ``spec.containers[0].image``; a key with a dot or slash is bracketed."""
        if self.parent is None:
            return ""
        return f"{self.parent.path}{self.step}".lstrip(".")

    @property
    def named_path(self) -> str:
        """The same with the names of list items instead of their indices, where they have one: it outlives a move."""
        if self.parent is None:
            return ""
        item = self.node.get("name") if type(self.node) is Mapping and self.step.startswith("[") else None
        step = f"[{item.text}]" if type(item) is Scalar else self.step
        return f"{self.parent.named_path}{step}".lstrip(".")

    @property
    def step(self) -> str:
        """What the path adds to that of the parent."""
        is_index = self.key is None and self.fault != "missing-required-field"
        return f"[{self.name}]" if is_index or "." in self.name or "/" in self.name else f".{self.name}"

    @property
    def span(self) -> Span:
        """What a finding about this node points at: a scalar itself, else its key, else the grip of a list item."""
        if type(self.node) is Scalar and self.node.end > self.node.start:
            return Span(self.node.start, self.node.end)
        return self.grip

    @property
    def grip(self) -> Span:
        """Where a person would take hold of it: its key; in a list its ``name`` or first key; at the root ``kind``."""
        if self.key is not None:
            return Span(self.key.start, self.key.end)
        if type(self.node) is Mapping and self.node.fields:
            fields = self.node.fields
            entry = fields.get("name") or fields.get("kind") or next(iter(fields.values()))
            return Span(entry.key.start, entry.key.end)
        return Span(self.node.start, self.node.end)

    def up(self, type_name: str) -> "Visit | None":
        """The nearest visit at or above this one whose type has that (short or full) name."""
        visit: Visit | None = self
        while visit is not None:
            if visit.type is not None and type_name in (visit.type.short, visit.type.name):
                return visit
            visit = visit.parent
        return None

    def get(self, *names: str) -> Node | None:
        """The node below this one under those keys, None where one is missing or null."""
        node = descend(self.node, *names)
        return None if isinstance(node, Scalar) and node.value is None else node

    def read(self, *names: str) -> Value:
        """The scalar below this one under those keys, None where there is none."""
        node = self.get(*names)
        return node.value if isinstance(node, Scalar) else None

    def items(self, *names: str) -> list[Node]:
        """The items of the list under those keys; empty where there is none."""
        node = self.get(*names)
        return node.items if isinstance(node, Sequence) else []

    def child(self, name: str) -> "Visit":
        """The visit of a field or item below this one; this one itself where that is missing.

        For findings: the place of a missing field is the parent that should hold it.
        """
        position, ref, field = f"{self.position}[]", self.ref[2:] if self.ref[:2] in {"[]", "{}"} else "any", self.field
        if isinstance(self.node, Sequence):
            return below(self, name, None, self.node.items[int(name)], position, ref, field)
        entry = self.node.fields.get(name) if isinstance(self.node, Mapping) else None
        if entry is None:
            return self
        if self.type is not None or self.ref[:2] != "{}":
            field = self.type.fields.get(name) if self.type else None
            position, ref = (field.position, field.ref) if field else (f"{self.position}.{name}", "any")
        return below(self, name, entry.key, entry.value, position, ref, field)


def walk(manifest: "Manifest", target: Api, wanted: Collection[str] | None = None) -> Iterator[Visit]:
    """Visits of a manifest: all of them, or those at wanted positions and types, and in both cases every fault."""
    root_type, api = manifest.type, manifest.api or target
    root = Visit(manifest, None, "", None, manifest.root, root_type.name, root_type.name, root_type)
    root.schema = root_type.schema
    stack = [root]
    everything = wanted is None
    wanted = wanted or ()
    while stack:
        visit = stack.pop()
        if visit.schema is not None and not visit.fault:
            yield from faulty(visit)
        asked = everything or visit.position in wanted or (visit.type is not None and visit.type.name in wanted)
        if asked or visit.fault or visit.parent is None:
            yield visit
        node = visit.node
        if type(node) is Mapping:
            if visit.type is not None:
                yield from walk_fields(visit, visit.type, node, api, wanted, stack, everything=everything)
            else:
                yield from walk_map(visit, node, api, wanted, stack, everything=everything)
        elif type(node) is Sequence:
            yield from walk_items(visit, node, api, wanted, stack, everything=everything)


def faulty(visit: Visit) -> Iterator[Visit]:
    """A visit for each constraint of its schema that a node breaks; what it is otherwise does not change by that."""
    from kexplain.objects.structural import faults  # here: most runs have no custom objects

    for fault in faults(visit.schema or {}, visit.node, visit.field.enum if visit.field else ()):
        yield Visit(visit.manifest, visit.parent, visit.name, visit.key, visit.node, visit.position, visit.ref,
                    visit.type, visit.field, fault, visit.schema)  # fmt: skip


def walk_fields(
    visit: Visit, owner: Type, node: Mapping, api: Api, wanted: Collection[str], stack: list[Visit], *, everything: bool
) -> Iterator[Visit]:
    """The fields of a structured type: scalars are yielded here, the rest goes on the stack."""
    fields = owner.fields
    manifest = visit.manifest
    for name, entry in node.fields.items():
        field = fields.get(name)
        key, value = entry[0], entry[1]
        if field is None:
            stack.append(unknown_visit(visit, owner, name, key, value, api))
        elif field.scalar and field.schema is None:
            fault = (
                ""
                if field.ref == "string" and type(value) is Scalar and type(value.value) is str
                else mismatch(field.ref, value)
            )
            if (
                not fault
                and field.enum
                and type(value) is Scalar
                and value.value not in field.enum
                and value.value not in (None, "")
            ):
                fault = "invalid-enum-value"
            if fault or everything or field.position in wanted:
                yield Visit(manifest, visit, name, key, value, field.position, field.ref, None, field, fault)
        else:
            stack.append(
                typed_visit(manifest, visit, name, key, value, field.position, field.ref, field, api, field.schema)
            )
    for name in owner.required:
        value_ = node.get(name)
        if value_ is None or (type(value_) is Scalar and value_.value is None and not nullable(fields[name].schema)):
            yield Visit(manifest, visit, name, None, node, f"{owner.name}.{name}", fields[name].ref, None, fields[name],
                        "missing-required-field")  # fmt: skip


def unknown_visit(visit: Visit, owner: Type, name: str, key: Scalar, value: Node, api: Api) -> Visit:
    """The visit of a field that its type does not name."""
    manifest, position = visit.manifest, f"{owner.name}.{name}"
    if owner.open:
        return untyped_visit(manifest, visit, name, key, value, position, api)
    fault = "unknown-field" if manifest.definition is None else unknown_fault(manifest.definition, owner, name)
    return Visit(manifest, visit, name, key, value, position, UNKNOWN, None, None, fault)


def walk_map(
    visit: Visit, node: Mapping, api: Api, wanted: Collection[str], stack: list[Visit], *, everything: bool
) -> Iterator[Visit]:
    """The values of a map, or the fields of something untyped."""
    manifest, ref = visit.manifest, visit.ref
    if ref[:2] == "{}":
        inner, position = ref[2:], f"{visit.position}[]"
        schema = visit.schema.get("additionalProperties") if visit.schema else None
        scalar = inner in SCALARS and schema is None
        for name, entry in node.fields.items():
            key, value = entry[0], entry[1]
            if not scalar:
                stack.append(typed_visit(manifest, visit, name, key, value, position, inner, visit.field, api, schema))
                continue
            fault = (
                ""
                if type(value) is Scalar and type(value.value) is str and inner != "boolean"
                else mismatch(inner, value)
            )
            if fault or everything or position in wanted:
                yield Visit(manifest, visit, name, key, value, position, inner, None, visit.field, fault)
        return
    for name, entry in node.fields.items():
        stack.append(untyped_visit(manifest, visit, name, entry[0], entry[1], f"{visit.position}.{name}", api))


def walk_items(
    visit: Visit, node: Sequence, api: Api, wanted: Collection[str], stack: list[Visit], *, everything: bool
) -> Iterator[Visit]:
    """The items of a list."""
    manifest, position = visit.manifest, f"{visit.position}[]"
    inner = visit.ref[2:] if visit.ref[:2] == "[]" else "any"
    if inner == "any":
        stack += [
            untyped_visit(manifest, visit, str(i), None, item, position, api) for i, item in enumerate(node.items)
        ]
        return
    schema = visit.schema.get("items") if visit.schema else None
    scalar, enum = inner in SCALARS and schema is None, visit.field.enum if visit.field else ()
    for index, item in enumerate(node.items):
        if not scalar:
            name = str(index)
            stack.append(typed_visit(manifest, visit, name, None, item, position, inner, visit.field, api, schema))
            continue
        fault = mismatch(inner, item)
        if not fault and enum and type(item) is Scalar and item.value not in enum:
            fault = "invalid-enum-value"
        if fault or everything or position in wanted:
            yield Visit(manifest, visit, str(index), None, item, position, inner, None, visit.field, fault)


def typed_visit(
    manifest: "Manifest", parent: Visit, name: str, key: Scalar | None, node: Node, position: str, ref: str,
    field: Field | None, api: Api, schema: Json | None = None,
) -> Visit:  # fmt: skip
    """A visit, its type looked up, with ``wrong-type`` where it is another shape. Scalars come here with a schema."""
    if ref[0] == "?":
        ref = ref[1:] if type(node) is Mapping else "any"
    start = ref[:2]
    type_, fault = None, ""
    null = type(node) is Scalar and node.value is None
    if start == "[]":
        fault = "" if type(node) is Sequence or null else "wrong-type"
    elif start == "{}" or ref == "object":
        fault = "" if type(node) is Mapping or null else "wrong-type"
    elif schema is not None and ref in SCALARS:
        ref, fault = scalar_fault(schema, ref, node)
    elif ref != "any":
        type_ = api.type(ref)
        fault = "" if type(node) is Mapping or null else "wrong-type"
        if type_.partial is not None and type(node) is Mapping and not is_whole(node, type_):
            type_ = type_.partial
    if null and schema is not None and key is None and not nullable(schema):
        fault = "wrong-type"
    return Visit(manifest, parent, name, key, node, position, ref, None if fault else type_, field, fault, schema)


def untyped_visit(
    manifest: "Manifest", parent: Visit, name: str, key: Scalar | None, node: Node, position: str, api: Api
) -> Visit:
    """A visit of something the schema does not describe; what looks like a Pod or its template is typed as one."""
    type_ = None
    if type(node) is Mapping and parent.ref != UNKNOWN:
        if is_pod_template(node):
            type_ = api.type(POD_TEMPLATE)
        elif is_pod_spec(node):
            type_ = api.type(POD_SPEC)
    ref = UNKNOWN if parent.ref == UNKNOWN else type_.name if type_ else "any"
    return Visit(manifest, parent, name, key, node, position, ref, type_)


def below(
    parent: Visit, name: str, key: Scalar | None, node: Node, position: str, ref: str, field: Field | None
) -> Visit:
    """The visit of a node below another, typed as the walk types it; its faults are those of the walk to tell."""
    api = parent.manifest.api
    schema = None
    if parent.schema is not None and field is not None:
        below_field = parent.schema.get("items" if key is None else "additionalProperties")
        schema = field.schema if parent.type is not None else below_field
    if api is None or (ref in SCALARS and schema is None):
        return Visit(parent.manifest, parent, name, key, node, position, ref, None, field)
    if ref == "any":
        return untyped_visit(parent.manifest, parent, name, key, node, position, api)
    return typed_visit(parent.manifest, parent, name, key, node, position, ref, field, api, schema)
