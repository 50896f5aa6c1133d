"""Annotating: Source → for every field of every object what it is, and what its value does here."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from kexplain.api import schema
from kexplain.api.lifecycle import lifecycle
from kexplain.api.release import NEWEST, Release
from kexplain.api.schema import Api
from kexplain.catalogue.field import common_words, field_words
from kexplain.catalogue.term import Term, patterns_at, term_at, term_of_value
from kexplain.catalogue.value import Near, explain_value
from kexplain.constraints.words import allowed_value
from kexplain.domain.pods import restart_policies
from kexplain.engine.annotation import Annotated, AnnotatedObject, Annotation
from kexplain.engine.summaries import limited, summary
from kexplain.engine.wording import brief, lifecycle_words, words_for
from kexplain.objects import crd
from kexplain.objects.collect import POSITIONS, Collector
from kexplain.objects.facts import Facts
from kexplain.objects.manifest import Manifest
from kexplain.objects.outcome import Status
from kexplain.objects.reading import File, read
from kexplain.objects.secret import holds_secret, is_secret
from kexplain.objects.structural import STRUCTURAL
from kexplain.objects.typed import assign_type
from kexplain.objects.veil import Veil
from kexplain.objects.visit import UNKNOWN, Visit
from kexplain.objects.walk import walk
from kexplain.objects.workspace import Workspace
from kexplain.syntax.source import Source
from kexplain.syntax.tree import Scalar, Span, Value

HIDDEN = "(hidden: a Secret's value)"
CREDENTIAL = "(hidden: it may be a credential)"
OF_REQUESTS = frozenset({"best-effort-qos", "burstable-qos", "guaranteed-qos"})
"""Terms that depend on the requests and limits which containers have in the end."""
SAID_ONCE = frozenset({"metadata", "spec", "status"})
"""Keys that every object has."""
LEAST = 16
"""Characters of a description that says something."""
EMPTY = r"(?i)^(?:required|optional|deprecated)\.?$|^name of the referent|^entrypoint array\b"
"""Descriptions that say nothing."""


def annotate(
    sources: Iterable[Source], release: Release = NEWEST, definitions: crd.Given | None = None
) -> list[Annotated]:
    """Explains every object of the sources, with the types of one Kubernetes version.

    ``definitions`` gives those of custom kinds that the sources do not hold.
    """
    return annotate_files([read(source) for source in sources], release, definitions)


def annotate_files(
    files: Iterable[File], release: Release = NEWEST, definitions: crd.Given | None = None
) -> list[Annotated]:
    """The same for files that were read before."""
    files = list(files)
    manifests = [manifest for file in files for manifest in file.objects]
    api = crd.extend(schema.load(release), manifests, definitions)
    for manifest in manifests:
        assign_type(manifest, api)
    surroundings = surroundings_of(files, api)
    return [annotate_file(file, api, release, surroundings) for file in files]


def surroundings_of(files: list[File], api: Api) -> dict[int, Near]:
    """By the identity of each object, what values in it can have to do with."""
    numbered = [(manifest, number) for number, file in enumerate(files) for manifest in file.objects]
    facts = [facts_of(manifest, number, api) for manifest, number in numbered]
    generated = frozenset[tuple[str, str]]().union(*(file.generated for file in files))
    workspace, sources = Workspace(facts, generated=generated), [file.source for file in files]
    return {id(m): Near(one, workspace, sources) for (m, _), one in zip(numbered, facts, strict=True)}


def facts_of(manifest: Manifest, file: int, api: Api) -> Facts:
    """What others may ask of one object."""
    collector = Collector(manifest, file)
    visits = walk(manifest, api, POSITIONS)
    root = next(visits)
    for visit in chain([root], visits):
        if not visit.fault:
            collector.take(visit)
    return collector.facts(root)


def annotate_file(file: File, api: Api, release: Release, surroundings: Mapping[int, Near]) -> Annotated:
    """Explains every object of a file."""
    result = Annotated(file.source, [], file.outcomes, file.hidden, file.documents)
    once = set[str]()
    for manifest in file.objects:
        result.outcomes.append(manifest.outcome(Status.CHECKED))
        around = Around(api, release, surroundings[id(manifest)], once)
        result.objects.append(annotate_object(manifest, around))
    if veil := file.veil():
        for object_ in result.objects:
            object_.annotations = [veiled(one, veil) for one in object_.annotations]
        result.outcomes = [one._replace(reason=veil.over(one.reason)) for one in result.outcomes]
    return result


def veiled(annotation: Annotation, veil: Veil) -> Annotation:
    """An annotation without words that are hidden in its file."""
    return replace(annotation, detail=veil.over(annotation.detail), field_path=veil.over(annotation.field_path))


class Around(NamedTuple):
    """What annotating a field needs to know; ``once`` are the keys of every object that a file has said already."""

    api: Api
    release: Release
    near: Near
    once: set[str]


class Above(NamedTuple):
    """What stands above a visit: the path that its own continues, and the texts that are said there already.

    ``whole``: it is a list, a map or something without types, and words of its own tell it as a whole.
    """

    path: str
    said: frozenset[str]
    whole: bool = False


def annotate_object(manifest: Manifest, around: Around) -> AnnotatedObject:
    """The annotations of one object."""
    annotated = AnnotatedObject(manifest.identity, manifest.document.number)
    annotated.unknown = not manifest.exact and manifest.type.open
    known: dict[Visit | None, Above] = {}
    for visit in walk(manifest, around.api):
        if visit.parent is None:
            known[visit] = Above("", frozenset())
            continue
        if visit.fault == "missing-required-field":
            continue
        if visit.fault in STRUCTURAL and visit.schema is not None:  # the node itself is visited too
            continue
        above = known[visit.parent]
        path = f"{above.path}{visit.step}".lstrip(".")  # not visit.path, which climbs to the root each time
        is_scalar, said = isinstance(visit.node, Scalar), above.said
        if visit.key is not None or is_scalar:
            found = annotation_of(visit, around, above._replace(path=path))
            annotated.annotations.append(found)
            said = said | {found.text} if found.text and not is_scalar else said
        if not is_scalar:
            known[visit] = Above(path, said, visit.type is None and (above.whole or any(own_words(visit))))
    annotated.annotations.sort(key=lambda a: a.span)
    return annotated


def annotation_of(visit: Visit, around: Around, above: Above) -> Annotation:
    """What one field, whose path is known, means and what its value does."""
    key, node = visit.key, visit.node
    span = Span(key.start, key.end) if key else Span(node.start, node.end)
    secret = isinstance(node, Scalar) and holds_secret(visit)
    told = HIDDEN if is_secret(visit.manifest.kind) else CREDENTIAL
    value = told if secret else whole(node.value) if isinstance(node, Scalar) else None
    title, text, term, provenance = meaning(visit, around, above)
    detail = " ".join(filter(None, details(visit, around, secret=secret)))
    return Annotation(span, above.path, value, words_for(visit.ref), term, title, text, detail, provenance)


def details(visit: Visit, around: Around, *, secret: bool) -> Iterator[str]:
    """What this value does here, in sentences, or who fills it in."""
    if visit.unresolved and isinstance(visit.node, Scalar):
        yield f"Filled in later, by {visit.node.filler}."
        return
    words = "" if secret else explain_value(visit, around.near)
    yield from (root_detail(visit, around.release), words)
    if visit.name == "kind" and visit.parent is not None and visit.parent.parent is None:
        yield from summary(visit.parent, around.near)
    for place in shown_at(visit):
        if place is not visit:
            yield explain_value(place, around.near)
        if found := patterns_at(place):
            unsure = OF_REQUESTS if limited(around.near) else ()
            yield from (f"{term.title}: {term.brief}" for term in found if term.id not in unsure)
    if not words:
        yield from (choices(visit), bounds(visit))


def whole(value: Value) -> Value:
    """A value as JSON writes it: a number without a fraction is a whole number (``1e3`` is 1000)."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def meaning(visit: Visit, around: Around, above: Above) -> tuple[str, str, str, str]:
    """Title, text, term and provenance of a field: the glossary, else the API's own description, else nothing.

    What a line above has said already, or another object of the file of a key that every object has, is not said
    again: then there is no text.
    """
    parent, said = visit.parent, above.said
    if visit.name == "kind" and parent is not None and parent.parent is None and (term := term_at(parent)):
        return term.title, term.brief, term.id, "glossary"
    term, own_texts = own_term(visit), [words for words in own_words(visit) if words]
    if words := next((words for words in own_texts if words not in said), ""):
        return term.title if term else visit.name, words, term.id if term else "", "glossary"
    if term is not None:
        text = "" if term.brief in said or is_said_once(visit, term.brief, around.once) else term.brief
        return term.title, text, term.id, "glossary"
    description, own = describe(visit, around.api)
    text = brief(description)
    if not own_texts and not text:
        if (words := common_words(visit)) and words not in said:
            return visit.name, words, "", "glossary"
        if words or (above.whole and not visit.fault and visit.ref != UNKNOWN):
            return visit.name, "", "", "glossary"
    provenance = "crd" if own else "api-reference" if text else "glossary" if own_texts else "unknown"
    is_said = text in said or (says_nothing(text) and not own)
    return visit.name, "" if is_said else text, "", provenance


def own_words(visit: Visit) -> tuple[str, str]:
    """The sentences of a field's own position: of a term for this very value, and of the table of fields."""
    term = term_of_value(visit)
    return term.brief if term else "", field_words(visit)


def is_said_once(visit: Visit, text: str, once: set[str]) -> bool:
    """Whether an earlier object of the file has said what its metadata, spec or status is; from now on it has."""
    if visit.name not in SAID_ONCE or not visit.parent or visit.parent.parent is not None:
        return False
    known = text in once
    once.add(text)
    return known


def says_nothing(text: str) -> bool:
    """Whether a description tells no more than the name of its field does."""
    return len(text) < LEAST or re.search(EMPTY, text) is not None


def own_term(visit: Visit) -> Term | None:
    """The term of a field; an item of a list of strings or a value of a map takes that of the whole."""
    found = term_at(visit)
    if found is None and visit.parent is not None and visit.parent.type is None and visit.fault == "":
        return term_at(visit.parent) if visit.position == f"{visit.parent.position}[]" else None
    return found


def describe(visit: Visit, api: Api) -> tuple[str, bool]:
    """The API's words for a field, and whether a custom definition's; for an item or map value of what holds it.

    At ``kind`` they are those of the whole object: the field's own say the same everywhere.
    """
    holder = visit
    while holder.parent is not None and holder.position.endswith("[]"):
        holder = holder.parent
    if holder.parent is None or holder.fault in {"unknown-field", "unfamiliar-field"}:
        return "", False
    owner = holder.parent.type
    if owner is None:
        known = holder.parent.field is not None or holder.parent.ref == "object"
        return describe(holder.parent, api) if known else ("", False)
    whole = holder.name == "kind" and holder.parent.parent is None
    own = owner.own_words("" if whole else holder.name) or (owner.own_words("kind") if whole else "")
    if own:
        return own, True
    apis = api, schema.load(), schema.removed()
    found = next((words for a in apis if whole and (words := a.describe(owner.name))), "")
    return found or next((words for a in apis if (words := a.describe(owner.name, holder.name))), ""), False


def shown_at(visit: Visit) -> list[Visit]:
    """What is told at a line: its own field, and the list item that a person would look for there."""
    parent = visit.parent
    if parent is not None and parent.key is None and parent.grip.start == (visit.key.start if visit.key else -1):
        return [visit, parent]
    return [visit]


def root_detail(visit: Visit, release: Release) -> str:
    """At ``apiVersion``: whether the target still serves it."""
    if visit.name != "apiVersion" or visit.parent is None or visit.parent.parent is not None:
        return ""
    row = lifecycle(visit.manifest.api_version, visit.manifest.kind)
    return lifecycle_words(row, release) if row else ""


def bounds(visit: Visit) -> str:
    """What else a number could be, where a value is one."""
    is_number = isinstance(visit.value, int | float) and not isinstance(visit.value, bool)
    return allowed_value(visit.parent.type, visit.name) if is_number and visit.parent and visit.key else ""


def choices(visit: Visit) -> str:
    """The other values a field could have."""
    field_ = visit.field
    if not field_ or visit.key is None or len(field_.enum) > 8 or not isinstance(visit.value, str):
        return ""
    allowed = restart_policies(visit) if visit.position == "core/v1 PodSpec.restartPolicy" else field_.enum
    others = [value for value in allowed if value != visit.value]
    return f"Other values: {', '.join(others)}." if others and visit.value in allowed else ""
