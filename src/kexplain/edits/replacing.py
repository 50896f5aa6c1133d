"""Puts new content in place of a file's, so that whatever happens one of the two is there, and whole."""

import errno
import os
import shutil
from pathlib import Path


def replace_file(path: Path, data: bytes) -> None:
    """Replaces the content of a file; in a folder that takes no other file it is written into the file itself.

    A link is followed. Raises OSError, with the file as it was, where it may not be written or the disk is full.
    """
    path = path.resolve()
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with scratch.open("xb") as file:
            file.write(data)
        shutil.copymode(path, scratch)
        scratch.replace(path)
    except PermissionError:
        scratch.unlink(missing_ok=True)
        path.write_bytes(data)
    except BaseException:  # interrupted, too
        scratch.unlink(missing_ok=True)
        raise
