"""An object of a cluster as YAML: what a person would have written, without what the API server keeps in it."""

import re
from collections.abc import Mapping
from typing import Any

import yaml

from kexplain.objects.secret import LAST_APPLIED

KEPT_BY_SERVER = frozenset(
    {"creationTimestamp", "generation", "managedFields", "resourceVersion", "selfLink", "uid"}
)  # fmt: skip
OF_SECRETS = ("kexplain.dev/", "kubernetes.io/")
"""Annotations that a Secret keeps; tools write copies of its values into others."""
VALUES = {"data", "stringData"}
HIDDEN = "aGlkZGVu"
"""Stands for every value of a Secret; base64, as a value has to be."""


class Dumper(yaml.CSafeDumper):
    """Writes YAML that reads back as the same values by Kubernetes' rules as well as by YAML 1.1's own."""


def written(dumper: Dumper, text: str) -> yaml.Node:
    """A text of several lines as a block, so that a report can show the line."""
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


# Kubernetes reads more plain words as numbers and booleans (1e3, 0o17, y) than PyYAML knows of: texts that begin like
# them are quoted.
Dumper.add_implicit_resolver("!quoted", re.compile(r"[yYnN]$|[-+.0-9]"), list("yYnN-+.0123456789"))
Dumper.add_representer(str, written)


def text_of(item: Mapping[str, Any], api_version: str, kind: str) -> str:
    """The YAML of an item of a list, which names neither its version nor its kind.

    Raises ValueError for what YAML cannot hold: text that is no Unicode, or nested too deeply.
    """
    rest = {name: value for name, value in item.items() if name not in {"apiVersion", "kind", "metadata", "status"}}
    if kind == "Secret":
        rest |= {name: dict.fromkeys(rest[name], HIDDEN) if rest[name] else {} for name in VALUES & rest.keys()}
    root = {"apiVersion": api_version, "kind": kind, "metadata": metadata_of(item, kind), **rest}
    try:
        text: str = yaml.dump(root, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=1_000_000)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    return text


def metadata_of(item: Mapping[str, Any], kind: str) -> Any:
    """An object's metadata as its author gave it."""
    metadata = item.get("metadata")
    if not isinstance(metadata, dict):
        return metadata
    kept = {name: value for name, value in metadata.items() if name not in KEPT_BY_SERVER}
    if isinstance(notes := kept.pop("annotations", None), dict):
        notes.pop(LAST_APPLIED, None)
        if kind == "Secret":
            notes = {name: value for name, value in notes.items() if name.startswith(OF_SECRETS)}
        kept |= {"annotations": notes} if notes else {}
    return kept
