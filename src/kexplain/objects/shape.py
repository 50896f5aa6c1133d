"""Whether a node has the shape that belongs somewhere: of a scalar type, of a Pod's spec, of a Pod template."""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kexplain.api.type import Type
from kexplain.syntax.tree import Mapping, Node, Scalar, Sequence
from kexplain.words import resembling

if TYPE_CHECKING:
    from kexplain.api.definition import Definition

Json = dict[str, Any]
INT_BOUNDS = {"int32": 2**31, "int64": 2**63, "int-or-string": 2**31}
"""How many whole numbers there are from 0 on, and below it, in each integer type."""
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
        return "wrong-type" if kind is not str else "" if ref == "string" else miswritten(ref, node)
    if ref == "boolean":
        return "" if kind is bool else "wrong-type"
    if ref in INT_BOUNDS:
        if kind is str and ref == "int-or-string":
            return ""
        whole = kind is int or (isinstance(value, float) and value.is_integer())
        fits = whole and isinstance(value, int | float) and -INT_BOUNDS[ref] <= value < INT_BOUNDS[ref]
        return "" if fits else "wrong-type"
    if ref == "number":
        return "" if kind in {int, float} else "wrong-type"
    return "wrong-type" if kind is bool else miswritten(ref, node) if kind is str else ""  # a quantity


def miswritten(ref: str, node: Scalar) -> str:
    """The fault of a string that is not written as its type asks."""
    pattern, fault = WRITTEN[ref]
    text = str(node.value)
    text = text.strip() if ref == "quantity" else re.sub("[\r\n]", "", text) if ref == "bytes" else text
    return "" if pattern_of(pattern).fullmatch(text) else fault


@lru_cache(maxsize=8)
def pattern_of(pattern: str) -> re.Pattern[str]:
    """A pattern, compiled when it is first asked for."""
    return re.compile(pattern)


NOT_PODS = ("list", "policy", "policies", "constraint", "exception", "exemption", "webhook")
"""How kinds end, in lower case, that describe what Pods may be like and make none."""
NOT_SPECS = ("match", "allow", "deny", "criteria", "pattern", "exclu", "exempt", "selector", "containerset", "status")
"""What the names of fields hold, in lower case, below which a list of containers describes others, or is no Pod's."""
OF_TEMPLATES = frozenset({"metadata", "spec", "apiVersion", "kind"})
OF_CONTAINERS = frozenset({"image", "command", "args", "env", "envFrom", "ports", "resources", "securityContext",
                           "volumeMounts", "livenessProbe", "readinessProbe", "startupProbe"})  # fmt: skip


def describes(kind: str, names: Iterable[str]) -> bool:
    """Whether what lies below fields of those names, in an object of a kind, says what Pods may be like."""
    return kind.lower().endswith(NOT_PODS) or any(word in name.lower() for name in names for word in NOT_SPECS)


def is_pod_spec(node: Mapping, name: str, fields: Collection[str]) -> bool:
    """Whether something untyped under a name is a Pod's spec by its looks: containers among a Pod's own ``fields``.

    What is called a spec may have fields of its own kind beside.
    """
    if "containers" not in node.fields or not lists_containers(node, frozenset({"image"})):
        return False
    return name.lower().endswith(("spec", "template")) or node.fields.keys() <= set(fields)


def is_pod_template(node: Mapping) -> bool:
    """Whether something untyped is a Pod template by its looks; not each container must have a name or an image."""
    spec = node.fields.get("spec")
    if spec is None or type(spec.value) is not Mapping or not node.fields.keys() <= OF_TEMPLATES:
        return False
    return lists_containers(spec.value, OF_CONTAINERS)


def lists_containers(node: Mapping, fields: Collection[str]) -> bool:
    """Whether something lists containers: each with a name or an image, and one with one of the fields."""
    containers = node.get("containers")
    listed = [item for item in containers.items if type(item) is Mapping] if type(containers) is Sequence else []
    return (
        type(containers) is Sequence
        and len(listed) == len(containers.items)
        and all("name" in item.fields or "image" in item.fields for item in listed)
        and any(field in item.fields for item in listed for field in fields)
    )


def is_whole(node: Mapping, type_: Type) -> bool:
    """Whether a container or Pod in a custom object is all there is of it, not a patch of what its controller makes."""
    if type_.short == "Container":
        image = node.get("image")
        return isinstance(image, Scalar) and bool(image.value)
    return lists_containers(node, ("image",))


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
