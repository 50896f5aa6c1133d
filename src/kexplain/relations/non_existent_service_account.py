"""non-existent-service-account: Pods that want to be somebody who is not there."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.objects.walk import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A Pod's ServiceAccount, by either name of the field, that the run lacks; every namespace has ``default``."""
    field = "serviceAccountName" if visit.read("serviceAccountName") else "serviceAccount"
    name = visit.read(field)
    if isinstance(name, str) and name != "default" and context.workspace.lacks("ServiceAccount", name, visit.manifest):
        yield Problem(visit.child(field), {"account": name})
