"""What can be written at a place: fields with their words, values, and names of objects of the project."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from kexplain.api.references import REFERENCES
from kexplain.api.schema import Api
from kexplain.catalogue.field import choice_words
from kexplain.engine.field_facts import described, words_of
from kexplain.objects.facts import Facts
from kexplain.objects.reading import read
from kexplain.objects.typed import assign_type
from kexplain.objects.visit import Visit
from kexplain.objects.walk import walk
from kexplain.server.project import Project
from kexplain.syntax.source import Source
from kexplain.syntax.tree import Mapping, Scalar, Value, string

WORD = "kexplain-is-asked-here"
LINE = re.compile(r"(?P<indent>\s*(?:- +)*)(?P<key>[\w./-]+:[ \t]+)?(?P<quote>[\"']?)(?P<begun>[^\s\"'#:{}\[\],]*)$")


class Choice(NamedTuple):
    """One thing that can be written: its text, what it is (``field``, ``value`` or ``name``), and words on it."""

    text: str
    kind: str
    words: str = ""
    detail: str = ""


def choices(project: Project, path: str, offset: int) -> tuple[int, list[Choice]]:
    """Where what is begun at an offset begins, and what it can become."""
    file = project.current(path)
    if file is None:
        return offset, []
    text = file.source.text
    start = text.rfind("\n", 0, offset) + 1
    match = LINE.fullmatch(text[start:offset])
    if match is None:
        return offset, []
    end = text.find("\n", offset)
    end = len(text) if end < 0 else end
    begin = offset - len(match["begun"])
    asked = WORD if match["key"] else f"{WORD}: x"
    visit, api = visit_at(project, Source(path, f"{text[: begin - len(match['quote'])]}{asked}{text[end:]}"))
    if visit is None or api is None:
        return begin, []
    found = list(values(project, visit, api) if match["key"] else fields(visit, api))
    if not match["key"] and visit.parent and not found:
        found = list(values(project, visit, api))
    return begin, found


def visit_at(project: Project, source: Source) -> tuple[Visit | None, Api | None]:
    """The visit of the word that stands where something is asked for."""
    file = read(source)
    objects = [*file.objects, *file.settings]
    api = project.known.api
    for manifest in objects:
        assign_type(manifest, api)
        for visit in walk(manifest, api):
            if visit.name == WORD or (isinstance(visit.node, Scalar) and visit.node.text == WORD):
                return visit, api
    return None, api


def fields(visit: Visit, api: Api) -> Iterator[Choice]:
    """The fields of the type around, but for those that are there."""
    holder = visit.parent
    if holder is None or holder.type is None or not isinstance(holder.node, Mapping):
        return
    required = set(holder.type.required)
    for name, field in holder.type.fields.items():
        if name not in holder.node.fields:
            words = words_of(field, described(holder.type, name, api))
            yield Choice(name, "field", words, "required" if name in required else field.ref.rpartition(" ")[2])


def values(project: Project, visit: Visit, api: Api) -> Iterator[Choice]:
    """The values that a field can have: those of its list, true and false, kinds and versions, names of objects."""
    if visit.parent is not None and visit.parent.parent is None and visit.name in {"kind", "apiVersion"}:
        yield from heads(visit, api)
    elif visit.field is not None and visit.field.enum:
        yield from (Choice(one, "value", choice_words(holding(visit, one))) for one in visit.field.enum)
    elif visit.ref == "boolean":
        yield from (Choice(str(one).lower(), "value", choice_words(holding(visit, one))) for one in (True, False))
    else:
        yield from names(visit, project.known.workspace.objects)


def holding(visit: Visit, value: Value) -> Visit:
    """A visit of the same field with another value."""
    node = Scalar(0, 0, str(value), value, plain=True)
    return Visit(
        visit.manifest, visit.parent, visit.name, visit.key, node, visit.position, visit.ref, None, visit.field
    )


def names(visit: Visit, objects: list[Facts]) -> Iterator[Choice]:
    """Names of the project: of objects, of their keys and ports, values of the labels of Pods."""
    holder = visit.parent
    if visit.position in REFERENCES:
        kind = REFERENCES[visit.position].kind
        for name, one in {one.name: one for one in objects if one.kind == kind and one.name}.items():
            yield Choice(name, "name", f"{kind} in {one.path}")
    elif visit.name == "key" and holder is not None and holder.type is not None:
        kind = next((found.kind for place, found in REFERENCES.items() if place == f"{holder.type.name}.name"), "")
        named = string(holder.get("name"))
        keys = {key for one in objects if one.kind == kind and one.name == named for key in one.keys}
        yield from (Choice(key, "name", f"a key of {kind} {named}") for key in sorted(keys))
    elif visit.name in {"targetPort", "port"}:
        for name, one in {port.name: owner for owner in objects for port in owner.ports if port.name}.items():
            yield Choice(name, "name", f"a port of {one.kind} {one.name}")
    elif holder is not None and holder.name in {"selector", "matchLabels", "labels"}:
        found = {labels[visit.name]: one for one in objects for labels in one.made if visit.name in labels}
        for value, one in found.items():
            yield Choice(value, "name", f"a label of the Pods of {one.kind} {one.name}")


def heads(visit: Visit, api: Api) -> Iterator[Choice]:
    """Kinds of the version that stands beside, or versions of the kind."""
    other = string(visit.parent.get("apiVersion" if visit.name == "kind" else "kind")) if visit.parent else ""
    for key in api.kinds:
        version, _, kind = key.partition(" ")
        if other in ("", version if visit.name == "kind" else kind):
            yield Choice(kind if visit.name == "kind" else version, "value", "" if other else version)
