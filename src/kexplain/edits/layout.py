"""How the text of an object is laid out: where its nodes begin and end in lines, and in which style it is written."""

import json
from collections.abc import Iterator
from typing import Any

from kexplain.edits.round_trip import flow
from kexplain.syntax.change import ChangeError, Path
from kexplain.syntax.edit import Edit
from kexplain.syntax.tree import Mapping, Node, Scalar, Sequence, Span, comments_of, nodes_below

COMMENT = "a comment stands in what would go"
SHARED = "it is shared by an alias or a merge key"
FLOW = ("{", "[")


class Layout:
    """The text of an object at a root. Methods raise ChangeError for what the text has no place of its own for."""

    def __init__(self, text: str, root: Node) -> None:
        self.text = text
        self.root = root
        self.newline = "\r\n" if "\r\n" in text else "\n"
        self.json = text.startswith("{", root.start) and text[root.start + 1 :].lstrip().startswith('"')
        self.width, self.dash = self.style()

    def style(self) -> tuple[int, int]:
        """How far a mapping below a key is indented, and the dashes of a list."""
        width, dash = 0, -1
        for node in nodes_below([self.root]):
            for _, (key, value, _) in node.fields.items() if isinstance(node, Mapping) else ():
                if value.start < key.end or self.text.startswith(FLOW, value.start):
                    continue
                if isinstance(value, Mapping):
                    width = width or max(self.column(value.start) - self.column(key.start), 0)
                elif isinstance(value, Sequence) and dash < 0:
                    dash = self.column(value.start) - self.column(key.start)
        return width or 2, max(dash, 0)

    def walked(self, path: Path) -> list[Node]:
        """The nodes from the root to a path, none of them written elsewhere."""
        found: list[Node] = [self.root]
        for step in path:
            node, before = found[-1], found[-1].start
            if isinstance(node, Mapping) and isinstance(step, str) and step in node.fields:
                key, node, merged = node.fields[step]
                if merged:
                    raise ChangeError(SHARED)
                before = key.end
            elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
                node = node.items[step]
            else:
                raise ChangeError("the field is not there")
            if node.start < before:
                raise ChangeError(SHARED)
            found.append(node)
        return found

    def deepest(self, path: Path) -> tuple[Path, Path]:
        """How far down a path something is, and what is missing below."""
        node: Node = self.root
        for number, step in enumerate(path):
            below = None
            if isinstance(node, Mapping) and isinstance(step, str):
                below = node.get(step)
            elif isinstance(node, Sequence) and isinstance(step, int):
                below = node.items[step] if step < len(node.items) else None
            elif not isinstance(node, Scalar) or node.value is not None:
                raise ChangeError("another value stands where the field belongs")
            if below is None:
                return path[:number], path[number:]
            node = below
        return path, ()

    def key(self, path: Path) -> Scalar:
        """The key of the field at a path."""
        holder = self.walked(path[:-1])[-1]
        entry = holder.fields.get(str(path[-1])) if isinstance(holder, Mapping) else None
        if entry is None or entry.merged:
            raise ChangeError(SHARED)
        return entry.key

    def grip(self, path: Path) -> Node:
        """What stands first of a field or item: its key, or itself."""
        return self.key(path) if isinstance(path[-1], str) else self.walked(path)[-1]

    def own(self, node: Mapping | Sequence) -> list[tuple[str | int, int, int]]:
        """What a mapping or list holds itself, in the order of the text: name, where it begins and ends.

        An item of a block list begins with its dash.
        """
        found: list[tuple[str | int, int, int]] = []
        if isinstance(node, Mapping):
            for name, (key, value, merged) in node.fields.items():
                if not merged:
                    found.append((name, key.start, self.end(value, key.end)))
            return sorted(found, key=lambda one: one[1])
        block, here = not self.text.startswith("[", node.start), node.start
        for index, item in enumerate(node.items):
            if item.start < here:
                raise ChangeError(SHARED)
            start = self.text.rindex("-", here, item.start + 1) if block else item.start
            here = self.end(item, start)
            found.append((index, start, here))
        return found

    def end(self, node: Node, after: int = 0) -> int:
        """Where a node ends; one that is nothing, behind what stands before it."""
        if node.start < after and not (isinstance(node, Scalar) and node.start == node.end):
            return self.alias_end(after)
        if isinstance(node, Scalar) or self.text.startswith(FLOW, node.start):
            return max(node.end, after)
        own = self.own(node)
        return own[-1][2] if own else max(node.end, after)

    def alias_end(self, after: int) -> int:
        """Where the alias ends that follows a key or a dash."""
        start = self.text.find("*", after)
        if start < 0 or self.text[after:start].strip(" :-"):
            raise ChangeError(SHARED)
        return next((n for n in range(start, len(self.text)) if self.text[n] in " \t\r\n,]}"), len(self.text))

    def is_flow(self, path: Path) -> bool:
        """Whether what stands at a path is a mapping or list in braces or brackets."""
        node = self.walked(path)[-1]
        return not isinstance(node, Scalar) and self.text.startswith(FLOW, node.start)

    def line_start(self, offset: int) -> int:
        """Where the line of an offset begins."""
        return self.text.rfind("\n", 0, offset) + 1

    def line_end(self, offset: int) -> int:
        """Where it ends, before its line break."""
        end = self.text.find("\n", offset)
        end = len(self.text) if end < 0 else end
        return end - 1 if self.text.endswith("\r", offset, end) else end

    def column(self, offset: int) -> int:
        """How far an offset is into its line."""
        return offset - self.line_start(offset)

    def indent(self, offset: int) -> str | None:
        """The space before an offset, where nothing else stands before it on its line."""
        before = self.text[self.line_start(offset) : offset]
        return None if before.strip(" ") else before

    def whole_lines(self, start: int, end: int) -> tuple[int, int]:
        """The lines from one offset to another with one line break; of the last line of a text the one before it."""
        begin, until = self.line_start(start), self.line_end(end)
        if until < len(self.text):
            return begin, until + len(self.newline)
        return max(begin - len(self.newline), 0), until

    def lines(self, lines: list[str], column: int) -> str:
        """Lines as they follow another, each indented."""
        return "".join(f"{self.newline}{' ' * column}{line}" for line in lines)

    def refuse_comments(self, start: int, end: int) -> None:
        """Raises ChangeError where a comment has a line of its own between two offsets."""
        if any(comment.alone for comment in comments_of(self.text, self.root, Span(start, end))):
            raise ChangeError(COMMENT)

    def scalar_edits(self, node: Scalar, value: Any) -> Iterator[Edit]:
        """A value in place of a scalar; one that only lacks quotes gets those."""
        if isinstance(value, str) and node.plain and node.text == value != node.value and node.end > node.start:
            yield from (Edit(node.start, '"'), Edit(node.end, '"'))
            return
        gap = " " if node.start == node.end and self.text[: node.start].endswith((":", "-")) else ""
        yield Edit(node.start, gap + self.scalar(value, node), node.end - node.start)

    def scalar(self, value: Any, old: Scalar) -> str:
        """A value in one line, in the quotes that stood there."""
        quote = self.text[old.start] if old.end > old.start else ""
        if isinstance(value, str) and quote == "'" and value.isprintable():
            return "'" + value.replace("'", "''") + "'"
        if isinstance(value, str) and quote == '"':
            return json.dumps(value, ensure_ascii=False)
        return self.inline(value)

    def inline(self, value: Any) -> str:
        """A value in one line."""
        return json.dumps(value, ensure_ascii=False) if self.json else flow(value)
