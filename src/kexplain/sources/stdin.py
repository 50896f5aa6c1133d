"""Standard input, under the name that the person gives it."""

import sys

from kexplain.source import Source, Unread
from kexplain.sources.files import LARGEST, decode


def read_stdin(name: str = "<stdin>") -> Source | Unread:
    """What stands on standard input, or why it could not be read."""
    if sys.stdin is None:
        return Unread(name, "standard input is closed")
    return decode(name, sys.stdin.buffer.read(LARGEST + 1))
