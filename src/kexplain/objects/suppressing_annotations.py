"""Suppressions written as annotations of an object or of its Pod template; those in other places do nothing."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from kexplain.objects.outcome import Identity
from kexplain.objects.suppression import LISTED_FORM, MOST, Suppression, Words, listed, worded
from kexplain.syntax.source import Source
from kexplain.syntax.tree import Document, Entry, Mapping, Node, Scalar, Sequence, Span, descend, string

if TYPE_CHECKING:
    from kexplain.objects.manifest import Manifest

DOMAIN = "kexplain.dev/"
KEY = re.compile(
    r"kexplain\.dev/ignore(?:\.(?P<container>.+))?"
    r"|(?:(?P<container_too>[^./]+)\.)?ignore\.kexplain\.dev/(?P<rule>.+)"
)
PLACES = "only annotations in the metadata of an object or of its Pod template are read"
Trail = tuple[Any, ...]
"""The steps to a node, as () or a pair: the steps before, and the last."""
CONTAINERS = ("initContainers", "containers", "ephemeralContainers")


def annotation_suppressions(
    source: Source, documents: "list[tuple[Document, list[Manifest]]]"
) -> Iterator[Suppression]:
    """Every suppression that stands in a key of a source's objects."""
    for document, objects in documents:
        if objects and source.text.find(DOMAIN, *document.span) >= 0:
            yield from islice(in_objects(source, document, objects), MOST)


def in_objects(source: Source, document: Document, objects: "list[Manifest]") -> Iterator[Suppression]:
    """The suppressions of a document's objects, well placed or not."""
    owners: dict[int, list[Manifest]] = {}
    for manifest in objects:
        for annotations in annotations_of(manifest):
            owners.setdefault(id(annotations), []).append(manifest)
    alone = objects[0].identity if len(objects) == 1 else Identity()
    for mapping, trail in mappings(document):
        for name, entry in mapping.fields.items():
            if DOMAIN not in name:
                continue
            span = Span(entry.key.start, entry.key.end)
            if id(mapping) in owners:
                for manifest in owners[id(mapping)]:
                    yield written(source, manifest, name, entry)
            elif not entry.merged and KEY.fullmatch(name):
                words = Words(mistake=f"it stands under {path_of(trail)}; {PLACES}")
                yield Suppression("annotation", words, source, span, document=document.number, identity=alone)


def annotations_of(manifest: "Manifest") -> Iterator[Mapping]:
    """The annotations of an object and of its Pod templates, once each."""
    holders = [manifest.metadata.get("annotations")]
    holders += [descend(template, "metadata", "annotations") for template in manifest.pod_templates]
    yield from {id(holder): holder for holder in holders if isinstance(holder, Mapping)}.values()


def mappings(document: Document) -> Iterator[tuple[Mapping, Trail]]:
    """Every mapping of a document, each once, with the steps that lead to it."""
    seen: set[int] = set()
    stack: list[tuple[Node | None, Trail]] = [(document.root, ())]
    while stack:
        node, trail = stack.pop()
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, Mapping):
            yield node, trail
            stack += ((entry.value, (trail, f".{name}")) for name, entry in node.fields.items())
        elif isinstance(node, Sequence):
            stack += ((item, (trail, f"[{index}]")) for index, item in enumerate(node.items))


def path_of(trail: Trail) -> str:
    """Steps as a field path."""
    steps: list[str] = []
    while trail:
        trail, step = trail
        steps.append(step[:80])
    return "".join(reversed(steps)).removeprefix(".") or "the root"


def written(source: Source, manifest: "Manifest", name: str, entry: Entry) -> Suppression:
    """The suppression of one annotation in the right place."""
    match, value, container = KEY.fullmatch(name), entry.value, ""
    text = value.text if isinstance(value, Scalar) and value.value is not None else ""
    if match is None:
        words = Words(
            mistake=f"{name[:80]} is not an annotation that kexplain knows; write kexplain.dev/ignore: {LISTED_FORM}"
        )
    elif not isinstance(value, Scalar):
        words = Words(mistake="the value of an annotation is text")
    else:
        container = match["container"] or match["container_too"] or ""
        rule = match["rule"]
        words = worded([rule], text, "ignore.kexplain.dev/RULE: reason") if rule else listed(text)
        known = containers_of(manifest)
        if container and known and container not in known:
            words = Words(mistake=f"no container is called {container[:80]!r}; there are {', '.join(known)[:200]}")
    span = Span(entry.key.start, entry.key.end)
    covers = () if words.mistake else (Span(manifest.root.start, manifest.root.end),)
    return Suppression(
        "annotation", words, source, span, covers, container, manifest.document.number, manifest.identity
    )


def containers_of(manifest: "Manifest") -> list[str]:
    """The names of an object's containers."""
    found = []
    for template in manifest.pod_templates:
        for field in CONTAINERS:
            nodes = descend(template, "spec", field)
            if isinstance(nodes, Sequence):
                found += [string(descend(item, "name")) for item in nodes.items]
    return [name for name in found if name]
