"""missing-config-map: a container or volume that needs a ConfigMap, or a key of one, that is not there."""

from collections.abc import Iterator

from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem
from kexplain.relations._shared import is_missing, missing_keys

PROVIDED = {"kube-root-ca.crt", "istio-ca-root-cert", "openshift-service-ca.crt", "extension-apiserver-authentication"}
"""ConfigMaps that a controller of the cluster, the mesh or the distribution puts into namespaces."""


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """A reference to a ConfigMap that the run lacks, or to a key that it has without."""
    for naming in subject.naming:
        if naming.kind != "ConfigMap" or naming.name in PROVIDED:
            continue
        if is_missing(naming, subject, others):
            yield Problem(naming.spot, {"what": f'there is no ConfigMap "{naming.name}" here'})
        yield from missing_keys(naming, subject, others)
