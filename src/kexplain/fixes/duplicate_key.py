"""duplicate-key: the first value of a key that is written twice, which is lost, goes."""

import re

from kexplain.fix import Fix, Target
from kexplain.syntax.change import Text
from kexplain.syntax.edit import Edit

REST = re.compile(r":?[ \t]*(#[^\n]*)?(\n|\Z)")
"""What may stand behind a value on its line."""


def fix(target: Target) -> Fix | None:
    """The lines of the first one, where no other field stands on them; what the file means stays."""
    text = target.file.source.text
    for mark in (mark for document in target.file.documents for mark in document.marks):
        if mark.kind == "duplicate" and mark.span == target.finding.span and mark.other and mark.lost:
            line, key = text.rfind("\n", 0, mark.other.start) + 1, mark.other.start
            rest = REST.match(text, max(mark.lost.end, mark.other.end))
            if rest is None:
                return None
            edit = Edit(line, "", rest.end() - line)
            if text[line:key].strip(" "):  # a dash stands before it, which the next field takes
                if text[line:key].strip(" -") or not re.match(rf" {{{key - line}}}[^\s#]", text[rest.end() :]):
                    return None
                edit = Edit(key, "", rest.end() + key - line - key)
            return Fix(f"remove the first {mark.message}, which is lost", (Text((edit,)),), safe=True)
    return None
