"""dangerous-capability-added: a capability that reaches beyond the container."""

from collections.abc import Iterator, Sequence

from kexplain.check import Context, Problem
from kexplain.objects.visit import Visit

POWERS = {
    "ALL": "every power of root over the node",
    "BPF": "it can load programs into the node's kernel",
    "DAC_READ_SEARCH": "it can read files whatever their permissions, those of the node included",
    "MAC_ADMIN": "it can change the policy of AppArmor or Smack",
    "MAC_OVERRIDE": "it can pass by the mandatory access control of the node",
    "NET_ADMIN": "it can change addresses, routes and firewall rules",
    "PERFMON": "it can watch what other processes and the kernel do",
    "SYS_ADMIN": "mounts, namespaces and much else, nearly all of root's power",
    "SYS_BOOT": "it can restart the node and load another kernel",
    "SYS_MODULE": "it can load modules into the node's kernel",
    "SYS_PTRACE": "it can read and change the memory of other processes",
    "SYS_RAWIO": "it can reach the node's memory and devices directly",
}
"""What a capability lets a process do."""


def check(visit: Visit, context: Context, *, allowed: Sequence[str]) -> Iterator[Problem]:
    """An item of ``capabilities.add`` with such a capability, with or without ``CAP_``, in any case."""
    capability = str(visit.value).upper().removeprefix("CAP_")
    if capability in POWERS and capability not in allowed:
        yield Problem(visit, {"capability": capability, "power": POWERS[capability]})
