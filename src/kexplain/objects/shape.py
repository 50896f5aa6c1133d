"""Whether a node has the shape that belongs somewhere: of a scalar type, of a Pod's spec, of a Pod template."""

from typing import TYPE_CHECKING, Any

from kexplain.api.type import Type
from kexplain.syntax.tree import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from kexplain.api.definition import Definition

Json = dict[str, Any]
INT_BOUNDS = {"int32": 2**31, "int64": 2**63}


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
        return "" if kind is str else "wrong-type"
    if ref == "boolean":
        return "" if kind is bool else "wrong-type"
    if ref in INT_BOUNDS:
        whole = kind is int or (isinstance(value, float) and value.is_integer())
        return "" if whole and isinstance(value, int | float) and abs(value) <= INT_BOUNDS[ref] else "wrong-type"
    if ref == "int-or-string":
        whole = isinstance(value, float) and value.is_integer()
        return "" if whole or kind in {int, str} else "wrong-type"
    if ref == "number":
        return "" if kind in {int, float} else "wrong-type"
    return "" if kind is not bool else "wrong-type"  # quantity: a number or a string


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
