"""number-out-of-range: a whole number that its type cannot hold."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, shorten
from kexplain.objects.walk import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A number beyond 32 or 64 bits; tells the largest."""
    bits = 63 if visit.ref.endswith("int64") else 31
    what = f"{visit.name} {shorten(visit.text)} does not fit: the numbers go from {-(2**bits)} to {2**bits - 1}"
    yield Problem(visit, {"what": what})
