"""invalid-enum-value: a value outside the closed list that the API server accepts."""

from collections.abc import Iterator
from difflib import get_close_matches

from kexplain.check import Context, Problem, shorten
from kexplain.objects.walk import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A value that is none of the field's; tells them, the nearest first."""
    values = list(visit.field.enum) if visit.field else []
    same = [v for v in values if v.lower() == visit.text.lower()] or get_close_matches(visit.text, values, 1)
    hint = f"; did you mean {same[0]}?" if same else ""
    name = visit.name if visit.key else visit.field.name if visit.field else visit.name
    taken = ", ".join(values[:12]) + (", …" if len(values) > 12 else "")
    yield Problem(visit, {"what": f"{name} cannot be {shorten(visit.text)}; the API takes {taken}{hint}"})
