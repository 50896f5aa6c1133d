"""Built-in kinds by the names people type: ``Deployment``, ``deployments``, ``deploy`` (api/resources.tsv)."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from kexplain.api import packed


class Resource(NamedTuple):
    """One built-in kind as the API server registers it; the core group is ``core``."""

    group: str
    kind: str
    plural: str
    namespaced: bool
    short_names: tuple[str, ...]


@lru_cache(maxsize=1)
def resources() -> dict[str, Resource]:
    """Resources by every name in lower case; where two groups share a name the older group wins."""
    found: dict[str, Resource] = {}
    rows = sorted(packed.read_json("resources.json"), key=lambda row: row[0] != "core")
    for group, kind, plural, scope, short in rows:
        names = tuple(short.split(",")) if short else ()
        resource = Resource(group, kind, plural, scope == "namespaced", names)
        for name in (kind.lower(), plural, *names):
            found.setdefault(name, resource)
            found.setdefault(f"{name}.{group}", resource)
    return found


@lru_cache(maxsize=1)
def built_in_groups() -> frozenset[str]:
    """The API groups that Kubernetes itself serves; the core group is ``core``."""
    return frozenset(row[0] for row in packed.read_json("resources.json"))


def is_cluster_scoped(kind: str) -> bool:
    """Whether objects of a built-in kind lie in no namespace."""
    resource = resources().get(kind.lower())
    return resource is not None and not resource.namespaced


def versions_of(resource: Resource, kinds: Iterable[str]) -> list[str]:
    """The API versions of a resource among ``apiVersion kind`` pairs, the most mature and newest first."""
    keys = (key.partition(" ") for key in kinds)
    found = [v for v, _, kind in keys if kind == resource.kind and (v.rpartition("/")[0] or "core") == resource.group]
    return sorted(found, key=maturity, reverse=True)


def maturity(api_version: str) -> tuple[bool, bool, list[int]]:
    """Sorts v2 above v1, v1 above v1beta2, v1beta1 above v1alpha1."""
    version = api_version.rpartition("/")[2]
    return "alpha" not in version, "beta" not in version, [int(number) for number in re.findall(r"\d+", version)]
