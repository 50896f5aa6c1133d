"""invalid-chart-version: a version of a chart that is no semantic one, or an apiVersion that Helm does not know."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, missing, shorten
from kexplain.domain.versions import is_semantic
from kexplain.objects.visit import Visit

VERSIONS = ("v1", "v2", "v3")
"""Of Helm 2, of Helm 3 and 4, and what Helm 4 tries out."""


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """What is missing altogether is told by the type, but for the apiVersion."""
    api = visit.child("apiVersion")
    if visit.get("apiVersion") is None:
        yield missing(visit, "apiVersion", what="the chart has no apiVersion; Helm 3 and newer read v2")
    elif not api.unresolved and api.value not in VERSIONS:
        yield Problem(api, {"what": f"apiVersion is {shorten(api.text)}; Helm knows v1 and v2"})
    version = visit.child("version")
    is_text = version is not visit and isinstance(version.value, str) and not version.unresolved
    if is_text and not is_semantic(version.text):
        yield Problem(version, {"what": f"version {shorten(version.text)} is no semantic version such as 1.2.0"})
