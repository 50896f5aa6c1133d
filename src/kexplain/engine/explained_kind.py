"""Explaining a kind: its API versions and when they end, where it exists, and its fields."""

from collections.abc import Collection
from dataclasses import replace

from kexplain.api.kinds import resources, versions_of
from kexplain.api.lifecycle import lifecycle
from kexplain.api.lifecycle import table as lifecycle_table
from kexplain.api.release import Release
from kexplain.api.schema import Api
from kexplain.engine.explained_field import custom_type, field_lines, kind_called, term_of
from kexplain.engine.explained_term import of_term
from kexplain.engine.explanation import Explanation
from kexplain.engine.wording import lifecycle_words


def of_kind(name: str, api: Api, release: Release) -> Explanation | None:
    """A built-in kind: its API versions and fields; None where a name is no kind."""
    resource = resources().get(name.lower())
    if resource is None:
        return None
    served = versions_of(resource, api.kinds)
    type_ = api.kind(served[0], resource.kind) if served else None
    scope = "in a namespace" if resource.namespaced else "for the whole cluster"
    lines = [f"API versions in Kubernetes {release}: {', '.join(served) or 'none'}. Exists {scope}."]
    rows = [lifecycle(version, resource.kind) for version in served or versions_of(resource, lifecycle_table())]
    lines += [f"{row.api_version}: {lifecycle_words(row, release)}" for row in rows if row]
    if type_ and type_.fields:
        lines.append("Fields:\n" + "\n".join(field_lines(type_, api)))
    short = list(resource.short_names)
    at = [f"{resource.plural}" + (f" (short: {', '.join(short)})" if short else "")]
    if (found := of_term(resource.kind)) is None:
        return Explanation(name, "kind", resource.kind, "\n\n".join(lines), at)
    return replace(found, name=name, kind="kind", title=resource.kind, text="\n\n".join([found.text, *lines]), at=at)


def of_custom_kind(name: str, api: Api, told: Collection[str] = ()) -> Explanation | None:
    """A kind of the table, by any name that nothing else has: its term unless that is ``told``, versions, fields."""
    kind = kind_called(name, api)
    type_ = custom_type(kind, api) if kind else None
    if kind is None or type_ is None:
        return None
    versions = ", ".join(f"{kind.group}/{version}" for version in kind.versions)
    scope = "in a namespace" if kind.namespaced else "for the whole cluster"
    fields = "\n".join(field_lines(type_, api))
    short = f" (short: {', '.join(kind.short_names)})" if kind.short_names else ""
    text = f"A custom kind; API versions: {versions}. Exists {scope}.\n\nFields:\n{fields}"
    found = Explanation(name, "kind", kind.kind, text, [f"{kind.plural}.{kind.group}{short}"])
    if term := term_of(f"{kind.group} {kind.kind}"):
        found.text = text if term.definition in told else f"{term.definition}\n\n{text}"
        found.related, found.source = list(term.related), term.source
    elif words := type_.own_words(""):
        found.text = f"{words}\n\n{text}"
    return found
