"""sensitive-host-path-mount: a mounted hostPath volume that holds the node's own system or its secrets."""

from collections.abc import Iterator, Sequence
from posixpath import normpath

from kexplain.check import Context, Problem
from kexplain.domain.pods import is_mounted
from kexplain.objects.visit import Visit

EXACT = frozenset(
    {"/", "/bin", "/boot", "/dev", "/etc", "/etc/passwd", "/etc/shadow", "/etc/sudoers", "/home", "/lib",
     "/lib64", "/proc", "/root", "/run", "/sbin", "/sys", "/usr", "/usr/bin", "/usr/lib", "/usr/local",
     "/var", "/var/lib", "/var/lib/containerd", "/var/lib/containers", "/var/lib/docker", "/var/lib/kubelet",
     "/var/run"}
)  # fmt: skip
TREES = ("/boot/", "/etc/cron.d/", "/etc/kubernetes/", "/etc/sudoers.d/", "/etc/systemd/", "/proc/", "/root/",
         "/var/lib/etcd/", "/var/lib/kubelet/pki/", "/var/lib/kubelet/pods/", "/var/lib/rancher/")  # fmt: skip
"""Folders that are sensitive with everything below them."""


def check(visit: Visit, context: Context, *, allowed: Sequence[str]) -> Iterator[Problem]:
    """A volume with such a ``hostPath`` that a container mounts."""
    path = visit.read("hostPath", "path")
    if not isinstance(path, str) or not path.startswith("/") or not is_mounted(visit):
        return
    path = normpath(f"/{path.lstrip('/')}")
    if path not in map(normpath, allowed) and (path in EXACT or f"{path}/".startswith(TREES)):
        yield Problem(visit.child("hostPath").child("path"))
