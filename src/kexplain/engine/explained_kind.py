"""Explaining a kind: its API versions and when they end, where it exists, and its fields."""

from collections.abc import Collection
from dataclasses import replace

from kexplain.api.kinds import resources, versions_of
from kexplain.api.lifecycle import lifecycle
from kexplain.api.lifecycle import table as lifecycle_table
from kexplain.catalogue.term import Term, places, terms
from kexplain.engine.asked import Asked
from kexplain.engine.explained_field import custom_type, definition_called
from kexplain.engine.explained_term import of_term
from kexplain.engine.explanation import Explanation
from kexplain.engine.field_facts import field_list
from kexplain.engine.wording import lifecycle_words


def of_kind(name: str, asked: Asked) -> Explanation | None:
    """A built-in kind: its API versions and fields; None where a name is no kind."""
    resource = resources().get(name.lower())
    if resource is None:
        return None
    api, release = asked.api, asked.release
    served = versions_of(resource, api.kinds)
    wanted = [version for version in served if asked.api_version in {"", version}]
    if asked.api_version and not wanted:
        return None
    type_ = api.kind(wanted[0], resource.kind) if wanted else None
    scope = "in a namespace" if resource.namespaced else "for the whole cluster"
    lines = [f"API versions in Kubernetes {release}: {', '.join(served) or 'none'}. Exists {scope}."]
    rows = [lifecycle(version, resource.kind) for version in served or versions_of(resource, lifecycle_table())]
    lines += [f"{row.api_version}: {lifecycle_words(row, release)}" for row in rows if row]
    short = list(resource.short_names)
    at = [f"{resource.plural}" + (f" (short: {', '.join(short)})" if short else "")]
    fields = field_list(type_, api, deep=asked.deep, above=(type_.name,)) if type_ else []
    if (found := of_term(resource.kind)) is None:
        return Explanation(name, "kind", resource.kind, "\n\n".join(lines), at, id=resource.kind, fields=fields)
    text = "\n\n".join([found.text, *lines])
    return replace(found, name=name, kind="kind", title=resource.kind, text=text, at=at, fields=fields)


def of_custom_kind(name: str, asked: Asked, told: Collection[str] = ()) -> Explanation | None:
    """A custom kind, by any name that nothing else has: its term unless that is ``told``, API versions, fields."""
    kind = definition_called(name, asked.api, asked.api_version)
    type_ = custom_type(name, asked.api, asked.api_version)
    if kind is None or type_ is None or asked.api.custom is None:
        return None
    known = dict.fromkeys(one.api_version for one in asked.api.custom.definitions(kind.group, kind.kind))
    scope = "for the whole cluster" if kind.namespaced is False else "in a namespace"
    short = f" (short: {', '.join(kind.short_names)})" if kind.short_names else ""
    text = f"A custom kind; API versions: {', '.join(known)}. Exists {scope}."
    fields = field_list(type_, asked.api, deep=asked.deep, above=(type_.name,))
    at = [f"{kind.plural}.{kind.group}{short}"]
    found = Explanation(name, "kind", kind.kind, text, at, id=kind.kind, fields=fields)
    if term := term_of_kind(f"{kind.group} {kind.kind}"):
        found.text = text if term.definition in told else f"{term.definition}\n\n{text}"
        found.related, found.source = list(term.related), term.source
    elif words := type_.own_words(""):
        found.text = f"{words}\n\n{text}"
    return found


def term_of_kind(position: str) -> Term | None:
    """The term of a custom kind; None where it has none."""
    return next((terms()[i] for place, i in places().get(position, ()) if place.op is None and place.key is None), None)
