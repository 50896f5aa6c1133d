"""Where a tree departs from its JSON Schema, in words with the nearest name."""

import json
from typing import Any

from kexplain.errors import ConfigError
from kexplain.syntax.condition import Path
from kexplain.syntax.source import Source
from kexplain.syntax.tree import Mapping, Node, Scalar, Sequence, Span, descend
from kexplain.words import nearest

MANY = 25
"""Names listed where none is near the one that is unknown."""
WORDS = {"array": "a list", "object": "a mapping", "string": "text", "boolean": "true or false",
         "integer": "a whole number", "number": "a number"}  # fmt: skip
BOUNDS = {"minimum": "at least", "maximum": "at most"}


def explained(source: Source, root: Mapping, wanted: dict[str, Any], path: Path) -> ConfigError:
    """What is wrong at a path, with its place."""
    return wrong(source, *mistake(root, wanted, path))


def mistake(root: Mapping, wanted: dict[str, Any], path: Path) -> tuple[Span, str]:
    """Where a tree departs from its schema at a path, and in words with the nearest name what is wrong there."""
    node: Node = root
    span = Span(root.start, root.start)
    for number, name in enumerate(path):
        known = wanted.get("properties", {})
        if isinstance(node, Mapping):
            entry = node.fields[name]
            span, node = Span(entry.key.start, entry.key.end), entry.value
            further = wanted.get("additionalProperties", {})
            if name not in known and further is False:
                return span, unknown_key(name, list(known), path[:number])
            wanted = known.get(name, further)
        elif isinstance(node, Sequence):
            node = node.items[int(name)]
            span = Span(node.start, node.end)
            wanted = wanted.get("items", {})
    lacking = [name for name in wanted.get("required", ()) if descend(node, name) is None]
    where = dotted(path)
    if lacking and isinstance(node, Mapping):
        return span, f"{where or 'it'} needs {' and '.join(map(repr, lacking))}"
    return span, f"{where or 'a configuration'} must be {expected(wanted)}{hint(wanted, node)}"


def unknown_key(name: str, known: list[str], path: Path) -> str:
    """The words for a key that there is not."""
    there = f"there are {', '.join(known[:MANY])}{', …' if len(known) > MANY else ''}" if known else "there are none"
    mend = nearest(name.replace("_", "-"), known, 0.5) or there
    return f"unknown key {name!r}{f' in {dotted(path)}' if path else ''}; {mend}"


def dotted(path: Path) -> str:
    """A path as people write it: ``overrides[0].reason``."""
    return "".join(f"[{name}]" if name.isdecimal() else f".{name}" for name in path).removeprefix(".")


def expected(wanted: dict[str, Any]) -> str:
    """What a schema asks for, in words."""
    if "enum" in wanted:
        return f"one of {', '.join(map(str, wanted['enum']))}"
    if "anyOf" in wanted:
        return " or ".join(expected(one) for one in wanted["anyOf"])
    kind = wanted.get("type")
    of = " of texts" if wanted.get("items", {}).get("type") == "string" else ""
    such_as = f" such as {json.dumps(wanted['examples'][0])}" if "pattern" in wanted and "examples" in wanted else ""
    bounds = [f"{words} {wanted[name]}" for name, words in BOUNDS.items() if name in wanted]
    return f"{WORDS.get(str(kind), str(kind))}{of}{such_as}{' of ' if bounds else ''}{' and '.join(bounds)}"


def hint(wanted: dict[str, Any], node: Node) -> str:
    """What the schema says about a value, and what it is now."""
    got = f", not {node.text!r}" if isinstance(node, Scalar) else ""
    return f"{got} ({wanted['description'].rstrip('.')})" if "description" in wanted else got


def wrong(source: Source, span: Span, words: str) -> ConfigError:
    """A mistake in a configuration, with its place."""
    line, column = source.place(span.start)
    where = source.path if source.path.endswith(".toml") else f"{source.path}:{line}:{column}"
    return ConfigError(f"{where}: {words}")
