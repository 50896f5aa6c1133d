"""unknown-field: a field that its type does not have in the target version."""

from collections.abc import Iterator

from kexplain.api.schema import releases_with
from kexplain.check import Context, Problem
from kexplain.objects.walk import Visit
from kexplain.syntax.tree import Span
from kexplain.words import FEW, near


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A field the schema does not name; tells the nearest name, or the versions that do have it."""
    owner = visit.parent.type if visit.parent else None
    if owner is None or visit.key is None or owner.open:
        return
    span = Span(visit.key.start, visit.key.end)
    yield Problem(visit, {"owner": owner.short, "hint": hint(visit, owner.name, list(owner.fields), context)}, span)


def hint(visit: Visit, owner: str, fields: list[str], context: Context) -> str:
    """Where the field may belong: another version, another spelling."""
    if releases := releases_with(owner, visit.name):
        if releases[0] > context.release.bundled:
            return f"; it exists since Kubernetes {releases[0]}"
        return f"; it was removed after Kubernetes {releases[-1]}"
    same = next((name for name in fields if name.lower() == visit.name.lower()), None)
    close = [same] if same else near(visit.name, fields, cutoff=0.7, many=FEW)
    return f"; did you mean {close[0]}?" if close else ""
