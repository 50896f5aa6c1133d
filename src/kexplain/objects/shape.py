"""Whether a node has the shape that belongs somewhere: of a scalar type, of a Pod's spec, of a Pod template."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kexplain.api.type import Type
from kexplain.syntax.placeholder import unresolved
from kexplain.syntax.tree import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from kexplain.api.definition import Definition

Json = dict[str, Any]
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


def is_whole(node: Mapping, type_: Type) -> bool:
    """Whether a container or Pod in a custom object is all there is of it, not a patch of what its controller makes."""
    if type_.short == "Container":
        image = node.get("image")
        return isinstance(image, Scalar) and bool(image.value)
    return is_pod_spec(node)


def nullable(schema: Json | None) -> bool:
    """Whether null is a value of its own there; elsewhere it counts as absent."""
    return schema is not None and schema.get("nullable") is True


def scalar_fault(schema: Json, ref: str, node: Node) -> tuple[str, str]:
    """The type reference that holds for a scalar of a custom type, and its fault: a quantity may be less than one."""
    if schema.get("x-kubernetes-int-or-string") is True and mismatch("int-or-string", node):
        return "int-or-string", "wrong-type"
    return ref, mismatch(ref, node)


def unknown_fault(definition: "Definition", owner: Type, name: str) -> str:
    """The fault of a field that a custom type does not have.

    By a definition of one's own it is unknown. By the table it is when it resembles another; else the release that the
    cluster runs may be newer than the table.
    """
    if definition.path or resembling(name, list(owner.fields), 0.8):
        return "unknown-field"
    return "unfamiliar-field"


def resembling(name: str, known: list[str], least: float) -> str:
    """The known name that a name was probably meant to be; empty where none is near enough."""
    from difflib import get_close_matches

    same = next((other for other in known if other.lower() == name.lower()), None)
    close = [same] if same else get_close_matches(name, known, 1, least)
    return close[0] if close else ""
