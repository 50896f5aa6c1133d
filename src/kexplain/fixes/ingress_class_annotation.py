"""ingress-class-annotation: the class as the field of today."""

from kexplain.fix import Drop, Fix, Put, Target
from kexplain.syntax.tree import Mapping


def fix(target: Target) -> Fix | None:
    """``ingressClassName``; a controller that only looks at the annotation would pass the Ingress by."""
    spec, name = target.visit.manifest.root.get("spec"), target.visit.value
    if not isinstance(spec, Mapping) or "ingressClassName" in spec.fields or not isinstance(name, str) or target.rest:
        return None
    changes = (Put(("spec", "ingressClassName"), name), Drop(target.path, 1))
    return Fix(f"ingressClassName: {name} takes the place of the annotation", changes)
