"""The checks of other tools (api/peer-checks.tsv), each with the rules that find the same."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from kexplain.api import packed
from kexplain.catalogue.rule import Rule
from kexplain.errors import InputError
from kexplain.words import hint


class UnknownToolError(InputError, ValueError):
    """A name that is no tool whose checks are known."""


class PeerCheck(NamedTuple):
    """A check of another tool: what it looks for in a few words, and the rules that find the same.

    ``tier`` says how common it is: ``core``, ``wide``, ``control-plane`` or ``style``; empty where nobody counted.
    """

    id: str
    tier: str
    about: str
    rules: tuple[str, ...]


@lru_cache(maxsize=1)
def table() -> dict[str, tuple[str, str]]:
    """Every known check, ``tool:id`` → tier and what it looks for."""
    return {check: (tier, about) for check, tier, about in packed.read_json("peer-checks.json")}


def equivalents(known: Iterable[Rule]) -> dict[str, list[str]]:
    """``tool:id`` → the rules that name it as their equivalent."""
    found: dict[str, list[str]] = defaultdict(list)
    for rule in known:
        for check in rule.equivalents:
            found[check].append(rule.id)
    return found


def peer_checks(tool: str, known: Iterable[Rule]) -> list[PeerCheck]:
    """The checks of a tool, in order of their names. Raises UnknownToolError."""
    ours, checks = equivalents(known), table()
    everything = {*checks, *ours}
    tools = sorted({check.partition(":")[0] for check in everything})
    if tool not in tools:
        meant = hint(tool, tools).removesuffix("?")
        raise UnknownToolError(f"no tool is called {tool!r}{meant}? There are {', '.join(tools)}")
    mine = sorted(check for check in everything if check.partition(":")[0] == tool)
    return [
        PeerCheck(check.partition(":")[2], *checks.get(check, ("", "")), tuple(ours.get(check, ()))) for check in mine
    ]
