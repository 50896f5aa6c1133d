"""A node at its typed position: what it is, where it stands, and what type what stands below it has."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kexplain.api.schema import SCALARS, Api, Field, Type
from kexplain.objects.shape import (
    Json,
    describes,
    is_name_in_braces,
    is_pod_spec,
    is_pod_template,
    is_whole,
    nullable,
    scalar_fault,
)
from kexplain.syntax.placeholder import ENCRYPTED
from kexplain.syntax.tree import Mapping, Node, Scalar, Sequence, Span, Value, descend

if TYPE_CHECKING:
    from kexplain.objects.manifest import Manifest

POD_SPEC, POD_TEMPLATE = "core/v1 PodSpec", "core/v1 PodTemplateSpec"
FREE_TEXT = frozenset(
    f"core/v1 {field}"
    for field in ("ConfigMap.data[]", "ConfigMap.binaryData[]", "Secret.data[]", "Secret.stringData[]",
                  "Container.command[]", "Container.args[]", "EphemeralContainer.command[]",
                  "EphemeralContainer.args[]", "EnvVar.value", "ExecAction.command[]", "VolumeMount.subPathExpr")
) | {"meta/v1 ObjectMeta.annotations[]"}  # fmt: skip
"""Where a ``$(VAR)`` or ``{{ … }}`` may be what is meant: Kubernetes, a shell or a program makes something of it."""
UNKNOWN = "unknown"
"""The type reference of everything at and below a field that its type does not have."""


class Visit:
    """A node, where it stands, and what the API says it is.

    ``name`` is the key, or the index in a list; ``key`` the key's node (None in a list and at the root); ``type`` the
    structured type of the node or None; ``ref`` its type reference; ``field`` the field that holds it (of a list: the
    list's field); ``position`` the typed position; ``schema`` that of a custom kind's definition.
    """

    __slots__ = ("_named_path", "_path", "fault", "field", "key", "manifest", "name", "node", "parent", "position",
                 "ref", "schema", "type")  # fmt: skip

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
        self._path: str | None = None
        self._named_path: str | None = None

    @property
    def value(self) -> Value:
        """The value of a scalar as Kubernetes reads it; None for anything else."""
        return self.node.value if type(self.node) is Scalar else None

    @property
    def unresolved(self) -> bool:
        """Whether it is a value that is filled in later, so that nobody can judge it."""
        if type(self.node) is Scalar:
            text = self.node.text
            if self.name == "image" and self.manifest.images and image_name(text) in self.manifest.images:
                return True
            return self.node.unresolved and (self.position not in FREE_TEXT or text.startswith(ENCRYPTED))
        return self.ref in SCALARS and is_name_in_braces(self.node)

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
        if self._path is None:  # kept: whatever lies below it asks again
            self._path = "" if self.parent is None else f"{self.parent.path}{self.step}".lstrip(".")
        return self._path

    @property
    def named_path(self) -> str:
        """The same with the names of list items instead of their indices, where they have one: it outlives a move."""
        if self._named_path is None:
            step = "" if self.parent is None else self.step
            item = self.node.get("name") if type(self.node) is Mapping and step.startswith("[") else None
            step = f"[{item.text}]" if type(item) is Scalar else step
            self._named_path = "" if self.parent is None else f"{self.parent.named_path}{step}".lstrip(".")
        return self._named_path

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
        return None if type(node) is Scalar and node.value is None else node

    def read(self, *names: str) -> Value:
        """The scalar below this one under those keys, None where there is none."""
        node = descend(self.node, *names)
        return node.value if type(node) is Scalar else None

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
            if not name.isdecimal() or int(name) >= len(self.node.items):
                return self  # a list where a mapping belongs
            return below(self, name, None, self.node.items[int(name)], position, ref, field)
        entry = self.node.fields.get(name) if isinstance(self.node, Mapping) else None
        if entry is None:
            return self
        if self.type is not None or self.ref[:2] != "{}":
            field = self.type.fields.get(name) if self.type else None
            position, ref = (field.position, field.ref) if field else (f"{self.position}.{name}", "any")
        return below(self, name, entry.key, entry.value, position, ref, field)


def typed_visit(
    manifest: "Manifest", parent: Visit, name: str, key: Scalar | None, node: Node, position: str, ref: str,
    field: Field | None, api: Api, schema: Json | None = None,
) -> Visit:  # fmt: skip
    """A visit, its type looked up, with ``wrong-type`` where it is another shape. Scalars come here with a schema."""
    if ref[0] == "?":
        ref = ref[1:] if type(node) is Mapping else "any"
    start = ref[:2]
    type_, fault = None, ""
    open_ = type(node) is Scalar and (node.value is None or node.unresolved)
    if start == "[]":
        fault = "" if type(node) is Sequence or open_ else "wrong-type"
    elif start == "{}" or ref == "object":
        fault = "" if type(node) is Mapping or open_ else "wrong-type"
    elif schema is not None and ref in SCALARS:
        ref, fault = scalar_fault(schema, ref, node)
    elif ref != "any":
        type_ = api.type(ref)
        if key is None and schema is None and type(node) is Scalar and node.value is None:
            node = Mapping(node.start, node.end, {})  # as the API server reads an empty item
        fault = "" if type(node) is Mapping or open_ else "wrong-type"
        if type_.partial is not None and type(node) is Mapping and not is_whole(node, type_):
            type_ = type_.partial
    null = open_ and isinstance(node, Scalar) and node.value is None
    if null and schema is not None and key is None and not nullable(schema):
        fault = "wrong-type"
    return Visit(manifest, parent, name, key, node, position, ref, None if fault else type_, field, fault, schema)


def untyped_visit(
    manifest: "Manifest", parent: Visit, name: str, key: Scalar | None, node: Node, position: str, api: Api
) -> Visit:
    """A visit of something the schema does not describe; what looks like a Pod or its template is typed as one."""
    type_ = None
    if type(node) is Mapping and parent.ref != UNKNOWN and ("spec" in node.fields or "containers" in node.fields):
        if is_pod_template(node):
            type_ = api.type(POD_TEMPLATE)
        elif is_pod_spec(node, name if key else parent.name, api.type(POD_SPEC).fields):
            type_ = api.type(POD_SPEC)
        if type_ is not None and describes(manifest.kind, (name, *names_above(parent))):
            type_ = None
    ref = UNKNOWN if parent.ref == UNKNOWN else type_.name if type_ else "any"
    return Visit(manifest, parent, name, key, node, position, ref, type_)


def names_above(visit: Visit | None) -> Iterator[str]:
    """The names of a visit and all above it."""
    while visit is not None:
        yield visit.name
        visit = visit.parent


def is_guessed(visit: Visit | None) -> bool:
    """Whether the type of a visit, or of one above it, is known by its looks only: its schema is another's."""
    while visit is not None and visit.parent is not None:
        if visit.type is not None and visit.field is None:
            return True
        visit = visit.parent
    return False


def is_completed(visit: Visit) -> bool:
    """Whether an operator completes what a visit is in: the table has more of its schema than the operator installs.

    Who keeps unknown fields there lets people leave out what a whole Pod needs (Elastic's ``podTemplate``).
    """
    definition = visit.manifest.definition
    if definition is None or definition.path:
        return False
    above = visit.parent
    while above is not None:
        if above.schema is not None and above.schema.get("x-kubernetes-preserve-unknown-fields") is True:
            return True
        above = above.parent
    return False


def image_name(image: str) -> str:
    """The name of an image without tag and digest."""
    name = image.partition("@")[0]
    return name[: name.rindex(":")] if ":" in name.rpartition("/")[2] else name


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
