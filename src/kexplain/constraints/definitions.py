"""Constraints of CustomResourceDefinitions that no general kind can say: their names, versions and approval.

Source: apiextensions-apiserver pkg/apis/apiextensions/validation, as of Kubernetes 1.37.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from kexplain.constraints.nodes import Violation, items_of, scalar_text, shown, unresolved, value_at
from kexplain.constraints.schemas import mistakes
from kexplain.syntax.tree import Mapping, Node, descend

APPROVED = "api-approved.kubernetes.io"
PROTECTED = ("k8s.io", "kubernetes.io")


def name(definition: Mapping, arguments: str) -> Iterator[Violation]:
    """A definition is named after its plural and group."""
    node = descend(definition, "metadata", "name")
    plural, group = (descend(definition, "spec", *path) for path in (("names", "plural"), ("group",)))
    wanted = f"{scalar_text(plural)}.{scalar_text(group)}"
    known = scalar_text(node) and scalar_text(plural) and scalar_text(group)
    if known and scalar_text(node) != wanted and not any(map(unresolved, (node, plural, group))):
        yield Violation(("metadata", "name"), f"the name {shown(node) if node else ''} is not plural.group, {wanted}")


def approval(definition: Mapping, arguments: str) -> Iterator[Violation]:
    """A definition in a group of Kubernetes itself says where it was approved."""
    group = scalar_text(descend(definition, "spec", "group"))
    if group not in PROTECTED and not group.endswith(tuple(f".{domain}" for domain in PROTECTED)):
        return
    node = descend(definition, "metadata", "annotations", APPROVED)
    text = scalar_text(node)
    parts = urlsplit(text) if "[" not in text else urlsplit("")
    if text.startswith("unapproved") or (parts.scheme and parts.netloc) or unresolved(node):
        return
    what = f"the group {group} is kept for the Kubernetes community, and the annotation {APPROVED} is "
    if text:
        yield Violation(("metadata", "annotations", APPROVED), f"{what}neither a URL nor begins with unapproved")
    else:
        where = (
            ("metadata", "annotations")
            if isinstance(descend(definition, "metadata", "annotations"), Mapping)
            else ("metadata",)
        )
        yield Violation(where, f"{what}missing", missing=APPROVED)


def list_kind(names: Mapping, arguments: str) -> Iterator[Violation]:
    """A list has another kind than its items."""
    kind, node = scalar_text(names.get("kind")), names.get("listKind")
    if kind and scalar_text(node) == kind:
        yield Violation(("listKind",), f'listKind is "{kind}", the kind of its items')


def one_storage(spec: Mapping, arguments: str) -> Iterator[Violation]:
    """Exactly one version is the one that objects are kept in."""
    versions = items_of(spec, "versions")
    kept = [index for index, version in enumerate(versions) if value_at(version, ("storage",)) is True]
    if versions and not kept:
        yield Violation(("versions",), "no version has storage: true", at_key=True)
    for index in kept[1:]:
        yield Violation(("versions", str(index), "storage"), "a second version has storage: true; one is kept")


def selectable_fields(version: Mapping, arguments: str) -> Iterator[Violation]:
    """Fields to select by: in the schema, scalar, and not of metadata."""
    root = descend(version, "schema", "openAPIV3Schema")
    for index, item in enumerate(items_of(version, "selectableFields")):
        node = descend(item, "jsonPath")
        text, where = scalar_text(node), ("selectableFields", str(index), "jsonPath")
        if not text or unresolved(node) or not isinstance(root, Mapping):
            continue
        if not text.startswith(".") or "{" in text:
            yield Violation(
                where, f"jsonPath {shown(node) if node else ''} does not begin with a dot, as in .spec.color"
            )
            continue
        found: Node | None = root
        for step in text[1:].split("."):
            found = descend(found, "properties", step)
        if found is None or text.startswith(".metadata"):
            yield Violation(where, f"jsonPath {shown(node) if node else ''} names no field of the schema")
        elif value_at(found, ("type",)) not in {"string", "boolean", "integer"}:
            yield Violation(where, f"jsonPath {shown(node) if node else ''} names no string, boolean or integer")


def schema(version: Mapping, arguments: str) -> Iterator[Violation]:
    """The schema of a version: structural, and without what the API server does not take."""
    root = descend(version, "schema", "openAPIV3Schema")
    if isinstance(root, Mapping):
        yield from mistakes(root, ("schema", "openAPIV3Schema"))
