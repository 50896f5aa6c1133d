"""dangling-service: a Service whose selector finds no Pod template of the run."""

from collections.abc import Iterator

from kexplain.api.references import labels_of
from kexplain.check import Context, Problem
from kexplain.domain.reference import selects_nothing
from kexplain.objects.walk import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A selector that matches no Pod template in its namespace; an ExternalName ignores its selector."""
    spec = visit.parent
    if selects_nothing(visit, context) and spec is not None and spec.read("type") != "ExternalName":
        shown = ", ".join(f"{name}={value}" for name, value in labels_of(visit.node).items())
        yield Problem(visit, {"labels": shown})
