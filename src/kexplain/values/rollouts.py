"""How many Pods a rollout may add or take away, in Pods."""

import re
from typing import NamedTuple

from kexplain.api.release import Release
from kexplain.objects.visit import Visit

AT = (
    "apps/v1 RollingUpdateDaemonSet.maxSurge",
    "apps/v1 RollingUpdateDaemonSet.maxUnavailable",
    "apps/v1 RollingUpdateDeployment.maxSurge",
    "apps/v1 RollingUpdateDeployment.maxUnavailable",
    "apps/v1 RollingUpdateStatefulSetStrategy.maxUnavailable",
)

PERCENT = re.compile(r"([0-9]{1,9})%")
LARGEST = 2**31
STATEFUL = Release(1, 37)
"""Since when ``maxUnavailable`` of a StatefulSet counts by default (gate MaxUnavailableStatefulSet)."""
MOST_PODS, MOST_SURGE = 10**6, 10**4
"""More Pods, and per cent of them, are not put in words."""
DEFAULT = "25%"
"""``maxSurge`` and ``maxUnavailable`` of a Deployment that does not set them."""


class Amount(NamedTuple):
    """A number of Pods, or a percentage of them."""

    number: int
    percent: bool

    def of(self, total: int, *, up: bool) -> int:
        """How many of a total that is, rounded as Kubernetes does for the field."""
        if not self.percent:
            return self.number
        return -(-self.number * total // 100) if up else self.number * total // 100

    def working(self, total: int, *, up: bool) -> str:
        """How a percentage became a number, in brackets: `` (25 % of 3, rounded up)``."""
        if not self.percent or self.number == 0:
            return ""
        which = f" ({self.number} % of {total:,}"
        if self.of(total, up=up) == 0:
            return f"{which} rounds down to 0)"
        rounded = "" if self.number * total % 100 == 0 else ", rounded up" if up else ", rounded down"
        return f"{which}{rounded})"


def parse_amount(value: object, most: int = 100) -> Amount | None:
    """The amount a value stands for; None where it is negative, above so many per cent or no amount."""
    if type(value) is int and 0 <= value < LARGEST:
        return Amount(value, percent=False)
    match = PERCENT.fullmatch(value) if isinstance(value, str) else None
    return Amount(int(match[1]), percent=True) if match and int(match[1]) <= most else None


def explain(visit: Visit) -> str:
    """What the value allows while Pods are replaced."""
    surge = visit.name == "maxSurge"
    deployment = visit.position.startswith("apps/v1 RollingUpdateDeployment.")
    amount = parse_amount(visit.value, MOST_SURGE if surge and deployment else 100)
    if amount is None:
        return ""
    if visit.position.startswith("apps/v1 RollingUpdateDaemonSet."):
        return nodes(visit, amount, surge=surge)
    owner = visit.up("DeploymentSpec" if deployment else "StatefulSetSpec")
    replicas = owner.read("replicas") if owner else None
    if replicas is None:  # 1 by default, but an autoscaler is told to be given no number
        return unknown(amount, surge=surge, deployment=deployment)
    wanted = replicas
    if type(wanted) is not int or not 0 < wanted < MOST_PODS:
        return ""
    working = amount.working(wanted, up=surge)
    if not deployment:
        return ordered(amount, wanted, working, owner)
    return more(visit, amount, wanted, working) if surge else fewer(visit, amount, wanted, working)


def unknown(amount: Amount, *, surge: bool, deployment: bool) -> str:
    """What a value means where nobody says how many Pods are wanted."""
    if amount.number == 0:
        return ""
    if not amount.percent:
        return f"During a rollout up to {counted(amount.number)} {'more may exist' if surge else 'may be unavailable'}."
    rounded = "rounded up" if surge else "rounded down" if deployment else "at least one"
    what = "as many Pods more may exist" if surge else "as many may be unavailable"
    return f"During a rollout {what} as are {amount.number} % of those wanted, {rounded}."


def other(visit: Visit, name: str, default: str | int) -> Amount | None:
    """The amount in the field beside this one."""
    value = visit.parent.read(name) if visit.parent else None
    return parse_amount(default if value is None else value, MOST_SURGE)


def more(visit: Visit, amount: Amount, wanted: int, working: str) -> str:
    """``maxSurge`` of a Deployment."""
    unavailable = other(visit, "maxUnavailable", DEFAULT)
    if amount.number == 0:
        if unavailable is None or unavailable.number == 0:
            return ""
        return f"A rollout never runs more Pods than the {wanted:,} wanted: an old one goes first."
    pods = amount.of(wanted, up=True)
    return f"During a rollout up to {counted(pods)} more than the {wanted:,} wanted may exist{working}."


def fewer(visit: Visit, amount: Amount, wanted: int, working: str) -> str:
    """``maxUnavailable`` of a Deployment; where both limits come to none, Kubernetes takes one."""
    surge = other(visit, "maxSurge", DEFAULT)
    if surge is None or amount.number == surge.number == 0:
        return ""
    pods = amount.of(wanted, up=False)
    if pods == 0 and surge.of(wanted, up=True) == 0:
        working = at_least_one(amount, wanted)
        return f"During a rollout {some(1, wanted)} may be unavailable{working}."
    if pods == 0:
        return f"During a rollout {everything(wanted)} available{working}."
    return f"During a rollout {some(pods, wanted)} may be unavailable{working}."


def ordered(amount: Amount, wanted: int, working: str, owner: Visit | None) -> str:
    """``maxUnavailable`` of a StatefulSet: rounded down, but at least one; a ``partition`` keeps Pods as they are."""
    if amount.number == 0 or owner is None:
        return ""
    api = owner.manifest.api
    if api is not None and api.release is not None and api.release < STATEFUL:
        return f"Dropped by default before Kubernetes {STATEFUL}: one Pod after the other is replaced."
    partition = owner.read("updateStrategy", "rollingUpdate", "partition")
    if type(partition) is int and partition > 0:
        left = max(wanted - partition, 0)
        pods = min(max(amount.of(wanted, up=False), 1), left)
        return f"During an update up to {pods:,} of the {left:,} Pods from the partition on may be unavailable."
    pods = amount.of(wanted, up=False)
    if pods == 0:
        working = at_least_one(amount, wanted)
    if owner.read("podManagementPolicy") == "Parallel":
        return f"During an update {some(max(pods, 1), wanted)} may be unavailable{working}."
    return f"In an update {some(max(pods, 1), wanted)} may be missing{working}; fewer if OrderedReady."


def nodes(visit: Visit, amount: Amount, *, surge: bool) -> str:
    """Both fields of a DaemonSet, which has a Pod on each of an unknown number of nodes."""
    beside = other(visit, "maxUnavailable", 1) if surge else other(visit, "maxSurge", 0)
    if beside is None or (amount.number == 0) == (beside.number == 0):
        return ""
    if amount.number == 0:
        if surge:
            return "No node runs an old and a new Pod at once."
        return "On each node the new Pod is ready before the old one goes."
    if amount.percent:
        which = f"{amount.number} % of the nodes, rounded up,"
    else:
        which = f"{amount.number:,} node{'' if amount.number == 1 else 's'}"
    what = "run an old and a new Pod at once" if surge else "be without a Pod"
    return f"During an update up to {which} may {what}."


def at_least_one(amount: Amount, wanted: int) -> str:
    """How a percentage that comes to nothing became one, in brackets."""
    return f" ({amount.number} % of {wanted:,} is 0, taken as 1)"


def counted(pods: int) -> str:
    """``1 Pod``, ``2 Pods``."""
    return f"{pods:,} Pod{'' if pods == 1 else 's'}"


def some(pods: int, wanted: int) -> str:
    """So many of the Pods wanted."""
    if wanted == 1:
        return "the only Pod wanted"
    if pods >= wanted:
        return f"all {wanted:,} Pods wanted"
    return f"up to {pods:,} of the {wanted:,} Pods wanted"


def everything(wanted: int) -> str:
    """All the Pods wanted, and the verb."""
    return "the only Pod wanted must stay" if wanted == 1 else f"all {wanted:,} Pods wanted must stay"
