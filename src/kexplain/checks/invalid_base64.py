"""invalid-base64: a value that should be base64 and is not."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A string that is no base64. Its text is never told: it may be a secret."""
    hint = "; plain text belongs under stringData" if visit.position == "core/v1 Secret.data[]" else ""
    yield Problem(visit, {"what": f"the value of {visit.name} is not base64{hint}"})
