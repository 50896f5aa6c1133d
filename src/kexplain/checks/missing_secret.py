"""missing-secret: a container, volume or Ingress that needs a Secret, or a key of one, that is not there."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.pods import command_lines
from kexplain.reference import missing_keys, missing_object
from kexplain.tree import Mapping
from kexplain.walk import Visit

ISSUERS = ("cert-manager.io/issuer", "cert-manager.io/cluster-issuer", "kubernetes.io/tls-acme", "gardener.cloud/purpose")
"""Annotations by which a controller makes the Secret that an Ingress names."""


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A reference to a Secret that the run lacks and nothing in it seems to make, or to a key that it has without."""
    annotations = visit.manifest.metadata.get("annotations")
    if any(name in ISSUERS for name in (annotations.fields if isinstance(annotations, Mapping) else ())):
        return
    if missing_object(visit, context) and not is_made_by_command(str(visit.value), context):
        yield Problem(visit, {"what": f'there is no Secret "{visit.value}" here'})
    yield from missing_keys(visit, context)


def is_made_by_command(name: str, context: Context) -> bool:
    """Whether some container's command speaks of the name, as a Job does that creates the Secret."""
    return any(name in line for pods in context.workspace.pods for line in command_lines(pods.template))
