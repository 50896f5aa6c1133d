"""Whom the name of another object means: where it stands in this set, or that it does not."""

from kexplain.api.references import REFERENCES
from kexplain.catalogue.value import Near
from kexplain.objects.facts import Facts
from kexplain.objects.walk import Visit
from kexplain.values._shared import called, fit, place, shown

AT = (*REFERENCES, "core/v1 LocalObjectReference.name")

CLUSTERS_OWN = frozenset({"PriorityClass", "RuntimeClass", "StorageClass", "IngressClass"})
"""Kinds that mostly come with the cluster."""


def relate(visit: Visit, near: Near) -> str:
    """The object that a name means, with its line."""
    name, reference = visit.value, REFERENCES.get(visit.position)
    if not isinstance(name, str) or not name:
        return ""
    kind = reference.kind if reference else "Secret" if pulls(visit) else ""
    if not kind:
        return ""
    found = near.workspace.find(kind, name, near.facts)
    if found is not None:
        more = used_by(found, near) if kind == "PersistentVolumeClaim" else ""
        return fit(f"The {called(found)}, {place(found, near)}{more}.", f"The {kind} of {place(found, near)}.")
    if (kind, name) in near.workspace.generated:
        return "A kustomization of this set makes it."
    if kind in CLUSTERS_OWN:
        return fit(f"The {kind} {shown(name)}, which is not in these files: the cluster must have it.")
    holder = visit.parent
    optional = bool(reference and reference.optional and holder and holder.read(reference.optional) is True)
    then = "may be missing" if optional else "must exist before a Pod can start"
    if kind in {"Service", "ServiceAccount"} or not shown(name):
        then = "must come from elsewhere"
    return fit(f"The {kind} {shown(name)} is not in these files: it {then}.", f"Not in these files: it {then}.")


def pulls(visit: Visit) -> bool:
    """Whether a name is one of ``imagePullSecrets``."""
    holder = visit.parent
    return holder is not None and "imagePullSecrets" in holder.position


def used_by(found: Facts, near: Near) -> str:
    """That others use a claim as well."""
    others = sum(one is not near.facts for one in near.workspace.users(found))
    return f"; {others} other{'s use' if others > 1 else ' uses'} it too" if others else ""
