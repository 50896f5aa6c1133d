"""wrong-type: a value of another type than the API takes there."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, shorten
from kexplain.objects.secret import holds_secret
from kexplain.objects.shape import INT_BOUNDS, mismatch
from kexplain.objects.visit import Visit
from kexplain.syntax.scalar import resolve
from kexplain.syntax.tree import Mapping, Node, Scalar

WORDS = {"bytes": "a base64 string", "time": "a time as a string", "int32": "a whole number", "int64": "a whole number",
         "number": "a number", "boolean": "true or false", "quantity": "a quantity", "string": "a string",
         "int-or-string": "a whole number or a string"}  # fmt: skip


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A value whose type does not fit; says both types, and how the value is read."""
    what = found(visit.node, secret=holds_secret(visit))
    yield Problem(visit, {"wanted": wanted(visit.ref, visit.node), "found": what, "hint": hint(visit)})


def wanted(ref: str, node: Node) -> str:
    """What belongs there, in words; for a whole number that is too large or too small its bound."""
    value = node.value if isinstance(node, Scalar) else None
    if ref in INT_BOUNDS and (type(value) is int or (isinstance(value, float) and value.is_integer())):
        bound = INT_BOUNDS[ref]
        return f"a whole number of {bound.bit_length()} bits ({-bound} to {bound - 1})"
    if ref[:2] == "[]":
        return "a list"
    return WORDS.get(ref, "a map" if ref[:2] == "{}" or ref == "object" else f"an object ({ref.rpartition(' ')[2]})")


def found(node: Node, *, secret: bool) -> str:
    """What stands there, in words; the value of a Secret is not told."""
    if not isinstance(node, Scalar):
        return "a mapping" if isinstance(node, Mapping) else "a list"
    kind = {bool: "the boolean", int: "the number", float: "the number", str: "the string"}.get(type(node.value), "")
    return kind if secret else f"{kind} {shorten(node.text)}".strip()


def hint(visit: Visit) -> str:
    """How to write it so that it is read as meant."""
    node = visit.node
    if isinstance(node, Scalar) and visit.ref in {"string", "bytes", "time"} and not isinstance(node.value, str | None):
        return "; quote it"
    if isinstance(node, Scalar) and isinstance(node.value, str) and not node.plain and node.text:
        bare = Scalar(node.start, node.end, node.text, resolve(node.text), plain=True)
        if visit.ref in {"int32", "int64", "boolean", "number"} and not mismatch(visit.ref, bare):
            return "; leave the quotes out"
    if not isinstance(node, Scalar) and visit.ref[:2] == "[]":
        return "; begin each item with '- '"
    return ""
