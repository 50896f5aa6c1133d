"""A rule: its words from its article, bound to its condition (``schema:``) or to the check of the same name."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from functools import cached_property, lru_cache, partial
from importlib import import_module
from typing import Any, NamedTuple

from kexplain.api import packed
from kexplain.catalogue import compiler
from kexplain.catalogue.at import At


class Rule:
    """One rule. ``places`` are its resolved ``at:``; prose and check are loaded when they are asked for."""

    path = ""
    """The file of a rule of one's own; empty for kexplain's."""

    def __init__(self, record: dict[str, Any]) -> None:
        """Takes the compiled record of rules/<category>/<id>.md."""
        self.id: str = record["id"]
        self.title: str = record["title"]
        self.severity: str = record["severity"]
        self.category: str = record["category"]
        self.at: tuple[str, ...] = tuple(record["at"])
        self.constraints: bool = record["constraints"]
        """Whether it speaks for rows of api/constraints, which say where it looks and what is right there."""
        self.message: str = record["message"]
        self.terms: tuple[str, ...] = tuple(record["terms"])
        self.profiles: tuple[str, ...] = tuple(record["profiles"])
        self.equivalents: tuple[str, ...] = tuple(record["equivalents"])
        self.since: str = record["since"]
        self.source: str = record["source"]
        self.cure: dict[str, Any] | None = record.get("fix")
        """What mends a finding, where the article can state it."""
        self.fixable: bool = record["fixable"] or self.cure is not None
        self.preview: bool = record["preview"]
        self.compares: bool = record["compares"]
        """Whether it is about several objects: its code lies in relations/ and sees facts."""
        self.needs_the_set: bool = record["needs-the-set"]
        """Whether it may find nothing only because the object that it compares with was not read."""
        self.takes: dict[str, dict[str, Any]] = record["parameters"]
        """Its parameters: ``description``, ``default`` and ``schema`` of each."""
        self.condition: dict[str, Any] | None = record["schema"]
        self.give({name: parameter["default"] for name, parameter in self.takes.items()})
        self.places = places_of(record["places"])

    def give(self, parameters: dict[str, Any]) -> None:
        """Sets its parameters: keyword arguments of its check, and what ``$parameter`` in its condition stands for."""
        self.parameters = parameters
        self.arguments = {name.replace("-", "_"): value for name, value in parameters.items()}
        self.schema = filled(self.condition, parameters) if parameters else self.condition

    def taking(self, parameters: Mapping[str, Any]) -> "Rule":
        """The rule with some of its parameters set; null leaves one as it is."""
        other = copy(self)
        other.give(self.parameters | {name: value for name, value in parameters.items() if value is not None})
        return other

    def weighing(self, severity: str) -> "Rule":
        """The rule with another severity."""
        if severity == self.severity:
            return self
        other = copy(self)
        other.severity = severity
        return other

    @cached_property
    def article(self) -> dict[str, Any]:
        """``what``, ``why``, ``fix``, ``ignore``: Markdown; ``examples``: (verdict, options, YAML)."""
        found: dict[str, Any] = articles()[self.id]
        return found

    @cached_property
    def check(self) -> Callable[..., Iterable[Any]]:
        """The function ``check`` of ``kexplain/checks/<id>.py``, or of ``kexplain/relations/<id>.py``."""
        name = self.id.replace("-", "_")
        module = import_module(f"kexplain.relations.{name}" if self.compares else f"kexplain.checks.{name}")
        check: Callable[..., Iterable[Any]] = module.check
        return check

    @cached_property
    def fix(self) -> Callable[..., Any]:
        """The function ``fix`` of ``kexplain/fixes/<id>.py``, or what makes the fix that the article states."""
        if self.cure is not None:
            return partial(import_module("kexplain.fixes._stated").stated, self.cure)
        fix: Callable[..., Any] = import_module(f"kexplain.fixes.{self.id.replace('-', '_')}").fix
        return fix


class Facets(NamedTuple):
    """What decides whether a run needs a rule: by which names it is chosen, and where it looks; each as in a Rule."""

    id: str
    category: str
    profiles: tuple[str, ...]
    preview: bool
    compares: bool
    places: tuple[At, ...]


class Rules(Mapping[str, Rule]):
    """Rules by id. ``facets`` tell of each whether it is needed; it is decoded when it is first asked for."""

    def __init__(self, facets: Mapping[str, Facets | Rule], decode: Callable[[str], Rule]) -> None:
        self.facets = facets
        self._decode = decode
        self._rules: dict[str, Rule] = {}

    def __getitem__(self, id_: str) -> Rule:
        found = self._rules.get(id_)
        if found is None:
            if id_ not in self.facets:
                raise KeyError(id_)
            found = self._rules[id_] = self._decode(id_)
        return found

    def __contains__(self, id_: object) -> bool:
        return id_ in self.facets

    def __iter__(self) -> Iterator[str]:
        return iter(self.facets)

    def __len__(self) -> int:
        return len(self.facets)

    def beside(self, more: Mapping[str, Rule]) -> "Rules":
        """These with others beside them, or in their place."""
        facets = {**self.facets, **facets_of(more)}
        return Rules(facets, lambda id_: more[id_] if id_ in more else self[id_])

    def chosen(self, ids: Iterable[str], weights: Mapping[str, str]) -> "Rules":
        """Some of them, with the severity that ``weights`` gives."""
        wanted = set(ids)
        facets = {id_: facet for id_, facet in self.facets.items() if id_ in wanted}
        return Rules(facets, lambda id_: self[id_].weighing(weights.get(id_) or self[id_].severity))


def facets_of(known: Mapping[str, Rule]) -> Mapping[str, Facets | Rule]:
    """What decides whether a run needs each of some rules; none is decoded for it."""
    return known.facets if isinstance(known, Rules) else known


def places_of(written: Iterable[Any]) -> tuple[At, ...]:
    """The resolved ``at:`` of a compiled record."""
    return tuple(At(tuple(positions), key, op, tuple(values)) for positions, key, op, values in written)


def filled(condition: Any, parameters: Mapping[str, Any]) -> Any:
    """A condition with the value of a parameter wherever it says ``{$parameter: NAME}``."""
    if isinstance(condition, dict):
        if list(condition) == ["$parameter"] and condition["$parameter"] in parameters:
            return parameters[condition["$parameter"]]
        return {name: filled(value, parameters) for name, value in condition.items()}
    return [filled(item, parameters) for item in condition] if isinstance(condition, list) else condition


@lru_cache(maxsize=1)
def articles() -> packed.Records:
    """The prose and examples of every rule."""
    return compiler.records("rule-articles")


@lru_cache(maxsize=1)
def rules() -> Rules:
    """Every rule, by id."""
    records = compiler.records("rules")
    facets: dict[str, Facets | Rule] = {
        id_: Facets(id_, category, tuple(profiles), preview, compares, places_of(places))
        for id_, category, profiles, preview, compares, places in records.header["facets"].values()
    }
    return Rules(facets, lambda id_: Rule(records[id_]))
