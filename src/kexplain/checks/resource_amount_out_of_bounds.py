"""resource-amount-out-of-bounds: a request or limit that its organisation finds too small or too large."""

from collections.abc import Iterator, Mapping

from kexplain.api.quantity import billionths
from kexplain.check import Context, Problem
from kexplain.objects.pod import amount
from kexplain.objects.visit import Visit


def check(
    visit: Visit, context: Context, *, minimum: Mapping[str, str], maximum: Mapping[str, str]
) -> Iterator[Problem]:
    """An amount below the least or above the most; a bound that is no quantity bounds nothing."""
    for bounds, words, sign in ((minimum, "below", -1), (maximum, "above", 1)):
        for name, bound in bounds.items():
            section, _, resource = name.partition(".")
            asked, edge = amount(visit, section, resource), amount_of(bound)
            if asked is not None and edge is not None and (asked - edge) * sign > 0:
                place = visit.child("resources").child(section).child(resource)
                yield Problem(place, {"what": f"{name} of {place.text}, {words} {bound}"})


def amount_of(text: str) -> int | None:
    """A quantity in billionths; None for what is none."""
    try:
        return billionths(text)
    except ValueError:
        return None
