"""duplicate-list-item: an item that a list has twice, where its definition allows each once."""

from collections.abc import Iterator

from kexplain.check import Context, Elsewhere, Problem, shorten
from kexplain.domain.constraints import called
from kexplain.objects.structural import duplicates
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Sequence


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """Points at the later of the two; tells what both have."""
    if not isinstance(visit.node, Sequence):
        return
    for index, first, row in duplicates(visit.schema or {}, visit.node):
        item, other = visit.child(str(index)), visit.child(str(first))
        elsewhere = (Elsewhere(visit.manifest, other.grip, "the first of them"),)
        yield Problem(item, {"what": f"{called(visit)} has {words(row)}"}, item.span, elsewhere)


def words(row: dict[str, object]) -> str:
    """What both have: the values of their keys, or what they are."""
    if "" in row:
        return f"two items {shorten(str(row['']))}"
    return "two items with " + ", ".join(f"{key} {shorten(str(value))}" for key, value in row.items())
