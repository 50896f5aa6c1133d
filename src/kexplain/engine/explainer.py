"""Explaining one name: whatever people call a thing, the likeliest sense first, or the nearest names there are."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from kexplain.api import schema
from kexplain.api.definition import Definition
from kexplain.api.kinds import resources
from kexplain.api.release import NEWEST, Release
from kexplain.api.schema import Api
from kexplain.catalogue.rule import Rule, rules
from kexplain.catalogue.term import names
from kexplain.engine.asked import Asked
from kexplain.engine.explained_field import nearest_paths, of_path
from kexplain.engine.explained_kind import of_custom_kind, of_kind
from kexplain.engine.explained_rule import of_check, of_rule
from kexplain.engine.explained_term import of_key, of_term
from kexplain.engine.explanation import Explanation, UnknownNameError
from kexplain.words import near


def explain(
    name: str, release: Release = NEWEST, own: Mapping[str, Rule] = MappingProxyType({}),
    given: Iterable[Definition] = (), *, api_version: str = "", deep: bool = False,
) -> list[Explanation]:  # fmt: skip
    """Everything a name means, the likeliest first; an answer where it is a question. Raises UnknownNameError.

    ``own`` are rules beside kexplain's, or in their place; ``given`` are definitions of custom kinds, which are asked
    before the table of them; ``deep`` has the fields below fields as well.
    """
    wanted = name.strip()
    api, given = schema.load(release), list(given)
    asked = Asked(extended(api, given) if given else api, release, own, api_version, deep)
    found = exact(wanted, asked) or in_other_words(wanted, asked)
    if all(e.kind in {"term", "field", "value"} for e in found) and not (found and "." in wanted):
        found += custom(wanted, asked, found)
    if not found and " " in wanted:
        from kexplain.engine.explained_question import of_question

        found = of_question(wanted, asked)
    if not found:
        why = f"nothing that kexplain knows answers {name!r}; ask in other words, or see: kexplain terms WORD"
        near = nearest_paths(wanted, asked.api) or suggestions(wanted, own)
        raise UnknownNameError(name, near, "" if near or " " not in wanted else why)
    return found


def exact(name: str, asked: Asked) -> list[Explanation]:
    """Everything that has just this name."""
    found = [e for e in (of_rule(name, asked.own), *of_kind_and_term(name, asked)) if e]
    by_key = of_key(name)
    if by_key and all(by_key.text != e.text for e in found):
        found.append(by_key)
    if all(e.kind == "term" for e in found):
        found = with_senses(name, asked, found)
    elif name[:1].isupper():
        from kexplain.engine.explained_value import fields_taking

        found[0].places = fields_taking(name)
    if found:
        return found
    type_ = of_path(name, asked) if name[:1].isupper() and "." not in name else None  # as checks of tools are not
    return [type_] if type_ else of_check(name, asked.own)


def with_senses(name: str, asked: Asked, found: list[Explanation]) -> list[Explanation]:
    """What a name means besides a term: a capability, a field or a value of that name; a term has its field added."""
    from kexplain.engine.explained_name import ROOT, add_field, of_bare_name
    from kexplain.engine.explained_value import of_capability, of_value

    capability = of_capability(name)
    is_field_of_term = [add_field(term, name, asked) for term in found]
    field = None if any(is_field_of_term) else of_bare_name(name, asked)
    value = of_value(name, asked)
    told = " ".join(at for one in found for at in one.at)
    if value and found and all(place in told for place in value.places):
        value = None
    if field and name in ROOT:
        return [field, *found]
    is_of_capabilities = capability is not None and all(one.id in capability.related for one in found)
    senses = [capability, *found, field, value] if is_of_capabilities else [*found, capability, field, value]
    return [sense for sense in senses if sense]


def in_other_words(name: str, asked: Asked) -> list[Explanation]:
    """What a name means that nothing has as it stands: a path, a name in another spelling, an API version."""
    from kexplain.engine.explained_name import of_bare_name, of_bare_path
    from kexplain.engine.explained_value import of_api_version

    ways: tuple[Callable[[], Explanation | None], ...] = (
        lambda: of_path(name, asked),
        lambda: of_term(name, forgiving=True),
        lambda: of_api_version(name, asked),
        lambda: of_bare_path(name, asked),
        lambda: of_bare_name(name, asked, forgiving=True),
    )
    found = next((sense for way in ways if (sense := way())), None) if name else None
    return [found] if found else []


def custom(name: str, asked: Asked, found: list[Explanation]) -> list[Explanation]:
    """A custom kind of that name, or a path below one where nothing else has the name."""
    if asked.api.custom is None:
        asked = asked._replace(api=extended(asked.api))
    sense = of_custom_kind(name, asked, [one.text for one in found]) or (None if found else of_path(name, asked))
    return [sense] if sense else []


def extended(api: Api, given: Iterable[Definition] = ()) -> Api:
    """The API with custom kinds; what builds their types is loaded only for a name that nothing built-in has."""
    from kexplain.api.custom_types import with_custom

    return with_custom(api, given)


def of_kind_and_term(name: str, asked: Asked) -> Iterator[Explanation | None]:
    """A kind, or a term; where a kind has the name only for short, and a term has it too, both, the term first."""
    resource, id_ = resources().get(name.lower()), names().get(name.lower())
    is_short = resource is not None and name.lower() in resource.short_names
    if is_short and id_ is not None and resource is not None and id_ != names().get(resource.kind.lower()):
        yield of_term(name)
    yield of_kind(name, asked) or of_term(name)


def suggestions(name: str, own: Mapping[str, Rule]) -> list[str]:
    """The nearest known names, at most three, each thing once."""
    known = {alias: r.kind for alias, r in resources().items() if "." not in alias}
    known |= {id_: id_ for id_ in (*rules(), *own)} | names()
    close = near(name.lower(), known, 8)
    found: dict[str, str] = {}
    for alias in close:
        found.setdefault(known[alias].lower(), known[alias])
    return list(found.values())[:3]
