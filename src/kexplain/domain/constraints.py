"""What the rules about custom definitions share: the problem, how a place is called, what other definitions have."""

from collections.abc import Iterator

from kexplain.api.schema import Api
from kexplain.check import Problem
from kexplain.objects.structural import complaints
from kexplain.objects.visit import Visit


def broken(visit: Visit, rule: str) -> Iterator[Problem]:
    """The constraints of a rule that the node breaks; nothing where no custom definition stands behind it."""
    for id_, words in complaints(visit.schema or {}, visit.node):
        if id_ == rule:
            yield Problem(visit, {"field": called(visit), **words})


def called(visit: Visit) -> str:
    """The name of a field; of a list item that of its list, of the root the kind."""
    if visit.parent is None:
        return visit.manifest.kind
    return visit.name if visit.key or visit.field is None else visit.field.name


def known_elsewhere(visit: Visit) -> bool:
    """Whether another definition that the object can mean has the field: then it is not unknown."""
    manifest = visit.manifest
    api, steps = manifest.api, []
    above: Visit | None = visit
    while above is not None and above.parent is not None:
        steps.append(above.name)
        above = above.parent
    custom = api.custom if api else None
    if api is None or custom is None or manifest.definition is None:
        return False
    definitions = custom.meant(manifest.api_version, manifest.kind, manifest.source.folder)
    others = [definition for definition in definitions if definition is not manifest.definition]
    return any(has_field(api, custom.root(definition), steps[::-1]) for definition in others)


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
