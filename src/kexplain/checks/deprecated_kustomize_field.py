"""deprecated-kustomize-field: a field that newer releases of Kustomize replace by another."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.kustomize import items
from kexplain.objects.visit import Visit

FIELDS = {
    "bases": ("2.1", "resources"),
    "imageTags": ("", "images"),
    "patchesStrategicMerge": ("5.0", "patches"),
    "patchesJson6902": ("5.0", "patches"),
    "commonLabels": ("5.0", "labels"),
    "vars": ("5.0", "replacements"),
    "helmChartInflationGenerator": ("", "helmCharts"),
}
"""Since which release, as far as its reference says, and what takes its place. Source: api/types/kustomization.go."""


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """Each such field, once."""
    for field, (since, new) in FIELDS.items():
        if visit.get(field) is not None:
            place = visit.child(field)
            yield Problem(place, {"old": field, "since": since and f" since Kustomize {since}", "new": new}, place.grip)
    for generator in ("configMapGenerator", "secretGenerator"):
        for made in items(visit, generator):
            if made.get("env") is not None:
                place = made.child("env")
                yield Problem(place, {"old": "env", "since": "", "new": "envs"}, place.grip)
