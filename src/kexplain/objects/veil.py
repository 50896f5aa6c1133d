"""Takes hidden words out of messages: whatever a rule says, it says nothing of what nobody may be shown."""

import re
from collections.abc import Iterable, Sequence

from kexplain.objects.secret import is_hidden
from kexplain.syntax.tree import Document, Mapping, Node, Scalar, Span, nodes_below

HIDDEN = "(hidden)"
LEAST, LEAST_WORD, HEAD = 3, 4, 4
"""Characters of a hidden text, and of a word of it, from which on messages are searched for it; and by which."""
PROSE = 5
"""Words of a line that is prose, as in a comment."""
ORDINARY = frozenset(
    {"true", "false", "null", "none", "name", "value", "data", "string", "number", "list", "kind", "type", "text"}
)
"""Words that are part of messages and no secrets."""
MOST_ALIKE = 50
APART = r"[^\w+/=-]+"
AROUND = " \t\"'*&!|>%@`,:;[]{}()#-"
CUT = "…"
"""How a message ends that was too long."""


class Veil:
    """Takes out of messages what is hidden in a text, unless it stands openly in the same text as well."""

    def __init__(self, text: str, documents: Iterable[Document], spans: Sequence[Span]) -> None:
        self.text = text
        self.spans = spans
        self.heads: dict[str, set[str]] = {}
        self._open: set[str] | None = None
        for start, end in spans:
            self.add_raw(text[start:end])
        for document in documents:
            for node in nodes_below([document.root] if document.root else []):
                self.add_node(node)

    def add_raw(self, text: str) -> None:
        """Remembers a hidden text: its lines and its words, as they are written; of prose the lines alone."""
        for line in text.splitlines():
            words = line.split()
            self.add(line)
            if len(words) < PROSE:
                for word in {*words, *re.split(APART, line)}:
                    self.add(word, LEAST_WORD)

    def add_node(self, node: Node) -> None:
        """Remembers what a hidden scalar reads as."""
        if isinstance(node, Mapping):
            for entry in node.fields.values():
                self.add_node(entry.key)
        elif isinstance(node, Scalar) and is_hidden(self.spans, node):
            self.add(" ".join(node.text.split()))
            if not isinstance(node.value, str | bool | None):
                self.add(str(node.value))

    def add(self, word: str, least: int = LEAST) -> None:
        """Remembers one text that no message may hold."""
        word = word.strip(AROUND)
        if len(word) >= least and word not in ORDINARY:
            self.heads.setdefault(word[:HEAD], set()).add(word)

    def over(self, message: str) -> str:
        """A message without what is hidden."""
        pieces, done = [], 0
        for match in re.finditer(r"(?<![^\W_])[^\W]", message):
            here = match.start()
            if here < done:
                continue
            found = max(self.found_at(message, here), default=0)
            if found:
                pieces += [message[done:here], HIDDEN]
                done = here + found
        return "".join([*pieces, message[done:]]) if pieces else message

    def found_at(self, message: str, here: int) -> Iterable[int]:
        """The lengths of what is hidden and stands there in a message."""
        for head in (message[here : here + HEAD], message[here : here + LEAST]):
            words = self.heads.get(head, ())
            for number, word in enumerate(words):
                end = here + len(word)
                whole = message.startswith(word, here) and not message[end : end + 1].isalnum()
                cut = message.find(CUT, here, here + 80)
                if (whole or (cut > here and word.startswith(message[here:cut]))) and not self.is_open(word):
                    yield end - here if whole else cut - here
                elif number > MOST_ALIKE:
                    yield len(re.split(r"\s", message[here:], maxsplit=1)[0])
                    return

    def is_open(self, word: str) -> bool:
        """Whether a word stands in the text where everybody may see it."""
        if self._open is None:
            pieces, here = [], 0
            for start, end in self.spans:
                pieces.append(self.text[here:start])
                here = end
            text = " ".join([*pieces, self.text[here:]])
            self._open = {piece.strip(AROUND) for piece in [*text.split(), *re.split(APART, text)]}
        return word in self._open
