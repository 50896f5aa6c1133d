"""Questions that checks ask about links: is the object that a field names there, does a selector find anything?"""

from collections.abc import Iterator

from kexplain.api.references import REFERENCES, SELECTORS, required_labels
from kexplain.check import Context, Elsewhere, Problem
from kexplain.objects.facts import keys_of
from kexplain.objects.manifest import Manifest
from kexplain.objects.walk import Visit
from kexplain.syntax.tree import Mapping, span_of


def missing_object(visit: Visit, context: Context) -> bool:
    """Whether the object that this field must name is not in the run; false where it is optional or made elsewhere."""
    kind, name = REFERENCES[visit.position].kind, visit.value
    return isinstance(name, str) and not is_optional(visit) and context.workspace.lacks(kind, name, visit.manifest)


def selects_nothing(visit: Visit, context: Context) -> bool:
    """Whether a selector finds nothing in the run, as far as that can be judged; an empty one selects everything."""
    workspace, near = context.workspace, visit.manifest
    if visit.position not in SELECTORS or not (required_labels(visit.node) or visit.items("matchExpressions")):
        return False
    return workspace.can_judge(SELECTORS[visit.position], near) and not workspace.selected(visit.node, near)


def missing_keys(visit: Visit, context: Context) -> Iterator[Problem]:
    """The keys asked for beside this field that the object lacks; one without any key is filled elsewhere."""
    reference, holder, name = REFERENCES[visit.position], visit.parent, visit.value
    if holder is None or not isinstance(name, str) or is_optional(visit):
        return
    workspace, near = context.workspace, visit.manifest
    if (reference.kind, name) in workspace.generated:
        return
    found = [m for m in workspace.nearest(reference.kind, name, near) if workspace.beside(m, near)]
    keys = [keys_of(manifest) for manifest in found]
    if not keys or not all(keys):
        return
    for place in asked(holder, reference.key):
        if isinstance(place.value, str) and not any(place.value in held for held in keys):
            what = f'{reference.kind} "{name}" has no key "{place.value}"'
            yield Problem(place, {"what": what}, elsewhere=(named_there(found[0]),))


def is_optional(visit: Visit) -> bool:
    """Whether the object that this field names may be absent."""
    optional = REFERENCES[visit.position].optional
    return visit.parent is not None and bool(optional) and visit.parent.read(optional) is True


def named_there(manifest: Manifest) -> Elsewhere:
    """An object that a problem speaks of, as its second place: where it gets its name."""
    return Elsewhere(manifest, span_of(manifest.metadata.get("name") or manifest.root), f"the {manifest.kind}")


def asked(holder: Visit, key: str) -> Iterator[Visit]:
    """The places beside a reference that name keys: a field of its own, or the ``items`` of a volume."""
    if key and holder.get(key) is not None:
        yield holder.child(key)
    for index, item in enumerate(holder.items("items")):
        if isinstance(item, Mapping) and item.get("key") is not None:
            yield holder.child("items").child(str(index)).child("key")
