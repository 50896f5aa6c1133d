"""missing-security-context: a container for which nobody set anything about security."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, missing
from kexplain.objects.pod import pod_spec
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Mapping


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A container whose ``securityContext`` is absent or empty."""
    own, spec = visit.get("securityContext"), pod_spec(visit)
    if isinstance(own, Mapping) and own.fields:
        return
    of_pod = spec.get("securityContext") if spec else None
    has = isinstance(of_pod, Mapping) and of_pod.fields
    values = {"pod": " of its own" if has else ", nor does its Pod"}
    if isinstance(own, Mapping):
        yield Problem(visit.child("securityContext"), values)
    else:
        yield missing(visit, "securityContext", **values)
