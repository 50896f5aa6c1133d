"""What the rules about constraints of custom definitions share: the problem, and how a place is called."""

from collections.abc import Iterator

from kexplain.check import Problem
from kexplain.objects.structural import complaints
from kexplain.objects.walk import Visit


def broken(visit: Visit, rule: str) -> Iterator[Problem]:
    """The constraints of a rule that the node breaks; nothing where no custom definition stands behind it."""
    for id_, words in complaints(visit.schema or {}, visit.node):
        if id_ == rule:
            yield Problem(visit, {"field": called(visit), **words})


def called(visit: Visit) -> str:
    """The name of a field; of a list item that of its list, of the root the kind."""
    if visit.parent is None:
        return visit.manifest.kind
    return visit.name if visit.key or visit.field is None else visit.field.name
