"""Whether a condition is sound: JSON Schema that no run can stumble over. For rules that others wrote."""

from collections.abc import Callable, Iterator
from typing import Any

from kexplain.syntax.condition import ANNOTATIONS, KEYWORDS, NEIGHBOURS, TYPES, Path, is_number
from kexplain.words import hint, regex_mistake

ONE = {"items", "contains", "not", "additionalProperties", "if", "then", "else", "propertyNames"}
SEVERAL = {"anyOf", "allOf", "oneOf", "prefixItems"}
NAMED = {"properties", "patternProperties", "dependentSchemas"}
KNOWN = KEYWORDS.keys() | NEIGHBOURS | ANNOTATIONS
"""All but references, which could lead out of the file or in a circle, and ``format``, which checks nothing."""
Check = tuple[Callable[[Any], bool], str]


def is_count(value: Any) -> bool:
    """Whether a value is a number of things."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def are_types(value: Any) -> bool:
    """Whether a value is the name of a type, or a list of such."""
    names = value if isinstance(value, list) else [value]
    return all(isinstance(name, str) and name in {*TYPES, "object", "array"} for name in names)


def are_names(value: Any) -> bool:
    """Whether a value is a list of names, none of them twice."""
    return isinstance(value, list) and all(isinstance(name, str) for name in value) and len({*value}) == len(value)


def are_dependencies(value: Any) -> bool:
    """Whether a value maps names to lists of names."""
    return isinstance(value, dict) and all(are_names(names) for names in value.values())


NUMBER: Check = (is_number, "must be a number")
COUNT: Check = (is_count, "must be a whole number of at least 0")
ARGUMENTS: dict[str, Check] = {
    "type": (are_types, f"must be one of {', '.join([*TYPES, 'object', 'array'])}, or a list of them"),
    "required": (are_names, "must be a list of names, each once"),
    "dependentRequired": (are_dependencies, "must be a mapping of names to lists of names, each once"),
    "enum": (lambda a: isinstance(a, list), "must be a list of values"),
    "pattern": (lambda a: isinstance(a, str) and not regex_mistake(a), "must be a regular expression"),
    "uniqueItems": (lambda a: isinstance(a, bool), "must be true or false"),
    "minimum": NUMBER, "maximum": NUMBER, "exclusiveMinimum": NUMBER, "exclusiveMaximum": NUMBER,
    "multipleOf": (lambda a: is_number(a) and a > 0, "must be a number above 0"),
    "minLength": COUNT, "maxLength": COUNT, "minItems": COUNT, "maxItems": COUNT,
    "minProperties": COUNT, "maxProperties": COUNT, "minContains": COUNT, "maxContains": COUNT,
}  # fmt: skip
ANYTHING: Check = (lambda _: True, "")


def mistakes(schema: Any, at: Path = ()) -> Iterator[tuple[Path, str]]:
    """Everything that is wrong with a condition, here and below: the path to it, and words that follow its name."""
    if isinstance(schema, bool) and at:
        return
    if not isinstance(schema, dict):
        yield at, "must be a mapping of JSON Schema keywords"
        return
    for keyword, argument in schema.items():
        here = (*at, keyword)
        fits, words = ARGUMENTS.get(keyword, ANYTHING)
        if keyword not in KNOWN:
            yield here, unknown(keyword)
        elif not fits(argument):
            yield here, words
        elif keyword in ONE:
            yield from mistakes(argument, here)
        elif keyword in SEVERAL and not (isinstance(argument, list) and argument):
            yield here, "must be a list of schemas"
        elif keyword in NAMED and not isinstance(argument, dict):
            yield here, "must be a mapping of schemas"
        elif keyword in SEVERAL | NAMED:
            yield from mistakes_within(keyword, argument, here)


def mistakes_within(keyword: str, schemas: Any, at: Path) -> Iterator[tuple[Path, str]]:
    """What is wrong with the schemas of a list or mapping."""
    for name, schema in enumerate(schemas) if isinstance(schemas, list) else schemas.items():
        here = (*at, str(name))
        if keyword == "patternProperties" and regex_mistake(str(name)):
            yield here, "must have a regular expression as its name"
        yield from mistakes(schema, here)


def unknown(keyword: str) -> str:
    """The words for a keyword that a condition cannot have."""
    if keyword == "$ref":
        return "is not followed: write what it points to in its place"
    if keyword == "$parameter":
        return "stands alone, and names one of the rule's parameters"
    return f"is not a keyword of a condition{hint(keyword, KNOWN)}"
