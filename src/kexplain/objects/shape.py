"""Whether a node has the shape that belongs somewhere: of a scalar type, of a Pod's spec, of a Pod template."""

from kexplain.syntax.tree import Mapping, Node, Scalar, Sequence

INT_BOUNDS = {"int32": 2**31, "int64": 2**63}


def mismatch(ref: str, node: Node) -> str:
    """The fault of a node where a scalar of that type belongs; empty where it fits. Null counts as not set.

    So does what is filled in later, be it written without quotes (``{NAME}`` is a mapping to YAML).
    """
    fault = misfit(ref, node)
    if fault and (node.unresolved if type(node) is Scalar else is_name_in_braces(node)):
        return ""
    return fault


def is_name_in_braces(node: Node) -> bool:
    """Whether a mapping is a word in braces, which a script replaces."""
    if type(node) is not Mapping or len(node.fields) != 1:
        return False
    (entry,) = node.fields.values()
    value, key = entry.value, entry.key
    if type(value) is not Scalar or value.start != value.end or not key.plain:
        return False
    return (node.start + 1, node.end - 1) == (key.start, key.end) and key.text.replace("_", "").isalnum()


def misfit(ref: str, node: Node) -> str:
    """The same for a value that is what it says."""
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
