"""dangling-pdb: a PodDisruptionBudget that protects no Pod of the run."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.tree import Mapping
from kexplain.walk import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A selector that is not empty and matches no Pod template in its namespace."""
    selector = visit.get("spec", "selector")
    if not isinstance(selector, Mapping) or not selector.fields:
        return
    workspace = context.workspace
    if workspace.can_judge("Pod", visit.manifest) and not workspace.selected(selector, visit.manifest):
        yield Problem(visit.child("spec").child("selector"))
