"""dangling-service: a Service whose selector finds no Pod template of the run."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.link import labels_of
from kexplain.walk import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A Service with a selector that matches no Pod template in its namespace."""
    selector = visit.get("spec", "selector")
    labels = labels_of(selector)
    if not labels or visit.read("spec", "type") == "ExternalName":
        return
    if context.workspace.can_judge("Pod", visit.manifest) and not context.workspace.selected(selector, visit.manifest):
        shown = ", ".join(f"{name}={value}" for name, value in labels.items())
        yield Problem(visit.child("spec").child("selector"), {"labels": shown})
