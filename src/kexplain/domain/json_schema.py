"""Plain values held against a JSON schema that a stranger wrote: no network, bounded work, patterns in linear time."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from kexplain.syntax.pattern import matches

MOST_STEPS = 20_000
"""Keywords that are looked at; a schema that asks for more is followed no further."""
MOST_UNIQUE = 300
"""Items of a list that are compared with each other."""
EMPTY: tuple[Any, ...] = (None, "", [], {})
FOR_INSTALLERS = frozenset({"required", "minProperties", "dependentRequired", "dependencies", "contains"})
"""Keywords that only the values of an installation have to meet."""
Keyword = Callable[[Any, Any, Any, Any], Iterator[Any]]


class Departure(NamedTuple):
    """Where values are not as a schema wants them: the way there, the keyword (or ``false``), what the schema says."""

    path: tuple[str, ...]
    keyword: str
    wanted: Any


class TooMuchError(Exception):
    """More work than a schema may ask for."""


def departures(schema: dict[str, Any], value: Any) -> Iterator[Departure]:
    """Where default values depart from a schema.

    What is empty or absent is left to whoever installs; what a reference to elsewhere asks for is not known here.
    """
    from jsonschema.validators import Draft202012Validator, extend, validator_for
    from referencing import Registry

    kind = validator_for(schema, default=Draft202012Validator)
    steps = iter(range(MOST_STEPS))
    keywords = {name: counted(keyword, steps) for name, keyword in kind.VALIDATORS.items() if "uneval" not in name}
    keywords |= {name: counted(keyword, steps) for name, keyword in OWN.items()}
    keywords |= dict.fromkeys(kind.VALIDATORS.keys() - keywords.keys(), nothing)
    validator: Any = extend(kind, keywords)  # type: ignore[no-untyped-call]
    try:
        for error in validator(schema, registry=Registry()).iter_errors(value):
            if not is_for_installers(error):
                yield Departure(tuple(map(str, error.absolute_path)), error.validator or "false", error.validator_value)
    except (TooMuchError, RecursionError, TypeError, ValueError, AttributeError, KeyError):
        return  # a schema that is none
    except Exception as error:
        if type(error).__name__ not in {"UnknownType", "SchemaError"}:
            raise


def counted(keyword: Keyword, steps: Iterator[int]) -> Keyword:
    """A keyword that stops when all steps are gone, and says nothing where a reference leads out of the schema."""
    from referencing.exceptions import Unresolvable

    def run(validator: Any, argument: Any, instance: Any, schema: Any) -> Iterator[Any]:
        if next(steps, None) is None:
            raise TooMuchError
        try:
            yield from keyword(validator, argument, instance, schema) or ()
        except Unresolvable:
            return

    return run


def is_for_installers(error: Any) -> bool:
    """Whether only the values of an installation have to mend it; of several ways one is enough."""
    if error.validator in FOR_INSTALLERS or error.instance in EMPTY:
        return True
    return any(is_for_installers(below) for below in error.context or ())


def nothing(validator: Any, argument: Any, instance: Any, schema: Any) -> Iterator[Any]:  # noqa: ARG001
    """A keyword that is not looked at."""
    yield from ()


def pattern(validator: Any, argument: Any, instance: Any, schema: Any) -> Iterator[Any]:  # noqa: ARG001
    """``pattern``, in linear time."""
    from jsonschema.exceptions import ValidationError

    if isinstance(instance, str) and isinstance(argument, str) and matches(argument, instance) is False:
        yield ValidationError("")


def pattern_properties(validator: Any, argument: Any, instance: Any, schema: Any) -> Iterator[Any]:  # noqa: ARG001
    """``patternProperties``, in linear time."""
    for name, below in instance.items() if isinstance(instance, dict) else ():
        for expression, wanted in argument.items():
            if matches(expression, name):
                yield from validator.descend(below, wanted, path=name)


def additional_properties(validator: Any, argument: Any, instance: Any, schema: Any) -> Iterator[Any]:
    """``additionalProperties``: each that neither a name nor a pattern of the schema is about."""
    from jsonschema.exceptions import ValidationError

    known, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
    for name, below in instance.items() if isinstance(instance, dict) else ():
        if name in known or any(matches(expression, name) is not False for expression in patterns):
            continue
        if argument is False:
            unknown: Any = {"validator": "false", "validator_value": False, "instance": name, "schema": False}
            yield ValidationError("", path=[name], **unknown)
        else:
            yield from validator.descend(below, argument, path=name)


def unique_items(validator: Any, argument: Any, instance: Any, schema: Any) -> Iterator[Any]:
    """``uniqueItems`` of a list that is not too long to compare."""
    from jsonschema.validators import Draft202012Validator

    if isinstance(instance, list) and len(instance) <= MOST_UNIQUE:
        yield from Draft202012Validator.VALIDATORS["uniqueItems"](validator, argument, instance, schema) or ()


OWN: dict[str, Keyword] = {
    "pattern": pattern, "patternProperties": pattern_properties, "additionalProperties": additional_properties,
    "uniqueItems": unique_items,
}  # fmt: skip
