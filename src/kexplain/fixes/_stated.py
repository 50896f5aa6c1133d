"""Fixes that an article states: ``set``, ``remove``, ``nearest`` or ``constraint``, and whether that is ``safe``."""

import json
from typing import Any

from kexplain.fix import Drop, Fix, Put, Target, shown
from kexplain.fixes._constraint import by_row
from kexplain.fixes._shared import item_removed


def stated(cure: dict[str, Any], target: Target) -> Fix | None:
    """The fix that a rule states, at the place of the finding; None where it cannot be made there."""
    safe = bool(cure.get("safe"))
    if "set" in cure:
        return setting(target, cure["set"], safe=safe)
    if "remove" in cure:
        return removal(target, cure["remove"], safe=safe)
    return by_row(target, safe=safe) if "constraint" in cure else nearest(target)


def setting(target: Target, value: Any, *, safe: bool) -> Fix:
    """The field gets a value."""
    words = f"set {shown(target.path)} to {json.dumps(value, ensure_ascii=False)}"
    return Fix(words, (Put(target.path, value),), safe)


def removal(target: Target, above: int, *, safe: bool) -> Fix | None:
    """The field goes, and so many of the fields above it as are empty then."""
    if target.rest or not target.path:
        return None
    if isinstance(target.path[-1], int):
        return item_removed(target, above)
    return Fix(f"remove {shown(target.path)}", (Drop(target.path, above),), safe)


def nearest(target: Target) -> Fix | None:
    """The value becomes the name that stands at the finding's second place."""
    if target.visit.get("name") is not None:
        target = target._replace(visit=target.visit.child("name"))
    name, old = target.related, target.visit.text
    if not name or target.rest or name == old or target.visit.name in {"key", "port", "number"}:
        return None
    return Fix(f"{shown(target.path)}: {old} becomes {name}", (Put(target.path, name),))
