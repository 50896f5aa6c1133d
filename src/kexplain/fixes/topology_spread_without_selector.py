"""topology-spread-without-selector: the Pods that are counted are those of the template."""

from kexplain.fix import Fix, Put, Target
from kexplain.fixes._shared import labels_of_pods
from kexplain.syntax.tree import descend, plain_value


def fix(target: Target) -> Fix | None:
    """The labels by which the workload knows its Pods, else those of its template."""
    own = plain_value(descend(target.visit.manifest.root, "spec", "selector", "matchLabels"))
    labels = own if isinstance(own, dict) and own else labels_of_pods(target)
    if not labels or target.rest[1:]:
        return None
    place = target.path if target.rest else (*target.path, "labelSelector")
    return Fix("count the Pods of this workload", (Put(place, {"matchLabels": labels}),))
