"""missing-ephemeral-storage-limit: a container that may fill the disk of its node."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, missing
from kexplain.objects.pod import pod_spec
from kexplain.objects.visit import Visit

RESOURCE = "ephemeral-storage"


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A container without limit, or with neither request nor limit, of its own or of its Pod."""
    holders = [holder for holder in (visit, pod_spec(visit)) if holder is not None]
    has = {s for s in ("limits", "requests") if any(h.get("resources", s, RESOURCE) is not None for h in holders)}
    if "limits" not in has:
        yield missing(visit, f"resources.limits.{RESOURCE}", what="limit")
        if "requests" not in has:
            yield missing(visit, f"resources.requests.{RESOURCE}", what="request")
