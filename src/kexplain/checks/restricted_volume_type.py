"""restricted-volume-type: a volume of a type that the restricted standard leaves out."""

from collections.abc import Iterator, Sequence

from kexplain.check import Context, Problem
from kexplain.objects.visit import Visit

ALLOWED = frozenset(
    {"configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim",
     "projected", "secret"}
)  # fmt: skip


def check(visit: Visit, context: Context, *, allowed: Sequence[str]) -> Iterator[Problem]:
    """A volume that has a source, and none of the allowed ones; without any it is an emptyDir."""
    known = visit.type.fields if visit.type else {}
    sources = [name for name in known if name != "name" and visit.get(name) is not None]
    if sources and not {*ALLOWED, *allowed}.intersection(sources):
        yield Problem(visit.child(sources[0]), {"volume": visit.read("name") or "?", "source": sources[0]})
