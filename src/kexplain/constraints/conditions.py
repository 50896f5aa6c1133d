"""The ``when`` of a row: comma-separated conditions on the object that it hangs on, all of which must hold.

``a.b=X|Y`` one of these values, ``a!=X`` none of them (an empty one stands for absent), ``a`` is set, ``!a`` is not,
``a>0`` and ``a<1`` compare numbers.
"""

import re
from collections.abc import Callable

from kexplain.constraints.nodes import compared, is_set, unresolved, value_at, whole
from kexplain.syntax.tree import Mapping, descend

Condition = Callable[[Mapping], bool]
TERM = r"(?P<not>!)?(?P<path>[\w.$-]+)(?:(?P<op>!=|=|>|<)(?P<values>.*))?"


def condition(text: str) -> Condition | None:
    """The conditions as one function; None for none. Raises ValueError for one that is misspelt."""
    terms = [term(part.strip()) for part in text.split(",")] if text else []
    if not terms:
        return None
    return terms[0] if len(terms) == 1 else lambda node: all(holds(node) for holds in terms)


def term(text: str) -> Condition:
    """One condition."""
    match = re.fullmatch(TERM, text)
    if not match:
        raise ValueError(f"{text!r} is no condition")
    path, op, values = tuple(match["path"].split(".")), match["op"], (match["values"] or "").split("|")
    if op is None:
        return (
            (lambda node: not is_set(descend(node, *path))) if match["not"] else (lambda n: is_set(descend(n, *path)))
        )
    if op in "<>":
        return bound(path, op, int(values[0]))
    wanted = op == "="
    return lambda node: (compared(value_at(node, path)) in values) == wanted and not unresolved(descend(node, *path))


def bound(path: tuple[str, ...], op: str, limit: int) -> Condition:
    """Whether a number is there and above or below another."""

    def holds(node: Mapping) -> bool:
        number = whole(descend(node, *path))
        return number is not None and (number > limit if op == ">" else number < limit)

    return holds
