"""What a cluster has although no manifest holds it: objects and labels that come of themselves (tables of ``api/``)."""

from collections.abc import Iterator
from functools import lru_cache

from kexplain.api import packed

ANYBODY, ANYTHING, NUMBER = "*", "*", "-{number}"


@lru_cache(maxsize=1)
def tables() -> dict[str, list[list[str]]]:
    """The rows of ``controller-labels``, ``provided-objects`` and ``custom-makers``."""
    rows: dict[str, list[list[str]]] = packed.read_json("provided.json")
    return rows


def is_provided(kind: str, name: str, namespace: str) -> bool:
    """Whether Kubernetes, its installer or a large distribution brings an object of that name.

    Of a ``Pod``, the name is one of its labels: ``component=etcd``. A manifest without a namespace can be in any.
    """
    return any(
        row_kind == kind and like(pattern, name) and (not there or not namespace or there == namespace)
        for row_kind, pattern, there, _ in tables()["provided-objects"]
    )


def owners_by_label(key: str, value: str) -> Iterator[tuple[str, str]]:
    """Whose Pods a controller gives that label: kind and name of their owner; two stars where nobody can tell."""
    for label, kind, form, _ in tables()["controller-labels"]:
        if not like(label, key):
            continue
        if kind == ANYBODY:
            if form in {"*", value}:
                yield ANYBODY, ANYBODY
        elif not form.endswith(NUMBER):
            yield kind, value
        elif value.rpartition("-")[2].isdecimal():
            yield kind, value.rpartition("-")[0]


def may_make(group: str, kind: str, wanted: str) -> bool:
    """Whether the controller of a custom kind may make objects of the wanted kind; of one nobody knows, it may."""
    rows = custom_makers().get(group, {})
    makes = rows.get(kind) or rows.get("*") or frozenset({ANYTHING})
    return ANYTHING in makes or wanted in makes


@lru_cache(maxsize=1)
def custom_makers() -> dict[str, dict[str, frozenset[str]]]:
    """What custom kinds make, by group and kind."""
    found: dict[str, dict[str, frozenset[str]]] = {}
    for group, kind, makes in tables()["custom-makers"]:
        found.setdefault(group, {})[kind] = frozenset(makes.split(", "))
    return found


def like(pattern: str, text: str) -> bool:
    """Whether a text is what a pattern says, in which stars are any text."""
    head, *parts = pattern.split("*")
    if not parts:
        return text == pattern
    if not text.startswith(head):
        return False
    at = len(head)
    for part in parts[:-1]:
        at = text.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return len(text) - at >= len(parts[-1]) and text.endswith(parts[-1])
