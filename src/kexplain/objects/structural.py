"""What a structural schema asks of one node, as the API server checks it; and in which words it is broken.

Source: k8s.io/apiextensions-apiserver, pkg/apiserver/validation and schema. What stands below a node is asked there.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from kexplain.api.formats import FORMATS, fits_format
from kexplain.objects.shape import Json, mismatch, nullable
from kexplain.syntax.pattern import matches
from kexplain.syntax.tree import Mapping, Node, Scalar, Sequence, plain_value

RANGE, LENGTH, PATTERN, FORMAT = "value-out-of-range", "length-out-of-range", "pattern-mismatch", "invalid-format"
ENUM, DUPLICATE, COMBINATION = "invalid-enum-value", "duplicate-list-item", "invalid-field-combination"
STRUCTURAL = frozenset({RANGE, LENGTH, PATTERN, FORMAT, ENUM, DUPLICATE, COMBINATION})
"""What a constraint that is broken is called: the rules that report it."""
CONSTRAINTS = frozenset(
    {"minimum", "maximum", "multipleOf", "minLength", "maxLength", "pattern", "format", "enum", "minItems", "maxItems",
     "uniqueItems", "x-kubernetes-list-type", "minProperties", "maxProperties", "oneOf", "anyOf", "allOf", "not"}
)  # fmt: skip
CHOICES = frozenset({"enum", "oneOf", "anyOf", "allOf", "not"})
LENGTHS = {"Length": "character", "Items": "item", "Properties": "entry"}
LISTED = 6
DEEPEST = 6
"""Junctions inside each other that are followed; what stands deeper is taken to hold."""
TOLERANCE = 1e-9


def faults(schema: Json, node: Node, values: tuple[str, ...] = ()) -> Iterable[str]:
    """The constraints of a schema that a node breaks, by their rules. Null breaks none.

    ``values`` are those of the core field it stands for; they hold where the schema names none of its own.
    """
    if values and "enum" not in schema and type(node) is Scalar and node.value not in {*values, "", None}:
        return (ENUM,)
    if CONSTRAINTS.isdisjoint(schema) or (type(node) is Scalar and node.value is None):
        return ()
    return dict(complaints(schema, node))


def complaints(schema: Json, node: Node, depth: int = 0) -> Iterator[tuple[str, dict[str, str]]]:
    """Each constraint that a node breaks: its rule, and the words for its message. A placeholder breaks none."""
    if type(node) is Scalar:
        if unresolved(node):
            return
        yield from scalar_complaints(schema, node)
    elif type(node) is Sequence:
        yield from length_complaints(schema, "Items", len(node.items))
        if duplicates(schema, node):
            yield DUPLICATE, {}
    elif type(node) is Mapping:
        yield from length_complaints(schema, "Properties", len(node.fields))
    if not CHOICES.isdisjoint(schema):
        values = values_of(schema)
        if values is not None and not in_enum(values, node):
            yield ENUM, {}
        if words := combination(schema, node, depth):
            yield COMBINATION, {"what": words}


def unresolved(node: Scalar) -> bool:
    """Whether a text holds a placeholder that something fills in before the API server sees it."""
    text = node.text
    return isinstance(node.value, str) and ("${" in text or "{{" in text or "$(" in text)


def scalar_complaints(schema: Json, node: Scalar) -> Iterator[tuple[str, dict[str, str]]]:
    """The bounds that a number breaks; the length, pattern and format that a string breaks."""
    value = node.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        if wanted := broken_range(schema, value):
            yield RANGE, {"wanted": wanted}
    elif isinstance(value, str):
        yield from length_complaints(schema, "Length", len(value))
        pattern = schema.get("pattern")
        if isinstance(pattern, str) and matches(pattern, value) is False:
            yield PATTERN, {"pattern": pattern}
        format_ = schema.get("format")
        if isinstance(format_, str) and not fits_format(format_, value):
            yield FORMAT, {"wanted": FORMATS[format_]}


def broken_range(schema: Json, value: float) -> str:
    """The bounds of a number in words where it breaks one; empty where it does not."""
    low, high = number(schema.get("minimum")), number(schema.get("maximum"))
    above, below = schema.get("exclusiveMinimum") is True, schema.get("exclusiveMaximum") is True
    step = number(schema.get("multipleOf"))
    inside = low is None or (value > low if above else value >= low)
    inside = inside and (high is None or (value < high if below else value <= high))
    if inside and step and step > 0 and abs(value / step - round(value / step)) > TOLERANCE:
        return f"a multiple of {step}"
    if inside:
        return ""
    if low is not None and high is not None and not above and not below:
        return f"{low} to {high}"
    parts = [] if low is None else [f"{'more than' if above else 'at least'} {low}"]
    parts += [] if high is None else [f"{'less than' if below else 'at most'} {high}"]
    return " and ".join(parts)


def length_complaints(schema: Json, what: str, length: int) -> Iterator[tuple[str, dict[str, str]]]:
    """The complaint about a text, list or map that is too short or too long."""
    low, high = number(schema.get(f"min{what}")) or 0, number(schema.get(f"max{what}"))
    if length < low or (high is not None and length > high):
        unit = LENGTHS[what]
        wanted = f"at least {low}" if high is None else f"at most {high}" if not low else f"{low} to {high}"
        yield LENGTH, {"found": counted(length, unit), "wanted": f"exactly {low}" if low == high else wanted}


def counted(number_: int, unit: str) -> str:
    """``1 entry``, ``2 entries``."""
    plural = unit[:-1] + "ies" if unit.endswith("y") else f"{unit}s"
    return f"{number_} {unit if number_ == 1 else plural}"


def number(value: Any) -> int | float | None:
    """The value where it is a number."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def values_of(schema: Json) -> list[Any] | None:
    """The values that a schema takes, those that all its parts have; None where it names none."""
    parts = schema.get("allOf")
    named = [
        part.get("enum") for part in (schema, *(parts if isinstance(parts, list) else ())) if isinstance(part, dict)
    ]
    lists = [values for values in named if isinstance(values, list)]
    return [value for value in lists[0] if all(value in other for other in lists)] if lists else None


def in_enum(values: list[Any], node: Node) -> bool:
    """Whether a node is one of the values."""
    value = plain_value(node)
    return any(v == value and isinstance(v, bool) == isinstance(value, bool) for v in values)


def duplicates(schema: Json, node: Sequence) -> list[tuple[int, int, dict[str, object]]]:
    """The items of a list that are there before: index, index of the first, and what both have.

    In a ``map`` list that is the values of its keys, defaults included; in a ``set`` the item itself.
    """
    keys = schema.get("x-kubernetes-list-map-keys")
    kind = schema.get("x-kubernetes-list-type")
    found, seen = [], dict[str, int]()
    if kind == "map" and isinstance(keys, list) and keys:
        rows = [key_values(schema, item, keys) for item in node.items]
    elif kind == "set" or schema.get("uniqueItems") is True:
        rows = [{"": plain_value(item)} for item in node.items]
    else:
        return []
    for index, row in enumerate(rows):
        if row is None or any(isinstance(value, str) and placeholder(value) for value in row.values()):
            continue
        first = seen.setdefault(repr(sorted(row.items())), index)
        if first != index:
            found.append((index, first, row))
    return found


def placeholder(text: str) -> bool:
    """Whether a text is filled in later: then two that are written alike may differ."""
    return unresolved(Scalar(0, 0, text, text, plain=True))


def key_values(schema: Json, item: Node, keys: list[Any]) -> dict[str, object] | None:
    """The values of the keys of an item in a ``map`` list; None where it is no mapping or lacks all."""
    if not isinstance(item, Mapping):
        return None
    items = schema.get("items")
    properties = items.get("properties", {}) if isinstance(items, dict) else {}
    found: dict[str, object] = {}
    for key in keys:
        node = item.get(key)
        sub = properties.get(key)
        default = sub.get("default") if isinstance(sub, dict) else None
        value = plain_value(node) if node is not None else None
        found[str(key)] = default if value is None else value
    return found if any(value is not None for value in found.values()) else None


def combination(schema: Json, node: Node, depth: int = 0) -> str:
    """Which alternatives of a schema a node does not fit, in words; empty where it fits."""
    if schema.get("x-kubernetes-int-or-string") is True:
        schema = {name: value for name, value in schema.items() if name not in {"anyOf", "oneOf"}}
    if depth > DEEPEST:
        return ""
    if values_of(schema) is not None:  # told as such
        schema = {name: value for name, value in schema.items() if name != "allOf"}
    for name, judge in JUNCTIONS.items():
        below = schema.get(name)
        branches = below if isinstance(below, list) else [below] if isinstance(below, dict) else []
        branches = [branch for branch in branches if isinstance(branch, dict)]
        if branches and (words := judge(branches, node, depth + 1)):
            return words
    return ""


def one_of(branches: list[Json], node: Node, depth: int) -> str:
    """Exactly one branch must hold."""
    holding = [branch for branch in branches if holds(branch, node, depth)]
    if len(holding) == 1:
        return ""
    names = [field_names(branch) for branch in branches]
    if all(names):
        there = [name for name, branch in zip(names, branches, strict=True) if branch in holding]
        found = f"not {listed(there, 'and')}" if there else "none is"
        return f"exactly one of {listed(names)} has to be set, {found}"
    return f"it fits {len(holding) or 'none'} of the {len(branches)} forms that exclude each other"


def any_of(branches: list[Json], node: Node, depth: int) -> str:
    """At least one branch must hold."""
    if any(holds(branch, node, depth) for branch in branches):
        return ""
    names = [field_names(branch) for branch in branches]
    return f"one of {listed(names)} must be set" if all(names) else f"it fits none of the {len(branches)} allowed forms"


def all_of(branches: list[Json], node: Node, depth: int) -> str:
    """Every branch must hold."""
    return next(
        (combination(b, node, depth) or "it does not fit what is asked" for b in branches if not holds(b, node, depth)),
        "",
    )


def none_of(branches: list[Json], node: Node, depth: int) -> str:
    """The one branch must not hold."""
    if not holds(branches[0], node, depth):
        return ""
    parts = branches[0].get("anyOf")
    names = (
        [field_names(b) for b in parts if isinstance(b, dict) and holds(b, node, depth)]
        if isinstance(parts, list)
        else []
    )
    names = names if names and all(names) else [field_names(branches[0])]
    return f"{listed(names, 'and')} cannot be set here" if all(names) else "it has a form that is excluded"


JUNCTIONS: dict[str, Callable[[list[Json], Node, int], str]] = {
    "allOf": all_of, "anyOf": any_of, "oneOf": one_of, "not": none_of,
}  # fmt: skip


def field_names(branch: Json) -> str:
    """The fields that a branch asks for; empty where it asks for anything else."""
    required = branch.get("required")
    if not isinstance(required, list) or not required or branch.keys() - {"required", "properties"}:
        return ""
    return " with ".join(map(str, required))


def listed(names: list[str], word: str = "or") -> str:
    """``a, b or c``; not more than a few."""
    shown = [*names[:LISTED], *(["…"] if len(names) > LISTED else [])]
    return f" {word} ".join(filter(None, [", ".join(shown[:-1]), shown[-1]])) if shown else ""


def holds(schema: Json, node: Node, depth: int) -> bool:
    """Whether a node, with all below it, fits a schema inside a junction: those say nothing new of types and fields."""
    if type(node) is Scalar and node.value is None:
        return nullable(schema) or not (schema.keys() & {"type", "enum", "required"})
    if not fits_type(schema.get("type"), node) or next(complaints(schema, node, depth), None):
        return False
    if type(node) is Mapping:
        required, properties = schema.get("required"), schema.get("properties")
        present = {name for name, e in node.fields.items() if not (type(e.value) is Scalar and e.value.value is None)}
        if isinstance(required, list) and not present.issuperset(name for name in required if isinstance(name, str)):
            return False
        below = properties.items() if isinstance(properties, dict) else ()
        return all(holds(sub, node.fields[name].value, depth) for name, sub in below
                   if name in present and isinstance(sub, dict))  # fmt: skip
    items = schema.get("items")
    return type(node) is not Sequence or not isinstance(items, dict) or all(holds(items, i, depth) for i in node.items)


def fits_type(kind: Any, node: Node) -> bool:
    """Whether a node is of a JSON type; true where none is named."""
    if not isinstance(kind, str):
        return True
    if kind in {"object", "array"}:
        return type(node) is (Mapping if kind == "object" else Sequence)
    refs = {"integer": "int64", "number": "number", "boolean": "boolean", "string": "string"}
    return not mismatch(refs.get(kind, "string"), node)
