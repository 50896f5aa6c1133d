"""service-account-token-automounted: a Pod that gets credentials for the Kubernetes API unasked."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, missing
from kexplain.domain.pods import mounts_token, reach, service_account
from kexplain.objects.walk import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A Pod for which neither it nor its ServiceAccount says ``automountServiceAccountToken: false``."""
    if mounts_token(visit, context.workspace):
        place, rest = reach(visit, "automountServiceAccountToken")
        values = {"account": service_account(visit)}
        yield missing(place, rest, **values) if rest else Problem(place, values)
