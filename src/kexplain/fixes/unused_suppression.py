"""unused-suppression: the comment goes, or the name in it that has no effect."""

import re

from kexplain.fix import Fix, Target
from kexplain.syntax.change import Text
from kexplain.syntax.edit import Edit

NAMES = re.compile(r"#\s*kexplain:\s*ignore\[([^\]]*)\]")
ABOUT = re.compile(r"no finding of (\S+) begins")


def fix(target: Target) -> Fix | None:
    """Comments mean nothing to Kubernetes; an annotation is left."""
    text, span = target.file.source.text, target.finding.span
    match, about = NAMES.match(text, span.start, span.end), ABOUT.search(target.finding.message)
    names = [name.strip() for name in match[1].split(",")] if match else []
    if match is None or about is None or about[1] not in names:
        return None
    if len(names) > 1:
        kept = ", ".join(name for name in names if name != about[1])
        edit = Edit(match.start(1), kept, match.end(1) - match.start(1))
        return Fix(f"take {about[1]} out of the suppression", (Text((edit,)),), safe=True)
    start, end = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
    before = text[start : span.start]
    if before.strip():
        start, end = start + len(before.rstrip()), span.end
    else:
        end = len(text) if end < 0 else end + 1
    return Fix("remove the suppression", (Text((Edit(start, "", end - start),)),), safe=True)
