"""What the kind or the API group that a custom object names is."""

import re
from functools import lru_cache

from kexplain.api.kinds import built_in_groups, resources
from kexplain.catalogue.term import places, terms
from kexplain.objects.visit import Visit
from kexplain.values._shared import fit
from kexplain.values.api_versions import explain as stability

AT = ("custom .kind", "custom .kinds", "custom .group", "custom .apiGroup", "custom .apiVersion", "custom .apiGroups")
KIND = re.compile(r"[a-z0-9.-]+(?:/v\w+)? [A-Z]\w*")


def explain(visit: Visit) -> str:
    """A kind's own first sentence, the kinds of a group, how stable an API version is."""
    text, field = visit.value, visit.position.rpartition(".")[2].removesuffix("[]")
    if not isinstance(text, str) or visit.unresolved or visit.ref == "any":
        return ""
    if field in {"kind", "kinds"}:
        return "Every kind." if text == "*" else briefs().get(text, "")
    return stability(visit) if field == "apiVersion" else of_group(text)


def of_group(group: str) -> str:
    """What kinds a group has."""
    if group == "*":
        return "Every group."
    if group and group not in built_in_groups():
        return ""
    kinds = sorted({one.kind for one in resources().values() if one.group == (group or "core")})
    first = [kind for kind in ("Pod", "Service", "ConfigMap", "Deployment", "StatefulSet", "Job") if kind in kinds]
    few = (first + [kind for kind in kinds if kind not in first])[:3]
    more = ", …" if len(kinds) > len(few) else ""
    return fit(f"{'The core group' if not group else 'The group'} of {', '.join(few)}{more}.")


@lru_cache(maxsize=1)
def briefs() -> dict[str, str]:
    """The first sentence of the term of each kind; of a name that several groups have, that of a built-in one."""
    found: dict[str, str] = {}
    for position, at in sorted(places().items(), key=lambda row: "/" not in row[0]):
        if KIND.fullmatch(position):
            for place, id_ in at:
                if place.op is None and place.key is None:
                    found.setdefault(position.partition(" ")[2], terms()[id_].brief)
    return found
