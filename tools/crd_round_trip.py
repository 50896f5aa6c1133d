"""Holds published definitions against themselves: an example object of each finds nothing, one with a mistake finds it.

``python tools/crd_round_trip.py FOLDER`` (JSON lists of rows: group, kind, scope, versions) prints figures per kind of
mistake, and everything that came out otherwise.
"""

import copy
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from kexplain.catalogue.rule import Rule, rules
from kexplain.engine.linter import Options, lint
from kexplain.objects.structural import STRUCTURAL, values_of
from kexplain.syntax.pattern import UnsupportedError, matches, member, translated
from kexplain.syntax.source import Source

Json = dict[str, Any]
SCHEMA = ("unknown-field", "wrong-type", "missing-required-field", "unknown-kind-version", *sorted(STRUCTURAL))
FORMATS = {"date-time": "2027-01-31T12:00:00Z", "date": "2027-01-31", "duration": "5m", "ipv4": "10.0.0.1",
           "ipv6": "fd00::1", "cidr": "10.0.0.0/8", "uuid": "123e4567-e89b-12d3-a456-426614174000", "byte": "YQ==",
           "uri": "https://example.org", "hostname": "example.org", "mac": "00:00:5e:00:53:01"}  # fmt: skip
DEEPEST = 14


class Place(NamedTuple):
    """Something in an example: the way to it, its schema, the schema around it."""

    path: tuple[str | int, ...]
    schema: Json
    value: Any


def example(schema: Json, depth: int = 0) -> Any:
    """A value that a schema takes, with every field filled in."""
    if values := values_of(schema):
        return next((value for value in values if value is not None), None)
    if schema.get("x-kubernetes-int-or-string") or is_either(schema):
        return 1
    kind = schema.get("type") or ("object" if schema.get("properties") else "")
    if kind == "string":
        return text(schema)
    if kind in {"integer", "number"}:
        return number(schema)
    if kind == "boolean":
        return True
    if kind == "array":
        items, count = schema.get("items") or {}, max(1, schema.get("minItems", 0))
        return [] if depth >= DEEPEST or is_open(items) else [example(items, depth + 1) for _ in range(count)]
    return whole(schema, depth) if kind == "object" else "any"


def is_either(schema: Json) -> bool:
    """Whether a plain JSON schema takes a number or a string."""
    branches = schema.get("oneOf") or schema.get("anyOf") or []
    return "type" not in schema and {b.get("type") for b in branches} == {"integer", "string"}


def whole(schema: Json, depth: int) -> Json:
    """An object with every field, but for those that its unions exclude."""
    values = schema.get("additionalProperties")
    if isinstance(values, dict):
        return {"a": example(values, depth + 1)} if depth < DEEPEST else {}
    required = set(schema.get("required", ()))
    found = {
        name: example(sub, depth + 1) for name, sub in (schema.get("properties") or {}).items()
        if name in required or (depth < DEEPEST and not is_open(sub))
    }  # fmt: skip
    for holder in (schema, *schema.get("allOf", ())):
        settle(holder, found, required)
    while len(found) > schema.get("maxProperties", len(found)):
        del found[next(name for name in reversed(found) if name not in required)]
    return found


def is_open(schema: Json) -> bool:
    """Whether a schema does not say what it takes."""
    bare = not schema.get("properties") and not schema.get("additionalProperties")
    return bare and (schema.get("x-kubernetes-preserve-unknown-fields") is True or schema.get("type") is None) and not (
        is_either(schema) or schema.get("x-kubernetes-int-or-string"))  # fmt: skip


def settle(schema: Json, found: Json, required: set[str]) -> None:
    """Takes out of an object what the unions of its schema do not allow together."""
    branches = schema.get("oneOf") or schema.get("anyOf") or []
    names = [set(branch.get("required", ())) for branch in branches]
    chosen = next((n for n in names if n and n <= found.keys()), set())
    if schema.get("oneOf"):
        nothing = next((b for b in branches if "not" in b or not b.get("required")), None)
        for other in names:
            for name in other - chosen - required:
                found.pop(name, None)
        if nothing and not chosen:
            return
        for branch, asked in zip(branches, names, strict=True):
            if asked == chosen:
                for name, sub in (branch.get("properties") or {}).items():
                    if name in found and isinstance(sub, dict) and sub.get("enum"):
                        found[name] = sub["enum"][0]
    excluded = schema.get("not")
    for branch in (excluded, *(excluded or {}).get("anyOf", ())) if isinstance(excluded, dict) else ():
        asked = [name for name in branch.get("required", ()) if name not in required]
        if asked and set(branch["required"]) <= found.keys():
            found.pop(asked[0], None)


def text(schema: Json) -> str:
    """A text of the pattern, format and length asked for."""
    low, high = schema.get("minLength", 0), schema.get("maxLength", 10_000)
    pattern = schema.get("pattern", "")
    format_ = FORMATS.get(schema.get("format", ""), "")
    for times in (0, 1, 2, low, low * 2):
        for guess in (format_, made(pattern, times), "a" * max(times, 1), "https://example.org", "10.0.0.0/8", "5m"):
            if low <= len(guess) <= high and (not pattern or matches(pattern, guess) is not False):
                return guess
    return "a"


def made(pattern: str, times: int) -> str:
    """A text of a pattern in which each part that may repeat is there so often, as far as it allows."""
    import re._parser as parser  # type: ignore[import-not-found]

    try:
        return "".join(parts(parser.parse(translated(pattern), re.ASCII), times))
    except (re.error, UnsupportedError):
        return ""


def parts(tree: Any, times: int) -> Iterator[str]:
    """The pieces of a text of a parsed pattern."""
    for operation, argument in tree:
        name = str(operation)
        if name == "LITERAL":
            yield chr(argument)
        elif name == "IN":
            yield next((c for c in "a1A./-:_ *$" if re.fullmatch(f"[{''.join(map(member, argument))}]", c)), "a")
        elif name in {"ANY", "NOT_LITERAL"}:
            yield "a"
        elif name in {"MAX_REPEAT", "MIN_REPEAT"}:
            low, high, below = argument
            yield "".join(parts(below, times)) * min(max(low, times), high)
        elif name == "SUBPATTERN":
            yield from parts(argument[3], times)
        elif name == "BRANCH":
            yield from parts(argument[1][min(times, len(argument[1]) - 1)], times)


def number(schema: Json) -> float:
    """A number inside the bounds."""
    low, high, step = schema.get("minimum"), schema.get("maximum"), schema.get("multipleOf")
    found = low if low is not None else min(1, high) if high is not None else 1
    if step:
        found = -(-found // step) * step
    return found + 1 if schema.get("exclusiveMinimum") is True else found


def places(schema: Json, value: Any, path: tuple[str | int, ...] = ()) -> Iterator[Place]:
    """Everything in an example with its schema."""
    yield Place(path, schema, value)
    if isinstance(value, dict):
        for name, below in value.items():
            sub = (schema.get("properties") or {}).get(name, schema.get("additionalProperties"))
            if isinstance(sub, dict) and name not in {"metadata", "status"}:
                yield from places(sub, below, (*path, name))
    if isinstance(value, list) and isinstance(schema.get("items"), dict):
        for index, below in enumerate(value):
            yield from places(schema["items"], below, (*path, index))


def mistakes(schema: Json, value: Any) -> Iterator[tuple[str, Json]]:
    """The example with one mistake of each kind that its schema can have: the rule that must find it, the object."""
    found: dict[str, list[Json]] = {}
    for place in places(schema, value):
        if place.path:
            for rule, wrong in wrong_values(place):
                if len(found.setdefault(rule, [])) < 3:
                    found[rule].append(changed(value, place.path, wrong))
    for rule, objects in found.items():
        yield from ((rule, wrong) for wrong in objects)


def wrong_values(place: Place) -> Iterator[tuple[str, Any]]:
    """What may stand at a place to be wrong in one way."""
    schema, value = place.schema, place.value
    closed = schema.get("properties") and not schema.get("x-kubernetes-preserve-unknown-fields")
    if isinstance(value, dict) and closed and not isinstance(schema.get("additionalProperties"), dict):
        yield "unknown-field", {**value, "zzUnknown": 1}
        branches = schema.get("oneOf", ())
        if branches and all(b.keys() == {"required"} and b["required"][0] in schema["properties"] for b in branches):
            every = {name: example(schema["properties"][name]) for b in branches for name in b["required"]}
            yield "invalid-field-combination", {**value, **every}
        for name in schema.get("required", ()):
            if name in value and "default" not in schema["properties"].get(name, {}):
                yield "missing-required-field", {k: v for k, v in value.items() if k != name}
    if isinstance(value, list) and value and isinstance(schema.get("items"), dict):
        yield "wrong-type", {"zz": 1}
        keyed = schema.get("x-kubernetes-list-type") == "map" and isinstance(value[0], dict)
        keyed = keyed and any(key in value[0] for key in schema.get("x-kubernetes-list-map-keys", ()))
        if keyed or schema.get("x-kubernetes-list-type") == "set":
            yield "duplicate-list-item", [*value, copy.deepcopy(value[0])]
    yield from wrong_scalars(schema, value)


def wrong_scalars(schema: Json, value: Any) -> Iterator[tuple[str, Any]]:
    """Values outside an enumeration, a bound, a length or a pattern."""
    if values_of(schema):
        yield "invalid-enum-value", "zz-other" if schema.get("type") == "string" else 987654
    elif isinstance(value, str) and schema.get("type") == "string":
        yield "wrong-type", 12
        if "maxLength" in schema and schema["maxLength"] < 5000:
            yield "length-out-of-range", "a" * (schema["maxLength"] + 1)
        elif schema.get("minLength"):
            yield "length-out-of-range", ""
        for bad in ("\u00e4 !", "\n", "Z_%", "") if "pattern" in schema else ():
            if matches(schema["pattern"], bad) is False:
                yield "pattern-mismatch", bad
                break
    elif isinstance(value, int) and schema.get("type") in {"integer", "number"}:
        yield "wrong-type", "zz"
        if isinstance(schema.get("maximum"), int) and schema["maximum"] < 2**31 - 1:
            yield "value-out-of-range", schema["maximum"] + 1
        elif isinstance(schema.get("minimum"), int):
            yield "value-out-of-range", schema["minimum"] - 1


def written(path: tuple[str | int, ...]) -> str:
    """A way as a finding writes it."""
    bare = re.compile(r"[^./]+")
    steps = (f".{step}" if isinstance(step, str) and bare.fullmatch(step) else f"[{step}]" for step in path)
    return "".join(steps).lstrip(".")


def changed(value: Any, path: tuple[str | int, ...], new: Any) -> Any:
    """A copy of a value with something else at the end of a way."""
    found = copy.deepcopy(value)
    holder = found
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = new
    return found


def definition(row: Json) -> Json:
    """The CustomResourceDefinition of a row."""
    names = {"kind": row["kind"], "plural": row.get("plural") or row["kind"].lower()}
    versions = [{"name": v["name"], "served": True, "storage": False, "schema": {"openAPIV3Schema": v["schema"]}}
                for v in row["versions"]]  # fmt: skip
    scope = row.get("scope") or "Namespaced"
    spec = {"group": row["group"], "names": names, "scope": scope, "versions": versions}
    return {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
            "metadata": {"name": f"{names['plural']}.{row['group']}"}, "spec": spec}  # fmt: skip


def findings(crd: Json, objects: list[Json], which: dict[str, Rule]) -> dict[str, list[tuple[str, str, str]]]:
    """Rule, path and message of what is found in each object, by its name."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    text = "\n---\n".join(json.dumps(root) for root in objects)
    for finding in lint([Source("d/crd.json", json.dumps(crd)), Source("d/o.yaml", text)], Options(which)).findings:
        if finding.place.path == "d/o.yaml":
            message = (finding.rule.id, finding.field_path, finding.message)
            found.setdefault(finding.identity.name, []).append(message)
    return found


def judged(row: Json) -> Iterator[tuple[str, bool, str]]:
    """What was tried, whether it came out right, and what came out."""
    which = {name: rules()[name] for name in SCHEMA}
    for version in row["versions"]:
        schema = {**version["schema"], "type": "object"}
        head = {"apiVersion": f"{row['group']}/{version['name']}", "kind": row["kind"]}
        good = {k: v for k, v in whole(schema, 0).items() if k not in {"apiVersion", "kind", "metadata", "status"}}
        tried = [("", good), *mistakes(schema, good)]
        objects = [{**head, **root, "metadata": {"name": f"o{n}"}} for n, (_, root) in enumerate(tried)]
        found = findings(definition(row), objects, which)
        free = {
            written(place.path) for place in places(schema, good) if not values_of(place.schema)
        }  # by core types only
        for number_, (rule, _) in enumerate(tried):
            told = found.get(f"o{number_}", [])
            told = [t for t in told if rule or not (t[0] == "invalid-enum-value" and t[1] in free)]
            right = any(id_ == rule for id_, _, _ in told) if rule else not told
            name = f"{row['group']}/{version['name']} {row['kind']}"
            yield rule or "example", right, f"{name}: {told[:3]}"


def rows(folder: Path) -> Iterator[Json]:
    """The rows of every file of a folder."""
    for path in sorted(folder.glob("*.json")):
        yield from json.loads(path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    tried: Counter[str] = Counter()
    right: Counter[str] = Counter()
    only = re.compile(sys.argv[2]) if len(sys.argv) > 2 else None
    for row in rows(Path(sys.argv[1])):
        if only is None or only.search(f"{row['group']} {row['kind']}"):
            for rule, good, told in judged(row):
                tried[rule] += 1
                right[rule] += good
                if not good:
                    print(f"{rule}: {told}")
    for rule in tried:
        print(f"{rule}: {right[rule]} of {tried[rule]}")
