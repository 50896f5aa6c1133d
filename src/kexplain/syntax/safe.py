"""Text from a manifest made safe to show: no control characters, no workflow commands."""

import json
import re

UNSAFE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\ud800-\udfff\U000e0000-\U000e007f]"  # lone surrogates cannot be written as UTF-8; tags are invisible
)
COMMAND = re.compile(r"##(\w*)\[")
"""What runners obey anywhere in a line of a log: ``##[command]`` on GitHub, ``##vso[`` in Azure, ``##teamcity[``."""
INERT = r"##\1("


def json_text(value: object) -> str:
    """JSON for people and tools; what harms a terminal, or cannot be encoded, is escaped."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return UNSAFE.sub(lambda match: json.dumps(match[0])[1:-1], text) + "\n"


def clean(text: str) -> str:
    r"""Text of a manifest, harmless on a terminal: no control, escape, zero-width or bidirectional characters.

    Each is shown as its escape (``\\x1b``), so is what UTF-8 cannot hold; tabs and line feeds stay.
    """
    return UNSAFE.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


def inert(text: str) -> str:
    """Text whose lines are no commands to the runner of a pipeline, which reads them from a log."""
    return COMMAND.sub(INERT, re.sub(r"(?m)^(?=[^\S\n]*::)", "./", text) if "::" in text else text)
