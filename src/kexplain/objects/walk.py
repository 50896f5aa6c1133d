"""The walker: a typed tree → Visits. Schema, rules, terms, links and values all hang on this one descent.

A Visit is a node at its typed position. Where the tree departs from the types the visit carries a ``fault``, named like
the rule that reports it. The order of visits is not the order of the document; reports sort by place.
"""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from kexplain.api.schema import SCALARS, Api, Type
from kexplain.objects.shape import is_name_in_braces, mismatch, nullable, unknown_fault
from kexplain.objects.visit import UNKNOWN, Visit, typed_visit, untyped_visit
from kexplain.syntax.tree import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from kexplain.objects.manifest import Manifest


def walk(manifest: "Manifest", target: Api, wanted: Collection[str] | None = None) -> Iterator[Visit]:
    """Visits of a manifest: all, or those at wanted positions and types and of types with limits; and every fault."""
    api = manifest.api or target
    stack = [root_of(manifest)]
    everything = wanted is None
    wanted = wanted or ()
    while stack:
        visit = stack.pop()
        if visit.schema is not None and not visit.fault:
            yield from faulty(visit)
        of_type = visit.type is not None and (visit.type.limits or visit.type.name in wanted)
        if everything or of_type or visit.fault or visit.parent is None or visit.position in wanted:
            yield visit
        node = visit.node
        if type(node) is Mapping:
            if visit.type is not None:
                yield from walk_fields(visit, visit.type, node, api, wanted, stack, everything=everything)
            else:
                yield from walk_map(visit, node, api, wanted, stack, everything=everything)
        elif type(node) is Sequence:
            yield from walk_items(visit, node, api, wanted, stack, everything=everything)


def root_of(manifest: "Manifest") -> Visit:
    """The visit of a whole object."""
    kind = manifest.type
    return Visit(manifest, None, "", None, manifest.root, kind.name, kind.name, kind, schema=kind.schema)


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
                and not value.unresolved
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
    if key.unresolved or is_name_in_braces(visit.node):
        fault = ""
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
                if inner == "string" and type(value) is Scalar and type(value.value) is str
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
        if not fault and enum and type(item) is Scalar and item.value not in enum and not item.unresolved:
            fault = "invalid-enum-value"
        if fault or everything or position in wanted:
            yield Visit(manifest, visit, str(index), None, item, position, inner, None, visit.field, fault)
