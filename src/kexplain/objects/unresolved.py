"""How many values of an object are filled in later, for what a report says of it."""

from kexplain.api.schema import Api
from kexplain.objects.manifest import Manifest
from kexplain.objects.walk import walk
from kexplain.words import count

SIGNS = ("${", "{{", "$(", "$$", "<%", "{%", "#{", " @", '"@', " <", '"<', " __", '"__', " %", '"%', " {", '"{')
"""What every text with a placeholder in it holds: most objects have none, and are not walked for it."""


def unresolved_words(manifest: Manifest, api: Api) -> str:
    """``3 values are filled in later``; empty where none is. Only values that the API describes are counted."""
    text = manifest.source.text
    start, end = manifest.document.span
    if manifest.kind == "CustomResourceDefinition" or all(text.find(sign, start, end) < 0 for sign in SIGNS):
        return ""
    number = sum(visit.unresolved for visit in walk(manifest, api) if visit.field is not None)
    return f"{count(number, 'value')} {'is' if number == 1 else 'are'} filled in later" if number else ""
