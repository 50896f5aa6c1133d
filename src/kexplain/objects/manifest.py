"""A document identified as a Kubernetes object: GVK, name, namespace, type — or why it is none."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from kexplain.api import schema
from kexplain.api.lifecycle import is_builtin_group, lifecycle
from kexplain.api.release import BUNDLED, Release
from kexplain.api.schema import Api, Field, Type
from kexplain.objects.nonmanifest import CONFIGURATION_GROUPS, KUSTOMIZATION, recognise
from kexplain.objects.outcome import Identity, Outcome, Status
from kexplain.syntax.cause import Cause
from kexplain.syntax.source import Source
from kexplain.syntax.tree import Document, Mapping, Node, Scalar, Sequence, descend, plain_value, string

if TYPE_CHECKING:
    from kexplain.api.definition import Definition
    from kexplain.objects.validation_rules import Held

TEMPLATE = r"\{\{-?\s*(?:/\*|[.$(]|include|template|define|if|range|with|end|else|toYaml|default|block)"


class Manifest:
    """One object. ``type``, from ``api``, describes its fields; ``exact`` says whether it is that of its own version.

    Without an exact type (a custom kind without its definition, an API version older than the oldest bundled) what the
    type does not know is not a mistake of the manifest.
    """

    def __init__(
        self, source: Source, document: Document, root: Mapping, api_version: str = "", kind: str = ""
    ) -> None:
        """An object; ``api_version`` and ``kind`` are those that its list gives it where it has none of its own."""
        self.source = source
        self.document = document
        self.root = root
        self.api_version = api_version or string(root.get("apiVersion"))
        self.kind = kind or string(root.get("kind"))
        self.group = self.api_version.rpartition("/")[0]
        metadata = root.get("metadata")
        self.metadata = metadata if isinstance(metadata, Mapping) else Mapping(root.start, root.start, {})
        self.name = string(self.metadata.get("name")) or string(self.metadata.get("generateName"))
        self.namespace = string(self.metadata.get("namespace"))
        self.exact = True
        self.lenient = False
        """Whether its type, of another version of a custom kind, only tells what fields mean."""
        self.definition: Definition | None = None
        """The definition of a custom object; None for any other, and where there is none of its version."""
        self.held: Held | None = None
        """What came of the rules that its definition states as expressions."""
        self.type = Type(f"{self.group} {self.kind}".strip(), {})
        self.api: Api | None = None

    @property
    def identity(self) -> Identity:
        """Who the object is, for reports."""
        return Identity(self.api_version, self.kind, self.name, self.namespace)

    @property
    def builtin(self) -> bool:
        """Whether the object's API group is one of Kubernetes itself."""
        return is_builtin_group(self.api_version)

    def outcome(self, status: Status, reason: str = "") -> Outcome:
        """What became of this object's document."""
        return Outcome(self.source.path, self.document.number, status, reason, self.kind, self.name)

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
    if manifest.kind.endswith("List") and (isinstance(items, Sequence) or (items and plain_value(items) is None)):
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
    elif is_template(manifest):
        yield manifest.outcome(Status.SKIPPED, TEMPLATE_REASON)._replace(understood=False)
    else:
        yield manifest


def no_object(path: str, number: int, root: Node, reason: str) -> Outcome:
    """The outcome of a document that holds no object: what it is where that can be told, else the reason."""
    known = recognise(path, root)
    return Outcome(path, number, Status.SKIPPED, known or reason, understood=bool(known), cause=cause_of(known))


def cause_of(reason: str) -> Cause:
    """Why a document of that nature is not checked."""
    return Cause.TO_RENDER if reason == KUSTOMIZATION else Cause.OTHER


TEMPLATE_REASON = "a template, not yet a manifest; render it first (helm template … | kexplain lint -)"


def unreadable_reason(source: Source, document: Document) -> tuple[str, Status]:
    """Why a document has no root: a template is skipped, anything else is unreadable."""
    text = source.text[document.span.start : document.span.end]
    if re.search(TEMPLATE, text):
        return TEMPLATE_REASON, Status.SKIPPED
    return document.marks[0].message if document.marks else "not YAML", Status.UNREADABLE


def is_template(manifest: Manifest) -> bool:
    """Whether template syntax stands where no object can have it: in its name, namespace or kind."""
    return any("{{" in text for text in (manifest.name, manifest.namespace, manifest.kind, manifest.api_version))


def no_type_meta(root: Mapping) -> str:
    """What is missing that would make a mapping a Kubernetes object."""
    missing = [name for name in ("apiVersion", "kind") if not string(root.get(name))]
    return f"no {' and no '.join(missing)}, so not a Kubernetes object"


def assign_type(manifest: Manifest, api: Api) -> None:
    """Gives a manifest its type: its own, else that of another version or of its successor, else a bare object.

    ``manifest.api`` becomes the API the type is from: the target, or the newest bundled version that has the kind.
    """
    version, kind = manifest.api_version, manifest.kind
    manifest.api = api if f"{version} {kind}" in api.kinds else other_version(version, kind) or api
    found = manifest.api.kind(version, kind)
    if found is None and (name := schema.removed().kinds.get(f"{version} {kind}")):
        found = api.type(name)
    custom, folder = api.custom, manifest.source.folder
    if found is None and custom and (definitions := custom.meant(version, kind, folder)):
        manifest.definition, found = definitions[0], custom.type_of(definitions[0])
    if found is None and (row := lifecycle(version, kind)) and row.successor[0]:
        found = api.kind(*row.successor)
        manifest.exact = False
    if found is None and custom and (definitions := custom.definitions(manifest.group, kind, folder)):
        found = custom.type_of(definitions[0])
        manifest.exact, manifest.lenient = False, True
    if found is None:
        found, manifest.exact = bare_type(manifest), False
    manifest.type = found


def other_version(api_version: str, kind: str) -> Api | None:
    """The newest bundled version that has a built-in kind which the target has not."""
    apis = (schema.load(Release(1, minor)) for minor in reversed(BUNDLED)) if is_builtin_group(api_version) else ()
    return next((api for api in apis if f"{api_version} {kind}" in api.kinds), None)


def bare_type(manifest: Manifest) -> Type:
    """An object of which only the metadata is known; every other field is taken as it comes."""
    name = f"{manifest.group} {manifest.kind}".strip()
    refs = {"apiVersion": "string", "kind": "string", "metadata": "meta/v1 ObjectMeta"}
    return Type(name, {field: Field(name, field, ref) for field, ref in refs.items()}, open_=True)
