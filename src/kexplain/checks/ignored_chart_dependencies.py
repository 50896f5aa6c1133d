"""ignored-chart-dependencies: dependencies of a chart that stand where its apiVersion does not have them."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.files.tree import FILE
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """``dependencies`` of ``v1``, and a ``requirements.yaml`` beside a ``v2``."""
    version, folder = visit.read("apiVersion"), visit.manifest.source.folder
    path = f"{folder}/requirements.yaml" if folder else "requirements.yaml"
    if version == "v1" and visit.items("dependencies"):
        place = visit.child("dependencies")
        yield Problem(place, {"what": "dependencies are read from Chart.yaml in apiVersion v2 only"}, place.grip)
    elif version == "v2" and context.tree.what(path) == FILE and context.tree.what(visit.manifest.source.path) == FILE:
        place = visit.child("apiVersion")
        yield Problem(place, {"what": "Helm does not read requirements.yaml of an apiVersion v2 chart"})
