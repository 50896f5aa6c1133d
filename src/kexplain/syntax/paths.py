"""Paths in trees: where one leads, what a span points at, and where the same stands in a text like it."""

from typing import NamedTuple

from kexplain.syntax.tree import Mapping, Node, Scalar, Sequence, Span, descend, plain_value, string

IDENTITIES = ("name", "containerPort", "mountPath", "devicePath", "topologyKey", "ip", "key", "port", "host", "kind")
"""Fields that tell the items of a list apart, the likeliest first."""


class Item(NamedTuple):
    """A step into a list: where the item stands, and the item, which may be told apart by more than that."""

    number: int
    node: Node


Step = str | Item


class Aim(NamedTuple):
    """What a span of an object points at: the steps to it, whether to its key, and the node."""

    steps: tuple[Step, ...]
    at_key: bool
    node: Node


class Hit(NamedTuple):
    """How far some steps lead in another tree, and where that is."""

    depth: int
    node: Node
    span: Span


def aim_of(root: Mapping, start: int, end: int) -> Aim:
    """What a span points at: the outermost node that has it, or the key it is at, or else the innermost around it."""
    node: Node = root
    steps: list[Step] = []
    while (node.start, node.end) != (start, end):
        if isinstance(node, Mapping):
            entries = [e for e in node.fields.values() if not e.merged]
            at = next((e for e in entries if e.key.start <= start < max(e.value.end, e.key.end)), None)
            if at is None:
                break
            name = next(name for name, entry in node.fields.items() if entry is at)
            if start < at.key.end:
                return Aim((*steps, name), at_key=True, node=at.value)
            step: Step = name
            inner = at.value
        elif isinstance(node, Sequence):
            index = next((i for i, item in enumerate(node.items) if item.start <= start < item.end), -1)
            if index < 0:
                break
            inner = node.items[index]
            step = Item(index, inner)
        else:
            break
        node = inner
        steps.append(step)
    return Aim(tuple(steps), at_key=False, node=node)


def follow(root: Node, steps: tuple[Step, ...], *, at_key: bool = False) -> Hit:
    """How far steps lead in a tree. A JSON patch is followed through the operation that leads furthest."""
    if isinstance(root, Sequence):
        hits = [hit for operation in root.items if (hit := follow_operation(operation, steps, at_key=at_key))]
        return max(hits, key=lambda hit: hit.depth, default=Hit(-1, root, first_key(root)))
    node: Node = root
    span = first_key(root)
    for depth, step in enumerate(steps):
        found: Node | None = None
        if isinstance(node, Mapping) and isinstance(step, str) and step in node.fields:
            entry = node.fields[step]
            found, span = entry.value, Span(entry.key.start, entry.key.end)
        elif isinstance(node, Sequence) and isinstance(step, Item) and (found := same_item(node, step)):
            span = first_key(found)
        if found is None:
            return Hit(depth, node, span)
        node = found
    return Hit(len(steps), node, span if at_key or not isinstance(node, Scalar) else Span(node.start, node.end))


def follow_operation(operation: Node, steps: tuple[Step, ...], *, at_key: bool) -> Hit | None:
    """The same for one operation of a JSON patch; None where it is about something else."""
    path, value = descend(operation, "path"), descend(operation, "value")
    names = [name.replace("~1", "/").replace("~0", "~") for name in string(path).split("/")[1:]]
    about = len(names) <= len(steps) and all(
        name == step if isinstance(step, str) else name == "-" or name.isdigit()
        for name, step in zip(names, steps, strict=False)
    )
    if not (about and names and path and value):
        return None
    hit = follow(value, steps[len(names) :], at_key=at_key) if not isinstance(value, Sequence) else None
    if hit is None or (hit.depth == 0 and at_key):
        return Hit(len(names), value, Span(path.start, path.end))
    return hit._replace(depth=hit.depth + len(names))


def same_item(node: Sequence, step: Item) -> Node | None:
    """The item of a list that a step means: of the same identity or value; by index where it has neither."""
    if isinstance(step.node, Scalar):
        return next((item for item in node.items if plain_value(item) == step.node.value), None)
    for field in IDENTITIES:
        if identity := plain_value(descend(step.node, field)):
            return next((item for item in node.items if plain_value(descend(item, field)) == identity), None)
    return node.items[step.number] if step.number < len(node.items) else None


def first_key(node: Node) -> Span:
    """The span that stands for a node: of a mapping its first key, of a list its first item, else all of it."""
    while isinstance(node, Sequence) and node.items:
        node = node.items[0]
    if isinstance(node, Mapping) and node.fields:
        key = min((entry.key for entry in node.fields.values()), key=lambda key: key.start)
        return Span(key.start, key.end)
    return Span(node.start, node.start if isinstance(node, Mapping | Sequence) else node.end)


def span_at(node: Node | None, path: tuple[str, ...]) -> Span:
    """Where a path leads: the key or item at its end, or the last one on the way that is there."""
    span = Span(node.start, node.start) if node else Span(0, 0)
    for name in path:
        if isinstance(node, Mapping) and name in node.fields:
            entry = node.fields[name]
            span, node = Span(entry.key.start, entry.key.end), entry.value
        elif isinstance(node, Sequence) and name.isdecimal() and int(name) < len(node.items):
            node = node.items[int(name)]
            span = Span(node.start, node.end)
        else:
            break
    return span
