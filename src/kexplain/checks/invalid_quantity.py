"""invalid-quantity: an amount that Kubernetes cannot read."""

from collections.abc import Iterator

from kexplain.api.quantity import parse_quantity
from kexplain.check import Context, Problem, shorten
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A string that is no quantity; says why, and what was probably meant."""
    text = visit.text.strip()
    try:
        parse_quantity(text)
        why = "a quantity is a number with a suffix such as m, k, Mi or Gi"
    except ValueError as error:
        why = str(error).removeprefix(f"{text!r} is not a quantity: ")
    name = visit.name if visit.key else visit.field.name if visit.field else visit.name
    yield Problem(visit, {"what": f'{name} "{shorten(visit.text)}" is no quantity: {why}'})
