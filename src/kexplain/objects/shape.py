"""Whether a node has the shape that belongs somewhere: of a scalar type, of a Pod's spec, of a Pod template."""

import re
from functools import lru_cache

from kexplain.syntax.placeholder import unresolved
from kexplain.syntax.tree import Mapping, Node, Scalar, Sequence

INT_BOUNDS = {"int32": 2**31, "int64": 2**63}
QUANTITY = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[EPTGMk]|[EPTGMK]i|[mun]|[eE][+-]?[0-9]+)?"
BASE64 = r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"
TIME = r"[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9](?:[.,][0-9]+)?(?:Z|[+-][0-2][0-9]:[0-5][0-9])"
WRITTEN = {
    "quantity": (QUANTITY, "invalid-quantity"),
    "bytes": (BASE64, "invalid-base64"),
    "time": (TIME, "invalid-time"),
}
"""How a string of a type is written, and the fault of one that is not."""


def mismatch(ref: str, node: Node) -> str:
    """The fault of a node where a scalar of that type belongs; empty where it fits. Null counts as not set."""
    if type(node) is not Scalar:
        return "wrong-type"
    value = node.value
    if value is None:
        return ""
    kind = type(value)
    if ref in {"string", "bytes", "time"}:
        if kind is bool and node.plain and node.text.lower() not in {"true", "false"}:
            return "yaml11-boolean-in-string-field"
        return "wrong-type" if kind is not str else "" if ref == "string" else miswritten(ref, node)
    if ref == "boolean":
        return "" if kind is bool else "wrong-type"
    if ref in INT_BOUNDS:
        return out_of_range(value, INT_BOUNDS[ref])
    if ref == "int-or-string":
        return "" if kind is str else out_of_range(value, INT_BOUNDS["int32"])
    if ref == "number":
        return "" if kind in {int, float} else "wrong-type"
    return "wrong-type" if kind is bool else miswritten(ref, node) if kind is str else ""  # a quantity


def out_of_range(value: object, bound: int) -> str:
    """The fault of what should be a whole number of so many bits."""
    if type(value) is int or (isinstance(value, float) and value.is_integer()):
        return "" if -bound <= value < bound else "number-out-of-range"
    return "wrong-type"


def miswritten(ref: str, node: Scalar) -> str:
    """The fault of a string that is not written as its type asks."""
    pattern, fault = WRITTEN[ref]
    text = str(node.value)
    text = text.strip() if ref == "quantity" else re.sub("[\r\n]", "", text) if ref == "bytes" else text
    return "" if pattern_of(pattern).fullmatch(text) or (ref == "time" and not text) or unresolved(node) else fault


@lru_cache(maxsize=8)
def pattern_of(pattern: str) -> re.Pattern[str]:
    """A pattern, compiled when it is first asked for."""
    return re.compile(pattern)


def is_pod_spec(node: Mapping) -> bool:
    """Whether something untyped is a Pod's spec by its looks: containers, each with a name and an image."""
    containers = node.get("containers")
    return (
        isinstance(containers, Sequence)
        and bool(containers.items)
        and all(isinstance(c, Mapping) and "name" in c.fields and "image" in c.fields for c in containers.items)
    )


def is_pod_template(node: Mapping) -> bool:
    """Whether something untyped is a Pod template by its looks."""
    spec = node.get("spec")
    return isinstance(spec, Mapping) and is_pod_spec(spec) and set(node.fields) <= {"metadata", "spec"}
