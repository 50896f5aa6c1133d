"""The configuration: the nearest ``.kexplain.yaml`` or ``[tool.kexplain]``, held against its schema, with origins."""

import json
import os
from collections.abc import Iterable
from typing import Any, NamedTuple

from kexplain.errors import ConfigError
from kexplain.files.confines import MEND, beyond, parents, repository_root, within
from kexplain.syntax.condition import failure
from kexplain.syntax.mistake import explained, wrong
from kexplain.syntax.source import Source
from kexplain.syntax.tree import Mapping, Node, Scalar, items, plain_value, span_of

FILES = (".kexplain.yaml", ".kexplain.yml")
PROJECT = "pyproject.toml"
SCHEMA = os.path.join(os.path.dirname(__file__), "config.schema.json")
LOCATED = {"paths", "rule-folders", "baseline", "helm-values", "crds", "schema-locations", "schema-cache"}
"""Keys whose values are paths, relative to the file they stand in; addresses are left as they are."""
LARGEST = 4 * 1024**2
"""Bytes of a file."""
MOST = 100
"""Files that one configuration may be made of."""


class Config(NamedTuple):
    """What a configuration file says. ``origins``: file and line of every key; ``path`` is empty for no file.

    ``extended`` are the files that it builds on.
    """

    path: str
    values: dict[str, Any]
    origins: dict[str, str]
    extended: tuple[str, ...] = ()


def find(start: str) -> str:
    """The configuration that holds in a folder: the nearest one up to the repository's root; empty where there is none.

    Outside of a repository only the folder itself is looked at: what lies above it belongs to somebody else.
    """
    here = os.path.abspath(start)
    found = ""
    for folder in parents(here):
        found = found or of_folder(folder)
        if os.path.exists(os.path.join(folder, ".git")):
            return shown(found)
    return shown(of_folder(here))


def of_folder(folder: str) -> str:
    """The configuration file of one folder; empty where there is none."""
    for name in FILES:
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            return path
    path = os.path.join(folder, PROJECT)
    return path if os.path.isfile(path) and "[tool.kexplain" in read(path) else ""


def shown(path: str) -> str:
    """A path relative to the current folder where it lies below it or nearby."""
    return os.path.relpath(path) if path else ""


def read(path: str) -> str:
    """The text of a file. Raises ConfigError."""
    try:
        with open(path, "rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise ConfigError(f"cannot read the configuration {path}: larger than {LARGEST // 1024**2} MiB")
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ConfigError(f"cannot read the configuration {path}: {reason}") from error


def load_found(path: str) -> Config:
    """A configuration that was searched for, whoever wrote it: confined to its repository, and starting no program.

    Outside of a repository it is confined to its folder. Raises ConfigError.
    """
    folder = os.path.dirname(path) or "."
    return load(path, bound=repository_root(folder) or os.path.realpath(folder))


def load(path: str, above: tuple[str, ...] = (), bound: str = "", begun: list[str] | None = None) -> Config:
    """A configuration with what it extends. Raises ConfigError with file, line, column and the mend.

    With a ``bound``, a real path, it and what it names has to lie there. ``begun`` takes every file that is read.
    """
    real, begun = os.path.realpath(path), [] if begun is None else begun
    begun.append(path)
    if len(begun) > MOST:
        raise ConfigError(f"{begun[0]}: extends more than {MOST} files")
    if bound and not within(path, bound):
        raise ConfigError(f"{path}: lies outside of the repository or is a link that leads there; {MEND}")
    if real in above:
        raise ConfigError(f"{path}: extends itself, by way of {' → '.join(map(os.path.basename, above))}")
    source, root = tree_in(path)
    check(source, root)
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    extended: list[str] = []
    for name in listed(root.get("extends")):
        target = os.path.normpath(os.path.join(os.path.dirname(path), name))
        if not os.path.isfile(target):
            raise wrong(source, span_of(root.fields["extends"].value), f"extends {name}, and there is no such file")
        base = load(target, (*above, real), bound, begun)
        extended += (*base.extended, target)
        merge(values, base.values)
        origins |= base.origins
    own = {n: entry for n, entry in root.fields.items() if n != "extends" and plain_value(entry.value) is not None}
    said = {name: located(name, plain_value(entry.value), path) for name, entry in own.items()}
    for name in {*LOCATED, "output"} & said.keys() if bound else ():
        if words := beyond(name, said[name], os.path.dirname(path), bound):
            raise wrong(source, span_of(own[name].value), words)
    merge(values, said)
    line = "" if path.endswith(".toml") else ":{}"
    origins |= {n: path + line.format(source.place(entry.key.start)[0]) for n, entry in own.items()}
    return Config(path, values, origins, tuple(dict.fromkeys(extended)))


def tree_in(path: str) -> tuple[Source, Mapping]:
    """The source and root of a configuration file, by its ending. Raises ConfigError."""
    return toml_tree(path) if path.endswith(".toml") else yaml_tree(path)


def yaml_tree(path: str) -> tuple[Source, Mapping]:
    """The source and root of a YAML file; an empty one is an empty mapping. Raises ConfigError."""
    source = Source(path, read(path))
    from kexplain.syntax.parse import parse  # here: most runs of small commands have no configuration

    document, *more = parse(source.text)
    if document.marks:
        mark = document.marks[0]
        raise wrong(source, mark.span, f"{mark.message} (written twice)" if mark.kind == "duplicate" else mark.message)
    if more:
        raise wrong(source, more[0].span, "a configuration is one YAML document")
    if isinstance(document.root, Scalar) and document.root.value is None:
        return source, Mapping(0, 0, {})
    if not isinstance(document.root, Mapping):
        raise wrong(source, document.span, "a configuration is a mapping of settings")
    return source, document.root


def toml_tree(path: str) -> tuple[Source, Mapping]:
    """The same of ``[tool.kexplain]``, whose places are not known. Raises ConfigError."""
    import tomllib

    try:
        table = tomllib.loads(read(path)).get("tool", {}).get("kexplain", {})
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: {error}") from error
    source = Source(path, json.dumps(table, default=str))
    from kexplain.syntax.parse import parse  # here: most runs of small commands have no configuration

    (document,) = parse(source.text)
    return source, document.root if isinstance(document.root, Mapping) else Mapping(0, 0, {})


def place_of_rule(name: str, files: Iterable[str]) -> str:
    """Where one of some files chooses rules by a name, as the beginning of a message; empty where none does."""
    for file in files:
        source, root = tree_in(file)
        for key in ("select", "extend-select", "ignore", "severity"):
            value = root.get(key)
            weighed = [entry.key for entry in value.fields.values()] if isinstance(value, Mapping) else []
            for node in [*weighed, *items(value)]:
                if isinstance(node, Scalar) and node.text == name:
                    return f"{wrong(source, span_of(node), key)}: "
    return ""


def merge(values: dict[str, Any], own: dict[str, Any]) -> None:
    """Puts a file's keys over those it extends."""
    for name, value in own.items():
        if name == "parameters":
            base = values.get(name, {})
            values[name] = base | {rule: {**base.get(rule, {}), **given} for rule, given in value.items()}
        elif name == "severity":
            values[name] = {**values.get(name, {}), **value}
        elif name == "overrides":
            values[name] = [*values.get(name, []), *value]
        else:
            values[name] = value


def located(name: str, value: Any, path: str) -> Any:
    """Paths as they are from the current folder; globs of overrides and exclude keep their file's folder with them."""
    folder = os.path.dirname(path)
    if name in LOCATED:
        return join(folder, value) if isinstance(value, str) else [placed(folder, item) for item in value]
    if name == "exclude":
        return [beneath(folder, item) for item in value]
    if name == "output":
        return [f"{f}:{join(folder, file)}" if file else f for f, _, file in (item.partition(":") for item in value)]
    if name == "overrides":
        return [{**o, "paths": [beneath(folder, p) for p in o["paths"]]} if "paths" in o else dict(o) for o in value]
    return value


def placed(folder: str, path: str) -> str:
    """A path, address or kubeconform's ``default``, from the current folder."""
    return path if "://" in path or path == "default" else join(folder, path)


def join(folder: str, path: str) -> str:
    """A path of a file in a folder, from the current one."""
    return os.path.normpath(os.path.join(folder, path)).replace(os.sep, "/")


def beneath(folder: str, pattern: str) -> str:
    """A glob that holds below a folder only, in the grammar of .gitignore: one with a slash is anchored there."""
    negated, pattern = ("!", pattern[1:]) if pattern.startswith("!") else ("", pattern)
    anchored, risen = "/" in pattern.rstrip("/"), pattern.startswith("../")
    while pattern.startswith("../"):
        folder, pattern = os.path.join(folder, ".."), pattern[3:]
    prefix = join(os.path.relpath(folder) if os.path.isabs(folder) else folder, "") if folder else "."
    if prefix in {"", "."}:
        return f"{negated}/{pattern}" if risen else negated + pattern
    return f"{negated}{prefix}/{pattern.removeprefix('/')}" if anchored else f"{negated}{prefix}/**/{pattern}"


def listed(node: Node | None) -> list[str]:
    """A string, or a list of them, as a list."""
    value = plain_value(node)
    return [value] if isinstance(value, str) else [str(item) for item in value] if isinstance(value, list) else []


def schema() -> dict[str, Any]:
    """The JSON Schema of a configuration."""
    with open(SCHEMA, encoding="utf-8") as file:
        found: dict[str, Any] = json.load(file)
    return found


def check(source: Source, root: Mapping) -> None:
    """Raises ConfigError at the first place where a configuration departs from its schema."""
    wanted = schema()
    path = failure(wanted, root)
    if path is not None:
        raise explained(source, root, wanted, path)
