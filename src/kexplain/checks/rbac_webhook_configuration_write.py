"""rbac-webhook-configuration-write: an RBAC rule by which one can come between the API server and its objects."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.rbac import grant
from kexplain.objects.visit import Visit

WRITE, DELETE = {"create", "update", "patch"}, {"delete", "deletecollection"}
CONFIGURATIONS = {"mutatingwebhookconfigurations", "validatingwebhookconfigurations"}


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A ClusterRole's rule that writes webhook configurations without naming which."""
    found = grant(visit, "admissionregistration.k8s.io", CONFIGURATIONS, WRITE | DELETE)
    if found and visit.manifest.kind == "ClusterRole" and not visit.items("resourceNames"):
        what = "read and change what is"
        if found.verb.value in DELETE:
            what = "switch off what checks the objects that are"
        yield Problem(found.resource, {"verb": found.verb.value, "what": what})
