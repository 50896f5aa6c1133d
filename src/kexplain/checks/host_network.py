"""host-network: a Pod in the network of its node."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.pods import is_host_process
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """``hostNetwork`` that is not false, unless a Windows HostProcess Pod is refused without it."""
    if visit.value not in (None, False) and not is_host_process(visit):
        yield Problem(visit)
