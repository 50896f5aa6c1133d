"""unsafe-sysctl: a kernel parameter that is not on the safe list of the target version."""

from collections.abc import Iterator, Sequence

from kexplain.check import Context, Problem
from kexplain.objects.visit import Visit

SAFE_SINCE = {
    "kernel.shm_rmid_forced": 0,
    "net.ipv4.ip_local_port_range": 0,
    "net.ipv4.ip_unprivileged_port_start": 0,
    "net.ipv4.ping_group_range": 0,
    "net.ipv4.tcp_syncookies": 0,
    "net.ipv4.ip_local_reserved_ports": 27,
    "net.ipv4.tcp_fin_timeout": 29,
    "net.ipv4.tcp_keepalive_intvl": 29,
    "net.ipv4.tcp_keepalive_probes": 29,
    "net.ipv4.tcp_keepalive_time": 29,
    "net.ipv4.tcp_rmem": 32,
    "net.ipv4.tcp_wmem": 32,
    "net.ipv4.tcp_notsent_lowat": 37,
    "net.ipv4.tcp_slow_start_after_idle": 37,
}
"""Sysctl → the minor version of the policy that first allows it."""


def check(visit: Visit, context: Context, *, allowed: Sequence[str]) -> Iterator[Problem]:
    """A name that is not in the list, or not yet, nor allowed."""
    name = visit.value
    if isinstance(name, str) and name not in allowed and context.release < (1, SAFE_SINCE.get(name, 10_000)):
        yield Problem(visit, {"release": context.release})
