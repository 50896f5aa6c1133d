"""Whom the name of another object means: where it stands in this set, or that it does not."""

from kexplain.api.references import REFERENCES
from kexplain.catalogue.field import choice_words
from kexplain.catalogue.value import Near
from kexplain.objects.facts import Facts
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import descend, string
from kexplain.values._shared import called, fit, place, shown

BY_KIND = (
    "autoscaling/v1 CrossVersionObjectReference.name",
    "autoscaling/v2 CrossVersionObjectReference.name",
    "core/v1 ObjectReference.name",
    "core/v1 TypedLocalObjectReference.name",
    "core/v1 TypedObjectReference.name",
)
"""Names beside which the kind of the object stands."""
OTHERS = {
    "core/v1 PersistentVolumeClaimSpec.volumeName": "PersistentVolume",
    "admissionregistration.k8s.io/v1 ServiceReference.name": "Service",
    "apiregistration.k8s.io/v1 ServiceReference.name": "Service",
    "admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBindingSpec.policyName": "ValidatingAdmissionPolicy",
    "admissionregistration.k8s.io/v1 MutatingAdmissionPolicyBindingSpec.policyName": "MutatingAdmissionPolicy",
}
AT = (*REFERENCES, "core/v1 LocalObjectReference.name", *BY_KIND, *OTHERS)

CLUSTERS_OWN = frozenset({"PriorityClass", "RuntimeClass", "StorageClass", "IngressClass"})
"""Kinds that mostly come with the cluster."""


def relate(visit: Visit, near: Near) -> str:
    """The object that a name means, with its line."""
    name, reference = visit.value, REFERENCES.get(visit.position)
    if not isinstance(name, str) or not name:
        return ""
    kind = reference.kind if reference else kind_of(visit)
    if not kind:
        return ""
    if kind == "PersistentVolumeClaim" and is_replaced(visit):
        return "Without effect: each Pod gets a claim from the template of this volume's name instead."
    found = meant(visit, kind, name, near)
    if found is not None:
        more = used_by(found, near) if kind == "PersistentVolumeClaim" else ""
        return fit(f"The {called(found)}, {place(found, near)}{more}.", f"The {kind} of {place(found, near)}.")
    if (kind, name) in near.workspace.generated:
        return "A kustomization of this set makes it."
    if kind == "ConfigMap" and name == "kube-root-ca.crt":
        return "Each namespace has it by itself; it holds the certificate by which the API server is known."
    if kind in CLUSTERS_OWN and choice_words(visit):  # one that every cluster has
        return ""
    if kind in CLUSTERS_OWN:
        return fit(f"The {kind} {shown(name)}, which is not in these files: the cluster must have it.")
    holder = visit.parent
    optional = bool(reference and reference.optional and holder and holder.read(reference.optional) is True)
    then = "may be missing" if optional else "must exist before a Pod can start"
    if reference is None and kind != "Secret":
        return fit(f"The {kind} {shown(name)}, which is not in these files." if shown(name) else "")
    if kind in {"Service", "ServiceAccount"} or not shown(name):
        then = "must come from elsewhere"
    return fit(f"The {kind} {shown(name)} is not in these files: it {then}.", f"Not in these files: it {then}.")


def kind_of(visit: Visit) -> str:
    """The kind of object that a name means: of ``imagePullSecrets``, of a known position, or the kind beside it."""
    holder = visit.parent
    if visit.position not in BY_KIND:
        pulls = holder is not None and "imagePullSecrets" in holder.position
        return OTHERS.get(visit.position, "Secret" if pulls else "")
    return shown(holder.read("kind")) if holder else ""


def is_replaced(visit: Visit) -> bool:
    """Whether a StatefulSet puts a claim of its own in the place of a volume."""
    owner, volume = visit.up("StatefulSetSpec"), visit.up("Volume")
    own = volume.read("name") if volume else None
    templates = owner.items("volumeClaimTemplates") if owner else ()
    return own is not None and any(string(descend(one, "metadata", "name")) == own for one in templates)


def meant(visit: Visit, kind: str, name: str, near: Near) -> Facts | None:
    """The object of a name: in the namespace that stands beside it, else in that of its own object."""
    written = visit.parent.read("namespace") if visit.parent else None
    if written is None or written == near.facts.namespace:
        return near.workspace.find(kind, name, near.facts)
    return next((one for one in near.workspace.by_name.get((kind, name), ()) if one.namespace == written), None)


def used_by(found: Facts, near: Near) -> str:
    """That others use a claim as well."""
    others = sum(one is not near.facts for one in near.workspace.users(found))
    return f"; {others} other{'s use' if others > 1 else ' uses'} it too" if others else ""
