"""Kustomizations: what each refers to, and what ``kustomize build`` makes of it, as a Source that leads back."""

import json
import os
import re
from collections.abc import Iterator
from tempfile import TemporaryDirectory
from typing import NamedTuple

from kexplain.files import program
from kexplain.files.confines import repository_root, within
from kexplain.files.decode import display, read_file
from kexplain.rendering.kustomize_origin import KustomizeOrigin, Made
from kexplain.rendering.masked import masked
from kexplain.syntax.cause import Cause, Reason
from kexplain.syntax.parse import parse
from kexplain.syntax.source import Source, Unread, normal
from kexplain.syntax.tree import Document, Mapping, Node, Span, descend, items, nodes_below, string

NAMES = ("kustomization.yaml", "kustomization.yml", "Kustomization")
"""The file that makes a folder a kustomization, in the order kustomize looks for it."""
GROUP = "kustomize.config.k8s.io/"
ANNOTATION = "config.kubernetes.io/origin"
"""Where kustomize writes the origin of an object when ``buildMetadata`` asks for it."""
PLUGINS = ("generators", "transformers", "validators")
PARTS = ("resources", "bases", "components", *PLUGINS)
"""Fields that list files, folders with a kustomization of their own, or inline YAML."""
LISTS = ("crds", "configurations", "patchesStrategicMerge")
MEMBERS = ("patches", "patchesJson6902", "replacements")
REMOTE = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://|git::|gh:|[\w.-]+@[\w.-]+[:/]|(?:www\.)?github\.com[/:])|.*(?:[?&](?:ref|version)=|.//)",
    re.IGNORECASE,
)
"""What kustomize takes for a repository or a file elsewhere, unless a file of that name is there."""
URL = re.compile(r"(?:[^\s=]*=)?https?:", re.IGNORECASE)
"""What kustomize fetches, even where a file has that name. No proxy setting holds for services of this machine."""
LOADED = ("files", "envs", "env", "path", "paths")
"""Fields of a plugin's configuration that name what it reads."""
REMOTE_REASON = "has remote resources; kexplain makes no network connection"
MOST = 2_000
"""Kustomizations that one build may take together."""


class Kustomization(NamedTuple):
    """One kustomization file. ``path`` and ``folder`` are as reports name them; an empty folder is the current one."""

    source: Source
    root: Mapping

    @property
    def folder(self) -> str:
        """The folder whose kustomization it is."""
        return self.source.folder or ("/" if self.source.path.startswith("/") else "")

    @property
    def is_component(self) -> bool:
        """Whether it is a part for other kustomizations, which cannot be built by itself."""
        return string(self.root.get("kind")) == "Component"


Known = dict[str, Kustomization | None]
"""Kustomizations by the path of their file, so that none is read twice in a run."""


def load(path: str, known: Known) -> Kustomization | None:
    """The kustomization in a file; None where it is none, as the objects of Flux in files of the same name."""
    if path not in known:
        known[path] = read_kustomization(path)
    return known[path]


def read_kustomization(path: str) -> Kustomization | None:
    """The same, read anew."""
    source = read_file(path)
    if isinstance(source, Unread):
        return None
    documents = parse(source.text)
    root = documents[0].root
    if len(documents) != 1 or not isinstance(root, Mapping):
        return None
    version, kind = string(root.get("apiVersion")), string(root.get("kind"))
    ours = (not version or version.startswith(GROUP)) and kind in {"", "Kustomization", "Component"}
    return Kustomization(source, root) if ours else None


def file_in(folder: str) -> str:
    """The path of a folder's kustomization file; empty where it has none, or a link to elsewhere, which is refused."""
    paths = (f"{folder.rstrip('/')}/{name}" if folder else name for name in NAMES)
    path = next((path for path in paths if os.path.isfile(path)), "")
    return path if path and within(path, os.path.realpath(folder or ".")) else ""


class Closure:
    """A kustomization and all that it is built from.

    ``files`` has the name of each by its real path, ``missing`` what is not there, after the file that refers to it,
    ``refused`` why it is not built.
    """

    def __init__(self, first: Kustomization, known: Known) -> None:
        self.first = first
        self.kustomizations: list[Kustomization] = []
        self.files: dict[str, str] = {}
        self.refused: list[str] = []
        self.missing: list[tuple[str, str]] = []
        self.root = repository_root(first.folder or ".")
        self.known = known
        waiting = [first]
        while waiting and not self.refused:
            here = waiting.pop(0)
            real = os.path.realpath(here.source.path)
            if real not in self.files:
                self.files[real] = here.source.path
                self.kustomizations.append(here)
                if len(self.kustomizations) > MOST:
                    self.refused.append(f"is built from more than {MOST:,} kustomizations")
                waiting += self.take(here)

    def take(self, here: Kustomization) -> Iterator[Kustomization]:
        """Takes note of the files that one refers to; yields the kustomizations."""
        inside = os.path.realpath(here.folder or ".").rstrip(os.sep) + os.sep
        self.refused += refused(here)
        for name in references(here.root):
            path = path_from(here, name)
            real = os.path.realpath(path)
            if URL.match(name):
                self.refused.append(f"{REMOTE_REASON} ({name})")
            elif os.path.isdir(path or ".") and self.root and not within(path, self.root):
                self.refused.append(f"takes in a folder outside of the repository ({name})")
            elif os.path.isdir(path or "."):
                found = load(inner, self.known) if (inner := file_in(path)) else None
                if found:
                    yield found
            elif os.path.isfile(path):
                if real.startswith(inside):  # as kustomize: files come from below, folders from anywhere
                    self.files.setdefault(real, display(path))
            elif REMOTE.match(name):
                self.refused.append(f"{REMOTE_REASON} ({name})")
            else:
                self.missing.append((here.source.path, name))


def path_from(here: Kustomization, name: str) -> str:
    """What a name in a kustomization means, from the current folder."""
    return name if os.path.isabs(name) else normal(f"{here.folder.rstrip('/')}/{name}" if here.folder else name)


def refused(here: Kustomization) -> Iterator[str]:
    """Why a kustomization is not built: its plugins fetch something, or may; what a folder makes is known too late."""
    for item in (item for field in PLUGINS for item in items(here.root.get(field))):
        name = string(item)
        path = path_from(here, name) if "\n" not in name else ""
        if os.path.isdir(path):
            yield f"takes generators or transformers from a folder, which may fetch something; name files ({name})"
            continue
        source = read_file(path) if os.path.isfile(path) else Source("", name)
        documents = parse(source.text) if isinstance(source, Source) else []
        for node in nodes_below(document.root for document in documents if document.root is not None):
            for value in (descend(node, field) for field in LOADED):
                names = (string(one) for one in (value, *items(value)))
                yield from (f"{REMOTE_REASON} ({name})" for name in names if URL.match(name))


def references(root: Mapping) -> Iterator[str]:
    """Every path that a kustomization names."""
    for field in (*PARTS, *LISTS):
        yield from (name for item in items(root.get(field)) if (name := string(item)) and "\n" not in name)
    for field in MEMBERS:
        yield from (name for item in items(root.get(field)) if (name := string(descend(item, "path"))))
    if name := string(descend(root.get("openapi"), "path")):
        yield name
    for field in ("configMapGenerator", "secretGenerator"):
        for item in items(root.get(field)):
            envs = [descend(item, "env"), *items(descend(item, "envs"))]
            yield from (name for node in envs if (name := string(node)))
            files = (string(node) for node in items(descend(item, "files")))
            yield from (name if REMOTE.match(name) else name.rpartition("=")[2] for name in files if name)


def tool() -> list[str]:
    """The beginning of a command that builds a folder; empty where neither kustomize nor kubectl is there."""
    if found := program.find("kustomize"):
        return [found, "build"]
    return [found, "kustomize"] if (found := program.find("kubectl")) else []


def build(closure: Closure, command: list[str]) -> Source | Unread:
    """What a kustomization makes, as one Source under its file's name; or why it makes nothing."""
    path = closure.first.source.path
    if closure.refused:
        return Unread(path, f"not rendered: {closure.refused[0]}", wrong=False, skipped=True, cause=Cause.LIMIT)
    with TemporaryDirectory(prefix="kexplain-") as scratch:
        overlay, folder = os.path.realpath(scratch), os.path.realpath(closure.first.folder or ".")
        try:
            target = os.path.relpath(folder, overlay).replace(os.sep, "/")
        except ValueError:
            where = "not rendered: on another drive than the folder for temporary files"
            reason = Reason(where, "set TMPDIR to one beside it")
            return Unread(path, reason, wrong=False, skipped=True, cause=Cause.LIMIT)
        with open(os.path.join(overlay, NAMES[0]), "w", encoding="utf-8") as file:
            json.dump({"resources": [target], "buildMetadata": ["originAnnotations"]}, file)
        output = program.start([*command, overlay])
    if output.trouble:
        return Unread(path, program.brief(f"cannot be built: {why_not(closure, output.trouble, target)}"))
    return rendered(closure, output.text, overlay)


def why_not(closure: Closure, said: str, target: str) -> str:
    """Why a kustomization could not be built: what is not there, or what kustomize said."""
    if closure.missing:
        return "{} refers to {}, which is not there".format(*closure.missing[0])
    said = without_secrets(closure, said)
    for folder in (closure.first.folder or ".", "."):
        said = said.replace(os.path.realpath(folder).rstrip(os.sep) + os.sep, "")
    return said.replace(f"{target}/", "")


def without_secrets(closure: Closure, said: str) -> str:
    """A complaint without the values of generated Secrets, which kustomize quotes when they are malformed."""
    for kustomization in closure.kustomizations:
        for item in items(kustomization.root.get("secretGenerator")):
            for literal in map(string, items(descend(item, "literals"))):
                for value in (literal, literal.partition("=")[2]):
                    said = said.replace(value, "•••") if len(value) > 2 else said
    return said


def rendered(closure: Closure, text: str, overlay: str) -> Source:
    """The text without the origins that were asked for, which are what leads it back."""
    pieces: list[str] = []
    made: list[Made] = []
    length = done = 0
    for document in parse(text):
        cut, origin = origin_of(text, document)
        begins = length + document.span.start - done
        pieces += [text[done : cut.start]]
        length, done = length + cut.start - done, cut.end
        named = string(origin.get("path")) or string(origin.get("configuredIn")) if origin else ""
        real = os.path.realpath(os.path.join(overlay, named)) if named else ""
        made.append(Made(begins, real if real in closure.files else "", bool(origin and origin.get("configuredIn"))))
    pieces.append(text[done:])
    source = Source(closure.first.source.path, "".join(pieces))
    trees = [(kustomization.source.path, kustomization.root) for kustomization in closure.kustomizations]
    source.origin = KustomizeOrigin(source.text, made, trees, closure.files, read_masked)
    return source


def read_masked(name: str) -> Source:
    """A file without its Secret values; an empty text where it is gone."""
    source = read_file(name)
    return masked(source) if isinstance(source, Source) else Source(name, "")


def origin_of(text: str, document: Document) -> tuple[Span, Mapping | None]:
    """Where the origin of an object stands in its document, an empty span where it has none; and what it says."""
    nothing = Span(document.span.start, document.span.start)
    metadata = descend(document.root, "metadata")
    annotations = descend(metadata, "annotations")
    entry = annotations.fields.get(ANNOTATION) if isinstance(annotations, Mapping) else None
    if entry is None or not isinstance(metadata, Mapping) or not isinstance(annotations, Mapping):
        return nothing, None
    key = metadata.fields["annotations"].key if len(annotations.fields) == 1 else entry.key
    line = text.rfind("\n", 0, key.start) + 1
    margin = text[line : key.start]
    if margin.strip():
        return nothing, None  # in flow style, which kustomize does not write
    end = text.find("\n", line) + 1 or len(text)
    while end < len(text) and text.startswith(margin + " ", end):  # what is indented further belongs to the key
        end = text.find("\n", end) + 1 or len(text)
    said: Node | None = parse(string(entry.value))[0].root
    return Span(line, end), said if isinstance(said, Mapping) else None
