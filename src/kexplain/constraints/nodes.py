"""What every kind of constraint asks of a node: is it set, what does it hold, which nodes does a path mean."""

from collections.abc import Iterator
from typing import NamedTuple

from kexplain.syntax.tree import Mapping, Node, Scalar, Sequence, Value, descend

Steps = tuple[str, ...]
LONGEST_SHOWN = 60


class Violation(NamedTuple):
    """What is wrong: at which node below the object that was asked, in words; of a missing field its name."""

    steps: Steps
    what: str
    missing: str = ""
    at_key: bool = False


def unresolved(node: Node | None) -> bool:
    """Whether a value is filled in later, by something that is not here: then nothing can be said about it."""
    return type(node) is Scalar and node.unresolved


def is_set(node: Node | None) -> bool:
    """Whether a field counts as set: null, an empty string and an empty list do not."""
    if type(node) is Scalar:
        return node.value is not None and node.value != ""
    return node is not None and not (type(node) is Sequence and not node.items)


def is_filled(node: Node | None) -> bool:
    """The same, where an empty map counts as nothing as well."""
    return is_set(node) and not (type(node) is Mapping and not node.fields)


def value_at(node: Node, path: Steps) -> Value:
    """The scalar below a node, None where there is none."""
    found = descend(node, *path)
    return found.value if type(found) is Scalar else None


def whole(node: Node | None) -> int | None:
    """The whole number that a scalar holds; None for anything else."""
    value = node.value if type(node) is Scalar else None
    if type(value) is float and value.is_integer() and abs(value) < 2**63:
        return int(value)
    return value if type(value) is int else None


def compared(value: Value) -> str:
    """A value as the conditions of rows write it."""
    return "" if value is None else str(value).lower() if type(value) is bool else str(value)


def scalar_text(node: Node | None) -> str:
    """A scalar as the conditions of rows write it; empty for anything else."""
    return compared(node.value) if type(node) is Scalar else ""


def leaves(node: Node | None, path: Steps, steps: Steps = ()) -> Iterator[tuple[Steps, Node]]:
    """Every node that a path means below another, with the steps to it; ``[]`` is each item or value."""
    first = path.index("[]") if "[]" in path else len(path)
    node, steps, rest = descend(node, *path[:first]), (*steps, *path[:first]), path[first + 1 :]
    if first == len(path):
        if node is not None:
            yield steps, node
        return
    if type(node) is Sequence:
        for index, item in enumerate(node.items):
            yield from leaves(item, rest, (*steps, str(index)))
    elif type(node) is Mapping:
        for key, entry in node.fields.items():
            yield from leaves(entry.value, rest, (*steps, key))


def holders(node: Node, path: Steps) -> Iterator[tuple[Steps, Mapping]]:
    """Every mapping that a path means below another."""
    return ((steps, leaf) for steps, leaf in leaves(node, path) if type(leaf) is Mapping)


def shown(node: Node) -> str:
    """A value for a message: one line, not too long, strings in quotes."""
    if type(node) is not Scalar:
        return "this"
    text = " ".join(node.text.split())
    text = text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
    return f'"{text}"' if type(node.value) is str else text


def label(path: Steps) -> str:
    """How a message names what stands at a path: its field; of an item or value the field that holds it."""
    return next((step for step in reversed(path) if step != "[]"), "value")


def listed(names: "list[str] | tuple[str, ...]", last: str = "and") -> str:
    """Names as a sentence lists them."""
    return f" {last} ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


def items_of(node: Node | None, *path: str) -> list[Node]:
    """The items of the list below a node; empty for anything else."""
    found = descend(node, *path)
    return found.items if type(found) is Sequence else []


def limits(bounds: str) -> tuple[float, float]:
    """The two ends of a range."""
    low, high = bounds.split()
    return (float("-inf") if low == "-" else int(low)), (float("inf") if high == "-" else int(high))


def span(bounds: str) -> str:
    """A range in words."""
    low, high = bounds.split()
    if high == "-":
        return f"{low} or more"
    if low == "-":
        return f"at most {high}"
    return f"only {low}" if low == high else f"{low} to {high}"
