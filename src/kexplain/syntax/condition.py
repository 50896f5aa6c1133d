"""A rule's ``schema:`` held against a node: JSON Schema, of which the keywords that rules use run on nodes directly.

Importing jsonschema takes longer than linting a small manifest (measured: 90 ms against 10), so it is imported only for
a schema with any other keyword. Null counts as absent, as it does for the API server.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from kexplain.syntax.tree import Mapping, Node, Scalar, Sequence, plain_value

Path = tuple[str, ...]
"""Keys and list indices down to the node that fails."""

TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,), "integer": (int,), "number": (int, float), "boolean": (bool,), "null": (type(None),),
}  # fmt: skip


def failure(schema: dict[str, Any], node: Node | None) -> Path | None:
    """Where a node fails a schema: the path to the first node that does; None when it passes."""
    return next(failures(schema, node), None) if is_simple(schema) else library_failure(schema, node)


def is_simple(schema: dict[str, Any]) -> bool:
    """Whether every keyword of a schema and its subschemas has a function here."""
    stack: list[Any] = [schema]
    while stack:
        here = stack.pop()
        if not isinstance(here, dict):  # true and false are schemas too
            return False
        for keyword, argument in here.items():
            if keyword not in KEYWORDS and keyword not in ANNOTATIONS:
                return False
            compared = {"const": [argument], "enum": argument}.get(keyword, ())
            if any(isinstance(value, dict | list) for value in compared):
                return False
            if keyword == "properties":
                stack += argument.values()
            elif keyword in {"items", "contains", "not"} or (keyword == "additionalProperties" and argument):
                stack.append(argument)
            elif keyword in {"anyOf", "allOf"}:
                stack += argument
    return True


def failures(schema: dict[str, Any], node: Node | None) -> Iterator[Path]:
    """Paths to everything below a node that fails the schema."""
    for keyword, argument in schema.items():
        if keyword == "additionalProperties":
            yield from further_failures(argument, schema.get("properties", {}), node)
        elif keyword not in ANNOTATIONS:
            yield from KEYWORDS[keyword](argument, node)


def passes(schema: dict[str, Any], node: Node | None) -> bool:
    """Whether a node passes."""
    return next(failures(schema, node), None) is None


def scalar(test: Callable[[Any, Any], bool]) -> Callable[[Any, Node | None], Iterator[Path]]:
    """A keyword that looks at a scalar's value."""

    def keyword(argument: Any, node: Node | None) -> Iterator[Path]:
        if not (isinstance(node, Scalar) and test(argument, node.value)):
            yield ()

    return keyword


def equal(wanted: Any, value: Any) -> bool:
    """JSON's equality: ``true`` is not 1."""
    return bool(wanted == value) and isinstance(wanted, bool) == isinstance(value, bool)


def is_number(value: Any) -> bool:
    """Whether a value is a JSON number."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def check_type(argument: Any, node: Node | None) -> Iterator[Path]:
    """``type``: a name or several."""
    names = [argument] if isinstance(argument, str) else argument
    for name in names:
        if (name == "object" and isinstance(node, Mapping)) or (name == "array" and isinstance(node, Sequence)):
            return
        fits = isinstance(node, Scalar) and name in TYPES and isinstance(node.value, TYPES[name])
        if fits and (name == "boolean" or not isinstance(value_of(node), bool)):
            return
    yield ()


def check_required(names: Any, node: Node | None) -> Iterator[Path]:
    """``required``; a null value counts as absent."""
    if isinstance(node, Mapping):
        for name in names:
            value = node.get(name)
            if value is None or (isinstance(value, Scalar) and value.value is None):
                yield ()


def check_properties(schemas: Any, node: Node | None) -> Iterator[Path]:
    """``properties``."""
    if isinstance(node, Mapping):
        for name, schema in schemas.items():
            value = node.get(name)
            if value is not None and not (isinstance(value, Scalar) and value.value is None):
                for path in failures(schema, value):
                    yield (name, *path)


def further_failures(schema: Any, known: Any, node: Node | None) -> Iterator[Path]:
    """``additionalProperties``: False or a schema, for the fields that ``properties`` does not name."""
    for name, entry in node.fields.items() if isinstance(node, Mapping) else ():
        if name not in known:
            yield from ((name, *path) for path in ([()] if schema is False else failures(schema, entry.value)))


def check_items(schema: Any, node: Node | None) -> Iterator[Path]:
    """``items``."""
    if isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            for path in failures(schema, item):
                yield (str(index), *path)


def whole(test: Callable[[Any, Node | None], bool]) -> Callable[[Any, Node | None], Iterator[Path]]:
    """A keyword whose failure is that of the node as a whole."""

    def keyword(argument: Any, node: Node | None) -> Iterator[Path]:
        if not test(argument, node):
            yield ()

    return keyword


def value_of(node: Node | None) -> Any:
    """The value of a scalar; None for anything else."""
    return node.value if isinstance(node, Scalar) else None


def is_string(node: Node | None) -> bool:
    """Whether a node is a string."""
    return isinstance(value_of(node), str)


def length(node: Node | None) -> int:
    """Number of items or fields."""
    return len(node.items) if isinstance(node, Sequence) else len(node.fields) if isinstance(node, Mapping) else 0


def is_unique(node: Sequence) -> bool:
    """Whether no item of a list is there twice."""
    return len({json.dumps(plain_value(item), sort_keys=True) for item in node.items}) == len(node.items)


KEYWORDS: dict[str, Callable[[Any, Node | None], Iterator[Path]]] = {
    "type": check_type,
    "required": check_required,
    "properties": check_properties,
    "items": check_items,
    "const": scalar(equal),
    "enum": scalar(lambda wanted, value: any(equal(w, value) for w in wanted)),
    "pattern": whole(lambda wanted, node: not is_string(node) or re.search(wanted, value_of(node)) is not None),
    "minimum": whole(lambda wanted, node: not is_number(value_of(node)) or value_of(node) >= wanted),
    "maximum": whole(lambda wanted, node: not is_number(value_of(node)) or value_of(node) <= wanted),
    "minLength": whole(lambda wanted, node: not is_string(node) or len(value_of(node)) >= wanted),
    "maxLength": whole(lambda wanted, node: not is_string(node) or len(value_of(node)) <= wanted),
    "minItems": whole(lambda wanted, node: not isinstance(node, Sequence) or length(node) >= wanted),
    "maxItems": whole(lambda wanted, node: not isinstance(node, Sequence) or length(node) <= wanted),
    "minProperties": whole(lambda wanted, node: not isinstance(node, Mapping) or length(node) >= wanted),
    "maxProperties": whole(lambda wanted, node: not isinstance(node, Mapping) or length(node) <= wanted),
    "uniqueItems": whole(lambda wanted, node: not wanted or not isinstance(node, Sequence) or is_unique(node)),
    "contains": whole(lambda s, node: not isinstance(node, Sequence) or any(passes(s, item) for item in node.items)),
    "not": whole(lambda schema, node: not passes(schema, node)),
    "anyOf": whole(lambda schemas, node: any(passes(schema, node) for schema in schemas)),
    "allOf": lambda schemas, node: (path for schema in schemas for path in failures(schema, node)),
    "additionalProperties": lambda *_: iter(()),  # needs its neighbour: see failures
}
ANNOTATIONS = frozenset({"$schema", "$comment", "title", "description", "default", "examples"})
"""Keywords that say something to people only."""


def library_failure(schema: dict[str, Any], node: Node | None) -> Path | None:
    """The same by the jsonschema library, for schemas with other keywords."""
    import jsonschema

    error = next(iter(jsonschema.Draft202012Validator(schema).iter_errors(without_nulls(node))), None)
    return tuple(map(str, error.absolute_path)) if error else None


def library_mistakes(schema: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """What the schema of JSON Schema says of the keywords that are left to the library."""
    import jsonschema

    validator = jsonschema.Draft202012Validator
    try:
        validator.check_schema(schema, format_checker=validator.FORMAT_CHECKER)
    except jsonschema.SchemaError as error:
        yield tuple(map(str, error.absolute_path)), error.message


def without_nulls(node: Node | None) -> Any:
    """The node as plain Python, null fields left out."""
    if isinstance(node, Mapping):
        return {n: without_nulls(e.value) for n, e in node.fields.items()
                if not (isinstance(e.value, Scalar) and e.value.value is None)}  # fmt: skip
    if isinstance(node, Sequence):
        return [without_nulls(item) for item in node.items]
    return node.value if node else None
