"""dangling-network-policy: a NetworkPolicy that protects no Pod of the run."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.tree import Mapping
from kexplain.walk import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A ``podSelector`` that is not empty and selects no Pod template in the namespace."""
    selector = visit.get("spec", "podSelector")
    if not isinstance(selector, Mapping) or not any(visit.get("spec", "podSelector", part) for part in selector.fields):
        return
    if context.workspace.can_judge("Pod", visit.manifest) and not context.workspace.selected(selector, visit.manifest):
        yield Problem(visit.child("spec").child("podSelector"))
