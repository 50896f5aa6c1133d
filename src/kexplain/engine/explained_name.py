"""Explaining a field by its bare name, or by a path that begins at no kind: where it most often stands comes first."""

from collections.abc import Iterable

from kexplain.api.schema import Type
from kexplain.catalogue.compiler import compiled_types
from kexplain.catalogue.field_index import index
from kexplain.catalogue.term import names, places
from kexplain.engine.asked import Asked
from kexplain.engine.explained_field import Found, field_below, field_explanation, steps_of
from kexplain.engine.explanation import Explanation
from kexplain.engine.field_facts import facts_of, field_list, type_below

COMMON = ("Deployment", "Pod", "Service", "StatefulSet", "CronJob", "Job", "DaemonSet", "ConfigMap", "Secret",
          "Ingress", "PersistentVolumeClaim", "HorizontalPodAutoscaler", "NetworkPolicy", "Role", "RoleBinding",
          "ServiceAccount", "PodDisruptionBudget", "Namespace")  # fmt: skip
"""The kinds that a path without a kind is likely about, the likeliest first."""

ROOT = frozenset({"apiVersion", "kind", "metadata", "spec", "status"})
"""Fields of every object: whoever asks for one of these words means the field."""


def of_bare_name(name: str, asked: Asked, *, forgiving: bool = False) -> Explanation | None:
    """A field by its name alone, where it most often stands; the other places as well.

    ``forgiving`` takes a name in another case.
    """
    types = roots(asked)[:1] if name in ROOT else holders(name, asked, forgiving=forgiving)
    return with_places(name, [one for type_ in types if (one := field_below(type_, [name], asked.api))], asked)


def of_bare_path(name: str, asked: Asked) -> Explanation | None:
    """A path from the root of an object whose kind is not said, or from anywhere below it."""
    first, *rest = steps_of(name)
    if not rest:
        return of_bare_name(first, asked, forgiving=True) if name != first else None
    found = [one for type_ in roots(asked) if (one := field_below(type_, [first, *rest], asked.api))]
    if not found:
        below = [
            one for type_ in holders(first, asked, forgiving=True) if (one := field_below(type_, [first], asked.api))
        ]
        found = [
            one for _, field, _ in below if (one := field_below(type_below(field.ref, asked.api), rest, asked.api))
        ]
    return with_places(name, found, asked)


def with_places(name: str, found: list[Found], asked: Asked) -> Explanation | None:
    """The first of the places where a field was found, with the others."""
    if not found:
        return None
    explanation = field_explanation(name, found[0], asked)
    explanation.places = others(found, found[0][1].position)
    return explanation


def others(found: Iterable[Found], position: str) -> list[str]:
    """The places besides one, each type once although several API versions have it."""
    first = position.rpartition(" ")[2]
    return [
        place for place in dict.fromkeys(field.position.rpartition(" ")[2] for _, field, _ in found) if place != first
    ]


def add_field(explanation: Explanation, name: str, asked: Asked) -> bool:
    """Adds to a term what its field is, where the term is that of a field of the name; whether it is."""
    found = [one for type_ in holders(name, asked) if (one := field_below(type_, [name], asked.api))]
    id_ = names().get(name.lower())
    if name in ROOT and any(id_ == claim for _, claim in places().get(f"*.{name}", ())):
        owner = roots(asked)[0]
        explanation.facts = facts_of(owner, owner.fields[name], asked.api)
        return True
    ours = [
        one for one in found if any(id_ == claim and not place.op for place, claim in places().get(one[1].position, ()))
    ]
    if not ours:
        return not found
    owner, field, type_ = ours[0]
    explanation.facts = facts_of(owner, field, asked.api)
    explanation.places = others([*ours, *found], "")
    if type_ is not None:
        explanation.fields = field_list(type_, asked.api, deep=asked.deep, above=(type_.name,))
    return True


def holders(name: str, asked: Asked, *, forgiving: bool = False) -> list[Type]:
    """The types that have a field of that name, the one where it most often stands first."""
    known, _ = compiled_types()
    wanted = name.lower()
    has = [
        type_ for type_, fields in known.items()
        if type_ in asked.api and (name in fields or (forgiving and wanted in map(str.lower, fields)))
    ]  # fmt: skip
    usual = index()["usual"].get(name, [])

    def likelihood(type_: str) -> tuple[object, ...]:
        group, _, short = type_.rpartition(" ")
        rank = usual.index(short) if short in usual else len(usual)
        told = f"{type_}.{name}" in places()
        return (
            rank,
            short.endswith(("Status", "List")),
            not told,
            "alpha" in group,
            "beta" in group,
            group != "core/v1",
            type_,
        )

    return [asked.api.type(type_) for type_ in sorted(has, key=likelihood)]


def roots(asked: Asked) -> list[Type]:
    """The types of the kinds, the commonest first, each in its newest version."""
    rank = {kind: number for number, kind in enumerate(COMMON)}
    keys = [
        key for key in asked.api.kinds if not key.endswith("List") and asked.api_version in {"", key.partition(" ")[0]}
    ]
    keys.sort(key=lambda key: (rank.get(key.partition(" ")[2], len(rank)), "alpha" in key, "beta" in key))
    return [asked.api.type(asked.api.kinds[key]) for key in keys]
