"""dangling-route: a route or rollout that sends requests to a Service, or a port of one, that is not there."""

from collections.abc import Iterator

from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem
from kexplain.relations._backends import lost_backends


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """A Service that a custom object names and the run lacks, or has without that port."""
    if not subject.builtin:
        yield from lost_backends(subject, others)
