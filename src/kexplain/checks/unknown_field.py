"""unknown-field: a field that its type does not have in the target version."""

from collections.abc import Iterator

from kexplain.api.schema import Type, releases_with
from kexplain.check import Context, Problem
from kexplain.domain.constraints import known_elsewhere
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Span
from kexplain.words import resembling


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A field the schema does not name; tells the nearest name, or the versions that do have it."""
    owner = visit.parent.type if visit.parent else None
    if owner is None or visit.key is None or owner.open or known_elsewhere(visit):
        return
    span = Span(visit.key.start, visit.key.end)
    words = own_hint(visit, owner, context) or hint(visit, owner.name, list(owner.fields), context)
    yield Problem(visit, {"owner": owner.short, "hint": words}, span)


def own_hint(visit: Visit, owner: Type, context: Context) -> str:
    """That a custom definition leaves out a field which the core type has; empty for anything else."""
    if owner.schema is None or owner.name not in context.api or visit.name not in context.api.type(owner.name).fields:
        return ""
    return f"; {visit.manifest.kind} leaves it out"


def hint(visit: Visit, owner: str, fields: list[str], context: Context) -> str:
    """Where the field may belong: another version, another spelling."""
    if releases := releases_with(owner, visit.name):
        if releases[0] > context.release.bundled:
            return f"; it exists since Kubernetes {releases[0]}"
        return f"; it was removed after Kubernetes {releases[-1]}"
    close = resembling(visit.name, fields, 0.7)
    return f"; did you mean {close}?" if close else ""
