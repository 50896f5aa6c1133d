"""A rule's ``schema:`` held against a node: JSON Schema (2020-12), each keyword a function that runs on nodes.

One evaluator for every condition, so that no keyword changes what another one means. Null counts as absent, as it does
for the API server: a null field is not there for any keyword; a null in a list, or for the whole, is a null. The tests
compare with the library jsonschema, whose import would take longer than linting a small manifest (90 ms against 10).
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from kexplain.syntax.tree import Entry, Mapping, Node, Scalar, Sequence

Path = tuple[str, ...]
"""Keys and list indices down to the node that fails."""
Schema = dict[str, Any] | bool
Keyword = Callable[[Any, Node | None, dict[str, Any]], Iterator[Path]]
"""Paths to what fails a keyword: its argument, the node, and the schema that the keyword stands in."""

TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,), "integer": (int,), "number": (int, float), "boolean": (bool,), "null": (type(None),),
}  # fmt: skip


def failure(schema: Schema, node: Node | None) -> Path | None:
    """Where a node fails a schema: the path to the first node that does; None when it passes."""
    return next(failures(schema, node), None)


def failures(schema: Schema, node: Node | None) -> Iterator[Path]:
    """Paths to everything at and below a node that fails the schema; true and false are schemas too."""
    if schema is False:
        yield ()
    elif isinstance(schema, dict):
        for name, argument in schema.items():
            if keyword := KEYWORDS.get(name):
                yield from keyword(argument, node, schema)


def passes(schema: Schema, node: Node | None) -> bool:
    """Whether a node passes."""
    return failure(schema, node) is None


def whole(test: Callable[[Any, Node | None], bool]) -> Keyword:
    """A keyword whose failure is that of the node as a whole."""

    def keyword(argument: Any, node: Node | None, _: dict[str, Any]) -> Iterator[Path]:
        if not test(argument, node):
            yield ()

    return keyword


def value_of(node: Node | None) -> Any:
    """The value of a scalar; None for anything else."""
    return node.value if isinstance(node, Scalar) else None


def is_null(node: Node | None) -> bool:
    """Whether a node is nothing: absent, or null."""
    return node is None or (isinstance(node, Scalar) and node.value is None)


def fields_of(node: Node | None) -> list[tuple[str, Entry]]:
    """The fields of a mapping that are there: not those that are null."""
    return [one for one in node.fields.items() if not is_null(one[1].value)] if isinstance(node, Mapping) else []


def lacks(node: Mapping, name: str) -> bool:
    """Whether a mapping has no such field, or it is null."""
    return is_null(node.get(name))


def plain(node: Node | None) -> Any:
    """The node as plain Python, null fields left out."""
    if isinstance(node, Mapping):
        return {name: plain(entry.value) for name, entry in fields_of(node)}
    return [plain(item) for item in node.items] if isinstance(node, Sequence) else value_of(node)


def normal(value: Any) -> Any:
    """A value with integers for whole numbers, so that 3 and 3.0 are written alike."""
    if isinstance(value, dict):
        return {name: normal(below) for name, below in value.items()}
    if isinstance(value, list):
        return [normal(below) for below in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def key(value: Any) -> str:
    """Text that values equal in JSON share: 3 and 3.0 are equal, 1 and true are not, and no order of names counts."""
    return json.dumps(normal(value), sort_keys=True, default=str)


def equal(wanted: Any, node: Node | None) -> bool:
    """JSON's equality of a value and a node."""
    if isinstance(wanted, dict | list):
        return key(wanted) == key(plain(node))
    value = value_of(node)
    is_scalar = not isinstance(node, Mapping | Sequence)
    return is_scalar and bool(wanted == value) and isinstance(wanted, bool) == isinstance(value, bool)


def is_number(value: Any) -> bool:
    """Whether a value is a JSON number."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_of(name: str, node: Node | None) -> bool:
    """Whether a node is of the type of that name; a float without fraction is an integer."""
    if isinstance(node, Mapping | Sequence):
        return name == ("object" if isinstance(node, Mapping) else "array")
    value = value_of(node)
    if isinstance(value, bool):
        return name == "boolean"
    if name == "integer" and isinstance(value, float):
        return value.is_integer()
    return isinstance(value, TYPES.get(name, ()))


def number(test: Callable[[Any, Any], bool]) -> Keyword:
    """A keyword about numbers; anything else passes."""
    return whole(lambda wanted, node: not is_number(value_of(node)) or test(value_of(node), wanted))


def text(test: Callable[[Any, str], bool]) -> Keyword:
    """A keyword about strings; anything else passes."""
    return whole(lambda wanted, node: not isinstance(value_of(node), str) or test(wanted, value_of(node)))


def is_multiple(value: float, of: float) -> bool:
    """Whether a number is a multiple of another."""
    quotient = value / of
    return bool(quotient == quotient // 1) if isinstance(of, float) else value % of == 0


def listed(test: Callable[[Any, Sequence], bool]) -> Keyword:
    """A keyword about lists; anything else passes."""
    return whole(lambda wanted, node: not isinstance(node, Sequence) or test(wanted, node))


def mapped(test: Callable[[Any, Mapping], bool]) -> Keyword:
    """A keyword about mappings; anything else passes."""
    return whole(lambda wanted, node: not isinstance(node, Mapping) or test(wanted, node))


def is_unique(node: Sequence) -> bool:
    """Whether no item of a list is there twice."""
    return len({key(plain(item)) for item in node.items}) == len(node.items)


def check_required(names: Any, node: Node | None, _: dict[str, Any]) -> Iterator[Path]:
    """``required``."""
    if isinstance(node, Mapping):
        yield from (() for name in names if lacks(node, name))


def check_properties(schemas: Any, node: Node | None, _: dict[str, Any]) -> Iterator[Path]:
    """``properties``."""
    if isinstance(node, Mapping):
        for name, schema in schemas.items():
            if not lacks(node, name):
                yield from ((name, *path) for path in failures(schema, node.get(name)))


def check_patterns(schemas: Any, node: Node | None, _: dict[str, Any]) -> Iterator[Path]:
    """``patternProperties``."""
    for pattern, schema in schemas.items():
        for name, entry in fields_of(node):
            if re.search(pattern, name):
                yield from ((name, *path) for path in failures(schema, entry.value))


def check_further(schema: Any, node: Node | None, beside: dict[str, Any]) -> Iterator[Path]:
    """``additionalProperties``: for the fields that neither ``properties`` nor ``patternProperties`` names."""
    known, patterns = beside.get("properties", {}), beside.get("patternProperties", {})
    for name, entry in fields_of(node):
        if name not in known and not any(re.search(pattern, name) for pattern in patterns):
            yield from ((name, *path) for path in failures(schema, entry.value))


def check_items(schema: Any, node: Node | None, beside: dict[str, Any]) -> Iterator[Path]:
    """``items``: for those that ``prefixItems`` does not name."""
    first = len(beside.get("prefixItems", ()))
    for index, item in enumerate(node.items[first:] if isinstance(node, Sequence) else (), first):
        yield from ((str(index), *path) for path in failures(schema, item))


def check_first_items(schemas: Any, node: Node | None, _: dict[str, Any]) -> Iterator[Path]:
    """``prefixItems``: a schema for each of the first items."""
    items = node.items if isinstance(node, Sequence) else []
    for index, (schema, item) in enumerate(zip(schemas, items, strict=False)):
        yield from ((str(index), *path) for path in failures(schema, item))


def check_contains(schema: Any, node: Node | None, beside: dict[str, Any]) -> Iterator[Path]:
    """``contains``, with ``minContains`` and ``maxContains``."""
    if isinstance(node, Sequence):
        found = sum(passes(schema, item) for item in node.items)
        if not beside.get("minContains", 1) <= found <= beside.get("maxContains", found):
            yield ()


def check_all(schemas: Any, node: Node | None, _: dict[str, Any]) -> Iterator[Path]:
    """``allOf``."""
    for schema in schemas:
        yield from failures(schema, node)


def check_if(schema: Any, node: Node | None, beside: dict[str, Any]) -> Iterator[Path]:
    """``if``, with ``then`` and ``else``."""
    yield from failures(beside.get("then" if passes(schema, node) else "else", True), node)


def check_dependent(schemas: Any, node: Node | None, _: dict[str, Any]) -> Iterator[Path]:
    """``dependentSchemas``."""
    if isinstance(node, Mapping):
        for name, schema in schemas.items():
            if not lacks(node, name):
                yield from failures(schema, node)


def has_dependent(names: dict[str, list[str]], node: Mapping) -> bool:
    """Whether each field that is there has those beside it that it needs."""
    return not any(lacks(node, need) for name, needs in names.items() if not lacks(node, name) for need in needs)


def are_named(schema: Schema, node: Mapping) -> bool:
    """Whether the names of all fields pass."""
    return all(passes(schema, Scalar(0, 0, name, name, plain=False)) for name, _ in fields_of(node))


KEYWORDS: dict[str, Keyword] = {
    "type": whole(lambda names, node: any(is_of(n, node) for n in ([names] if isinstance(names, str) else names))),
    "const": whole(equal),
    "enum": whole(lambda wanted, node: any(equal(one, node) for one in wanted)),
    "required": check_required,
    "properties": check_properties,
    "patternProperties": check_patterns,
    "additionalProperties": check_further,
    "propertyNames": mapped(are_named),
    "minProperties": mapped(lambda wanted, node: len(fields_of(node)) >= wanted),
    "maxProperties": mapped(lambda wanted, node: len(fields_of(node)) <= wanted),
    "dependentRequired": mapped(has_dependent),
    "dependentSchemas": check_dependent,
    "items": check_items,
    "prefixItems": check_first_items,
    "contains": check_contains,
    "minItems": listed(lambda wanted, node: len(node.items) >= wanted),
    "maxItems": listed(lambda wanted, node: len(node.items) <= wanted),
    "uniqueItems": listed(lambda wanted, node: not wanted or is_unique(node)),
    "pattern": text(lambda wanted, value: re.search(wanted, value) is not None),
    "minLength": text(lambda wanted, value: len(value) >= wanted),
    "maxLength": text(lambda wanted, value: len(value) <= wanted),
    "minimum": number(lambda value, wanted: bool(value >= wanted)),
    "maximum": number(lambda value, wanted: bool(value <= wanted)),
    "exclusiveMinimum": number(lambda value, wanted: bool(value > wanted)),
    "exclusiveMaximum": number(lambda value, wanted: bool(value < wanted)),
    "multipleOf": number(is_multiple),
    "not": whole(lambda schema, node: not passes(schema, node)),
    "anyOf": whole(lambda schemas, node: any(passes(schema, node) for schema in schemas)),
    "oneOf": whole(lambda schemas, node: sum(passes(schema, node) for schema in schemas) == 1),
    "allOf": check_all,
    "if": check_if,
}
NEIGHBOURS = frozenset({"then", "else", "minContains", "maxContains"})
"""Keywords that another one looks at."""
ANNOTATIONS = frozenset({"$schema", "$comment", "title", "description", "default", "examples"})
"""Keywords that say something to people only."""
