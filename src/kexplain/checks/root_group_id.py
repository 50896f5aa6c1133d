"""root-group-id: a container or Pod that is given the group of root."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.pods import bearer
from kexplain.objects.pod import pod_spec
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A group that is 0, of a Pod without a user namespace of its own."""
    spec = pod_spec(visit)
    if visit.value == 0 and visit.value is not False and spec is not None and spec.read("hostUsers") is not False:
        field = visit.parent.name if visit.name.isdecimal() and visit.parent else visit.name
        yield Problem(visit, {"who": bearer(visit), "field": field})
