"""How stable the API is that an object is written for."""

import re

from kexplain.api.lifecycle import is_builtin_group, lifecycle
from kexplain.objects.visit import Visit

AT = ("*.apiVersion",)

VERSION = re.compile(r"(?:([a-z0-9](?:[-.a-z0-9]{0,251}[a-z0-9])?)/)?v[1-9][0-9]{0,3}(?:(alpha|beta)[1-9][0-9]{0,3})?")
LONGEST = 40
"""Characters of a group that are shown."""


def explain(visit: Visit) -> str:
    """The stability of an API version and its group; when it goes is told for the target version by the annotation."""
    version = visit.value
    match = VERSION.fullmatch(version) if isinstance(version, str) else None
    if not match or not isinstance(version, str):
        return ""
    group = "core group" if not match[1] else f"group {shorten(match[1])}"
    builtin = is_builtin_group(version)
    if builtin and lifecycle(version, visit.manifest.kind):
        return f"{(match[2] or 'stable').capitalize()} API, {group}."
    if not builtin:  # the policy of Kubernetes binds no other project
        return f"{(match[2] or 'stable').capitalize()} API, {group}, not part of Kubernetes itself."
    if match[2] == "alpha":
        return f"Alpha API, {group}: off by default, may change or disappear in any release."
    if match[2] == "beta":
        return f"Beta API, {group}: may still change, and goes once a stable version replaces it."
    return f"Stable API, {group}."


def shorten(group: str) -> str:
    """A group that is not too long to show."""
    return group if len(group) <= LONGEST else f"{group[: LONGEST - 1]}…"
