"""invalid-enum-value: a value outside the closed list that the API server accepts."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.objects.walk import Visit
from kexplain.words import FEW, near


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A value that is none of the field's; tells them, the nearest first."""
    values = list(visit.field.enum) if visit.field else []
    same = [v for v in values if v.lower() == visit.text.lower()] or near(visit.text, values, many=FEW)
    hint = f"; did you mean {same[0]}?" if same else ""
    name = visit.name if visit.key else visit.field.name if visit.field else visit.name
    yield Problem(
        visit, {"field": name, "values": ", ".join(values[:12]) + (", …" if len(values) > 12 else ""), "hint": hint}
    )
