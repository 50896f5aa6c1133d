"""CustomResourceDefinitions of the run: what they define, and which definition an object means."""

from collections.abc import Iterable, Iterator

from kexplain.api.definition import Definition, is_definition, of_crd
from kexplain.api.schema import Api
from kexplain.objects.manifest import Manifest
from kexplain.syntax.tree import descend, plain_value, string


def extend(api: Api, manifests: Iterable[Manifest], given: Iterable[Definition] = ()) -> Api:
    """The API with the kinds that the manifests and other definitions bring; itself where there are none.

    Definitions among the manifests come before those given.
    """
    manifests = list(manifests)
    kinds = {(manifest.group, manifest.kind) for manifest in manifests}
    definitions = [*defined(manifests, kinds), *(d for d in given if (d.group, d.kind) in kinds)]
    return api.extended(definitions) if definitions else api


def defined(manifests: Iterable[Manifest], kinds: set[tuple[str, str]]) -> Iterator[Definition]:
    """What the definitions among the manifests say of some kinds: most definitions of a run have no objects in it."""
    for manifest in manifests:
        if manifest.kind != "CustomResourceDefinition" or manifest.group != "apiextensions.k8s.io":
            continue
        spec = manifest.root.get("spec")
        if (string(descend(spec, "group")), string(descend(spec, "names", "kind"))) not in kinds:
            continue
        root = plain_value(manifest.root)
        if isinstance(root, dict) and is_definition(root):
            yield from of_crd(root, manifest.source.path)
