"""Fixes that follow from the row of api/constraints that a value breaks: the one value it allows, or none."""

import re
from typing import Any

from kexplain.api.constraints import Row
from kexplain.constraints.judge import violations
from kexplain.constraints.nodes import whole
from kexplain.fix import Drop, Fix, Put, Target, shown
from kexplain.fixes._shared import meant
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Mapping, Scalar

GOES = frozenset({"forbidden", "forbidden-pointer", "forbidden-unless-zero"})
ONLY = re.compile(r"as ([A-Z]\w+)(?= |$)(?! or )")
NAMES = frozenset({"dns-label", "dns-subdomain", "port-name", "rfc1035-label"})


def by_row(target: Target, *, safe: bool) -> Fix | None:
    """The fix that a row leaves no choice about. A field that must go is chosen by us: that is ``safe`` where said."""
    row = row_of(target)
    if row is None:
        return None
    if target.rest:
        match = ONLY.match(row.arguments) if row.kind in {"required", "present"} else None
        return put(target, match[1]) if match else None
    node = target.visit.node
    if row.kind in GOES:
        return Fix(f"remove {shown(target.path)}, which is not allowed here", (Drop(target.path),), safe)
    if row.kind == "discouraged" and "no effect" in row.arguments:
        return Fix(f"remove {shown(target.path)}, which has no effect here", (Drop(target.path),), safe)
    value = better(row, node) if isinstance(node, Scalar) else None
    return None if value is None else put(target, value)


def put(target: Target, value: Any) -> Fix:
    """The field gets the one value that is allowed."""
    return Fix(f"set {shown(target.path)} to {value}", (Put(target.path, value),), safe=True)


def row_of(target: Target) -> Row | None:
    """The row of the finding's rule that is broken at its place."""
    wanted = [str(step) for step in target.path]
    holder: Visit | None = target.visit
    while holder is not None:
        if holder.type is not None and holder.type.limits and isinstance(holder.node, Mapping):
            depth = len(wanted) - len(below(target, holder.path))
            for row, violation in violations(holder.type.limits, holder.node):
                steps = [*violation.steps, *(violation.missing.split(".") if violation.missing else ())]
                if row.rule == target.finding.rule.id and steps == wanted[depth:]:
                    return row
        holder = holder.parent
    return None


def below(target: Target, path: str) -> list[str]:
    """The steps of the target below a place above it."""
    visit, found = target.visit, list(target.rest)
    while visit.path != path and visit.parent is not None:
        found.insert(0, visit.name)
        visit = visit.parent
    return found


def better(row: Row, node: Scalar) -> Any:
    """The one value near what stands there that the row takes; None where there is none, or a choice."""
    text = node.text.strip()
    if row.kind == "values":
        known = row.arguments.split("|")
        return known[0] if len(known) == 1 else meant(text, known)
    if row.kind == "range":
        bounds = row.arguments.split()
        return 1 if bounds[:2] == ["0", "1"] and (whole(node) or 0) > 1 else None
    if row.kind == "count-or-percent":
        squeezed = re.sub(r"\s", "", text)
        return int(squeezed) if squeezed.isdecimal() else squeezed if re.fullmatch(r"\d+%", squeezed) else None
    if row.kind == "format" and row.arguments in NAMES:
        name = re.sub(r"[_\s]+", "-", text.lower()).strip("-.")
        return name if re.fullmatch(r"[a-z0-9]([-a-z0-9.]*[a-z0-9])?", name) and name != text else None
    return text if row.kind == "format" and row.arguments == "no-spaces-around" else None
