"""Conditions judge as JSON Schema does, whichever keywords stand together: compared with the library jsonschema."""

import json
from random import Random
from typing import Any

import jsonschema
import pytest
from support import for_each

from kexplain.catalogue.rule import rules
from kexplain.syntax.condition import KEYWORDS, failure
from kexplain.syntax.parse import parse
from kexplain.syntax.soundness import mistakes

PAIRS = 12_000
NAMES = ["a", "b", "zone", "disk"]
SCALARS = [None, True, False, 0, 1, 3, 3.0, 2.5, -1, "", "a", "disk", "web:1", "3", "éé"]
TYPES = ["string", "integer", "number", "boolean", "null", "object", "array"]


def node(value: Any) -> Any:
    return parse(json.dumps(value))[0].root


def without_nulls(value: Any) -> Any:
    """A value as the API server takes it: a null field is not there, a null in a list is."""
    if isinstance(value, dict):
        return {name: without_nulls(below) for name, below in value.items() if below is not None}
    return [without_nulls(below) for below in value] if isinstance(value, list) else value


def some_value(random: Random, depth: int = 3) -> Any:
    kind = random.choice("sssml" if depth else "s")
    if kind == "m":
        return {name: some_value(random, depth - 1) for name in random.sample(NAMES, random.randint(0, 3))}
    if kind == "l":
        return [some_value(random, depth - 1) for _ in range(random.randint(0, 3))]
    return random.choice(SCALARS)


def some_argument(random: Random, keyword: str, depth: int) -> Any:
    """An argument that JSON Schema allows for a keyword."""

    def schema() -> Any:
        return some_schema(random, depth - 1)

    def names() -> list[str]:
        return random.sample(NAMES, random.randint(0, 2))

    def by_name(make: Any) -> dict[str, Any]:
        return {name: make() for name in names()}

    if keyword == "type":
        return random.choice([random.choice(TYPES), random.sample(TYPES, 2)])
    if keyword in {"const", "enum"}:
        wanted = [without_nulls(some_value(random, 1)) for _ in range(3)]
        return wanted[0] if keyword == "const" else wanted
    if keyword == "multipleOf":
        return random.choice([1, 2, 3, 0.5, 1.5])
    if keyword in {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}:
        return random.choice([-1, 0, 1, 2.5, 3, 3.0])
    if keyword.startswith(("min", "max")):
        return random.randint(0, 3)
    makers: dict[str, Any] = {
        "required": names,
        "uniqueItems": lambda: random.random() < 0.9,
        "pattern": lambda: random.choice(["^a", "s", "^$", "[0-9]"]),
        "dependentRequired": lambda: by_name(names),
        "patternProperties": lambda: {random.choice(["^[ab]$", "s", "^z"]): schema()},
        **dict.fromkeys(["properties", "dependentSchemas"], lambda: by_name(schema)),
        **dict.fromkeys(["anyOf", "allOf", "oneOf", "prefixItems"], lambda: [schema(), schema()]),
    }
    return makers.get(keyword, schema)()


def some_schema(random: Random, depth: int = 2) -> Any:
    if depth <= 0:
        return random.choice([True, False, {}, {"type": random.choice(TYPES)}, {"const": random.choice(SCALARS[1:])}])
    chosen = random.sample(sorted([*KEYWORDS, "then", "else", "minContains", "maxContains"]), random.randint(1, 3))
    if "if" in chosen and len(chosen) < 3:
        chosen += ["then", "else"]
    return {keyword: some_argument(random, keyword, depth) for keyword in chosen}


def library_paths(schema: Any, value: Any) -> list[tuple[str, ...]]:
    errors = jsonschema.Draft202012Validator(schema).iter_errors(without_nulls(value))
    return [tuple(map(str, error.absolute_path)) for error in errors]


def says_false(schema: Any) -> bool:
    """Whether some schema is ``false``: there jsonschema names the whole for what we name the part."""
    if isinstance(schema, dict):
        return any(says_false(below) for below in schema.values())
    return any(map(says_false, schema)) if isinstance(schema, list) else schema is False


@pytest.mark.parametrize("seed", range(12))
def test_every_keyword_judges_like_jsonschema(seed: int) -> None:
    random = Random(seed)
    verdicts = []
    for _ in range(PAIRS // 12):
        schema, value = some_schema(random), some_value(random)
        found, wanted = failure(schema, node(value)), library_paths(schema, value)
        assert (found is None) == (not wanted), (schema, value)
        if found is not None and not says_false(schema):
            assert found in wanted, (schema, value)
        verdicts.append(found is None)
    assert 0.2 < sum(verdicts) / len(verdicts) < 0.8  # neither verdict is rare, or the comparison says little


def test_the_pairs_reach_every_keyword() -> None:
    random = Random(0)
    reached = {keyword for _ in range(2_000) for keyword in some_schema(random)}
    assert reached >= KEYWORDS.keys()


OTHER_WORDS = [{}, {"exclusiveMinimum": -1}, {"oneOf": [{}]}, {"if": {"type": "string"}, "then": {}}, {"minLength": 0}]
"""Keywords that change nothing, of which some once led to another evaluator."""


@pytest.mark.parametrize("beside", OTHER_WORDS)
@pytest.mark.parametrize(
    ("schema", "value", "path"),
    [
        ({"type": "integer"}, 3.0, None),
        ({"type": "integer"}, 3.5, ()),
        ({"type": "integer"}, True, ()),
        ({"type": "number"}, False, ()),
        ({"type": "null"}, None, None),
        ({"minProperties": 1}, {"disk": None}, ()),
        ({"minProperties": 1}, {"disk": "ssd"}, None),
        ({"maxProperties": 0}, {"disk": None}, None),
        ({"properties": {"zone": {}}, "additionalProperties": False}, {"disk": None}, None),
        ({"properties": {"zone": {}}, "additionalProperties": False}, {"disk": "ssd"}, ("disk",)),
        ({"properties": {"zone": {"type": "string"}}}, {"zone": None}, None),
        ({"additionalProperties": {"type": "string"}}, {"disk": None, "zone": 1}, ("zone",)),
        ({"required": ["zone"]}, {"zone": None}, ()),
        ({"dependentRequired": {"zone": ["disk"]}}, {"zone": None}, None),
        ({"dependentRequired": {"zone": ["disk"]}}, {"zone": "a", "disk": None}, ()),
        ({"uniqueItems": True}, [3, 3.0], ()),
        ({"uniqueItems": True}, [1, True], None),
        ({"uniqueItems": True}, [{"a": 1, "b": 2}, {"b": 2.0, "a": 1}], ()),
        ({"uniqueItems": True}, [["1"], [1]], None),
        ({"uniqueItems": False}, [1, 1], None),
        ({"const": True}, 1, ()),
        ({"const": 1}, True, ()),
        ({"const": 0}, False, ()),
        ({"const": 3}, 3.0, None),
        ({"const": [1, {"a": True}]}, [1.0, {"a": True, "b": None}], None),
        ({"const": [1, {"a": True}]}, [1, {"a": 1}], ()),
        ({"enum": [1, "a"]}, True, ()),
        ({"enum": [[], {}]}, {"a": None}, None),
        ({"items": {"type": "string"}}, ["a", None], ("1",)),
        ({"propertyNames": {"pattern": "^a"}}, {"a": 1, "b": None}, None),
        ({"patternProperties": {"^a": {"type": "string"}}}, {"ab": 1}, ("ab",)),
        ({"multipleOf": 0.5}, 2.5, None),
        ({"multipleOf": 2}, 3, ()),
        ({"prefixItems": [{"type": "string"}], "items": {"type": "integer"}}, ["a", "b"], ("1",)),
        ({"contains": {"const": 1}, "minContains": 0}, [], None),
        ({"contains": {"const": 1}, "maxContains": 1}, [1, 1.0], ()),
        ({"not": {"required": ["a"]}}, {"a": None}, None),
    ],
)  # fmt: skip
def test_a_condition_means_the_same_beside_any_other(
    beside: dict[str, Any], schema: dict[str, Any], value: Any, path: Any
) -> None:
    assert failure({**schema, **beside}, node(value)) == path
    assert failure({**beside, **schema}, node(value)) == path


@for_each(rules())
def test_every_condition_of_ours_is_sound(name: str) -> None:
    """No rule uses a keyword that the evaluator does not know and so would not hold."""
    rule = rules()[name]
    schemas = [parameter["schema"] for parameter in rule.takes.values()]
    parameters = {"$parameter"} if rule.takes else set()
    found = [one for schema in [*schemas, rule.schema or {}] for one in mistakes(schema)]
    assert [path for path, _ in found if parameters.isdisjoint(path)] == []
