"""Kinds of constraints on the fields of an object together: which must be there, which exclude each other, which order.

Each takes the arguments of its row and the last field of its path, and gives a function: mapping → violations.
"""

from collections.abc import Callable, Iterable, Iterator

from kexplain.api.quantity import billionths
from kexplain.constraints.nodes import (
    Violation,
    is_filled,
    is_set,
    leaves,
    listed,
    scalar_text,
    shown,
    unresolved,
)
from kexplain.syntax.tree import Mapping, Node, Scalar, descend

Judge = Callable[[Mapping], Iterable[Violation]]


def required(reason: str, name: str) -> Judge:
    """A field that must be there and not be empty; the arguments say when."""

    def judge(holder: Mapping) -> Iterator[Violation]:
        node = holder.get(name)
        if is_filled(node) or unresolved(node):
            return
        why = f"; it is needed {reason}" if reason else ""
        if node is not None:
            yield Violation((name,), f"{name} is empty{why}", at_key=True)
        else:
            yield Violation((), f"{name} is missing{why}", missing=name)

    return judge


def present(reason: str, name: str) -> Judge:
    """A field that must be there; the arguments say when. It may be empty."""

    def judge(holder: Mapping) -> Iterator[Violation]:
        node = holder.get(name)
        if node is None or (type(node) is Scalar and node.value is None):
            yield Violation((), f"{name} is missing" + (f"; it is needed {reason}" if reason else ""), missing=name)

    return judge


def meant(zero: str, name: str) -> Judge:
    """A field that counts as something when it is not there, which few mean; the arguments say as what."""

    def judge(holder: Mapping) -> Iterator[Violation]:
        node = holder.get(name)
        if node is None or (type(node) is Scalar and node.value is None):
            yield Violation((), f"{name} is missing, which counts as {zero}", missing=name)

    return judge


def required_text(reason: str, name: str) -> Judge:
    """A string that must be there and be more than white space."""
    needed = required(reason, name)

    def judge(holder: Mapping) -> Iterator[Violation]:
        node = holder.get(name)
        if type(node) is Scalar and type(node.value) is str and node.value and not node.value.strip():
            yield Violation((name,), f"{name} is empty")
        yield from needed(holder)

    return judge


def discouraged(words: str, name: str) -> Judge:
    """A field that is better not set; the arguments say why."""

    def judge(holder: Mapping) -> Iterator[Violation]:
        node = holder.get(name)
        if is_set(node):
            yield Violation((name,), f"{name} {words}", at_key=True)

    return judge


def those_set(names: list[str]) -> Callable[[Mapping], list[str]]:
    """What tells which of some fields are set."""
    paths = [(name, tuple(name.split("."))) for name in names]
    heads = {path[0] for _, path in paths}

    def found(holder: Mapping) -> list[str]:
        if heads.isdisjoint(holder.fields):
            return []
        return [name for name, path in paths if path[0] in holder.fields and is_set(descend(holder, *path))]

    return found


def one_of(arguments: str, name: str) -> Judge:
    """Exactly one of several fields."""
    those = those_set(arguments.split())
    few, many = some_of(arguments, name), at_most_one(arguments, name)

    def judge(holder: Mapping) -> Iterable[Violation]:
        number = len(those(holder))
        return () if number == 1 else many(holder) if number else few(holder)

    return judge


def one_present(arguments: str, name: str) -> Judge:
    """Exactly one of several fields, of which an empty string counts as set."""
    names = arguments.split()

    def judge(holder: Mapping) -> Iterator[Violation]:
        nodes = {other: holder.get(other) for other in names}
        found = [
            n for n, node in nodes.items() if node is not None and not (type(node) is Scalar and node.value is None)
        ]
        if not found:
            yield Violation((), f"{name or 'this'} has none of {listed(names, 'or')}")
        elif len(found) > 1:
            yield Violation((found[1],), f"{listed(found)} exclude each other; one may be set", at_key=True)

    return judge


def some_of(arguments: str, name: str) -> Judge:
    """At least one of several fields."""
    names = arguments.split()
    those = those_set(names)

    def judge(holder: Mapping) -> Iterator[Violation]:
        if not those(holder):
            where = name or "this"
            yield Violation((), f"{where} has none of {listed(names, 'or')}")

    return judge


def at_most_one(arguments: str, name: str) -> Judge:
    """Not two of several fields."""
    names = arguments.split()
    those = those_set(names)

    def judge(holder: Mapping) -> Iterator[Violation]:
        found = those(holder)
        if len(found) > 1:
            yield Violation(
                tuple(found[1].split(".")), f"{listed(found)} exclude each other; one may be set", at_key=True
            )

    return judge


def all_or_none(arguments: str, name: str) -> Judge:
    """All of several fields or none of them."""
    names = arguments.split()
    those = those_set(names)

    def judge(holder: Mapping) -> Iterator[Violation]:
        found = those(holder)
        if found and len(found) < len(names):
            lost = [other for other in names if other not in found]
            yield Violation((), f"{listed(found)} is set without {listed(lost)}", missing=lost[0])

    return judge


def ordered(arguments: str, _: str) -> Judge:
    """``a < b`` or ``a <= b``: numbers or amounts of two fields."""
    left, sign, right = arguments.split()

    def judge(holder: Mapping) -> Iterator[Violation]:
        a, b = descend(holder, *left.split(".")), descend(holder, *right.split("."))
        low, high = amount(a), amount(b)
        if a is None or b is None or low is None or high is None:
            return
        if low > high or (low == high and sign == "<"):
            than = "below" if sign == "<" else "at most"
            yield Violation(tuple(left.split(".")), f"{left} {shown(a)} is not {than} {right} {shown(b)}")

    return judge


def amount(node: Node | None) -> int | None:
    """A number or quantity, to compare with another."""
    try:
        return billionths(node.value) if type(node) is Scalar and type(node.value) in {int, float, str} else None
    except ValueError:
        return None


def same(arguments: str, _: str) -> Judge:
    """``a = b``: two fields that hold the same where both are set."""
    left, _, right = arguments.split()

    def judge(holder: Mapping) -> Iterator[Violation]:
        a, b = descend(holder, *left.split(".")), descend(holder, *right.split("."))
        if type(a) is not Scalar or type(b) is not Scalar or unresolved(a) or unresolved(b):
            return
        if is_set(a) and is_set(b) and a.value != b.value:
            yield Violation(tuple(left.split(".")), f"{left} {shown(a)} differs from {right} {shown(b)}")

    return judge


def refers(arguments: str, name: str) -> Judge:
    """``a.b in c[].name or d[].name``: a value that is the name of something in the same object."""
    path, _, lists = arguments.partition(" in ")
    wanted = [tuple(known.replace("[]", ".[]").split(".")) for known in lists.split(" or ")]

    def judge(holder: Mapping) -> Iterator[Violation]:
        known = {scalar_text(node) for where in wanted for _, node in leaves(holder, where)}
        if any(unresolved(node) for where in wanted for _, node in leaves(holder, where)):
            return
        for steps, node in leaves(holder, tuple(path.replace("[]", ".[]").split("."))):
            if type(node) is Scalar and scalar_text(node) and scalar_text(node) not in known and not unresolved(node):
                yield Violation(steps, f"there is no {nouns(lists)} {shown(node)} here")

    return judge


def unique_across(arguments: str, _: str) -> Judge:
    """``a[].name b[].name``, or ``a[].ports[] by port+protocol=TCP``: no value twice in several lists together."""
    where, _, keys = arguments.partition(" by ")
    paths = [tuple(path.replace("[]", ".[]").split(".")) for path in where.split()]
    fields = [(key.partition("=")[0], key.partition("=")[2]) for key in keys.split("+") if key]

    def judge(holder: Mapping) -> Iterator[Violation]:
        seen: set[tuple[str, ...]] = set()
        for path in paths:
            for steps, node in leaves(holder, path):
                found = [node.get(key) if type(node) is Mapping else None for key, _ in fields] or [node]
                if any(map(unresolved, found)) or scalar_text(found[0]) in {"", "0"}:
                    continue
                values = tuple(scalar_text(n) or (fields[i][1] if fields else "") for i, n in enumerate(found))
                if values in seen:
                    at = (*steps, fields[0][0]) if fields else steps
                    yield Violation(at, f"{label_of(at)} {'/'.join(filter(None, values))} stood before")
                seen.add(values)

    return judge


def label_of(steps: tuple[str, ...]) -> str:
    """The field that steps lead to, without indices."""
    return next((step for step in reversed(steps) if not step.isdecimal()), "value")


def disjoint(arguments: str, _: str) -> Judge:
    """``a[] b[]``: no value in both lists."""
    left, right = (tuple(path.replace("[]", ".[]").split(".")) for path in arguments.split())

    def judge(holder: Mapping) -> Iterator[Violation]:
        others = {scalar_text(node) for _, node in leaves(holder, right)} - {""}
        for steps, node in leaves(holder, left):
            if scalar_text(node) in others and not unresolved(node):
                yield Violation(steps, f"{shown(node)} stands in {left[0]} and in {right[0]}")

    return judge


def nouns(lists: str) -> str:
    """What the lists of a reference hold, in words."""
    return " or ".join(known.partition("[]")[0].rpartition(".")[2].removesuffix("s") for known in lists.split(" or "))


FIELDS: dict[str, tuple[Callable[[str, str], Judge], Callable[[str], str]]] = {
    "required": (required, lambda reason: f"needed {reason}".strip()),
    "present": (present, lambda reason: f"needed {reason}".strip()),
    "meant": (meant, lambda zero: f"counts as {zero} when it is not there"),
    "required-text": (required_text, lambda reason: f"needed {reason}".strip()),
    "discouraged": (discouraged, lambda words: f"better not set: it {words}"),
    "one-of": (one_of, lambda names: f"exactly one of {listed(names.split(), 'and')}"),
    "one-present": (one_present, lambda names: f"exactly one of {listed(names.split(), 'and')}"),
    "some-of": (some_of, lambda names: f"at least one of {listed(names.split(), 'and')}"),
    "at-most-one": (at_most_one, lambda names: f"at most one of {listed(names.split(), 'and')}"),
    "all-or-none": (all_or_none, lambda names: f"{listed(names.split())} together or not at all"),
    "ordered": (ordered, lambda order: order.replace("<=", "at most").replace("<", "below")),
    "same": (same, lambda pair: pair.replace("=", "is")),
    "unique-across": (unique_across, lambda _: "none twice"),
    "disjoint": (disjoint, lambda pair: f"nothing in both {pair.replace(' ', ' and ')}"),
    "refers": (refers, lambda pair: f"{pair.replace(' in ', ' is one of ')}"),
}
"""Each kind by its name in the tables, and what says it in a phrase."""
