"""How many values of an object are filled in later, for what a report says of it."""

import re
from functools import lru_cache

from kexplain.api.schema import Api
from kexplain.objects.manifest import Manifest
from kexplain.objects.walk import walk
from kexplain.syntax.tree import waits
from kexplain.words import count

BEFORE = " \"'/-:@"
SIGNS = {
    "$": ("${", "$(", "$$"), "{": ("{{", "{%", "#{"), "<": ("<%", *(f"{before}<" for before in BEFORE)),
    "@": tuple(f"{before}@" for before in BEFORE), "__": ("__",), "ENC[": ("ENC[",),
}  # fmt: skip
"""What stands in a placeholder, by what is sought first: in most files there is none of it."""
LETTERS = r"[{%$][A-Z_]"
"""What a text with a placeholder in it holds: in most files there is nothing of it, and no object is looked through."""


@lru_cache(maxsize=1)
def may_wait(text: str, start: int, end: int) -> bool:
    """Whether a document of a text may hold a placeholder; asked for each of its objects, and answered once."""
    for first, signs in SIGNS.items():
        if text.find(first, start, end) >= 0 and any(text.find(sign, start, end) >= 0 for sign in signs):
            return True
    return bool(re.compile(LETTERS).search(text, start, end))


def unresolved_words(manifest: Manifest, api: Api) -> str:
    """``3 values are filled in later``; empty where none is. Only values that the API describes are counted."""
    if manifest.kind == "CustomResourceDefinition" or not may_wait(manifest.source.text, *manifest.document.span):
        return ""
    if not waits(manifest.root):
        return ""
    number = sum(visit.unresolved for visit in walk(manifest, api) if visit.field is not None)
    return f"{count(number, 'value')} {'is' if number == 1 else 'are'} filled in later" if number else ""
