"""Leads from what kustomize built back to the resources, patches and fields of kustomizations that it came from."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cache, cached_property
from typing import NamedTuple

from kexplain.syntax.parse import parse
from kexplain.syntax.paths import Aim, aim_of, first_key, follow
from kexplain.syntax.source import Source, normal
from kexplain.syntax.tree import Document, Mapping, Node, Scalar, descend, items, plain_value, string

GENERATORS = {"ConfigMap": "configMapGenerator", "Secret": "secretGenerator"}


class Made(NamedTuple):
    """Where an object begins in the built text, and the file it comes from, by its real path; empty if unknown."""

    start: int
    path: str
    generated: bool


Where = tuple[Source, int, int]
"""A file, and a span of it."""


class Text(NamedTuple):
    """A tree that an object may come from, in which file, how its offsets become the file's; what a patch is for."""

    source: Source
    root: Node
    there: Callable[[int], int] = int
    target: Node | None = None


class KustomizeOrigin:
    """The origin of one built kustomization. ``trees`` are its own and its bases', the outermost first."""

    def __init__(
        self,
        text: str,
        made: list[Made],
        trees: list[tuple[str, Mapping]],
        files: dict[str, str],
        read: Callable[[str], Source],
    ) -> None:
        """``files`` are the names of all files that went into it, by their real paths; ``read`` reads one by name."""
        self.text = text
        self.made = made
        self.trees = trees
        self.files = files
        self.read = cache(read)
        self.objects = cache(lambda name: list(objects_of(self.read(name))))
        self._found: dict[tuple[int, int], Where] = {}

    def back(self, start: int, end: int) -> Where:
        """The file that a span of the built text comes from, and the span there; the nearest that can be told."""
        if (start, end) not in self._found:  # reports and filters ask again
            self._found[start, end] = self.lead(start, end)
        return self._found[start, end]

    def lead(self, start: int, end: int) -> Where:
        """As ``back``, found anew."""
        number = max(bisect_right([made.start for made in self.made], start) - 1, 0)
        root = self.documents[number].root if number < len(self.documents) else None
        if not isinstance(root, Mapping):
            return self.kustomization(0)
        made, aim = self.made[number], aim_of(root, start, end)
        if made.generated and (found := self.generator(made, root, aim)):
            return found
        own = self.object(made, root)
        name = string(descend(own.root if own else root, "metadata", "name"))
        texts = [*([own] if own else []), *(p for p in self.patches if concerns(p, string(root.get("kind")), name))]
        return choose(texts, aim, self.changed(aim, own, name)) or self.kustomization(0)

    @cached_property
    def documents(self) -> list[Document]:
        """The documents of the built text."""
        return parse(self.text)

    @cached_property
    def patches(self) -> list[Text]:
        """The patches of all kustomizations, those applied last first."""
        found: list[Text] = []
        for path, root in self.trees:
            source, folder = self.read(path), path.rpartition("/")[0]
            for field in ("patches", "patchesJson6902", "patchesStrategicMerge"):
                for item in items(root.get(field)):
                    target = descend(item, "target")
                    inline = descend(item, "patch") if isinstance(item, Mapping) else item
                    named = string(descend(item, "path")) if isinstance(item, Mapping) else string(item)
                    if isinstance(inline, Scalar) and "\n" in inline.text:
                        found += inline_patch(source, inline, target)
                    elif named and (name := normal(f"{folder}/{named}" if folder else named)) in self.files.values():
                        file = self.read(name)
                        found += (Text(file, d.root, int, target) for d in parse(file.text) if d.root is not None)
        return found

    def object(self, made: Made, root: Mapping) -> Text | None:
        """The object in the file it comes from: of its kind, with the name that the built one has or contains."""
        if not made.path or made.generated:
            return None
        source = self.read(self.files[made.path])
        kind, name = string(root.get("kind")), string(descend(root, "metadata", "name"))
        found = [r for r in self.objects(source.path) if string(r.get("kind")) == kind]
        best = max(found, key=lambda r: closeness(string(descend(r, "metadata", "name")), name), default=None)
        return Text(source, best) if best else None

    def generator(self, made: Made, root: Mapping, aim: Aim) -> Where | None:
        """The generator of an object: the literal or file of the key that is meant, else its name."""
        tree = dict(self.trees).get(self.files.get(made.path, ""))
        name = string(descend(root, "metadata", "name"))
        made_here = items(tree.get(GENERATORS.get(string(root.get("kind")), ""))) if tree else []
        best = max(made_here, key=lambda i: closeness(string(descend(i, "name")), name), default=None)
        if best is None:
            return None
        key = aim.steps[1] if len(aim.steps) > 1 and isinstance(aim.steps[1], str) else ""
        sources = [*items(descend(best, "literals")), *items(descend(best, "files"))]
        found = next((n for n in sources if key and re.match(rf"(?:.*/)?{re.escape(key)}(?:=|$)", string(n))), None)
        node = found or descend(best, "name") or best
        return self.read(self.files[made.path]), node.start, node.end

    def changed(self, aim: Aim, own: Text | None, name: str) -> Where | None:
        """The field of a kustomization that sets a value: an image's new name or tag, replicas, the namespace."""
        field = aim.steps[-1] if aim.steps else ""
        before = follow(own.root, aim.steps) if own else None
        old = string(before.node) if before and before.depth == len(aim.steps) else ""
        for path, root in self.trees:
            node: Node | None = None
            if field == "image" and old:
                image = next((i for i in items(root.get("images")) if is_image(old, string(descend(i, "name")))), None)
                node = next((n for f in ("newTag", "digest", "newName") if (n := descend(image, f))), None)
            elif aim.steps == ("spec", "replicas"):
                node = descend(
                    next((i for i in items(root.get("replicas")) if string(descend(i, "name")) == name), None), "count"
                )
            elif aim.steps == ("metadata", "namespace"):
                node = root.get("namespace")
            if node:
                return self.read(path), node.start, node.end
        return None

    def kustomization(self, number: int) -> Where:
        """The beginning of a kustomization's file."""
        path, root = self.trees[number]
        return self.read(path), *first_key(root)


def choose(texts: list[Text], aim: Aim, changed: Where | None) -> Where | None:
    """Where an aim leads: to the same value, to what changed it, to the same field, to the nearest there is."""
    hits = [(text, follow(text.root, aim.steps, at_key=aim.at_key)) for text in texts]
    whole = [(text, hit) for text, hit in hits if hit.depth == len(aim.steps)]
    wanted = plain_value(aim.node)
    same = [(text, hit) for text, hit in whole if plain_value(hit.node) == wanted]
    if not same and changed and isinstance(aim.node, Scalar):
        return changed
    whole = same or whole
    text, hit = max(whole[:1] or hits, key=lambda pair: pair[1].depth, default=(None, None))
    if text is None or hit is None:
        return None
    return text.source, text.there(hit.span.start), text.there(hit.span.end)


def objects_of(source: Source) -> Iterator[Mapping]:
    """The objects of a file, those of Lists as well."""
    waiting: list[Node | None] = [document.root for document in parse(source.text)]
    for node in waiting:
        if isinstance(node, Mapping):
            if string(node.get("kind")).endswith("List"):
                waiting += items(node.get("items"))
            yield node


def closeness(original: str, built: str) -> int:
    """How much a name can be the original of a built one: the same, or a part of it, the longer the better."""
    if original == built:
        return len(built) + 1
    return len(original) if original in built else -1


def is_image(written: str, name: str) -> bool:
    """Whether an image as it is written is one of that name, as an entry of ``images`` has it."""
    return bool(name) and (written == name or written.startswith((f"{name}:", f"{name}@")))


def concerns(patch: Text, kind: str, name: str) -> bool:
    """Whether a patch is for an object: its target says so, or the patch names it."""
    if patch.target is None:
        own = string(descend(patch.root, "kind")), string(descend(patch.root, "metadata", "name"))
        return own == (kind, name)
    wanted = string(descend(patch.target, "kind")), string(descend(patch.target, "name"))
    return wanted[0] in {"", kind} and (wanted[1] in {"", name} or is_match(wanted[1], name))


def is_match(pattern: str, name: str) -> bool:
    """Whether a target's name, a regular expression, is that of an object; of those only ``.*`` is understood."""
    parts = [re.escape(part) for part in pattern.split(".*")]
    return bool(re.fullmatch(".*".join(parts[:8]), name))


def inline_patch(source: Source, scalar: Scalar, target: Node | None) -> Iterator[Text]:
    """The trees of a patch written as a block scalar, whose lines are those of the file without their indentation."""
    here = source.text.find("\n", scalar.start) + 1
    indent = len(source.text[here:]) - len(source.text[here:].lstrip(" "))
    starts = [0, *(match.end() for match in re.finditer("\n", scalar.text))]
    written: list[int] = []
    for _ in starts:
        written.append(here + indent)
        here = source.text.find("\n", here) + 1 or len(source.text)

    def there(offset: int) -> int:
        line = bisect_right(starts, offset) - 1
        return min(written[line] + offset - starts[line], scalar.end)

    yield from (Text(source, d.root, there, target) for d in parse(scalar.text) if d.root is not None)
