"""Parameters of rules: what the configuration sets, held against what each rule says that it takes."""

import json
from collections.abc import Mapping
from typing import Any

from kexplain.catalogue.rule import Rule, Rules
from kexplain.config.file import tree_in
from kexplain.config.settings import Settings
from kexplain.errors import ConfigError
from kexplain.syntax.condition import failure
from kexplain.syntax.mistake import explained, mistake
from kexplain.syntax.parse import parse
from kexplain.syntax.tree import Mapping as Fields


def with_parameters(known: Rules, settings: Settings) -> Rules:
    """The rules with the parameters that the settings give them.

    Raises ConfigError for a rule or parameter that there is not (with the nearest name) and for a value that does not
    fit; with line and column where the configuration file itself says it.
    """
    schema = {"properties": {"parameters": schema_of(known)}}
    root = tree_of({"parameters": settings.parameters})
    path = failure(schema, root)
    if path is None:
        return known.beside({id_: known[id_].taking(given) for id_, given in settings.parameters.items()})
    for source, written in map(tree_in, settings.files):
        written_path = failure(schema, written)
        if written_path is not None:
            raise explained(source, written, schema, written_path)
    _, words = mistake(root, schema, path)
    raise ConfigError(f"{settings.config or 'the configuration'}: {words}")


def schema_of(known: Mapping[str, Rule]) -> dict[str, Any]:
    """The JSON Schema of ``parameters:``: by rule, by name."""
    rules = {
        id_: mapping_of({n: {**p["schema"], "description": p["description"]} for n, p in rule.takes.items()})
        for id_, rule in sorted(known.items(), key=lambda pair: not pair[1].takes)
    }
    return mapping_of(rules)


def mapping_of(properties: dict[str, Any]) -> dict[str, Any]:
    """A mapping of these and no other."""
    return {"type": "object", "properties": properties, "additionalProperties": False}


def tree_of(value: object) -> Fields:
    """Plain values as a tree, which conditions are held against."""
    root = parse(json.dumps(value, default=str))[0].root
    return root if isinstance(root, Fields) else Fields(0, 0, {})
