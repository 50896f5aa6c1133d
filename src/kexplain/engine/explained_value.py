"""Explaining a value: an enumerated one by the fields that take it, a Linux capability, an API version."""

from collections import defaultdict

from kexplain.catalogue.field_index import index
from kexplain.catalogue.rule import rules
from kexplain.catalogue.term import places, terms
from kexplain.engine.asked import Asked
from kexplain.engine.explanation import Explanation
from kexplain.engine.field_facts import words_of

CAPABILITIES = "core/v1 Capabilities.add[]"


def of_value(name: str, asked: Asked) -> Explanation | None:
    """An enumerated value, such as ``Recreate``: what each of the fields that take it is, and what else they take."""
    known = index()["values"].get(name.lower(), [])
    exact = [row for row in known if row[0] == name] or known
    fields = defaultdict(list)
    for value, position in exact:
        fields[position.rpartition(" ")[2]].append((value, position))
    if not fields:
        return None
    value = exact[0][0]
    paragraphs = [of_field(value, rows[0][1], asked) for rows in fields.values()]
    claimed = [id_ for rows in fields.values() for id_ in terms_of(value, [position for _, position in rows])]
    return Explanation(
        name,
        "value",
        value,
        "\n\n".join(paragraphs),
        list(fields),
        list(dict.fromkeys(claimed)),
        id=value,
        places=list(fields),
    )


def fields_taking(value: str) -> list[str]:
    """The fields that take an enumerated value."""
    rows = index()["values"].get(value.lower(), [])
    return list(dict.fromkeys(position.rpartition(" ")[2] for known, position in rows if known == value))


def of_field(value: str, position: str, asked: Asked) -> str:
    """What a value is to one field that takes it: its own words where there are some, and those of the field."""
    type_name, _, field_name = position.rpartition(".")
    short = position.rpartition(" ")[2]
    field = asked.api.type(type_name).fields.get(field_name) if type_name in asked.api else None
    others = [other for other in field.enum if other != value] if field else []
    told = [f"A value of {short}."]
    told += [terms()[id_].brief for id_ in terms_of(value, [position])[:1]]
    if field is not None:
        told.append(f"The field: {words_of(field, asked.api.describe(type_name, field_name))}")
    told += [f"It can also be {', '.join(other or 'empty' for other in others)}."] if others else []
    return " ".join(told)


def terms_of(value: str, positions: list[str]) -> list[str]:
    """The terms of a value at any of the positions."""
    return [
        id_ for position in positions for place, id_ in places().get(position, ())
        if place.op == "=" and place.key is None and value in place.values
    ]  # fmt: skip


def of_capability(name: str) -> Explanation | None:
    """A Linux capability, with or without ``CAP_``."""
    from kexplain.values.capabilities import RIGHTS

    plain = name.upper().removeprefix("CAP_")
    if plain not in RIGHTS or not (name.isupper() or "_" in name):
        return None
    text = f"A Linux capability: the right to {RIGHTS[plain]}."
    text += " Written without CAP_ in `capabilities.add` and `capabilities.drop` of a container."
    related = ["linux-capabilities", *(["dangerous-capability"] if terms_at(plain) else [])]
    by_rule = [rule.id for rule in rules().values() if any(CAPABILITIES in place.positions for place in rule.places)]
    return Explanation(
        name, "value", plain, text, ["Capabilities.add", "Capabilities.drop"], related, by_rule, id=plain
    )


def terms_at(capability: str) -> bool:
    """Whether a term of the glossary names a capability among its values."""
    return any(capability in place.values for place, _ in places().get(CAPABILITIES, ()))


def of_api_version(name: str, asked: Asked) -> Explanation | None:
    """An API version: the kinds that it serves."""
    kinds = [kind for version, _, kind in (key.partition(" ") for key in asked.api.kinds) if version == name.lower()]
    kinds = sorted(kind for kind in kinds if not kind.endswith("List"))
    if not kinds:
        return None
    group = f"the API group {name.partition('/')[0]}" if "/" in name else "the core group"
    text = f"An API version of {group}. In Kubernetes {asked.release} it serves {', '.join(kinds)}."
    return Explanation(
        name, "value", name, text, ["*.apiVersion"], ["api-version"] if "api-version" in terms() else [], id=name
    )
