"""Custom objects: which definition one means, and the type that it gives."""

from typing import TYPE_CHECKING

from kexplain.api.definition import Definition
from kexplain.api.schema import Api, Type

if TYPE_CHECKING:
    from kexplain.objects.manifest import Manifest


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
    return api.type(api.custom.root(found[0])) if found else None


def related_type(manifest: "Manifest", api: Api) -> Type | None:
    """The type of its kind in another version, which tells what its fields mean, not whether they are right."""
    found = known(manifest, api)
    return api.type(api.custom.root(found[0])) if found else None
