"""high-ndots: a Pod whose every lookup of a name outside begins with names that do not exist."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, missing
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Mapping, string

OWN = frozenset({"Default", "None"})


def check(visit: Visit, context: Context, *, maximum: int) -> Iterator[Problem]:
    """A Pod with the search path of the cluster and an ``ndots`` above the highest; 5 where it says nothing."""
    policy = visit.read("dnsPolicy")
    if policy in OWN or (visit.read("hostNetwork") is True and policy != "ClusterFirstWithHostNet"):
        return
    for index, option in enumerate(visit.items("dnsConfig", "options")):
        if isinstance(option, Mapping) and string(option.get("name")) == "ndots":
            place = visit.child("dnsConfig").child("options").child(str(index)).child("value")
            written = string(option.get("value"))
            if written.isascii() and written.isdecimal() and len(written) < 9 and int(written) > maximum:
                yield Problem(place, {"shown": written})
            return
    if maximum < 5:
        yield missing(visit, "dnsConfig.options", shown="5, the default")
