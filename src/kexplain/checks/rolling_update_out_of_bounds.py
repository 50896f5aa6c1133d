"""rolling-update-out-of-bounds: an update that takes away more Pods, or adds fewer, than its organisation wants."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, missing
from kexplain.objects.visit import Visit

DEFAULTS = {"Deployment": {"maxUnavailable": "25%", "maxSurge": "25%"},
            "DaemonSet": {"maxUnavailable": "1", "maxSurge": "0"}}  # fmt: skip


def check(
    visit: Visit, context: Context, *, minimum_unavailable: str, maximum_unavailable: str, minimum_surge: str,
    maximum_surge: str,
) -> Iterator[Problem]:  # fmt: skip
    """A bound of a rolling update that is crossed, by what is written or by the default."""
    strategy = "strategy" if visit.get("strategy") is not None else "updateStrategy"
    defaults = DEFAULTS.get(visit.manifest.kind)
    if defaults is None or visit.read(strategy, "type") not in {None, "RollingUpdate"}:
        return
    bounds = {"maxUnavailable": (minimum_unavailable, maximum_unavailable), "maxSurge": (minimum_surge, maximum_surge)}
    for field, (least, most) in bounds.items():
        written = visit.read(strategy, "rollingUpdate", field)
        shown = defaults[field] if written is None else str(written)
        edge, sign = crossed(shown, least, most, pods(visit), up=field == "maxSurge")
        if edge:
            values = {"field": field, "shown": shown, "words": f"{sign} {edge}"}
            if written is None:
                yield missing(visit, f"{strategy}.rollingUpdate.{field}", **values)
            else:
                yield Problem(visit.child(strategy).child("rollingUpdate").child(field), values)


def crossed(shown: str, least: str, most: str, replicas: int | None, *, up: bool) -> tuple[str, str]:
    """The bound that an amount crosses and in which direction; two empty words where it crosses none."""
    for edge, word in ((least, "below"), (most, "above")):
        if shown.endswith("%") != edge.endswith("%"):
            one, other = counted(shown, replicas, up=up), counted(edge, replicas, up=up)
        else:
            one, other = whole(shown), whole(edge)
        if one is not None and other is not None and (one < other if word == "below" else one > other):
            return edge, word
    return "", ""


def pods(visit: Visit) -> int | None:
    """How many Pods the object asks for, where it says so."""
    replicas = visit.read("replicas")
    return replicas if isinstance(replicas, int) and not isinstance(replicas, bool) else None


def counted(amount: str, replicas: int | None, *, up: bool) -> int | None:
    """An amount in Pods; a surge is rounded up, the other down, as the Deployment controller does."""
    number = whole(amount)
    if number is None or not amount.endswith("%"):
        return number
    if replicas is None:
        return None
    return -(-number * replicas // 100) if up else number * replicas // 100


def whole(amount: str) -> int | None:
    """The number in an amount, with or without its percent sign."""
    digits = amount.removesuffix("%")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else None
