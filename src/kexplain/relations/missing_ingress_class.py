"""missing-ingress-class: an Ingress for a controller that nobody named."""

from collections.abc import Iterator

from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem
from kexplain.relations._shared import missing


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """An ``ingressClassName`` that the run lacks."""
    yield from missing("IngressClass", subject, others)
