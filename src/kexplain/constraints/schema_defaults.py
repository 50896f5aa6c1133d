"""Whether the default of a field in a schema is a value that the schema takes."""

from kexplain.constraints.nodes import items_of, scalar_text, unresolved, value_at
from kexplain.syntax.tree import Mapping, Node, Scalar, Sequence, descend

PRESERVE = "x-kubernetes-preserve-unknown-fields"


def wrong_default(node: Mapping, default: Node | None, depth: int = 0) -> str:
    """What is wrong with a default by its own schema; "" where nothing is."""
    kind, value = scalar_text(node.get("type")), default.value if type(default) is Scalar else None
    if default is None or unresolved(default) or depth > 20 or not kind:
        return ""
    if type(default) is Scalar and value is None:
        return "" if value_at(node, ("nullable",)) is True else "is null, and nullable is not true"
    good = {"string": type(value) is str, "boolean": type(value) is bool, "integer": type(value) is int,
            "number": type(value) in {int, float}, "object": isinstance(default, Mapping),
            "array": isinstance(default, Sequence)}  # fmt: skip
    if not good.get(kind, True):
        return f"is not of the type {kind}"
    choices = [item.value for item in items_of(node, "enum") if type(item) is Scalar]
    if choices and type(default) is Scalar and value not in choices:
        return f"is none of {', '.join(map(str, choices))}"
    return out_of_bounds(node, value) or wrong_below(node, default, depth)


def out_of_bounds(node: Mapping, value: object) -> str:
    """What is wrong with a number or string by the bounds of its schema."""
    low, high = value_at(node, ("minimum",)), value_at(node, ("maximum",))
    bits = {"int32": 2**31, "int64": 2**63}.get(scalar_text(node.get("format")), 0)
    for bound in (low, high) if bits and value_at(node, ("type",)) == "integer" else ():
        if isinstance(bound, int | float) and not (-bits <= bound < bits and bound == int(bound)):
            return f"cannot be held against the bound {bound}, which its format cannot hold"
    if isinstance(value, int | float) and not isinstance(value, bool):
        if isinstance(low, int | float) and value < low:
            return f"is below the minimum of {low}"
        if isinstance(high, int | float) and value > high:
            return f"is above the maximum of {high}"
    if isinstance(value, str):
        least, most = value_at(node, ("minLength",)), value_at(node, ("maxLength",))
        if isinstance(least, int) and len(value) < least:
            return f"is shorter than {least}"
        if isinstance(most, int) and len(value) > most:
            return f"is longer than {most}"
    return ""


def wrong_below(node: Mapping, default: Node, depth: int) -> str:
    """What is wrong with the fields or items of a default."""
    if isinstance(default, Mapping):
        properties = getattr(node.get("properties"), "fields", {})
        closed = properties and "additionalProperties" not in node.fields and value_at(node, (PRESERVE,)) is not True
        for name, entry in default.fields.items():
            inner = descend(node, "properties", name) or node.get("additionalProperties")
            if closed and name not in properties:
                return f"has the field {name}, which the schema does not have"
            if isinstance(inner, Mapping) and (wrong := wrong_default(inner, entry.value, depth + 1)):
                return f"has a field {name} that {wrong}"
        for needed in map(scalar_text, items_of(node, "required")):
            if needed not in default.fields and descend(node, "properties", needed, "default") is None:
                return f"lacks the field {needed}"
    items = node.get("items")
    for item in default.items if isinstance(default, Sequence) and isinstance(items, Mapping) else ():
        if isinstance(items, Mapping) and (wrong := wrong_default(items, item, depth + 1)):
            return f"has an item that {wrong}"
    return ""
