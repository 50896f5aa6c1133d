"""default-service-account: a Pod that shares the identity of its namespace."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, missing
from kexplain.domain.pods import mounts_token, service_account
from kexplain.objects.walk import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A Pod that runs as the ServiceAccount ``default`` and gets its token."""
    if service_account(visit) == "default" and mounts_token(visit, context.workspace):
        field = "serviceAccountName" if visit.read("serviceAccountName") else "serviceAccount"
        yield Problem(visit.child(field)) if visit.read(field) else missing(visit, "serviceAccountName")
