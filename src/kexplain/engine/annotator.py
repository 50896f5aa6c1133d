"""Annotating: Source → for every field of every object what it is, and what its value does here."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from kexplain.api import schema
from kexplain.api.lifecycle import lifecycle
from kexplain.api.release import NEWEST, Release
from kexplain.api.schema import Api
from kexplain.catalogue.term import Term, patterns_at, term_at
from kexplain.catalogue.value import explain_value
from kexplain.domain.pods import restart_policies
from kexplain.engine.annotation import Annotated, AnnotatedObject, Annotation
from kexplain.engine.wording import brief, lifecycle_words, words_for
from kexplain.objects import crd
from kexplain.objects.manifest import Manifest
from kexplain.objects.outcome import Status
from kexplain.objects.reading import File, read
from kexplain.objects.secret import holds_secret, is_copy_of_secret
from kexplain.objects.structural import STRUCTURAL
from kexplain.objects.typed import assign_type
from kexplain.objects.walk import Visit, walk
from kexplain.syntax.source import Source
from kexplain.syntax.tree import Scalar, Span, Value

OF_REQUESTS = frozenset({"best-effort-qos", "burstable-qos", "guaranteed-qos"})
"""Terms that depend on the requests and limits which containers have in the end."""
HIDDEN = "(hidden: a Secret's value)"


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
    api = crd.extend(schema.load(release), [manifest for file in files for manifest in file.objects], definitions)
    ranges = [one for file in files for one in file.objects if (one.api_version, one.kind) == ("v1", "LimitRange")]
    return [annotate_file(file, api, release, ranges) for file in files]


def may_limit(limits: Manifest, other: Manifest) -> bool:
    """Whether a LimitRange may give the containers of an object requests and limits: it can be in their namespace."""
    return not (limits.namespace and other.namespace) or limits.namespace == other.namespace


def annotate_file(file: File, api: Api, release: Release, ranges: Sequence[Manifest] = ()) -> Annotated:
    """Explains every object of a file; ``ranges`` are the LimitRanges of the run."""
    result = Annotated(file.source, [], file.outcomes, list(file.hidden), file.documents)
    hidden = set(file.hidden)
    for manifest in file.objects:
        assign_type(manifest, api)
        limited = any(may_limit(one, manifest) for one in ranges)
        result.outcomes.append(manifest.outcome(Status.CHECKED))
        result.objects.append(annotate_object(manifest, api, release, hidden, limited=limited))
    return result


def annotate_object(
    manifest: Manifest, api: Api, release: Release, hidden: Collection[Span], *, limited: bool = False
) -> AnnotatedObject:
    """The annotations of one object; values at ``hidden`` spans are not told, wherever an alias brings them.

    Where requests may be ``limited`` by another object, nothing is said of what follows from them.
    """
    annotated = AnnotatedObject(manifest.identity, manifest.document.number)
    annotated.unknown = not manifest.exact and manifest.type.open
    for visit in walk(manifest, api):
        if visit.fault == "missing-required-field" or visit.parent is None:
            continue
        if visit.fault in STRUCTURAL and visit.schema is not None:  # the node itself is visited too
            continue
        if visit.key is not None or isinstance(visit.node, Scalar):
            annotated.annotations.append(annotation_of(visit, api, release, hidden, limited=limited))
    annotated.annotations.sort(key=lambda a: a.span)
    return annotated


def annotation_of(visit: Visit, api: Api, release: Release, hidden: Collection[Span], *, limited: bool) -> Annotation:
    """What one field means and what its value does."""
    key, node = visit.key, visit.node
    span = Span(key.start, key.end) if key else Span(node.start, node.end)
    secret = holds_secret(visit) or is_copy_of_secret(visit) or Span(node.start, node.end) in hidden
    value = HIDDEN if secret else whole(node.value) if isinstance(node, Scalar) else None
    title, text, term, provenance = meaning(visit, api)
    detail = detail_of(visit, release, limited=limited)
    return Annotation(span, visit.path, value, words_for(visit.ref), term, title, text, detail, provenance)


def detail_of(visit: Visit, release: Release, *, limited: bool) -> str:
    """What a value does where it stands, or who fills it in."""
    if visit.unresolved and isinstance(visit.node, Scalar):
        return f"Filled in later, by {visit.node.filler}."
    patterns = (words for id_, words in combinations(visit) if not (limited and id_ in OF_REQUESTS))
    parts = root_detail(visit, release), explain_value(visit), *patterns, choices(visit)
    return " ".join(filter(None, parts))


def whole(value: Value) -> Value:
    """A value as JSON writes it: a number without a fraction is a whole number (``1e3`` is 1000)."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def meaning(visit: Visit, api: Api) -> tuple[str, str, str, str]:
    """Title, text, term and provenance of a field: the glossary, else the API's own description, else nothing."""
    parent = visit.parent
    if visit.name == "kind" and parent is not None and parent.parent is None and (term := term_at(parent)):
        return term.title, term.brief, term.id, "glossary"
    if (term := own_term(visit)) is not None:
        return term.title, term.brief, term.id, "glossary"
    description, own = describe(visit, api)
    if description:
        return visit.name, brief(description), "", "crd" if own else "api-reference"
    return visit.name, "", "", "unknown"


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


def combinations(visit: Visit) -> Iterator[tuple[str, str]]:
    """Names and first sentences of terms that only a combination shows, at the line where people look for them."""
    shown = [visit]
    parent = visit.parent
    if parent is not None and parent.key is None and parent.grip.start == (visit.key.start if visit.key else -1):
        shown.append(parent)
    for place in shown:
        yield from ((term.id, f"{term.title}: {term.brief}") for term in patterns_at(place))


def root_detail(visit: Visit, release: Release) -> str:
    """At ``apiVersion``: whether the target still serves it."""
    if visit.name != "apiVersion" or visit.parent is None or visit.parent.parent is not None:
        return ""
    row = lifecycle(visit.manifest.api_version, visit.manifest.kind)
    return lifecycle_words(row, release) if row else ""


def choices(visit: Visit) -> str:
    """The other values a field could have."""
    field_ = visit.field
    if not field_ or visit.key is None or len(field_.enum) > 8 or not isinstance(visit.value, str):
        return ""
    allowed = restart_policies(visit) if visit.position == "core/v1 PodSpec.restartPolicy" else field_.enum
    others = [value for value in allowed if value != visit.value]
    return f"Other values: {', '.join(others)}." if others and visit.value in allowed else ""
