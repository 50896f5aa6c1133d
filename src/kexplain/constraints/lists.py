"""Kinds of constraints on a node as a whole: how many items, none twice, which keys, filled, or not there at all.

Each takes the arguments of its row and the field's name, and gives a function: node → violations below it.
"""

import itertools
from collections.abc import Callable, Iterator

from kexplain.constraints.formats import FORMATS
from kexplain.constraints.nodes import Violation, is_filled, is_set, limits, scalar_text, shown, span, unresolved, whole
from kexplain.syntax.tree import Mapping, Node, Scalar, Sequence, descend

Judge = Callable[[Node], Iterator[Violation]]
LARGEST_ANNOTATIONS = 256 * 1024


def counted(bounds: str, name: str) -> Judge:
    """A list or map of so many items."""
    low, high = limits(bounds)

    def judge(node: Node) -> Iterator[Violation]:
        number = len(node.items) if type(node) is Sequence else len(node.fields) if type(node) is Mapping else None
        if number is not None and not low <= number <= high:
            yield Violation((), f"{name} has {number} items; {span(bounds)}")

    return judge


def unique(keys: str, name: str) -> Judge:
    """A list without a second item of the same key, or the same scalar; ``port+protocol=TCP`` has a default."""
    fields = [(tuple(key.partition("=")[0].split(".")), key.partition("=")[2]) for key in keys.split("+") if key]

    def judge(node: Node) -> Iterator[Violation]:
        first: dict[tuple[str, ...], int] = {}
        for index, item in enumerate(node.items if type(node) is Sequence else ()):
            found = [descend(item, *path) for path, _ in fields] if fields else [item]
            values = tuple(scalar_text(n) or (fields[i][1] if fields else "") for i, n in enumerate(found))
            if not any(values) or any(unresolved(n) for n in found):
                continue
            if first.setdefault(values, index) != index:
                steps = (str(index), *fields[0][0]) if fields and found[0] is not None else (str(index),)
                yield Violation(
                    steps, f"{name} has {'/'.join(filter(None, values))} twice: it stood before as item {first[values]}"
                )

    return judge


def keys_of(arguments: str, name: str) -> Judge:
    """A map whose keys are of a format; an empty key is none."""
    test = FORMATS[arguments][0]

    def judge(node: Node) -> Iterator[Violation]:
        for key, entry in node.fields.items() if type(node) is Mapping else ():
            wrong = test(key) if key else "is empty"
            if wrong and not unresolved(entry.key):
                yield Violation(
                    (key,),
                    f"the key {shown(entry.key) if key else ''} of {name} {wrong}".replace("  ", " "),
                    at_key=True,
                )

    return judge


def values_of(arguments: str, name: str) -> Judge:
    """A map whose values are of a format; an empty value is for the format to judge."""
    test = FORMATS[arguments][0]

    def judge(node: Node) -> Iterator[Violation]:
        for key, entry in node.fields.items() if type(node) is Mapping else ():
            value = entry.value
            if (
                type(value) is Scalar
                and type(value.value) is str
                and (wrong := test(value.value))
                and not unresolved(value)
            ):
                yield Violation((key,), f"the value {shown(value)} of {key} in {name} {wrong}")

    return judge


def size_of_annotations(_: str, name: str) -> Judge:
    """Annotations that are not too large together."""

    def judge(node: Node) -> Iterator[Violation]:
        pairs = node.fields.items() if type(node) is Mapping else ()
        size = sum(len(key.encode()) + len(scalar_text(entry.value).encode()) for key, entry in pairs)
        if size > LARGEST_ANNOTATIONS:
            yield Violation((), f"{name} are {size} bytes together, {LARGEST_ANNOTATIONS} are allowed")

    return judge


def in_order(_: str, name: str) -> Judge:
    """A list of numbers that rise."""

    def judge(node: Node) -> Iterator[Violation]:
        numbers = [whole(item) for item in node.items] if type(node) is Sequence else []
        for index, (before, number) in enumerate(itertools.pairwise(numbers), 1):
            if before is not None and number is not None and before > number:
                yield Violation((str(index),), f"{name} are out of order: {number} stands after {before}")
                return

    return judge


def filled(_: str, name: str) -> Judge:
    """Something that may be left out, but is not empty where it stands."""

    def judge(node: Node) -> Iterator[Violation]:
        is_null = type(node) is Scalar and node.value is None
        if not is_null and not is_filled(node):
            yield Violation((), f"{name} is empty")

    return judge


def forbidden(reason: str, name: str) -> Judge:
    """Something that may not be there; the arguments say with what."""

    def judge(node: Node) -> Iterator[Violation]:
        if is_set(node):
            yield Violation((), f"{name} may not be set {reason}".strip())

    return judge


def forbidden_map(reason: str, name: str) -> Judge:
    """The same for a map, whose emptiness counts as not set."""

    def judge(node: Node) -> Iterator[Violation]:
        if is_filled(node):
            yield Violation((), f"{name} may not be set {reason}".strip())

    return judge


def forbidden_pointer(reason: str, name: str) -> Judge:
    """The same for a field whose empty string counts as set."""

    def judge(node: Node) -> Iterator[Violation]:
        if is_set(node) or (type(node) is Scalar and node.value == ""):
            yield Violation((), f"{name} may not be set {reason}".strip())

    return judge


def joined_length(bounds: str, name: str) -> Judge:
    """A list of strings that are not too long together, with a space between them."""
    _, high = limits(bounds)

    def judge(node: Node) -> Iterator[Violation]:
        items = node.items if type(node) is Sequence else []
        length = len(" ".join(map(scalar_text, items)))
        if length > high:
            yield Violation((), f"{name} have {length} characters together; {span(bounds)}")

    return judge


def forbidden_unless_zero(reason: str, name: str) -> Judge:
    """The same for a number or boolean whose zero counts as not set."""

    def judge(node: Node) -> Iterator[Violation]:
        if is_set(node) and not (type(node) is Scalar and not node.value):
            yield Violation((), f"{name} may not be set {reason}".strip())

    return judge


def allowed_keys(names: str, name: str) -> Judge:
    """A map that has no other keys than these."""
    known = names.split()

    def judge(node: Node) -> Iterator[Violation]:
        for key, entry in node.fields.items() if type(node) is Mapping else ():
            if key not in known and not unresolved(entry.key):
                yield Violation(
                    (key,), f'{name} has the key "{key}"; only {", ".join(known)} may stand there', at_key=True
                )

    return judge


LISTS: dict[str, tuple[Callable[[str, str], Judge], Callable[[str], str]]] = {
    "count": (counted, lambda bounds: f"{span(bounds)} items"),
    "unique": (unique, lambda keys: "no " + (f"{keys.replace('+', ' and ')} twice" if keys else "item twice")),
    "keys": (keys_of, lambda name: f"keys: {FORMATS[name][1]}"),
    "map-values": (values_of, lambda name: f"values: {FORMATS[name][1]}"),
    "allowed-keys": (allowed_keys, lambda names: f"keys: {', '.join(names.split())}"),
    "annotations-size": (size_of_annotations, lambda _: "at most 256 KiB together"),
    "sorted": (in_order, lambda _: "in rising order"),
    "filled": (filled, lambda _: "not empty"),
    "forbidden": (forbidden, lambda reason: f"not {reason}".strip()),
    "forbidden-map": (forbidden_map, lambda reason: f"not {reason}".strip()),
    "forbidden-pointer": (forbidden_pointer, lambda reason: f"not {reason}".strip()),
    "joined-length": (joined_length, lambda bounds: f"{span(bounds)} characters together"),
    "forbidden-unless-zero": (forbidden_unless_zero, lambda reason: f"not {reason}".strip()),
}
"""Each kind by its name in the tables, and what says it in a phrase."""
