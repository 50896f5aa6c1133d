"""What a text means, to tell whether an edit changed it."""

from kexplain.syntax.parse import parse
from kexplain.syntax.tree import Document, plain_value


def meaning(text: str) -> list[object]:
    """What a text says to Kubernetes."""
    return said(parse(text))


def said(documents: list[Document]) -> list[object]:
    """The same of a text that was parsed."""
    return [plain_value(document.root) for document in documents]
