"""What custom kinds point at and make (api/references.tsv): names of other objects, selectors, Pods."""

from functools import lru_cache
from typing import NamedTuple

from kexplain.api import packed

NAMES, MAKES, SELECTS = "names", "makes", "selects"
RUNS, ENDS = "runs", "ends"


class CustomReference(NamedTuple):
    """One row: what the field at a typed position does.

    ``relation`` is ``names`` (its value is the name of an object of ``kind``), ``makes`` (the kind's controller makes
    such an object, or at a Pod template: Pods, which run on or end) or ``selects`` (it selects objects by label).
    ``group`` is the other kind's API group. Siblings, if any: ``kind_field`` tells another kind, ``namespace_field``
    another namespace, ``key_field`` one entry of the object.
    """

    position: str
    relation: str
    kind: str
    group: str = ""
    kind_field: str = ""
    namespace_field: str = ""
    key_field: str = ""
    note: str = ""


@lru_cache(maxsize=1)
def custom_references() -> dict[str, list[CustomReference]]:
    """Every row, by its typed position."""
    found: dict[str, list[CustomReference]] = {}
    for row in packed.read_json("references.json"):
        reference = CustomReference(*row)
        found.setdefault(reference.position, []).append(reference)
    return found


@lru_cache(maxsize=1)
def names_by_kind() -> dict[str, list[CustomReference]]:
    """The rows by which objects name others of Kubernetes itself, by group and kind: ``argoproj.io Rollout``."""
    found: dict[str, list[CustomReference]] = {}
    for position, rows in custom_references().items():
        plain = (row for row in rows if row.relation == NAMES and not row.group and not row.note)
        found.setdefault(position.partition(".spec")[0], []).extend(plain)
    return found


@lru_cache(maxsize=1)
def pod_makers() -> dict[str, str]:
    """Positions of what becomes Pods as it is written → whether these run on or end."""
    rows = (row for rows in custom_references().values() for row in rows)
    return {row.position: row.note for row in rows if row.relation == MAKES and row.kind == "Pod"}


def makes_whole_pods(position: str) -> bool:
    """Whether a container or Pod there becomes one as it is written; elsewhere it may patch what a controller makes."""
    return any(position.startswith(template) for template in pod_makers())


def makes_finite_pods(group: str, kind: str) -> bool:
    """Whether the Pods that a kind makes end by themselves."""
    return any(ends == ENDS for at, ends in pod_makers().items() if at.startswith(f"{group} {kind}."))
