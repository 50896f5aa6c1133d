"""outside-limit-range: a container that asks for more or less than its namespace allows.

Source: plugin/pkg/admission/limitranger, as of Kubernetes 1.37.
"""

from collections.abc import Iterator

from kexplain.api.quantity import NANO
from kexplain.objects.facts import Amount, Bound, ContainerFacts, Facts
from kexplain.objects.spot import Spot
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem, named_there
from kexplain.relations._bounds import bounded, in_its_namespace, together


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """Requests and limits that are written, held against the LimitRanges of the namespace."""
    containers = bounded(subject)
    ranges = in_its_namespace("LimitRange", subject, others) if containers else ()
    for one in ranges:
        for container in containers:
            for spot, what in wrong(container, [bound for bound in one.bounds if bound.type == "Container"]):
                yield Problem(spot, {"what": what, "range": one.name}, (named_there(one),))
        yield from of_the_pod(subject, one)


def wrong(container: ContainerFacts, bounds: list[Bound]) -> Iterator[tuple[Spot, str]]:
    """What a container asks for outside of the bounds, and a request above the limit that it would get."""
    asked = {(amount.section, amount.resource): amount for amount in container.asked}
    for bound in bounds:
        request, limit = asked.get(("requests", bound.resource)), asked.get(("limits", bound.resource))
        for amount in filter(None, (request, limit)):
            called = f"{amount.section.removesuffix('s')} of {bound.resource}, {amount.spot.text},"
            if bound.side == "min" and amount.number < bound.number:
                yield amount.spot, f"{called} is below the least, {bound.text}"
            elif bound.side == "max" and amount.number > bound.number:
                yield amount.spot, f"{called} is above the most, {bound.text}"
        if bound.side == "default" and request and not limit and request.number > bound.number:
            what = f"request of {bound.resource}, {request.spot.text}, is above the limit that it gets, {bound.text}"
            yield request.spot, what
        elif bound.side == "maxLimitRequestRatio" and request and limit and is_above(limit, request, bound):
            what = f"limit of {bound.resource}, {limit.spot.text}, is more than {bound.text} times its request"
            yield limit.spot, what


def is_above(limit: Amount, request: Amount, ratio: Bound) -> bool:
    """Whether a limit is more than so many times a request."""
    return limit.number * NANO > ratio.number * request.number > 0


def of_the_pod(subject: Facts, one: Facts) -> Iterator[Problem]:
    """What the containers of a Pod ask for together above what a Pod may."""
    for bound in one.bounds:
        if bound.type != "Pod" or bound.side != "max":
            continue
        section = next((s for s in ("limits", "requests") if together(subject, s)[bound.resource] > bound.number), "")
        most = bound.text
        if section:
            what = f"{section} of {bound.resource} of its containers together are above the most for a Pod, {most}"
            yield Problem(subject.templates[0].spot, {"what": what, "range": one.name}, (named_there(one),))
