"""The type that each object of a run has, and of several definitions the one that it was written for."""

from typing import TYPE_CHECKING

from kexplain.api import schema
from kexplain.api.lifecycle import is_builtin_group, lifecycle
from kexplain.api.release import BUNDLED, OLDEST, Release
from kexplain.api.schema import Api, Field, Type
from kexplain.objects.manifest import Manifest
from kexplain.objects.walk import walk

if TYPE_CHECKING:
    from kexplain.api.definition import Definition

MOST_DEFINITIONS = 4
"""Definitions of one kind that an object is held against: an application of ten releases has ten."""


def assign_type(manifest: Manifest, api: Api) -> None:
    """Gives a manifest its type: its own, else that of another version or of its successor, else a bare object.

    ``manifest.api`` becomes the API the type is from: the target, or the newest bundled version that has the kind.
    """
    version, kind = manifest.api_version, manifest.kind
    manifest.exact, manifest.lenient, manifest.definition = True, False, None
    manifest.api = api if f"{version} {kind}" in api.kinds else other_version(version, kind) or api
    found = manifest.api.kind(version, kind)
    if found is None and (name := schema.removed().kinds.get(f"{version} {kind}")):
        found = api.type(name)
    custom, folder = api.custom, manifest.source.folder
    if found is None and custom and (definitions := custom.meant(version, kind, folder)):
        manifest.definition = fitting(manifest, api, equals(definitions, folder))
        found = custom.type_of(manifest.definition)
        if manifest.definition.path and not manifest.applied:  # values: a rule of their own judges them
            manifest.exact, manifest.lenient = False, True
    if found is None and (row := lifecycle(version, kind)) and row.successor[0]:
        found = api.kind(*row.successor)
        manifest.exact = False
    if found is None and custom and (definitions := custom.definitions(manifest.group, kind, folder)):
        found = custom.type_of(definitions[0])
        manifest.exact, manifest.lenient = False, True
    if found is None:
        found, manifest.exact = bare_type(manifest), False
    manifest.type = found


def other_version(api_version: str, kind: str) -> Api | None:
    """The newest bundled version that has a built-in kind which the target has not."""
    row = lifecycle(api_version, kind)
    if row and row.removed_in and row.removed_in <= OLDEST:
        return None  # no bundled version has it: none is read for it
    apis = (schema.load(Release(1, minor)) for minor in reversed(BUNDLED)) if is_builtin_group(api_version) else ()
    return next((api for api in apis if f"{api_version} {kind}" in api.kinds), None)


def bare_type(manifest: Manifest) -> Type:
    """An object of which only the metadata is known; every other field is taken as it comes."""
    name = f"{manifest.group} {manifest.kind}".strip()
    refs = {"apiVersion": "string", "kind": "string", "metadata": "meta/v1 ObjectMeta"}
    return Type(name, {field: Field(name, field, ref) for field, ref in refs.items()}, open_=True)


def equals(definitions: "list[Definition]", folder: str) -> "list[Definition]":
    """The definitions that are as near as the first: all of the object's folder, all of the run, or the table's."""
    first = definitions[0]
    if not first.path:
        return [first]
    beside = first.folder == folder
    return [one for one in definitions if one.path and (one.folder == folder) == beside]


def fitting(manifest: Manifest, api: Api, definitions: "list[Definition]") -> "Definition":
    """Of definitions that are equally near, the one that an object departs from least.

    Which of them a cluster has, nobody can tell, and what one of them takes is no mistake.
    """
    if len(definitions) == 1 or api.custom is None:
        return definitions[0]
    departures = []
    for definition in definitions[:MOST_DEFINITIONS]:
        manifest.definition, manifest.type = definition, api.custom.type_of(definition)
        departures.append(sum(1 for visit in walk(manifest, api, ()) if visit.fault))
    return definitions[departures.index(min(departures))]
