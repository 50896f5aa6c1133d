"""What is wrong with the schema of a CustomResourceDefinition: it must be structural, and hold what the server takes.

Source: apiextensions-apiserver pkg/apiserver/schema/validation.go and pkg/apis/apiextensions/validation, as of 1.37.
"""

from collections.abc import Iterator

from kexplain.constraints.cel import problem
from kexplain.constraints.cel_pieces import CelError, tokens
from kexplain.constraints.nodes import Steps, Violation, is_filled, is_set, items_of, scalar_text, unresolved, value_at
from kexplain.constraints.schema_defaults import wrong_default
from kexplain.constraints.texts import regular_expression
from kexplain.syntax.tree import Mapping, Node, Scalar, Sequence, descend

TYPES = ("array", "boolean", "integer", "number", "object", "string")
SCALAR = frozenset(TYPES) - {"array"}
UNKNOWN = frozenset({"$ref", "id", "additionalItems", "patternProperties", "definitions", "dependencies"})
PRESERVE, INT_OR_STRING, EMBEDDED = (
    "x-kubernetes-preserve-unknown-fields", "x-kubernetes-int-or-string", "x-kubernetes-embedded-resource",
)  # fmt: skip
LIST_TYPE, MAP_TYPE, KEYS, RULES = (
    "x-kubernetes-list-type", "x-kubernetes-map-type", "x-kubernetes-list-map-keys", "x-kubernetes-validations",
)  # fmt: skip
NESTED = ("type", "default", "title", "description", "nullable", PRESERVE, EMBEDDED, INT_OR_STRING, KEYS, LIST_TYPE,
          MAP_TYPE)  # fmt: skip
LOGIC = ("allOf", "anyOf", "oneOf")
DEEPER = frozenset({"properties", "items", "additionalProperties", "not", *LOGIC})
"""Words below which there are schemas."""
QUIET = DEEPER - {"additionalProperties"} | {
    "type", "description", "title", "format", "enum", "required", "example", "nullable", "minimum", "maximum",
    "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties",
}  # fmt: skip
"""Words that say nothing which another of them contradicts."""
LEAF = QUIET - DEEPER
META = ("metadata", "kind", "apiVersion")
Place = tuple[Steps, Mapping, str]
"""A schema with the steps to it and its level: root, item, field, or nested below a logical word."""


def mistakes(root: Mapping, steps: Steps) -> Iterator[Violation]:
    """Every mistake of a schema, at the place where it stands."""
    stack: list[Place] = [(steps, root, "root")]
    while stack:
        where, node, level = stack.pop()
        fields = node.fields
        if level == "nested":
            yield from nested(node, where)
        elif level == "root" or not is_quiet(node):
            yield from structural(node, where, level)
        for word in UNKNOWN & fields.keys():
            if is_set(node.get(word)):
                yield Violation(
                    (*where, word), f"{word} is not supported in the schema of a custom resource", at_key=True
                )
        if "pattern" in fields:
            yield from pattern(node, where)
        if RULES in fields:
            yield from rules(node, where, level)
        if not DEEPER.isdisjoint(fields):
            stack += below(node, where, level)


def is_quiet(node: Mapping) -> bool:
    """Whether a schema has a type, and no word that could be wrong beside the others: most have not."""
    kind = value_at(node, ("type",))
    return node.fields.keys() <= QUIET and kind in TYPES and (kind != "array" or type(node.get("items")) is Mapping)


def is_leaf(node: Mapping) -> bool:
    """Whether a schema is quiet, and there is none below it: nine of ten, which are not worth their steps."""
    return node.fields.keys() <= LEAF and value_at(node, ("type",)) in SCALAR


def below(node: Mapping, where: Steps, level: str) -> Iterator[Place]:
    """The schemas below one."""
    inner = "nested" if level == "nested" else "field"
    properties = node.get("properties")
    if type(properties) is Mapping:
        for name, entry in properties.fields.items():
            one = entry.value
            if type(one) is Scalar and one.value is None:
                one = Mapping(one.start, one.end, {})
            if type(one) is Mapping and not (inner == "field" and is_leaf(one)):
                yield (*where, "properties", name), one, inner
    for word, deeper in (("items", "item"), ("additionalProperties", "field"), ("not", "nested")):
        child = node.get(word)
        if type(child) is Mapping and not (level != "nested" and word != "not" and is_leaf(child)):
            yield (*where, word), child, "nested" if level == "nested" else deeper
    for word in LOGIC:
        for index, item in enumerate(items_of(node, word)):
            if type(item) is Mapping and not is_int_or_string(node, word):
                yield (*where, word, str(index)), item, "nested"


def is_int_or_string(node: Mapping, word: str) -> bool:
    """Whether anyOf lists the types integer and string, which is allowed beside x-kubernetes-int-or-string."""
    types = [value_at(item, ("type",)) for item in items_of(node, word)]
    return word in {"anyOf", "allOf"} and (
        types == ["integer", "string"] or any(items_of(item, "anyOf") for item in items_of(node, word))
    )


def structural(node: Mapping, where: Steps, level: str) -> Iterator[Violation]:
    """What every level of a structural schema must say."""
    type_node, kind = node.get("type"), scalar_text(node.get("type"))
    open_ = value_at(node, (INT_OR_STRING,)) is True or value_at(node, (PRESERVE,)) is True
    if kind and kind not in TYPES and not unresolved(type_node):
        yield Violation((*where, "type"), f'type "{kind}" is none of {", ".join(TYPES)}')
    elif not kind and (not open_ or value_at(node, (EMBEDDED,)) is True):
        yield Violation(where, f"{name_of(where, level)} has no type", missing="type")
    elif level == "root" and kind and kind != "object":
        yield Violation((*where, "type"), f'type at the root is "{kind}"; it is object')
    items = node.get("items")
    if kind == "array" and not isinstance(items, Mapping | Sequence):
        yield Violation(where, f"{name_of(where, level)} is an array without items", missing="items")
    if isinstance(items, Sequence):
        yield Violation((*where, "items"), "items is a list; it is one schema", at_key=True)
    yield from together(node, where, level)
    yield from lists(node, where, kind)
    if level == "root":
        yield from of_root(node, where)
    if "default" in node.fields and (wrong := wrong_default(node, node.get("default"))):
        yield Violation((*where, "default"), f"the default {wrong}")


def name_of(where: Steps, level: str) -> str:
    """What a schema describes, in words."""
    if level == "root":
        return "the root of the schema"
    return f"the property {where[-1]}" if len(where) > 1 and where[-2] == "properties" else f"the schema at {where[-1]}"


def together(node: Mapping, where: Steps, level: str) -> Iterator[Violation]:
    """Words that exclude each other, or that may not be true."""
    extra, properties = node.get("additionalProperties"), node.get("properties")
    if extra is not None and level == "root":
        yield Violation((*where, "additionalProperties"), "additionalProperties may not stand at the root", at_key=True)
    elif extra is not None and is_filled(properties) and value_at(node, ("additionalProperties",)) is not True:
        what = "additionalProperties and properties exclude each other"
        yield Violation((*where, "additionalProperties"), what, at_key=True)
    if value_at(node, ("uniqueItems",)) is True:
        yield Violation((*where, "uniqueItems"), "uniqueItems may not be true: comparing every pair takes too long")
    if value_at(node, (PRESERVE,)) is False:
        yield Violation((*where, PRESERVE), f"{PRESERVE} is true or left out")
    if value_at(node, (INT_OR_STRING,)) is True:
        for word in (PRESERVE, EMBEDDED):
            if value_at(node, (word,)) is True:
                yield Violation((*where, word), f"{word} may not stand beside {INT_OR_STRING}")
    if value_at(node, (EMBEDDED,)) is True and scalar_text(node.get("type")) not in {"", "object"}:
        yield Violation((*where, "type"), f"type must be object beside {EMBEDDED}")
    if (
        value_at(node, (EMBEDDED,)) is True
        and value_at(node, (PRESERVE,)) is not True
        and not getattr(node.get("properties"), "fields", ())
    ):
        yield Violation(where, f"{EMBEDDED} without {PRESERVE} needs properties", missing="properties")


def lists(node: Mapping, where: Steps, kind: str) -> Iterator[Violation]:
    """How lists and maps are merged: words that need a type, keys that need properties."""
    list_type, map_type = node.get(LIST_TYPE), node.get(MAP_TYPE)
    if is_set(map_type):
        if kind != "object":
            yield Violation((*where, MAP_TYPE), f"{MAP_TYPE} needs the type object")
        if scalar_text(map_type) not in {"atomic", "granular"}:
            yield Violation((*where, MAP_TYPE), f'{MAP_TYPE} "{scalar_text(map_type)}" is neither atomic nor granular')
    keys = items_of(node, KEYS)
    if keys and scalar_text(list_type) != "map":
        yield Violation((*where, KEYS), f"{KEYS} needs {LIST_TYPE}: map", at_key=True)
    if not is_set(list_type):
        return
    text = scalar_text(list_type)
    if kind != "array":
        yield Violation((*where, LIST_TYPE), f"{LIST_TYPE} needs the type array")
    if text not in {"atomic", "set", "map"}:
        yield Violation((*where, LIST_TYPE), f'{LIST_TYPE} "{text}" is none of atomic, set and map')
    items = node.get("items")
    if text in {"set", "map"} and value_at(items or node, ("nullable",)) is True and items is not None:
        yield Violation((*where, "items", "nullable"), f"items of a list of type {text} may not be null")
    if text == "set" and isinstance(items, Mapping):
        yield from of_set(items, (*where, "items"))
    if text == "map":
        yield from of_map(items, keys, where)


def of_set(items: Mapping, where: Steps) -> Iterator[Violation]:
    """Items of a set are compared whole."""
    kind = scalar_text(items.get("type"))
    if kind == "object" and scalar_text(items.get(MAP_TYPE)) != "atomic":
        yield Violation(where, f"items of a set are objects without {MAP_TYPE}: atomic", missing=MAP_TYPE)
    if kind == "array" and scalar_text(items.get(LIST_TYPE)) not in {"", "atomic"}:
        yield Violation((*where, LIST_TYPE), "items of a set are lists that are not atomic")


def of_map(items: Node | None, keys: list[Node], where: Steps) -> Iterator[Violation]:
    """A list of objects that are known by keys: the keys are there, scalar, and always set."""
    if not keys:
        yield Violation(where, f"{LIST_TYPE} is map, and there is no {KEYS}", missing=KEYS)
    if not isinstance(items, Mapping):
        return
    if scalar_text(items.get("type")) not in {"object", ""}:
        yield Violation((*where, "items", "type"), "items of a list of type map are objects")
        return
    needed = {scalar_text(node) for node in items_of(items, "required")}
    seen: set[str] = set()
    for index, key in enumerate(keys):
        name = scalar_text(key)
        one = descend(items, "properties", name)
        if one is None:
            yield Violation((*where, KEYS, str(index)), f'the key "{name}" is no property of the items')
        elif value_at(one, ("type",)) in {"array", "object"}:
            yield Violation((*where, "items", "properties", name, "type"), f'the key "{name}" is no scalar')
        elif name not in needed and descend(one, "default") is None:
            yield Violation(
                (*where, "items", "properties", name), f'the key "{name}" is neither required nor has it a default'
            )
        if value_at(one or items, ("nullable",)) is True and one is not None:
            yield Violation((*where, "items", "properties", name, "nullable"), f'the key "{name}" may not be null')
        if name in seen:
            yield Violation((*where, KEYS, str(index)), f'the key "{name}" stands twice')
        seen.add(name)


def of_root(node: Mapping, where: Steps) -> Iterator[Violation]:
    """What the root may say of itself, and of what every object has."""
    if value_at(node, ("nullable",)) is True:
        yield Violation((*where, "nullable"), "an object of the API is never null")
    for name in ("kind", "apiVersion"):
        one = descend(node, "properties", name)
        if isinstance(one, Mapping) and scalar_text(one.get("type")) not in {"", "string"}:
            yield Violation((*where, "properties", name, "type"), f"{name} is a string")
    metadata = descend(node, "properties", "metadata")
    if isinstance(metadata, Mapping):
        if scalar_text(metadata.get("type")) not in {"", "object"}:
            yield Violation((*where, "properties", "metadata", "type"), "metadata is an object")
        named = getattr(metadata.get("properties"), "fields", {})
        if set(named) - {"name", "generateName"}:
            yield Violation(
                (*where, "properties", "metadata"),
                "the schema says more of metadata than name and generateName",
                at_key=True,
            )
    for name in META:
        if descend(node, "properties", name, "default") is not None:
            yield Violation((*where, "properties", name, "default"), f"{name} may have no default")


def nested(node: Mapping, where: Steps) -> Iterator[Violation]:
    """Below a logical word a schema only narrows what stands outside of it."""
    for word in NESTED:
        entry = node.fields.get(word)
        if entry is not None and is_set(entry.value) and value_at(node, (word,)) is not False:
            yield Violation((*where, word), f"{word} may not stand below a logical word such as anyOf", at_key=True)
    if "additionalProperties" in node.fields:
        yield Violation(
            (*where, "additionalProperties"), "additionalProperties may not stand below a logical word", at_key=True
        )
    if descend(node, "properties", "metadata") is not None:
        yield Violation((*where, "properties", "metadata"), "metadata may not stand below a logical word", at_key=True)


def pattern(node: Mapping, where: Steps) -> Iterator[Violation]:
    """A pattern in the syntax of Go."""
    one = node.get("pattern")
    if (
        type(one) is Scalar
        and type(one.value) is str
        and not unresolved(one)
        and (wrong := regular_expression(one.value))
    ):
        yield Violation((*where, "pattern"), f"the pattern {wrong}")


def rules(node: Mapping, where: Steps, level: str) -> Iterator[Violation]:
    """The rules in CEL."""
    for index, rule in enumerate(items_of(node, RULES)):
        at = (*where, RULES, str(index))
        for key, wanted in (("rule", "bool"), ("messageExpression", "string")):
            one = descend(rule, key)
            text = one.value if type(one) is Scalar and type(one.value) is str else ""
            if key in getattr(rule, "fields", ()) and not text.strip():
                yield Violation((*at, key), f"{key} is empty")
            elif (
                text
                and not unresolved(one)
                and (wrong := problem(text, frozenset(("self", "oldSelf")), (wanted,)) or unknown(text, node, level))
            ):
                yield Violation((*at, key), f"the {key} {wrong}")
        message = descend(rule, "message")
        if type(message) is Scalar and type(message.value) is str and message.value:
            if not message.value.strip() or "\n" in message.value.strip():
                yield Violation((*at, "message"), "message is one line, and not empty")
        elif "\n" in scalar_text(descend(rule, "rule")).strip():
            yield Violation(at, "a rule of several lines has no message", missing="message")


def unknown(text: str, node: Mapping, level: str) -> str:
    """What is wrong with a rule that asks for a field which the schema does not have; "" where that is open."""
    properties = node.get("properties")
    if type(properties) is not Mapping or value_at(node, (PRESERVE,)) is True or "additionalProperties" in node.fields:
        return ""
    known = {*properties.fields, *(META if level == "root" or value_at(node, (EMBEDDED,)) is True else ())}
    try:
        found = tokens(text)
    except CelError:
        return ""
    for before, dot, name in zip(found, found[1:], found[2:], strict=False):
        if (
            before.text == "self"
            and dot.text == "."
            and name.kind == "name"
            and name.text not in known
            and "__" not in name.text
        ):
            after = found[found.index(name) + 1 :][:1]
            if not (after and after[0].text == "("):
                return f"asks for self.{name.text}, which the schema does not have"
    return ""
