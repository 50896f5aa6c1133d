"""The rules that a definition states as expressions, held against an object: which it breaks, which were not evaluated.

Source: k8s.io/apiextensions-apiserver, pkg/apiserver/schema/cel. An expression sees the object with its defaults; one
that speaks of ``oldSelf`` holds for updates only.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from kexplain.api.definition import RULES
from kexplain.objects.shape import Json, nullable
from kexplain.objects.structural import unresolved
from kexplain.syntax.tree import Mapping, Node, Scalar, Sequence, plain_value

if TYPE_CHECKING:
    from kexplain.api.definition import Definition

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
RESERVED = frozenset(
    {"true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if", "import",
     "let", "loop", "package", "namespace", "return", "var", "void", "while"}
)  # fmt: skip
ESCAPES = {"__": "__underscores__", ".": "__dot__", "-": "__dash__", "/": "__slash__"}
MOST = 500
"""Rules that are held against one object."""


class Broken(NamedTuple):
    """A rule that an object breaks: the way to the node it stands at, and what it says."""

    path: tuple[str, ...]
    rule: str
    message: str


class Held(NamedTuple):
    """What came of the rules of a definition: those broken, and how many were not evaluated."""

    broken: tuple[Broken, ...] = ()
    left: int = 0


class PlaceholderError(Exception):
    """A value that something fills in before the API server sees it."""


def hold(definition: "Definition", root: Node) -> Held:
    """Holds the rules of a definition against an object; without the extra all of them are left."""
    if not definition.ruled:
        return Held()
    broken, left, count = [], 0, 0
    from kexplain.objects.cel import environment, holds  # here: few definitions have rules

    can = environment() is not None
    for path, schema, node in ruled(definition, definition.resolve(definition.schema), root, ()):
        value: Any = None
        try:
            value = value_of(definition, schema, node) if can else None
        except PlaceholderError:
            continue
        for rule, message in rules_of(schema):
            count += 1
            answer = holds(rule, value) if can and count <= MOST else None
            left += answer is None
            if answer is False:
                broken.append(Broken(path, rule, message))
    return Held(tuple(broken), left)


def rules_of(schema: Json) -> Iterator[tuple[str, str]]:
    """The rules of a schema that hold for a new object, with what they say."""
    rules = schema.get(RULES)
    for rule in rules if isinstance(rules, list) else ():
        expression = rule.get("rule") if isinstance(rule, dict) else None
        if isinstance(expression, str) and "oldSelf" not in expression:
            message = rule.get("message")
            yield expression, message if isinstance(message, str) else ""


def ruled(
    definition: "Definition", schema: Json, node: Node, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Json, Node]]:
    """Every node that rules stand at, with the way to it and its schema."""
    if type(node) is Scalar and node.value is None:
        return
    if RULES in schema:
        yield path, schema, node
    if type(node) is Mapping:
        properties, more = schema.get("properties") or {}, schema.get("additionalProperties")
        for name, entry in node.fields.items():
            below = properties.get(name, more)
            if below is not None and below is not True and below is not False:
                yield from ruled(definition, definition.resolve(below), entry.value, (*path, name))
    elif type(node) is Sequence and isinstance(schema.get("items"), dict):
        for index, item in enumerate(node.items):
            yield from ruled(definition, schema["items"], item, (*path, str(index)))


def value_of(definition: "Definition", schema: Json, node: Node) -> Any:
    """A node as an expression sees it: defaults filled in, nulls gone, numbers of their type.

    Raises PlaceholderError where a text is not yet what it will be.
    """
    if type(node) is Scalar:
        if unresolved(node):
            raise PlaceholderError
        return float(node.value) if schema.get("type") == "number" and type(node.value) is int else node.value
    if type(node) is Sequence:
        items = schema.get("items")
        return [value_of(definition, items if isinstance(items, dict) else {}, item) for item in node.items]
    if type(node) is not Mapping:
        return plain_value(node)
    properties, more = schema.get("properties") or {}, schema.get("additionalProperties")
    found: dict[str, Any] = {}
    for name, entry in node.fields.items():
        sub = definition.resolve(properties.get(name, more if isinstance(more, dict | str | list) else {}))
        if not (type(entry.value) is Scalar and entry.value.value is None) or nullable(sub):
            found[escaped(name) if name in properties else name] = value_of(definition, sub, entry.value)
    for name, below in properties.items():
        sub = definition.resolve(below)
        if "default" in sub and escaped(name) not in found:
            found[escaped(name)] = sub["default"]
    return found


def escaped(name: str) -> str:
    """The name of a field as an expression has to write it."""
    if name in RESERVED:
        return f"__{name}__"
    for character, word in ESCAPES.items():
        name = name.replace(character, word)
    return name
