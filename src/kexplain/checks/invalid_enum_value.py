"""invalid-enum-value: a value outside the closed list that the API server accepts."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, shorten
from kexplain.objects.structural import values_of
from kexplain.objects.visit import Visit
from kexplain.words import resembling


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A value that is none of the field's; tells them, the nearest first."""
    own = values_of(visit.schema or {})
    values = [text_of(v) for v in own] if own is not None else list(visit.field.enum) if visit.field else []
    same = resembling(visit.text, values)
    hint = f"; did you mean {same}?" if same else ""
    name = visit.name if visit.key else visit.field.name if visit.field else visit.name
    taken = ", ".join(values[:12]) + (", …" if len(values) > 12 else "")
    yield Problem(visit, {"what": f"{name} cannot be {shorten(visit.text)}; the API takes {taken}{hint}"})


def text_of(value: object) -> str:
    """A value as YAML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    return "null" if value is None else str(value) if value != "" else '""'
