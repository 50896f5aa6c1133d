"""Suppressions that people wrote for other tools: which check of which tool, and where it holds.

=============  =====================================================================================================
KubeLinter     annotation ``ignore-check.kube-linter.io/CHECK: reason``, ``kube-linter.io/ignore-all: reason``
kube-score     annotation ``kube-score/ignore: check, check``
Polaris        annotation ``polaris.fairwinds.com/CHECK-exempt: "true"``, ``polaris.fairwinds.com/exempt: "true"``
Checkov        annotation ``checkov.io/skip1: ID=reason``, comment ``checkov:skip=ID:reason`` in the document
kubeaudit      label or annotation ``kubeaudit.io/allow-WHAT: reason``, ``container.kubeaudit.io/NAME.allow-WHAT``
Trivy          comment ``trivy:ignore:ID`` in a line or above a block
=============  =====================================================================================================
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from kexplain.objects.manifest import Manifest
from kexplain.objects.reading import File
from kexplain.objects.suppression import MOST
from kexplain.syntax.source import Source
from kexplain.syntax.tree import (
    Comment,
    Document,
    Mapping,
    Node,
    Scalar,
    Sequence,
    Span,
    comments_of,
    descend,
    nodes_below,
)

EVERY = "*"
"""Stands for every check of a tool."""
KUBE_LINTER = re.compile(r"ignore-check\.kube-linter\.io/(?P<check>.+)")
POLARIS = re.compile(r"polaris\.fairwinds\.com/(?:(?P<check>.+)-)?exempt")
CHECKOV = re.compile(r"checkov\.io/skip\d*")
KUBEAUDIT = re.compile(
    r"(?P<one>container\.)?(?:audit\.kubernetes\.io|kubeaudit\.io)/(?:(?P<name>[^/]+?)[./])?(?P<check>allow-.+)"
)
IN_COMMENT = re.compile(
    r"(?:(?P<checkov>checkov|bridgecrew):skip=(?P<ids>[\w,]{1,500})(?::(?P<reason>.{1,200}))?)"
    r"|(?:trivy:ignore:(?P<trivy>[\w-]{1,100}))"
)
MARKS = ("kube-linter.io/", "kube-score/ignore", "polaris.fairwinds.com/", "checkov", "bridgecrew:", "kubeaudit.io/",
         "audit.kubernetes.io/", "trivy:ignore")  # fmt: skip
"""One of these is in every text that holds such a suppression."""


class Foreign(NamedTuple):
    """What another tool is told to let be: checks, the reason, and what begins in a span or is about a container."""

    tool: str
    checks: tuple[str, ...]
    reason: str
    covers: Span
    container: str = ""


def foreign_suppressions(file: File) -> Iterator[Foreign]:
    """Every suppression for another tool in a file, up to MOST."""
    if any(mark in file.source.text for mark in MARKS):
        yield from islice(every(file), MOST)


def every(file: File) -> Iterator[Foreign]:
    """Those in metadata, and those in comments."""
    start = 0
    for part in file.parts:
        for manifest in part.objects:
            yield from in_metadata(manifest)
        if part.document.root is not None:
            yield from in_comments(file.source, part.document, start)
        start = part.document.span.end


def in_metadata(manifest: Manifest) -> Iterator[Foreign]:
    """The annotations and labels of an object and of its Pod templates that speak to other tools."""
    holders = [manifest.metadata, *(descend(template, "metadata") for template in manifest.pod_templates)]
    covers = Span(manifest.root.start, manifest.root.end)
    for holder in {id(node): node for node in holders if isinstance(node, Mapping)}.values():
        for field in ("annotations", "labels"):
            entries = holder.get(field)
            for key, entry in entries.fields.items() if isinstance(entries, Mapping) else ():
                if isinstance(entry.value, Scalar):
                    yield from written(key, entry.value.text, covers)


def written(key: str, value: str, covers: Span) -> Iterator[Foreign]:
    """The suppression of one annotation or label, if it is one."""
    if match := KUBE_LINTER.fullmatch(key):
        yield Foreign("kube-linter", (match["check"],), value, covers)
    elif key == "kube-linter.io/ignore-all":
        yield Foreign("kube-linter", (EVERY,), value, covers)
    elif key == "kube-score/ignore":
        checks = tuple(check.strip() for check in value.split(",") if check.strip())
        yield Foreign("kube-score", checks, "", covers)
    elif match := POLARIS.fullmatch(key):
        if value.lower() == "true":
            yield Foreign("polaris", (match["check"] or EVERY,), "", covers)
    elif CHECKOV.fullmatch(key):
        check, _, reason = value.partition("=")
        yield Foreign("checkov", (check.strip(),), reason.strip(), covers)
    elif match := KUBEAUDIT.fullmatch(key):
        reason = "" if value.lower() == "true" else value
        yield Foreign("kubeaudit", (match["check"],), reason, covers, (match["name"] or "") if match["one"] else "")


def in_comments(source: Source, document: Document, start: int) -> Iterator[Foreign]:
    """The comments of a document, and above it, that speak to other tools."""
    whole = Span(start, document.span.end)
    for comment in comments_of(source.text, document.root, whole):
        for match in IN_COMMENT.finditer(comment.text):
            if match["trivy"]:
                yield Foreign("trivy", (match["trivy"],), "", block(source, document, comment) or whole)
            else:
                yield Foreign("checkov", tuple(match["ids"].split(",")), (match["reason"] or "").strip(), whole)


def block(source: Source, document: Document, comment: Comment) -> Span | None:
    """What begins in the line of a comment, or in the next that is not empty; None above the object as a whole."""
    text, place = source.text, comment.span.start
    if comment.alone:
        place = comment.span.end
        while place < len(text) and (text[place].isspace() or text[place] == "#"):
            place = text.find("\n", place) if text[place] == "#" else place + 1
            if place < 0:
                return None
    line = source.place(place)[0]
    if document.root is None or line <= source.place(document.root.start)[0]:
        return None
    first, last = source.starts[line - 1], source.starts[line] if line < len(source.starts) else len(text)
    ends = [end for node in nodes_below([document.root]) for end in ends_of(node, first, last)]
    return Span(first, max([last, *ends]))


def ends_of(node: Node, first: int, last: int) -> Iterator[int]:
    """Where the fields and items of a node end that begin between two places."""
    if isinstance(node, Mapping):
        yield from (e.value.end for e in node.fields.values() if first <= e.key.start < last and not e.merged)
    elif isinstance(node, Sequence):
        yield from (item.end for item in node.items if first <= item.start < last)
