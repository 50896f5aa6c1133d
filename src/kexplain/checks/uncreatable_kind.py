"""uncreatable-kind: a kind without objects of its own: an answer of the API server, or sent to another object."""

from collections.abc import Iterator

from kexplain.api.kinds import resources
from kexplain.check import Context, Problem
from kexplain.objects.visit import Visit

OF_ANOTHER = {
    ("autoscaling/v1", "Scale"): "it is how many replicas another object has: `kubectl scale`",
    ("policy/v1", "Eviction"): "it is sent to a Pod: `kubectl drain`",
    ("policy/v1beta1", "Eviction"): "it is sent to a Pod: `kubectl drain`",
    ("authentication.k8s.io/v1", "TokenRequest"): "it is sent to a ServiceAccount: `kubectl create token`",
    ("v1", "ComponentStatus"): "it can only be read",
}


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A built-in kind of the target without a resource to create it in."""
    manifest = visit.manifest
    version, kind = manifest.api_version, manifest.kind
    if not manifest.builtin or kind.endswith("List") or f"{version} {kind}" not in context.api.kinds:
        return
    found = resources().get(f"{kind.lower()}.{manifest.group or 'core'}")
    if (version, kind) in OF_ANOTHER or found is None or found.kind != kind:
        why = OF_ANOTHER.get((version, kind), "the API server answers with it, or takes it as a parameter")
        yield Problem(visit.child("kind"), {"why": why})
