"""deprecated-service-account-field: the old name of serviceAccountName."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """``serviceAccount`` without ``serviceAccountName`` of the same value beside it."""
    new = visit.parent.read("serviceAccountName") if visit.parent else None
    if not visit.value or visit.value == new:
        return
    what = f"ignored, for serviceAccountName is {new}" if new else "the deprecated name of serviceAccountName"
    yield Problem(visit, {"what": what})
