"""Annotating: Report → for every field of every object what it is, and what its value does here; and the findings."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from kexplain.api import schema
from kexplain.api.lifecycle import lifecycle
from kexplain.api.release import Release
from kexplain.api.schema import Api
from kexplain.catalogue.field import common_words, field_words
from kexplain.catalogue.term import Term, patterns_at, term_at, term_of_value, terms
from kexplain.catalogue.value import Near, explain_value
from kexplain.constraints.words import allowed_value
from kexplain.domain.pods import restart_policies
from kexplain.engine.annotation import Annotated, AnnotatedObject, Annotation
from kexplain.engine.finding import Finding
from kexplain.engine.report import Known, Report
from kexplain.engine.summaries import limited, summary
from kexplain.engine.wording import brief, lifecycle_words, words_for
from kexplain.objects.collect import POSITIONS, Collector
from kexplain.objects.facts import Facts
from kexplain.objects.manifest import Manifest
from kexplain.objects.outcome import Status
from kexplain.objects.reading import File
from kexplain.objects.secret import holds_secret, is_secret
from kexplain.objects.structural import STRUCTURAL
from kexplain.objects.typed import assign_type
from kexplain.objects.veil import Veil
from kexplain.objects.visit import UNKNOWN, Visit
from kexplain.objects.walk import walk
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


def annotated(report: Report) -> list[Annotated]:
    """Explains every object of a run, beside what the run found: its files, then what could not be read."""
    known, sources = report.known, report.sources
    around: dict[int, list[Manifest]] = defaultdict(list)
    found: dict[int, list[Finding]] = defaultdict(list)
    for manifest in known.settings if known else ():
        around[id(manifest.source)].append(manifest)
    for finding in report.findings:
        found[id(finding.source)].append(finding)
    files = []
    for number, file in enumerate(report.files if known else ()):
        shown = [*file.objects, *around[id(file.source)]]
        if known:
            files.append(annotate_file(file, number, shown, known, sources))
            files[-1].findings = found.pop(id(file.source), [])
    return files + [Annotated(of[0].source, [], [], (), findings=of) for of in found.values()]


def annotate_file(file: File, number: int, shown: list[Manifest], known: Known, sources: list[Source]) -> Annotated:
    """Explains what is shown of a file: its objects, or what it is that is no object."""
    told = {manifest.document.number for manifest in shown}
    left = [outcome for outcome in file.outcomes if outcome.document not in told]
    result = Annotated(file.source, [], left, file.hidden, file.documents)
    once = set[str]()
    for manifest in shown:
        result.outcomes.append(manifest.outcome(Status.CHECKED))
        facts = known.facts.get(id(manifest)) or facts_alone(manifest, number, known.api)
        around = Around(known.api, known.release, Near(facts, known.workspace, sources), once)
        result.objects.append(annotate_object(manifest, around))
    if veil := file.veil():
        for object_ in result.objects:
            object_.annotations = [veiled(one, veil) for one in object_.annotations]
        result.outcomes = [one._replace(reason=veil.over(one.reason)) for one in result.outcomes]
    return result


def facts_alone(manifest: Manifest, file: int, api: Api) -> Facts:
    """What others may ask of an object that the run did not judge: a kustomization applies it as a patch."""
    assign_type(manifest, api)
    collector = Collector(manifest, file)
    visits = walk(manifest, api, POSITIONS)
    root = next(visits)
    for visit in chain([root], visits):
        if not visit.fault:
            collector.take(visit)
    return collector.facts(root)


def veiled(annotation: Annotation, veil: Veil) -> Annotation:
    """An annotation without words that are hidden in its file."""
    return replace(
        annotation, title=veil.over(annotation.title), detail=veil.over(annotation.detail),
        field_path=veil.over(annotation.field_path),
    )  # fmt: skip


class Around(NamedTuple):
    """What annotating a field needs to know; ``once`` are the keys of every object that a file has said already."""

    api: Api
    release: Release
    near: Near
    once: set[str]


class Above(NamedTuple):
    """What stands above a visit: the path that its own continues, the texts that are said there already, its domain.

    ``whole``: it is a list, a map or something without types, and words of its own tell it as a whole.
    """

    path: str
    said: frozenset[str]
    domain: str
    whole: bool = False


def annotate_object(manifest: Manifest, around: Around) -> AnnotatedObject:
    """The annotations of one object."""
    annotated = AnnotatedObject(manifest.identity, manifest.document.number)
    annotated.unknown = not manifest.exact and manifest.type.open
    known: dict[Visit | None, Above] = {}
    for visit in walk(manifest, around.api):
        if visit.parent is None:
            known[visit] = Above("", frozenset(), domain_of(term_at(visit)))
            continue
        if visit.fault == "missing-required-field":
            continue
        if visit.fault in STRUCTURAL and visit.schema is not None:  # the node itself is visited too
            continue
        above = known[visit.parent]
        path = f"{above.path}{visit.step}".lstrip(".")  # not visit.path, which climbs to the root each time
        is_scalar, said, domain = isinstance(visit.node, Scalar), above.said, above.domain
        if visit.key is not None or is_scalar:
            found = annotation_of(visit, around, above._replace(path=path))
            annotated.annotations.append(found)
            said = said | {found.text} if found.text and not is_scalar else said
            domain = found.domain
        if not is_scalar:
            in_whole = visit.type is None and (above.whole or any(own_words(visit)))
            known[visit] = Above(path, said, domain, in_whole)
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
    is_common = visit.name in SAID_ONCE and visit.parent is not None and visit.parent.parent is None
    domain = domain_of(terms()[term]) if term and not is_common else above.domain
    return Annotation(span, above.path, value, words_for(visit.ref), term, title, text, detail, provenance, domain)


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


def domain_of(term: Term | None) -> str:
    """The domain of a term; empty where there is none."""
    return term.domain if term else ""


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
    """What else a number could be, or how a text is written, where a value is one."""
    if isinstance(visit.value, bool) or visit.value is None or not visit.parent or not visit.key:
        return ""
    return allowed_value(visit.parent.type, visit.name, formats=isinstance(visit.value, str))


def choices(visit: Visit) -> str:
    """The other values a field could have."""
    field_ = visit.field
    if not field_ or visit.key is None or len(field_.enum) > 8 or not isinstance(visit.value, str):
        return ""
    allowed = restart_policies(visit) if visit.position == "core/v1 PodSpec.restartPolicy" else field_.enum
    others = [value for value in allowed if value != visit.value]
    return f"Other values: {', '.join(others)}." if others and visit.value in allowed else ""
