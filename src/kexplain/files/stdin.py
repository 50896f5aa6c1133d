"""Standard input, under the name that the person gives it."""

import sys

from kexplain.files.decode import LARGEST, decode
from kexplain.syntax.source import Source, Unread


def read_stdin(name: str = "<stdin>") -> Source | Unread:
    """What stands on standard input, or why it could not be read."""
    try:
        return decode(name, read_bytes())
    except OSError as error:
        return Unread(name, str(error))


def read_bytes() -> bytes:
    """The bytes of standard input, up to one more than a file may have. Raises OSError where it is closed."""
    if sys.stdin is None:
        raise OSError("standard input is closed")
    return sys.stdin.buffer.read(LARGEST + 1)
