"""What a value means where it stands: the interface of values/, one module per kind of value, found by name.

A module has ``AT``, the typed positions it is about (``*.apiVersion``: that field of every object), and
``explain``: one sentence of at most 110 characters about the value of a visit; an empty string where nothing
is worth saying or the value is invalid.
"""

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

from kexplain.api.packed import module_names

if TYPE_CHECKING:
    from kexplain.objects.walk import Visit


def names() -> list[str]:
    """Every kind of value there is."""
    return [name.replace("-", "_") for name in module_names("values")]


@lru_cache(maxsize=1)
def explainers() -> "dict[str, Callable[[Visit], str]]":
    """Position → the function that explains what stands there."""
    modules = [import_module(f"kexplain.values.{name}") for name in names()]
    return {position: module.explain for module in modules for position in module.AT}


def explain_value(visit: "Visit") -> str:
    """One sentence about what this value does here; empty where there is nothing worth saying."""
    explain = explainers().get(visit.position)
    if explain is None and visit.parent is not None and visit.parent.parent is None:
        explain = explainers().get(f"*.{visit.name}")
    return explain(visit) if explain else ""
