"""The life of API versions: when each was deprecated and removed, and what replaces it (api/lifecycle.tsv)."""

from functools import lru_cache
from typing import NamedTuple

from kexplain.api import packed
from kexplain.api.release import NEWEST, Release

NOTHING = "none"
"""What the table has for the replacement of what nothing replaces."""
MOST = 10
"""Replacements followed one after the other; a circle in the table ends too."""


class Lifecycle(NamedTuple):
    """One kind in one API version. ``replacement`` is an apiVersion, perhaps with a kind, or empty.

    ``ends`` where nothing takes its place, which the note says.
    """

    api_version: str
    kind: str
    deprecated_in: Release | None
    removed_in: Release | None
    replacement: str
    note: str
    ends: bool = False

    @property
    def product(self) -> str:
        """Whose versions the row counts in: Kubernetes, cert-manager or Istio."""
        group = self.api_version.rpartition("/")[0] or self.api_version
        if group.endswith(("cert-manager.io", "certmanager.k8s.io")):
            return "cert-manager"
        return "Istio" if group.endswith("istio.io") else "Kubernetes"

    @property
    def is_kubernetes(self) -> bool:
        """Whether the versions are those of Kubernetes itself."""
        return self.product == "Kubernetes"

    @property
    def successor(self) -> tuple[str, str]:
        """The apiVersion and kind that replace this one; empty strings where nothing does."""
        version, _, kind = self.replacement.partition(" ")
        return version, kind or (self.kind if version else "")


@lru_cache(maxsize=1)
def table() -> dict[str, list[str]]:
    """The rows by ``apiVersion kind``."""
    rows: dict[str, list[str]] = packed.read_json("lifecycle.json")
    return rows


def lifecycle(api_version: str, kind: str) -> Lifecycle | None:
    """The row of a kind in an API version, None where it is neither deprecated nor removed; ``*`` is every kind."""
    row = table().get(f"{api_version} {kind}") or table().get(f"{api_version} *")
    if row is None:
        return None
    deprecated, removed, replacement, note = row
    ends = replacement == NOTHING
    living = "" if ends else followed(replacement, kind)
    return Lifecycle(api_version, kind, release_of(deprecated), release_of(removed), living, note, ends)


def followed(replacement: str, kind: str) -> str:
    """The replacement that still lives, where the one at hand was itself replaced and removed in the meantime."""
    for _ in range(MOST):
        version, _, other = replacement.partition(" ")
        row = table().get(f"{version} {other or kind}")
        removed = release_of(row[1]) if row else None
        if row is None or removed is None or row[2] in {"", NOTHING}:
            break
        if is_builtin_group(version) and removed > NEWEST:
            break
        replacement = row[2]
    return replacement


def release_of(text: str) -> Release | None:
    """A version in the table, of whatever product (``1.16``, ``0.11.0``); None where there is none."""
    return Release(*map(int, text.split(".")[:2])) if text else None


def is_builtin_group(api_version: str) -> bool:
    """Whether the API group belongs to Kubernetes itself (a custom group has another domain)."""
    group = api_version.rpartition("/")[0] or (api_version if "." in api_version else "")
    return "." not in group or group in BUILTIN_DOTTED


BUILTIN_DOTTED = frozenset(
    f"{group}.k8s.io"
    for group in (
        "admissionregistration", "apiextensions", "apiregistration", "authentication", "authorization", "certificates",
        "coordination", "discovery", "events", "flowcontrol.apiserver", "internal.apiserver", "lifecycle", "networking",
        "node", "rbac.authorization", "resource", "scheduling", "storage", "storagemigration", "admission",
        "auditregistration", "settings",
    )
)  # fmt: skip
