"""What a value means where it stands: the interface of values/, one module per kind of value, found by name.

A module has ``AT``, the typed positions it is about (``*.apiVersion``: that field of every object; ``custom .for``:
fields of that name anywhere in custom kinds), and ``explain``: one sentence of at most 110 characters about the value
of a visit; an empty string where nothing is worth saying or the value is invalid. A module that has to do with other
objects has ``relate`` instead, which is given the objects around as well.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from kexplain.api.packed import module_names
from kexplain.catalogue.custom_words import is_custom
from kexplain.catalogue.field import choice_words

if TYPE_CHECKING:
    from types import ModuleType

    from kexplain.api.references import Selector
    from kexplain.objects.facts import Facts
    from kexplain.objects.visit import Visit
    from kexplain.objects.workspace import Workspace
    from kexplain.syntax.source import Source


def names() -> list[str]:
    """Every kind of value there is."""
    return [name.replace("-", "_") for name in module_names("values")]


class Near(NamedTuple):
    """The objects around a visit: the facts of its own object, those of the run, and the sources that these lie in."""

    facts: "Facts"
    workspace: "Workspace"
    sources: "Sequence[Source]"

    def selected(self, selector: "Selector") -> "list[Facts]":
        """The objects whose Pods a selector of the object means, as far as they surely live together."""
        return [one for one in self.workspace.selected(selector, self.facts) if self.is_beside(one)]

    def selecting(self, kind: str) -> "list[Facts]":
        """The objects of a kind that select the Pods of the object, as far as they surely live together."""
        return [one for one in self.workspace.selecting(kind, self.facts) if self.is_beside(one)]

    def is_beside(self, one: "Facts") -> bool:
        """Whether another object surely lives together with this one: several folders of a run are several sets."""
        return one.path == self.facts.path or self.workspace.together(one, self.facts)


@lru_cache(maxsize=1)
def explainers() -> "dict[str, Callable[[Visit], str]]":
    """Position → the function that explains what stands there."""
    return {position: module.explain for module in modules() if hasattr(module, "explain") for position in module.AT}


@lru_cache(maxsize=1)
def relaters() -> "dict[str, Callable[[Visit, Near], str]]":
    """Position → the function that tells what the value there has to do with other objects."""
    return {position: module.relate for module in modules() if hasattr(module, "relate") for position in module.AT}


@lru_cache(maxsize=1)
def modules() -> "list[ModuleType]":
    """The modules of values/."""
    return [import_module(f"kexplain.values.{name}") for name in names()]


def explain_value(visit: "Visit", near: Near | None = None) -> str:
    """One sentence about what this value does here; empty where there is nothing worth saying.

    Whom it means in the set goes first, then what the value itself says, then the tables of booleans and choices. What
    only the name of a field of a custom kind tells comes after its own tables.
    """
    relate = relaters().get(visit.position) if near else None
    if near and relate and (words := relate(visit, near)):
        return words
    explain = explainers().get(visit.position)
    if explain is None and visit.parent is not None and visit.parent.parent is None:
        explain = explainers().get(f"*.{visit.name}")
    if words := (explain(visit) if explain else "") or choice_words(visit):
        return words
    return custom_words(visit, near) if explain is None and is_custom(visit.position) else ""


def custom_words(visit: "Visit", near: Near | None) -> str:
    """What a value of a custom kind says by the name of its field: whom it means in the set, else what it is.

    Whom it means can be told where a definition has the field; elsewhere the name alone says too little.
    """
    name = f"custom .{visit.position.rpartition('.')[2].removesuffix('[]')}"
    relate, explain = relaters().get(name), explainers().get(name)
    words = relate(visit, near) if relate and near and visit.ref != "any" else ""
    return words or (explain(visit) if explain else "")
