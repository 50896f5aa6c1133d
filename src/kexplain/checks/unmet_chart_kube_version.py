"""unmet-chart-kube-version: a chart that does not let itself be installed on the target version of Kubernetes."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, shorten
from kexplain.domain.versions import fits
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A condition that no release of the target meets; one that cannot be read is passed over."""
    if isinstance(visit.value, str) and not visit.unresolved and fits(visit.value, context.release) is False:
        yield Problem(visit, {"asks": shorten(visit.value), "version": context.release})
