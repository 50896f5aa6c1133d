"""rbac-webhook-configuration-write: an RBAC rule by which one can come between the API server and its objects."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.rbac import grant
from kexplain.objects.visit import Visit

CONFIGURATIONS = {"mutatingwebhookconfigurations", "validatingwebhookconfigurations"}


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A ClusterRole's rule that writes webhook configurations without naming which."""
    found = grant(visit, "admissionregistration.k8s.io", CONFIGURATIONS, {"create", "update", "patch"})
    if found and visit.manifest.kind == "ClusterRole" and not visit.items("resourceNames"):
        yield Problem(found.resource, {"verb": found.verb.value})
