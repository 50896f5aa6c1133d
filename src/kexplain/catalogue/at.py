"""Typed positions: the ``at:`` grammar of rules and terms, and how it finds the places it means.

============================================  ==============================================================
``Deployment``, ``Container``                 every place of that type (``apps/v1 Deployment`` where a name
                                              has several groups)
``Container.livenessProbe``                   a field, whether it is a value, a list or an object
``Capabilities.add[]``                        every item of a list or value of a map
``ResourceRequirements.limits[cpu]``          one key of a map
``label:KEY``, ``annotation:KEY``             a label or annotation, on any object; ``*`` ends a prefix
``*``, ``*.apiVersion``                       every object, at its root; a field at the root of every object
``networking.istio.io VirtualService.spec.x`` a kind that is not built in, and a path below it
============================================  ==============================================================

Any of them may end in ``=VALUE``, ``!=VALUE`` or ``~REGEX``; a comma in VALUE means any of them.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from kexplain.words import hint, regex_mistake

LABELS, ANNOTATIONS = "meta/v1 ObjectMeta.labels[]", "meta/v1 ObjectMeta.annotations[]"


class At(NamedTuple):
    """One resolved ``at:``: the qualified positions it means, and the key and value it asks for there."""

    positions: tuple[str, ...]
    key: str | None = None
    op: str | None = None
    values: tuple[str, ...] = ()

    def accepts(self, key: str, value: str | None) -> bool:
        """Whether a visit of one of the positions, with that map key and scalar value, is meant."""
        if self.key is not None and not (key.startswith(self.key[:-1]) if self.key[-1] == "*" else key == self.key):
            return False
        if self.op is None:
            return True
        if value is None:
            return self.op == "!="
        if self.op == "~":
            return any(re.search(pattern, value) for pattern in self.values)
        return (value in self.values) == (self.op == "=")


GRAMMAR = re.compile(
    r"(?:(?P<map>label|annotation):(?P<mapkey>[^=~!\s]+)"
    r"|(?:(?P<group>[^\s=~!]+) )?(?P<type>[A-Za-z]\w*)(?P<path>(?:\.[$\w-]+(?:\[\])*)*)(?:\[(?P<key>[^\]]+)\])?)"
    r"(?:(?P<op>=|!=|~)(?P<value>.*))?"
)


class PositionError(ValueError):
    """An ``at:`` that is misspelt or names nothing in the Kubernetes API."""


def resolve(at: str, types: dict[str, set[str]], short: dict[str, list[str]]) -> At:
    """Resolves one ``at:`` against the fields of every bundled type (``types``) and names by short name (``short``).

    Raises PositionError, with the nearest name where there is one.
    """
    if re.fullmatch(r"\*(?:\.\w+)?", at):
        return At((at,))
    match = GRAMMAR.fullmatch(at)
    if not match:
        raise PositionError(f"{at!r} is not a position; see glossary/README.md for the grammar")
    op, text = match["op"], match["value"] or ""
    if op == "~" and (reason := regex_mistake(text)):
        raise PositionError(f"{at!r}: not a regular expression: {reason}")
    values = () if op is None else (text,) if op == "~" else tuple(v.strip() for v in text.split(","))
    if match["map"]:
        return At((LABELS if match["map"] == "label" else ANNOTATIONS,), match["mapkey"], op, values)
    group, name, path, key = match["group"], match["type"], match["path"], match["key"]
    if op is not None and not path and not key:
        raise PositionError(f"{at!r}: {name} is an object and has no value to compare; name a field of it")
    if group and "/" not in group:
        return At((f"{group} {name}{path}" + ("[]" if key else ""),), key, op, values)
    names = [f"{group} {name}"] if group else short.get(name, [])
    if not any(n in types for n in names):
        raise PositionError(f"{at!r}: no Kubernetes type is called {name!r}{hint(name, short)}")
    if len({n.split("/")[0] for n in names}) > 1:
        raise PositionError(f"{at!r}: {name} exists in several groups; write one of {', '.join(sorted(names))}")
    if path.count(".") > 1:
        raise PositionError(f"{at!r}: name the type that holds the field, not a path to it")
    return At(tuple(positions(at, names, path, key, types)), key, op, values)


def positions(at: str, names: list[str], path: str, key: str | None, types: dict[str, set[str]]) -> Iterable[str]:
    """The qualified positions of a type or field in every version that has it."""
    field = path.lstrip(".").rstrip("[]")
    holders = [name for name in names if not field or field in types[name]]
    if not holders:
        known = {name for holder in names for name in types[holder]}
        raise PositionError(f"{at!r}: {names[0]} has no field {field!r}{hint(field, known)}")
    return [name + path + ("[]" if key else "") for name in holders]
