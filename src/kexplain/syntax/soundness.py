"""Whether a condition is sound: JSON Schema that no run can stumble over. For rules that others wrote."""

from collections.abc import Callable, Iterator
from typing import Any

from kexplain.syntax.condition import ANNOTATIONS, KEYWORDS, TYPES, Path, is_number, is_simple, library_mistakes
from kexplain.words import hint, regex_mistake

ONE = {"items", "contains", "not", "additionalProperties", "if", "then", "else", "propertyNames"}
SEVERAL = {"anyOf", "allOf", "oneOf", "prefixItems"}
NAMED = {"properties", "patternProperties", "dependentSchemas"}
OTHER = {"exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minContains", "maxContains", "dependentRequired"}
KNOWN = ONE | SEVERAL | NAMED | OTHER | KEYWORDS.keys() | ANNOTATIONS
"""All but references, which could lead out of the file or in a circle, and ``format``, which checks nothing."""
Check = tuple[Callable[[Any], bool], str]


def is_count(value: Any) -> bool:
    """Whether a value is a number of things."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def are_types(value: Any) -> bool:
    """Whether a value is the name of a type, or a list of such."""
    names = value if isinstance(value, list) else [value]
    return all(isinstance(name, str) and name in {*TYPES, "object", "array"} for name in names)


NUMBER: Check = (is_number, "must be a number")
COUNT: Check = (is_count, "must be a whole number of at least 0")
ARGUMENTS: dict[str, Check] = {
    "type": (are_types, f"must be one of {', '.join([*TYPES, 'object', 'array'])}, or a list of them"),
    "required": (lambda a: isinstance(a, list) and all(isinstance(n, str) for n in a), "must be a list of names"),
    "enum": (lambda a: isinstance(a, list), "must be a list of values"),
    "pattern": (lambda a: isinstance(a, str) and not regex_mistake(a), "must be a regular expression"),
    "uniqueItems": (lambda a: isinstance(a, bool), "must be true or false"),
    "minimum": NUMBER, "maximum": NUMBER,
    "minLength": COUNT, "maxLength": COUNT, "minItems": COUNT, "maxItems": COUNT,
    "minProperties": COUNT, "maxProperties": COUNT,
}  # fmt: skip
ANYTHING: Check = (lambda _: True, "")


def mistakes(schema: Any) -> Iterator[tuple[Path, str]]:
    """Everything that is wrong with a condition: the path to it, and words that follow its name."""
    found = False
    for mistake in simple_mistakes(schema, ()):
        found = True
        yield mistake
    if not found and not is_simple(schema):
        yield from library_mistakes(schema)


def simple_mistakes(schema: Any, at: Path) -> Iterator[tuple[Path, str]]:
    """Unknown keywords and wrong arguments, here and below."""
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
            yield from simple_mistakes(argument, here)
        elif keyword in SEVERAL | NAMED and not isinstance(argument, list if keyword in SEVERAL else dict):
            yield here, f"must be a {'list' if keyword in SEVERAL else 'mapping'} of schemas"
        elif keyword in SEVERAL | NAMED:
            for name, below in enumerate(argument) if isinstance(argument, list) else argument.items():
                yield from simple_mistakes(below, (*here, str(name)))


def unknown(keyword: str) -> str:
    """The words for a keyword that a condition cannot have."""
    if keyword == "$ref":
        return "is not followed: write what it points to in its place"
    if keyword == "$parameter":
        return "stands alone, and names one of the rule's parameters"
    return f"is not a keyword of a condition{hint(keyword, KNOWN)}"
