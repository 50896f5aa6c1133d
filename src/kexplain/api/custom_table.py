"""The table of custom kinds (api/custom/): one file per API group, read when an object of the group is met."""

from functools import cache, lru_cache
from typing import Any, NamedTuple

from kexplain.api import packed
from kexplain.api.definition import Definition, Types


class CustomKind(NamedTuple):
    """One kind of the table, as the index of all has it."""

    group: str
    kind: str
    plural: str
    namespaced: bool
    short_names: tuple[str, ...]
    versions: tuple[str, ...]


@lru_cache(maxsize=1)
def groups() -> frozenset[str]:
    """The API groups that the table has."""
    return frozenset(packed.read_json("custom-groups.json"))


@cache
def table_of(group: str) -> dict[str, list[Definition]]:
    """Every version of every kind of a group, the newest first; empty for a group that the table does not have."""
    if "." not in group or group not in groups():
        return {}
    records = packed.Records(f"custom-{group}.records")
    types = Types(records)
    return {row["kind"]: list(versions(group, row, types)) for row in records.header["kinds"]}


def versions(group: str, row: dict[str, Any], types: Types) -> list[Definition]:
    """The versions of one kind."""
    return [
        Definition(group, version["name"], row["kind"], version["schema"], "", row["plural"], tuple(row["short"]),
                   row["scope"] != "Cluster", True, version.get("deprecated"), prunes=row["prunes"], source=row["from"],
                   ruled="ruled" in version, types=types)
        for version in row["versions"]
    ]  # fmt: skip


@lru_cache(maxsize=1)
def kinds() -> list[CustomKind]:
    """Every kind of the table, without its fields."""
    rows = packed.read_json("custom-kinds.json")
    return [CustomKind(g, k, p, scope != "Cluster", tuple(short), tuple(v)) for g, k, p, scope, short, v in rows]


@lru_cache(maxsize=1)
def by_name() -> dict[str, list[CustomKind]]:
    """The kinds of the table by kind, plural and short names, in lower case."""
    found: dict[str, list[CustomKind]] = {}
    for kind in kinds():
        for name in {kind.kind.lower(), kind.plural, *kind.short_names}:
            found.setdefault(name, []).append(kind)
    return found


def custom_kind(name: str) -> CustomKind | None:
    """The kind of the table of that name: its kind, plural or short name, perhaps with its group.

    None where there is none, or where several groups have one; a group of the Kubernetes project goes before others.
    """
    bare, _, group = name.lower().partition(".")
    found = [kind for kind in by_name().get(bare, ()) if group in {"", kind.group}]
    named = [kind for kind in found if bare in {kind.kind.lower(), kind.plural}] or found
    named = [kind for kind in named if kind.group.endswith(".k8s.io")] or named
    return named[0] if len(named) == 1 else None
