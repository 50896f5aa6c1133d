"""Changing YAML that a person wrote by structure: ruamel.yaml's round trip keeps its comments, order and layout."""

import io
import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from kexplain.errors import InputError
from kexplain.syntax.meaning import meaning
from kexplain.syntax.parse import parse
from kexplain.syntax.tree import Span, comments_of, plain_value

WIDTH = 10_000
"""Characters of a line; what a person wrote on one is not folded."""


class LossError(InputError):
    """A change that the round trip would pay for with a comment, or with what other lines mean."""


def changed(text: str, change: Callable[[Any], None], expected: Mapping[str, Any]) -> str:
    """A mapping's text after a change of its tree, all other lines as they were. Raises LossError.

    ``expected`` is what the result has to mean.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.comments import CommentedMap

    yaml = YAML()
    yaml.preserve_quotes, yaml.width = True, WIDTH
    dashes = 2 if re.search(r"^  +- ", text, re.MULTILINE) else 0
    yaml.indent(mapping=2, sequence=2 + dashes, offset=dashes)
    yaml.explicit_start = bool(re.search(r"^---", text, re.MULTILINE))
    root = yaml.load(text)
    if root is None:  # nothing but comments: what is new follows them
        root = CommentedMap()
        change(root)
        new = text + ("\n" if text and not text.endswith("\n") else "") + dumped(yaml, root)
    else:
        before = dumped(yaml, root)
        change(root)
        new = spliced(text, before, dumped(yaml, root))
    if meaning(new) != [expected] or comments_in(text) - comments_in(new):
        raise LossError("it cannot be changed without loss of a comment or of its layout; change it by hand")
    return new


def dumped(yaml: Any, root: Any) -> str:
    """A tree as text."""
    stream = io.StringIO()
    yaml.dump(root, stream)
    return stream.getvalue()


def spliced(text: str, before: str, after: str) -> str:
    """A text with the lines that differ between two others; where it has other lines than the first, the second."""
    old, one, two = (lines.splitlines(keepends=True) for lines in (text, before, after))
    if len(old) != len(one):
        return after
    same = range(min(len(one), len(two)))
    head = next((n for n in same if one[n] != two[n]), len(same))
    tail = next((n for n in same if n >= len(same) - head or one[-1 - n] != two[-1 - n]), len(same) - head)
    if head == len(old) and old and not old[-1].endswith("\n"):
        old[-1] += "\n"
    return "".join([*old[:head], *two[head : len(two) - tail], *old[len(old) - tail :]])


def comments_in(text: str) -> Counter[str]:
    """The comments of a text."""
    whole = Span(0, len(text))
    return Counter(c.text.strip() for document in parse(text) for c in comments_of(text, document.root, whole))


def written(value: Any) -> Any:
    """A plain value as the round trip writes it: lists and mappings in one line, quoted what else would not be text."""
    from ruamel.yaml.comments import CommentedMap, CommentedSeq
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    if isinstance(value, list):
        new = CommentedSeq([written(item) for item in value])
        new.fa.set_flow_style()
        return new
    if isinstance(value, Mapping):
        mapping = CommentedMap({key: written(item) for key, item in value.items()})
        mapping.fa.set_flow_style()
        return mapping
    if isinstance(value, str) and plain_value(parse(value)[0].root if parse(value) else None) != value:
        return DoubleQuotedScalarString(value)
    return value


def block(value: Any, width: int, dash: int) -> list[str]:
    """A mapping or list as the lines of a block, its first key or dash at the margin.

    ``width`` is the indentation of a mapping below its key, ``dash`` that of the dashes of a list.
    """
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.width = WIDTH
    yaml.indent(mapping=width, sequence=dash + 2, offset=dash)
    margin = dash if isinstance(value, list) else 0
    return [line[margin:] for line in dumped(yaml, in_blocks(value)).splitlines()]


def in_blocks(value: Any) -> Any:
    """A plain value as the round trip writes it in blocks, quoted what else would not be text."""
    if value and isinstance(value, Mapping):
        return {key: in_blocks(item) for key, item in value.items()}
    return [in_blocks(item) for item in value] if value and isinstance(value, list) else written(value)


def flow(value: Any) -> str:
    """A value in one line, as it can also stand between braces."""
    from ruamel.yaml import YAML

    if isinstance(value, list):
        return f"[{', '.join(map(flow, value))}]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{flow(key)}: {flow(item)}" for key, item in value.items()) + "}"
    yaml = YAML()
    yaml.width = WIDTH
    return dumped(yaml, written([value])).strip()[1:-1]


def put(root: Any, keys: tuple[str, ...], value: Any) -> None:
    """Sets what a path of keys leads to; of a list those items stay that the new one has as well."""
    from ruamel.yaml.comments import CommentedMap

    *above, last = keys
    for key in above:
        if not isinstance(root.get(key), dict):
            root[key] = CommentedMap()
        root = root[key]
    there = root.get(last)
    if not isinstance(there, list) or not isinstance(value, list):
        root[last] = written(value)
        return
    for number in reversed(range(len(there))):
        if there[number] not in value:
            del there[number]
    for item in value:
        if item not in there:
            append(there, written(item))


def append(listed: Any, item: Any) -> None:
    """Adds an item to a list, ahead of the comments that follow the list and speak of what is below."""
    token = last_comment(listed) if listed else None
    following = ""
    if token is not None:
        lines = token.value.splitlines(keepends=True)
        begin = next((n for n in range(1, len(lines)) if not lines[n].startswith((" ", "\t"))), len(lines))
        token.value, following = "".join(lines[:begin]), "".join(lines[begin:])  # the first ends the value's own line
    listed.append(item)
    if following:
        end_with(listed, following)


def last_comment(node: Any) -> Any:
    """The token of what follows the last value below a node: a comment, or empty lines; None where nothing does."""
    from ruamel.yaml.comments import CommentedMap, CommentedSeq

    while isinstance(node, CommentedMap | CommentedSeq) and node and not node.fa.flow_style():
        is_map = isinstance(node, CommentedMap)
        place = next(reversed(node)) if is_map else len(node) - 1
        if tokens := node.ca.items.get(place):
            return tokens[2 if is_map else 0]
        node = node[place]
    return None


def end_with(node: Any, words: str) -> None:
    """Puts comments and empty lines behind the last value below a node."""
    from ruamel.yaml.comments import CommentedMap, CommentedSeq
    from ruamel.yaml.error import CommentMark
    from ruamel.yaml.tokens import CommentToken

    token = CommentToken(f"\n{words}", CommentMark(0), None)
    inner = node[len(node) - 1] if isinstance(node, CommentedSeq) else node
    if isinstance(inner, CommentedMap) and not inner.fa.flow_style():
        inner.ca.items[next(reversed(inner))] = [None, None, token, None]
    else:
        node.ca.items[len(node) - 1] = [token, None, None, None]
