"""missing-config-map: a container or volume that needs a ConfigMap, or a key of one, that is not there."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.reference import missing_keys, missing_object
from kexplain.objects.walk import Visit

PROVIDED = {"kube-root-ca.crt", "istio-ca-root-cert", "openshift-service-ca.crt", "extension-apiserver-authentication"}
"""ConfigMaps that a controller of the cluster, the mesh or the distribution puts into namespaces."""


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A reference to a ConfigMap that the run lacks, or to a key that it has without."""
    if visit.value in PROVIDED:
        return
    if missing_object(visit, context):
        yield Problem(visit, {"what": f'there is no ConfigMap "{visit.value}" here'})
    yield from missing_keys(visit, context)
