"""writable-host-path-mount: a container that can change files of its node."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, missing
from kexplain.domain.pods import reach, volume_of
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Mapping, string

DEVICES = frozenset({"Socket", "CharDevice", "BlockDevice"})
"""Kinds of file on which a read-only mount changes nothing."""
SPECIAL = ("/dev/", "\\\\.\\pipe\\", "//./pipe/")


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A mount of a ``hostPath`` volume without ``readOnly: true``."""
    volume = volume_of(visit)
    source = volume.get("hostPath") if volume else None
    if not isinstance(source, Mapping) or visit.read("readOnly") is True:
        return
    path = string(source.get("path"))
    if string(source.get("type")) in DEVICES or path.endswith(".sock") or path.startswith(SPECIAL):
        return
    place, rest = reach(visit, "readOnly")
    values = {"host": path or "?"}
    yield missing(place, rest, **values) if rest else Problem(place, values)
