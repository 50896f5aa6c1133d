"""Holds an object against the rows of its type: row and what is wrong, for each that is broken."""

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module

from kexplain.api.constraints import Limits, Row
from kexplain.constraints.conditions import condition
from kexplain.constraints.fields import FIELDS
from kexplain.constraints.lists import LISTS
from kexplain.constraints.nodes import Violation, holders, label, leaves, shown, unresolved
from kexplain.constraints.scalars import SCALARS
from kexplain.syntax.tree import Mapping, Scalar

OF_ONE_FIELD = {"required", "required-text", "present", "meant", "discouraged"}
"""Kinds whose path names a field that may not be there."""
Judge = Callable[[Mapping], Iterable[Violation]]


def violations(limits: Limits, node: Mapping) -> list[tuple[Row, Violation]]:
    """What is wrong with an object by the rows of its type."""
    found = [(row, violation) for row in limits.get("", ()) for violation in (row.judge or judge_of(row))(node)]
    for name in node.fields:
        for row in limits.get(name, ()):
            found += [(row, violation) for violation in (row.judge or judge_of(row))(node)]
    return found


def judge_of(row: Row) -> Judge:
    """The function of a row; kept in the row. Raises KeyError and ValueError for one that is misspelt."""
    name = label(row.path)
    if row.kind in SCALARS:
        judge = of_scalar(row, SCALARS[row.kind][0](row.arguments), name)
    elif row.kind in LISTS:
        judge = of_node(row, LISTS[row.kind][0](row.arguments, name))
    elif row.kind in OF_ONE_FIELD:
        judge = of_holder(row.path[:-1], FIELDS[row.kind][0](row.arguments, row.path[-1]))
    elif row.kind in FIELDS:
        judge = of_holder(row.path, FIELDS[row.kind][0](row.arguments, name if row.path else ""))
    else:
        judge = of_holder(row.path, of_position(special(row.kind), row.arguments))
    when = condition(row.when)
    row.judge = judge if when is None else lambda node: judge(node) if when(node) else ()
    return row.judge


def special(kind: str) -> Callable[[Mapping, str], Iterator[Violation]]:
    """The function of a kind that only one position has: ``pods.host-process`` is in ``pods.py``. Raises KeyError."""
    module, _, name = kind.partition(".")
    try:
        found: Callable[[Mapping, str], Iterator[Violation]] = getattr(
            import_module(f"kexplain.constraints.{module}"), name.replace("-", "_")
        )
    except (ImportError, AttributeError) as error:
        raise KeyError(kind) from error
    return found


def of_position(function: Callable[[Mapping, str], Iterator[Violation]], arguments: str) -> Judge:
    """A function of one position with the arguments of its row."""
    return lambda node: function(node, arguments)


def of_scalar(row: Row, test: Callable[[Scalar], str], name: str) -> Judge:
    """The scalars at the row's path, each held against a test."""
    path, of_items = row.path, row.kind == "not-empty" and row.path[-1] == "[]"

    def judge_field(node: Mapping) -> Iterable[Violation]:
        leaf = node.get(path[0])
        if type(leaf) is Scalar and leaf.value is not None and (wrong := test(leaf)) and not unresolved(leaf):
            return (Violation(path, f"{name} {shown(leaf)} {wrong}"),)
        return ()

    if len(path) == 1 and path[0] != "[]":  # most rows: no path is walked
        return judge_field

    def judge(node: Mapping) -> Iterator[Violation]:
        for steps, leaf in leaves(node, path):
            if type(leaf) is not Scalar or (leaf.value is None and not of_items):
                continue
            if (wrong := test(leaf)) and not unresolved(leaf):
                yield Violation(steps, f"{name} {shown(leaf)} {wrong}")

    return judge


def of_node(row: Row, below: Callable[..., Iterator[Violation]]) -> Judge:
    """The nodes at the row's path as they are."""
    path = row.path

    def judge_field(node: Mapping) -> Iterable[Violation]:
        leaf = node.get(path[0])
        return () if leaf is None else [v._replace(steps=(*path, *v.steps)) for v in below(leaf)]

    if len(path) == 1 and path[0] != "[]":
        return judge_field

    def judge(node: Mapping) -> Iterator[Violation]:
        for steps, leaf in leaves(node, path):
            for violation in below(leaf):
                yield violation._replace(steps=(*steps, *violation.steps))

    return judge


def of_holder(path: tuple[str, ...], below: Judge) -> Judge:
    """The mappings at a path, each for its fields together."""
    if not path:
        return below

    def judge(node: Mapping) -> Iterator[Violation]:
        for steps, holder in holders(node, path):
            for violation in below(holder):
                yield violation._replace(steps=(*steps, *violation.steps))

    return judge
