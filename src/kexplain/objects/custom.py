"""Custom objects: which definition one means, and the type that it gives."""

from typing import TYPE_CHECKING

from kexplain.api.definition import Definition
from kexplain.api.schema import Api, Type

if TYPE_CHECKING:
    from kexplain.objects.manifest import Manifest
    from kexplain.objects.walk import Visit


def meant(manifest: "Manifest", api: Api) -> list[Definition]:
    """The definitions that an object can mean, the nearest first: those of its own API version."""
    version = manifest.api_version.rpartition("/")[2]
    return [definition for definition in known(manifest, api) if definition.version == version]


def known(manifest: "Manifest", api: Api) -> list[Definition]:
    """Every definition of an object's kind, of whatever version, the nearest first."""
    return api.custom.definitions(manifest.group, manifest.kind, manifest.source.folder)


def custom_type(manifest: "Manifest", api: Api) -> Type | None:
    """The type of a custom object by the nearest definition of its own version; None where there is none."""
    found = meant(manifest, api)
    manifest.definition = found[0] if found else None
    return api.type(api.custom.root(found[0])) if found else None


def related_type(manifest: "Manifest", api: Api) -> Type | None:
    """The type of its kind in another version, which tells what its fields mean, not whether they are right."""
    found = known(manifest, api)
    return api.type(api.custom.root(found[0])) if found else None


def known_elsewhere(visit: "Visit") -> bool:
    """Whether another definition that the object can mean has the field: then it is not unknown."""
    manifest = visit.manifest
    api, steps = manifest.api, []
    above: Visit | None = visit
    while above is not None and above.parent is not None:
        steps.append(above.name)
        above = above.parent
    if api is None or manifest.definition is None:
        return False
    others = [definition for definition in meant(manifest, api) if definition is not manifest.definition]
    return any(has_field(api, api.custom.root(definition), steps[::-1]) for definition in others)


def has_field(api: Api, ref: str, steps: list[str]) -> bool:
    """Whether a type has what stands below it under those names."""
    for step in steps:
        if ref[:2] in {"[]", "{}"}:
            ref = ref[2:]
        elif " " not in ref:
            return True
        elif field := api.type(ref).fields.get(step):
            ref = field.ref
        else:
            return api.type(ref).open
    return True
