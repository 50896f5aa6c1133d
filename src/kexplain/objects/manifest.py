"""A document identified as a Kubernetes object: GVK, name, namespace, type — or why it is none."""

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from kexplain.api.lifecycle import is_builtin_group
from kexplain.api.schema import Api, Type
from kexplain.objects.head import head_marks, list_marks
from kexplain.objects.kustomization import PATCH, is_patch
from kexplain.objects.nonmanifest import (
    CONFIGURATION_GROUPS,
    ENCRYPTED,
    KUSTOMIZATION,
    PLUGIN,
    recognise,
    without_encryption,
)
from kexplain.objects.outcome import Identity, Outcome, Status
from kexplain.syntax.cause import Cause, Reason
from kexplain.syntax.parse import parse
from kexplain.syntax.placeholder import ENCRYPTED as ENC
from kexplain.syntax.placeholder import filled, filler, has_structure
from kexplain.syntax.source import Source
from kexplain.syntax.tree import Document, Mapping, Mark, Node, Scalar, Sequence, Span, descend, plain_value, string

if TYPE_CHECKING:
    from kexplain.api.definition import Definition
    from kexplain.objects.validation_rules import Held


class Manifest:
    """One object. ``type``, from ``api``, describes its fields; ``exact`` says whether it is that of its own version.

    Without an exact type (a custom kind without its definition, an API version older than the oldest bundled) what the
    type does not know is not a mistake of the manifest. ``images`` are those whose tag is set elsewhere. One that SOPS
    ``encrypted`` has no field here that it added.
    """

    def __init__(
        self, source: Source, document: Document, root: Mapping, api_version: str = "", kind: str = ""
    ) -> None:
        """An object; ``api_version`` and ``kind`` are those that its list gives it where it has none of its own."""
        self.source = source
        self.document = document
        self.root = without_encryption(root) if "sops" in root.fields else root
        self.encrypted = self.root is not root
        self.api_version = api_version or string(root.get("apiVersion"))
        self.kind = kind or string(root.get("kind"))
        self.group = self.api_version.rpartition("/")[0]
        self.builtin = is_builtin_group(self.api_version)
        """Whether the object's API group is one of Kubernetes itself."""
        metadata = root.get("metadata")
        self.metadata = metadata if isinstance(metadata, Mapping) else Mapping(root.start, root.start, {})
        self.name = string(self.metadata.get("name")) or string(self.metadata.get("generateName"))
        self.namespace = string(self.metadata.get("namespace"))
        self.applied = True
        """Whether it is sent to an API server; a kustomization, for one, is not."""
        self.exact = True
        self.lenient = False
        """Whether its type, of another version of a custom kind, only tells what fields mean."""
        self.definition: Definition | None = None
        """The definition of a custom object; None for any other, and where there is none of its version."""
        self.held: Held | None = None
        """What came of the rules that its definition states as expressions."""
        self.type = Type(f"{self.group} {self.kind}".strip(), {})
        self.api: Api | None = None
        self.images: frozenset[str] = frozenset()
        self.hidden: tuple[Span, ...] = ()
        """The spans of its file that nobody may be shown."""

    @property
    def identity(self) -> Identity:
        """Who the object is, for reports."""
        return Identity(self.api_version, self.kind, self.name, self.namespace)

    def outcome(self, status: Status, reason: str = "") -> Outcome:
        """What became of this object's document."""
        return Outcome(self.source.path, self.document.number, status, reason, self.kind, self.name)

    @property
    def is_file(self) -> bool:
        """Whether it was read from a file, or made of files: the objects of a cluster all lie in one folder."""
        return self.source.path.rpartition("/")[0] == self.source.folder

    @cached_property
    def pod_templates(self) -> list[Mapping]:
        """Every Pod this object is or makes: mappings with ``metadata`` and ``spec``."""
        if self.kind == "Pod" and self.group == "":
            return [self.root]
        paths = ("spec", "template"), ("spec", "jobTemplate", "spec", "template"), ("template",)
        nodes = (descend(self.root, *path) for path in paths)
        return [node for node in nodes if isinstance(node, Mapping) and isinstance(node.get("spec"), Mapping)]


def identify(
    source: Source, document: Document, item_kind: tuple[str, str] | None = None
) -> Iterator[Manifest | Outcome]:
    """The objects of a document (a List has many), or one Outcome that says why it holds none.

    ``item_kind``: apiVersion and kind of an item that names neither, as those of a ``PodList``.
    """
    path, number, root = source.path, document.number, document.root
    if root is None:
        reason, status = unreadable_reason(source, document)
        yield Outcome(path, number, status, reason, understood=False)
    elif isinstance(root, Scalar) and root.value is None:
        yield Outcome(path, number, Status.SKIPPED, "empty document", cause=Cause.EMPTY)
    elif not isinstance(root, Mapping):
        yield no_object(path, number, root, "not a mapping, so not a Kubernetes object")
    elif item_kind and not ({"apiVersion", "kind"} & root.fields.keys()):
        yield Manifest(source, document, root, *item_kind)
    elif not (string(root.get("apiVersion")) and string(root.get("kind"))):
        yield no_object(path, number, root, no_type_meta(root))
    else:
        yield from objects(source, document, root)


def objects(source: Source, document: Document, root: Mapping) -> Iterator[Manifest | Outcome]:
    """The object at a root, or the items of a List."""
    manifest = Manifest(source, document, root)
    items = root.get("items")
    is_list = manifest.kind == "List" and manifest.api_version == "v1"
    if is_list and (marks := tuple(list_marks(root))):
        yield malformed(source.path, document.number, marks)
    elif manifest.kind.endswith("List") and (isinstance(items, Sequence) or (items and plain_value(items) is None)):
        listed = items.items if isinstance(items, Sequence) else []
        item_kind = manifest.kind.removesuffix("List")
        if not listed:
            yield manifest.outcome(Status.SKIPPED, "a List without items")
        for item in listed:
            item_document = document._replace(root=item, marks=())
            yield from identify(source, item_document, (manifest.api_version, item_kind) if item_kind else None)
    elif reason := CONFIGURATION_GROUPS.get(manifest.group) or (
        manifest.kind == "Config" and recognise(source.path, root)
    ):
        yield manifest.outcome(Status.SKIPPED, reason)._replace(cause=cause_of(reason))
    elif manifest.kind.startswith(ENC) or manifest.api_version.startswith(ENC):
        yield manifest.outcome(Status.SKIPPED, ENCRYPTED)
    elif manifest.api_version == "builtin":
        yield manifest.outcome(Status.SKIPPED, PLUGIN)
    elif is_patch(source.text, root):
        yield manifest.outcome(Status.SKIPPED, PATCH)
    elif is_template(manifest):
        yield manifest.outcome(Status.SKIPPED, TEMPLATE_REASON)._replace(understood=False)
    else:
        yield manifest


def no_object(path: str, number: int, root: Node, reason: str) -> Outcome:
    """The outcome of a document that holds no object: what it is where that can be told, else the reason."""
    known = recognise(path, root)
    if not known and (marks := tuple(head_marks(root))):
        return malformed(path, number, marks)
    return Outcome(path, number, Status.SKIPPED, known or reason, understood=bool(known), cause=cause_of(known))


def malformed(path: str, number: int, marks: tuple[Mark, ...]) -> Outcome:
    """The outcome of a document that is meant as an object and is none."""
    return Outcome(path, number, Status.UNREADABLE, marks[0].message, understood=False, marks=marks)


def cause_of(reason: str) -> Cause:
    """Why a document of that nature is not checked."""
    return Cause.TO_RENDER if reason == KUSTOMIZATION else Cause.NO_MANIFEST


NO_MANIFEST = "no apiVersion anywhere in it, so not a Kubernetes object"
TEMPLATE_REASON = Reason("a template, not yet a manifest", "render it first (helm template … | kexplain lint -)")


def unreadable_reason(source: Source, document: Document) -> tuple[str, Status]:
    """Why a document has no root: a template is skipped, anything else is unreadable."""
    mark = document.marks[0] if document.marks else None
    text = source.text[document.span.start : document.span.end]
    if source.path.endswith(".json") and "apiversion" not in text.lower():
        return NO_MANIFEST, Status.SKIPPED
    if mark and would_differ(text, mark.span.start - document.span.start, mark.message):
        return TEMPLATE_REASON, Status.SKIPPED
    return mark.message if mark else "not YAML", Status.UNREADABLE


def would_differ(text: str, place: int, message: str) -> bool:
    """Whether a text cannot be read only because of what is filled in later: with words in its place it can be.

    One with conditions and loops in it is broken besides only where it fails in the same way on the same line.
    """
    replaced = filled(text)
    if replaced == text:
        return False
    mark = next((mark for document in parse(replaced) for mark in document.marks if document.root is None), None)
    if mark is None or not has_structure(text):
        return mark is None
    return (replaced.count("\n", 0, mark.span.start), mark.message) != (text.count("\n", 0, place), message)


def is_template(manifest: Manifest) -> bool:
    """Whether a template stands for the whole: its name or namespace are computed, or what kind it is."""
    named, typed = (manifest.name, manifest.namespace), (manifest.kind, manifest.api_version)
    return any("{{" in text for text in named) or any("{" in text and filler(text) for text in typed)


def no_type_meta(root: Mapping) -> str:
    """What is missing that would make a mapping a Kubernetes object."""
    missing = [name for name in ("apiVersion", "kind") if not string(root.get(name))]
    return f"no {' and no '.join(missing)}, so not a Kubernetes object"
