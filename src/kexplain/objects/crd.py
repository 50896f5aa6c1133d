"""CustomResourceDefinitions of the run: what they define, and which definition an object means."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from kexplain.api.lifecycle import is_builtin_group
from kexplain.api.schema import Api
from kexplain.objects.manifest import Manifest
from kexplain.syntax.tree import descend, plain_value, string

if TYPE_CHECKING:
    from kexplain.api.definition import Definition

Given = Callable[[Iterable[tuple[str, str]]], "Iterable[Definition]"]
"""Gives the definitions, from elsewhere, of kinds that a run has: each an apiVersion and a kind."""


def extend(
    api: Api, manifests: Iterable[Manifest], given: Given | None = None, more: "Iterable[Definition]" = ()
) -> Api:
    """The API with the custom kinds of the table, of the manifests and of other definitions; itself without objects.

    Definitions among the manifests come before those given; ``more`` are of what is no custom kind.
    """
    manifests = list(manifests)
    kinds = {(manifest.group, manifest.kind) for manifest in manifests}
    definitions = [*more, *defined(manifests, kinds)]
    if given is not None:
        definitions += given({(manifest.api_version, manifest.kind) for manifest in manifests})
    if not definitions and all(is_builtin_group(manifest.api_version) for manifest in manifests):
        return api
    from kexplain.api.custom_types import with_custom  # here: most runs have no custom objects

    return with_custom(api, definitions)


def defined(manifests: Iterable[Manifest], kinds: set[tuple[str, str]]) -> "Iterator[Definition]":
    """What the definitions among the manifests say of some kinds: most definitions of a run have no objects in it."""
    for manifest in manifests:
        if manifest.kind != "CustomResourceDefinition" or manifest.group != "apiextensions.k8s.io":
            continue
        spec = manifest.root.get("spec")
        if (string(descend(spec, "group")), string(descend(spec, "names", "kind"))) not in kinds:
            continue
        from kexplain.api.definition import is_definition, of_crd  # here: most runs have no custom objects

        root = plain_value(manifest.root)
        if isinstance(root, dict) and is_definition(root):
            yield from of_crd(root, manifest.source.path)
