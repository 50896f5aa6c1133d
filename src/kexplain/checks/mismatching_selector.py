"""mismatching-selector: a workload that would not recognise the Pods it makes."""

from collections.abc import Iterator

from kexplain.api.references import labels_of, selector_of
from kexplain.check import Context, Elsewhere, Problem, missing, shorten
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Mapping, span_of, waits


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A selector that does not select the workload's own Pod template; a Job's only when it is set by hand."""
    selector, template = visit.get("spec", "selector"), visit.get("spec", "template")
    if not isinstance(selector, Mapping) or not selector.fields or not isinstance(template, Mapping):
        return
    if visit.manifest.kind == "Job" and visit.read("spec", "manualSelector") is not True:
        return
    node = visit.get("spec", "template", "metadata", "labels")
    labels, wanted = labels_of(node), selector_of(selector)
    if not wanted.unresolved and not waits(node) and not wanted.selects(labels):
        shown = shorten(", ".join(f"{name}={value}" for name, value in labels.items())) or "none"
        there = Elsewhere(visit.manifest, span_of(selector), "the selector")
        at = missing(visit, "spec.template.metadata.labels")
        if isinstance(node, Mapping):
            at = Problem(visit.child("spec").child("template").child("metadata").child("labels"))
        yield at._replace(values={"labels": shown}, elsewhere=(there,))
