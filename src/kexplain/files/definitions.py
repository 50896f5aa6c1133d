"""Definitions of custom kinds from where a run is told to look: files, folders, schema locations, the network.

Schema locations are written as kubeconform's: a template of a path or URL, or a folder in its layout or in that of the
catalogues of CustomResourceDefinitions.
"""

import os
import re
from collections.abc import Iterable, Iterator

from kexplain.api.definition import Definition, is_definition, of_crd, of_json_schema
from kexplain.api.lifecycle import is_builtin_group
from kexplain.errors import InputError
from kexplain.files.decode import ENDINGS, read_file
from kexplain.syntax.parse import parse
from kexplain.syntax.source import Source, Unread
from kexplain.syntax.tree import Mapping, descend, items, plain_value

DEFAULT = "default"
"""kubeconform's name for the schemas that come with it: ours are always there."""
CATALOGUE = "{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json"
STANDALONE = "{{.NormalizedKubernetesVersion}}-standalone{{.StrictSuffix}}/{{.ResourceKind}}{{.KindSuffix}}.json"
FIELD = re.compile(r"\{\{-?\s*\.(\w+)\s*-?\}\}")
PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")
"""What groups, versions and kinds look like: nothing else becomes part of a path or URL."""
Wanted = tuple[str, str]


class DefinitionError(InputError):
    """A file, folder or address of definitions that cannot be read."""


class Definitions:
    """What some paths and schema locations define, of the kinds that are asked for."""

    def __init__(
        self, paths: Iterable[str] = (), locations: Iterable[str] = (), version: str = "", cache: str = ""
    ) -> None:
        self._paths = tuple(paths)
        self._locations = tuple(location for location in locations if location != DEFAULT)
        self._version = version
        self._cache = cache

    def __call__(self, wanted: Iterable[Wanted]) -> list[Definition]:
        """The definitions of custom kinds, each an apiVersion and a kind. Raises DefinitionError."""
        custom = sorted({(version, kind) for version, kind in wanted if not is_builtin_group(version)})
        kinds = {kind for _, kind in custom}
        found = [definition for path in self._paths for definition in below(path, kinds)]
        known = {(definition.api_version, definition.kind) for definition in found}
        for version, kind in custom if self._locations else ():
            if (version, kind) not in known and (definition := self._located(version, kind)):
                found.append(definition)
        return found

    def _located(self, api_version: str, kind: str) -> Definition | None:
        """The definition of a kind at the first of the schema locations that has it."""
        group, _, version = api_version.partition("/")
        if not all(map(PLAIN.fullmatch, (group, version, kind))):
            return None
        for location in self._locations:
            templates = (
                [location] if "{{" in location else [f"{location.rstrip('/')}/{t}" for t in (CATALOGUE, STANDALONE)]
            )
            for template in templates:
                place = filled(template, group, version, kind, self._version)
                text = self._text(place)
                root = plain_value(parse(text)[0].root) if text else None
                if isinstance(root, dict):
                    return of_json_schema(group, version, kind, root, place)
        return None

    def _text(self, place: str) -> str:
        """The text at a path or address; empty where there is none. Raises DefinitionError."""
        if place.startswith(("http://", "https://")):
            from kexplain.files.remote import fetch  # only a run that names an address goes to the network

            return fetch(place, self._cache)
        if not os.path.isfile(place):
            return ""
        source = read_file(place)
        if isinstance(source, Unread):
            raise DefinitionError(f"cannot read the schema {place}: {source.reason}")
        return source.text


def filled(template: str, group: str, version: str, kind: str, release: str) -> str:
    """A template of a schema location with the names of a kind. Raises DefinitionError for a field it does not have."""
    parts = {
        "NormalizedKubernetesVersion": f"v{release}.0" if release else "master",
        "StrictSuffix": "-strict", "ResourceKind": kind.lower(), "ResourceAPIVersion": version, "Group": group,
        "KindSuffix": f"-{group.partition('.')[0].lower()}-{version.lower()}",
    }  # fmt: skip

    def part(match: re.Match[str]) -> str:
        if match[1] not in parts:
            raise DefinitionError(f"{template}: a schema location has no {match[0]}; it has {', '.join(parts)}")
        return parts[match[1]]

    return FIELD.sub(part, template)


def below(path: str, kinds: set[str] | None = None) -> Iterator[Definition]:
    """What a file, or every file of a folder, defines of some kinds, or of all. Raises DefinitionError."""
    if os.path.isdir(path):
        for here, folders, files in os.walk(path):
            folders.sort()
            for name in sorted(files):
                if name.endswith(ENDINGS):
                    source = read_file(os.path.join(here, name))
                    yield from () if isinstance(source, Unread) else in_source(source, kinds)
        return
    source = read_file(path)
    if isinstance(source, Unread):
        raise DefinitionError(f"cannot read the definitions in {path}: {source.reason} (--crd)")
    yield from in_source(source, kinds)


def in_source(source: Source, kinds: set[str] | None) -> Iterator[Definition]:
    """What a text defines of some kinds, or of all; most definitions of a folder have no objects in a run."""
    if "CustomResourceDefinition" not in source.text:
        return
    if kinds is not None and not any(kind in source.text for kind in kinds):
        return
    for document in parse(source.text):
        listed = items(descend(document.root, "items"))
        for node in listed or [document.root or Mapping(0, 0, {})]:
            root = plain_value(node)
            if isinstance(root, dict) and is_definition(root):
                yield from (one for one in of_crd(root, source.path) if kinds is None or one.kind in kinds)
