"""Files: the text of one, decoded, and how reports name it.

Without pathlib, whose import costs 5 ms of every start.
"""

import os

from kexplain.syntax.cause import Reason
from kexplain.syntax.source import Source, Unread

ENDINGS = (".yaml", ".yml", ".json")
LARGEST = 64 * 1024 * 1024
"""Bytes; the API server takes no object above 3 MiB, so a file of this size is something else."""
DEVICES = ("/dev/", "/proc/")
"""Where a shell puts the output of a program that stands for a file: ``<(helm template .)``."""


def read_file(path: str) -> Source | Unread:
    """One file as a Source, or why it could not be read. A pipe or device is read only by its name in ``/dev``."""
    if os.path.exists(path) and not os.path.isfile(path) and not path.startswith(DEVICES):
        return Unread(display(path), "is a folder" if os.path.isdir(path) else "not a regular file")
    try:
        with open(path, "rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        return Unread(display(path), reason_of(error))
    return decode(display(path), data)


WIDE = (b"\xff\xfe", b"\xfe\xff")
"""How UTF-16 begins, as PowerShell redirects it; kubectl reads it too."""
SEALED = {
    b"\0GITCRYPT\0": "git-crypt (git-crypt unlock)",
    b"age-encryption.org/": "age",
    b"-----BEGIN AGE ENCRYPTED FILE-----": "age",
    b"-----BEGIN PGP MESSAGE-----": "PGP",
    b"$ANSIBLE_VAULT;": "Ansible Vault",
}
"""How files begin that are encrypted as a whole, and by what."""


def decode(path: str, data: bytes) -> Source | Unread:
    """Bytes as a Source: UTF-8, with or without byte-order mark, or UTF-16 with one."""
    if len(data) > LARGEST:
        return Unread(path, Reason(f"larger than {LARGEST // 1024**2} MiB", "not read"))
    for beginning, name in SEALED.items():
        if data.startswith(beginning):
            return Unread(path, Reason(f"encrypted by {name}", "decrypt it to check it"), wrong=False, skipped=True)
    try:
        if data[:2] in WIDE:
            return Source(path, data.decode("utf-16"))
        return Source(path, data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        name = "UTF-16" if data[:2] in WIDE else "UTF-8"
        return Unread(path, Reason(f"not {name}", "save it as UTF-8", detail=f"byte {error.start + 1}"))


def reason_of(error: OSError) -> str:
    """What the system says, as part of a sentence."""
    return (error.strerror or str(error)).lower()


def display(path: str) -> str:
    """A path as reports name it: forward slashes, no leading ``./``."""
    written = shown = path.replace(os.sep, "/")
    while shown.startswith("./"):
        shown = shown[2:].lstrip("/")
    return shown or written
