"""Changing a configuration file: a setting gets a value, or overrides are added; comments and order stay."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from kexplain.config.file import FILES, check, find, read, schema, yaml_tree
from kexplain.config.parameters import tree_of
from kexplain.edits.replacing import replace_file
from kexplain.edits.round_trip import LossError, append, changed, put, written
from kexplain.errors import ConfigError, InputError
from kexplain.files.confines import MEND, repository_root, within
from kexplain.syntax.condition import failure
from kexplain.syntax.mistake import mistake
from kexplain.syntax.parse import parse
from kexplain.syntax.source import Source
from kexplain.syntax.tree import Mapping as Fields
from kexplain.syntax.tree import plain_value

MARK = b"\xef\xbb\xbf"


class Rewritten(NamedTuple):
    """A configuration file before and after a change; ``is_new`` where there is no such file yet."""

    path: str
    old: str
    new: str
    is_new: bool


def file_to_change(named: str = "") -> str:
    """The configuration to change: the one named, else the one that holds here, else a new one of this folder.

    Raises ConfigError for a TOML file, and for one that was found and lies elsewhere.
    """
    path = named or find(".")
    if path.endswith(".toml"):
        raise ConfigError(f"{path}: only YAML is written; change the table [tool.kexplain] by hand")
    folder = os.path.dirname(path) or "."
    if path and not named and not within(path, repository_root(folder) or os.path.realpath(folder)):
        raise ConfigError(f"{path}: lies outside of the repository or is a link that leads there; {MEND}")
    return path or FILES[0]


def with_setting(path: str, key: str, text: str) -> Rewritten:
    """The file with a setting, such as ``fail-on`` or ``severity.latest-image-tag``.

    Raises ConfigError where the schema has no such key or does not take the value.
    """
    wanted = schema()
    first, *rest = key.split(".", 1)
    keys = (first, *(rest[0].split(".") if rest else ()))
    value = value_of(text, wanted, keys)
    given: Any = value
    for name in reversed(keys):
        given = {name: given}
    root = tree_of(given)
    fault = failure(wanted, root)
    if fault is not None:
        raise ConfigError(f"config set: {mistake(root, wanted, fault)[1]}")
    return rewritten(path, lambda tree: put(tree, keys, value), lambda said: set_below(said, keys, value))


def with_overrides(path: str, entries: list[dict[str, Any]]) -> Rewritten:
    """The file with further overrides, behind those it has. Raises ConfigError."""
    from ruamel.yaml.comments import CommentedMap, CommentedSeq

    def change(tree: Any) -> None:
        if not isinstance(tree.get("overrides"), list):
            tree["overrides"] = CommentedSeq()
        for entry in entries:
            append(tree["overrides"], CommentedMap({key: written(value) for key, value in entry.items()}))

    def expected(said: dict[str, Any]) -> None:
        said["overrides"] = [*(said.get("overrides") or ()), *entries]

    return rewritten(path, change, expected)


def rewritten(path: str, change: Any, expected: Any) -> Rewritten:
    """A file after a change of its tree, which ``expected`` makes to its plain values. Raises ConfigError."""
    is_new = not os.path.lexists(path)
    old, root = ("", Fields(0, 0, {})) if is_new else (read(path), yaml_tree(path)[1])
    said: Any = plain_value(root)
    expected(said)
    try:
        new = changed(old, change, said)
    except LossError as error:
        raise ConfigError(f"{path}: {error}") from error
    source = Source(path, new)
    after = parse(new)[0].root
    if isinstance(after, Fields):
        check(source, after)
    return Rewritten(path, old, new, is_new)


def value_of(text: str, wanted: dict[str, Any], keys: tuple[str, ...]) -> Any:
    """What a person means by the text of a value: text where text belongs, a list where a list does, else as YAML."""
    for name in keys:
        further = wanted.get("additionalProperties")
        wanted = wanted.get("properties", {}).get(name) or (further if isinstance(further, dict) else {})
    documents = parse(text)
    value = plain_value(documents[0].root) if len(documents) == 1 and not documents[0].marks else text
    if wanted.get("type") == "string" or "enum" in wanted:
        return text
    if wanted.get("type") == "array" and not isinstance(value, list):
        return [part.strip() for part in text.split(",") if part.strip()]
    return value


def set_below(said: dict[str, Any], keys: tuple[str, ...], value: Any) -> None:
    """Sets what a path of keys leads to in plain values."""
    *above, last = keys
    for key in above:
        said[key] = dict(said[key]) if isinstance(said.get(key), Mapping) else {}
        said = said[key]
    said[last] = value


def save(change: Rewritten) -> None:
    """Writes a file, its byte-order mark and line ends kept; a new one replaces none. Raises InputError."""
    try:
        if change.is_new:
            with open(change.path, "x", encoding="utf-8", newline="") as file:
                file.write(change.new)
            return
        if read(change.path) != change.old:
            raise InputError(f"{change.path} has changed since it was read; run it again")
        with open(change.path, "rb") as file:
            data = file.read()
        end = "\r\n" if b"\r\n" in data else "\n"
        mark = MARK if data.startswith(MARK) else b""
        replace_file(Path(change.path), mark + change.new.replace("\n", end).encode())
    except OSError as error:
        raise InputError(f"cannot write {change.path}: {error.strerror or error}") from error
