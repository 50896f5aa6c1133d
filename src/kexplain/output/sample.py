"""A plain object as YAML: block style, in the order it was made."""

import json
import re
from collections.abc import Iterator
from typing import Any

from kexplain.syntax.scalar import resolve

PLAIN = re.compile(r"[A-Za-z0-9_/.$(][A-Za-z0-9_/.$()@*+-]*(?:[ :][A-Za-z0-9_/.$()@*+-]+)*")


def as_yaml(value: dict[str, Any]) -> str:
    """The object as a YAML document."""
    return "\n".join(block(value)) + "\n"


def block(value: Any, indent: str = "") -> Iterator[str]:
    """The lines of a mapping or list."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from entry(f"{indent}{scalar(key)}:", below, f"{indent}  ", indent if isinstance(below, list) else "")
        return
    for item in value:
        if isinstance(item, dict | list) and item:
            first, *rest = block(item, f"{indent}  ")
            yield f"{indent}- {first.lstrip()}"
            yield from rest
        else:
            yield f"{indent}- {scalar(item)}"


def entry(head: str, value: Any, indent: str, outer: str) -> Iterator[str]:
    """A key with what stands below or behind it; the items of a list stand as deep as their key."""
    if isinstance(value, dict | list) and value:
        yield head
        yield from block(value, outer if isinstance(value, list) else indent)
    elif isinstance(value, str) and "\n" in value:
        yield f"{head} |"
        yield from (f"{indent}{line}" for line in value.rstrip("\n").split("\n"))
    else:
        yield f"{head} {scalar(value)}"


def scalar(value: Any) -> str:
    """A scalar, in quotes where it would mean something else without; empty lists and mappings."""
    if isinstance(value, str) and PLAIN.fullmatch(value) and resolve(value) == value and not value.endswith(":"):
        return value
    return json.dumps(value, ensure_ascii=False)
