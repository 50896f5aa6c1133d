"""A document that is meant as an object and that kubectl takes for none: what is wrong with its head, and where."""

import re
from collections.abc import Iterator

from kexplain.syntax.cause import Reason
from kexplain.syntax.tree import Entry, Mapping, Mark, Node, Scalar, Sequence, Span, span_of, string
from kexplain.words import count, near

FORMS = {
    "apiVersion": r"(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?/)?v[0-9]+(?:(?:alpha|beta)[0-9]+)?",
    "kind": r"[A-Z][A-Za-z0-9]*",
}
"""The two fields that say what an object is, and how their values look."""
METADATA = frozenset({"name", "generateName", "namespace", "labels", "annotations"})
NEAR = 0.8
WORDS = {bool: "the boolean", int: "the number", float: "the number"}


def head_marks(root: Node) -> Iterator[Mark]:
    """What keeps a document from being the object that it is meant as; nothing for one that is something else."""
    if isinstance(root, Sequence):
        if root.items and all(is_object(item) for item in root.items):
            what = f"it is a list of {count(len(root.items), 'object')}, not an object"
            yield Mark("head", what, grip(root.items[0]))
    elif isinstance(root, Mapping) and is_meant(root):
        for name in FORMS:
            if not said(root.get(name)):
                yield fault(root, name)


def list_marks(root: Mapping) -> Iterator[Mark]:
    """What keeps a ``List`` from having items: they stand under another name, or are no list."""
    items = root.fields.get("items")
    if items is not None:
        if not isinstance(items.value, Sequence) and not is_empty(items.value):
            yield Mark("head", "items is not a list", span_of(items.key))
        return
    for name, entry in root.fields.items():
        if isinstance(entry.value, Sequence) and any(is_object(item) for item in entry.value.items):
            yield Mark("head", f"the objects of a List stand under items, not under {name}", span_of(entry.key))


def is_meant(root: Mapping) -> bool:
    """Whether somebody meant an object: one of the two fields is right, and something else speaks for it too."""
    right = [name for name in FORMS if said(root.get(name))]
    near = [name for name in FORMS if name not in right and is_near(root, name)]
    if near and len(right) + len(near) == len(FORMS) and (right or any(name not in root.fields for name in near)):
        return True
    metadata = root.get("metadata")
    about = isinstance(metadata, Mapping) and not METADATA.isdisjoint(metadata.fields)
    return about and any(re.fullmatch(FORMS[name], string(root.get(name))) for name in right)


def is_near(root: Mapping, name: str) -> bool:
    """Whether a field is there with a value that is none, or under a name that is nearly its own."""
    if name in root.fields:
        return True
    entry = misspelt(root, name)
    return entry is not None and re.fullmatch(FORMS[name], string(entry.value)) is not None


def fault(root: Mapping, name: str) -> Mark:
    """What is wrong with one of the two fields."""
    if entry := root.fields.get(name):
        value = entry.value
        if not isinstance(value, Scalar):
            what = f"{name} is a {'list' if isinstance(value, Sequence) else 'mapping'}, not text"
        elif is_empty(value):
            what = f"{name} is empty"
        else:
            what = f"{name} is {WORDS.get(type(value.value), 'the value')} {value.text}, not text"
        return Mark("head", what, span_of(value) if value.end > value.start else span_of(entry.key))
    if entry := misspelt(root, name):
        what = Reason(f"{entry.key.text} is no field of an object", f"did you mean {name}?")
        return Mark("head", what, span_of(entry.key))
    other = next(iter(root.fields[n] for n in FORMS if n in root.fields), next(iter(root.fields.values())))
    return Mark("head", f"there is no {name}", span_of(other.key))


def misspelt(root: Mapping, name: str) -> Entry | None:
    """The field that is nearly of that name."""
    for key, entry in root.fields.items():
        plain = key.replace("_", "").replace("-", "").lower()
        is_near = abs(len(plain) - len(name)) < 3 and near(name.lower(), [plain], 1, NEAR)
        if is_near and key not in FORMS:
            return entry
    return None


def is_object(node: Node) -> bool:
    """Whether a node says what object it is."""
    if not isinstance(node, Mapping) or not isinstance(node.get("metadata"), Mapping):
        return False
    return all(said(node.get(name)) for name in FORMS)


def is_empty(node: Node) -> bool:
    """Whether a node is null or an empty text."""
    return isinstance(node, Scalar) and node.value in (None, "")


def said(node: Node | None) -> bool:
    """Whether a field holds text."""
    return string(node) != ""


def grip(node: Node) -> Span:
    """Where a person would take hold of an item: at its first key."""
    if isinstance(node, Mapping) and node.fields:
        return span_of(next(iter(node.fields.values())).key)
    return span_of(node)
