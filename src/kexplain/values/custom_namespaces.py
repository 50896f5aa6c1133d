"""What of this set lies in a namespace that a custom object names, and which namespaces a pattern means."""

from kexplain.catalogue.value import Near
from kexplain.objects.visit import Visit
from kexplain.values._shared import fit, place, shown
from kexplain.words import count

NAMES = ("namespace", "targetNamespace", "namespaces", "matchNames", "storageNamespace", "sourceNamespaces",
         "destinationNamespace", "includedNamespaces", "excludedNamespaces")  # fmt: skip
AT = tuple(f"custom .{name}" for name in NAMES)
KNOWN = {
    "default": "The namespace of objects that name none.",
    "kube-system": "The namespace in which the cluster's own parts run.",
    "flux-system": "The namespace in which Flux runs and finds its sources.",
}


def relate(visit: Visit, near: Near) -> str:
    """The Namespace, or how many objects of these files lie in it; a pattern's meaning."""
    name = shown(visit.value)
    if not name or visit.unresolved:
        return ""
    if name == "*":
        return "Every namespace."
    if "*" in name:
        return fit(f"Every namespace whose name begins with {name[:-1]}.") if name.find("*") == len(name) - 1 else ""
    found = near.workspace.find("Namespace", name, near.facts)
    here = sum(one.namespace == name for one in near.workspace.objects if one is not near.facts)
    more = f"; {count(here, 'object')} of these files {'lie' if here != 1 else 'lies'} in it" if here else ""
    if found is not None:
        return fit(f"The Namespace of {place(found, near)}{more}.", f"The Namespace of {place(found, near)}.")
    if name in KNOWN:
        return KNOWN[name]
    own = name == near.facts.namespace
    if own:
        return "The namespace of this object itself."
    return (
        f"{count(here, 'other object')} of these files {'are' if here != 1 else 'is'} in it."
        if here
        else (fit(f"A namespace that must be there: these files make none of the name {name}."))
    )
