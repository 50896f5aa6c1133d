"""What a Linux capability allows."""

from kexplain.domain.pods import effective, scalar
from kexplain.objects.visit import Visit

AT = ("core/v1 Capabilities.add[]", "core/v1 Capabilities.drop[]")

RIGHTS = {
    "AUDIT_CONTROL": "switch kernel auditing on or off and change its rules",
    "AUDIT_READ": "read the kernel's audit log",
    "AUDIT_WRITE": "write entries to the kernel's audit log",
    "BLOCK_SUSPEND": "keep the node from going to sleep",
    "BPF": "load eBPF programs and maps into the kernel",
    "CHECKPOINT_RESTORE": "checkpoint and restore processes",
    "CHOWN": "change the owner and group of any file",
    "DAC_OVERRIDE": "read, write and execute files whatever their permissions",
    "DAC_READ_SEARCH": "read any file and list any folder whatever the permissions",
    "FOWNER": "act on any file as if owning it",
    "FSETID": "keep set-user-ID and set-group-ID bits when changing files",
    "IPC_LOCK": "lock memory so that it is never swapped out",
    "IPC_OWNER": "use System V shared memory and message queues of others",
    "KILL": "send signals to processes of other users",
    "LEASE": "take leases on any file",
    "LINUX_IMMUTABLE": "set and clear the immutable and append-only marks of files",
    "MAC_ADMIN": "change the policy of Smack, a mandatory access control",
    "MAC_OVERRIDE": "ignore the policy of Smack, a mandatory access control",
    "MKNOD": "create device files",
    "NET_ADMIN": "change network interfaces, routes and firewall rules",
    "NET_BIND_SERVICE": "listen on ports below 1024",
    "NET_BROADCAST": "send broadcasts and listen to multicasts (unused by Linux)",
    "NET_RAW": "use raw sockets, for ping but also for forged packets",
    "PERFMON": "measure performance and trace with perf and eBPF",
    "SETFCAP": "give capabilities to program files",
    "SETGID": "switch to any group",
    "SETPCAP": "change the capabilities that processes start with",
    "SETUID": "switch to any user, root included",
    "SYSLOG": "read and clear the kernel's log and see kernel addresses",
    "SYS_ADMIN": "mount, set namespaces and much more, which is close to being root on the node",
    "SYS_BOOT": "reboot the node or load another kernel",
    "SYS_CHROOT": "change the root folder and enter mount namespaces",
    "SYS_MODULE": "load code into the kernel of the node",
    "SYS_NICE": "raise priorities and set the scheduling of any process",
    "SYS_PACCT": "switch process accounting on or off",
    "SYS_PTRACE": "trace any process and read its memory",
    "SYS_RAWIO": "reach I/O ports and raw memory of the node",
    "SYS_RESOURCE": "exceed resource limits and disk quotas",
    "SYS_TIME": "set the clock of the node",
    "SYS_TTY_CONFIG": "configure terminals and hang them up",
    "WAKE_ALARM": "set timers that wake the node",
}
"""Every capability of capabilities(7), without the ``CAP_`` that Kubernetes leaves out."""


def explain(visit: Visit) -> str:
    """The right that is given or taken away."""
    given = visit.position == "core/v1 Capabilities.add[]"
    name = visit.value
    if name == "ALL" and not given:
        return dropped(visit)
    if name == "ALL":
        return "Given: every capability, which is close to being root on the node."
    right = RIGHTS.get(name) if isinstance(name, str) else None
    if right and given and is_rootless(visit):
        return f"Given to a program whose file carries it, not to others without root: {name}."
    return f"{'Given' if given else 'Taken away'}: the right to {right}." if right else ""


def is_rootless(visit: Visit) -> bool:
    """Whether the container starts as another user than root, who has no capabilities of his own."""
    container = visit.up("Container")
    if container is None:
        return False
    user, must_not = scalar(effective(container, "runAsUser")), scalar(effective(container, "runAsNonRoot"))
    return must_not is True or (isinstance(user, int) and user > 0 and user is not True)


def dropped(visit: Visit) -> str:
    """``ALL`` under ``drop``: what is left."""
    around = visit.up("Capabilities")
    kept = around.items("add") if around else []
    return f"Taken away: every capability{' but those under add' if kept else ''}."
