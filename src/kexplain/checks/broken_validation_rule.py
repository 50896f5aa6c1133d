"""broken-validation-rule: an object that breaks a rule which its definition states as an expression."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, shorten
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """Points at the node that the rule stands at; says what the definition says, else the expression."""
    held = visit.manifest.held
    for broken in held.broken if held else ():
        from kexplain.domain.constraints import called  # here, because this check runs for every object

        place = visit
        for name in broken.path:
            place = place.child(name)
        yield Problem(place, {"field": called(place), "rule": shorten(broken.message or broken.rule)})
