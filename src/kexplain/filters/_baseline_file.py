"""The file of a baseline: its entries read and written."""

import json
import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, NamedTuple

from kexplain.errors import InputError
from kexplain.files.decode import LARGEST

VERSION = 1
NAMES = ("path", "rule", "object", "fieldPath", "fingerprint")
"""The keys of an entry, in the order of the fields of Entry."""
CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
"""How git begins the lines with which it marks one."""


class BaselineError(InputError):
    """A baseline that is missing, cannot be read or written, or is none."""


class Entry(NamedTuple):
    """One known finding. ``path`` is relative to the baseline's folder; ``fingerprint`` knows nothing of the path.

    ``incomplete`` when only a run over part of the files has it, as that of a commit hook.
    """

    path: str
    rule: str
    object: str
    field_path: str
    fingerprint: str
    incomplete: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What a finding must share to be covered."""
        return self.path, self.fingerprint


def read(path: str, *, may_lack: bool) -> list[Entry]:
    """The entries of a baseline; none where it is missing and may be. Raises BaselineError."""
    try:
        with open(path, "rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError as error:
        if may_lack:
            return []
        raise BaselineError(f"there is no baseline {path}; write it with --update-baseline") from error
    except (OSError, ValueError) as error:
        raise BaselineError(f"cannot read the baseline {path}: {getattr(error, 'strerror', None) or error}") from error
    if len(data) > LARGEST:
        raise BaselineError(f"the baseline {path} is larger than {LARGEST // 1024**2} MiB; name another file")
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        words = f"not JSON ({error.msg}); fix the line, or delete the file and write it anew with --update-baseline"
        if error.doc[error.pos :].startswith(CONFLICT):
            words = "a merge conflict; keep the lines of both sides, with commas between, then run --update-baseline"
        raise BaselineError(f"{path}:{error.lineno}:{error.colno}: {words}") from error
    except (ValueError, RecursionError) as error:
        raise BaselineError(f"{path} is not a baseline of kexplain: {error}; name another file") from error
    return entries_of(found, path)


def entries_of(found: Any, path: str) -> list[Entry]:
    """What a baseline's JSON says. Raises BaselineError."""
    version = found.get("version") if isinstance(found, dict) else None
    if isinstance(version, int) and version > VERSION and "findings" in found:
        raise BaselineError(f"{path} was written by a newer kexplain (version {version}); update kexplain to read it")
    if version != VERSION or not isinstance(found.get("findings"), list):
        raise BaselineError(f"{path} is not a baseline of kexplain; name another file for --baseline")
    entries = []
    for number, record in enumerate(found["findings"], 1):
        values = [record.get(name) if isinstance(record, dict) else None for name in NAMES]
        lacking = [name for name, value in zip(NAMES, values, strict=True) if not isinstance(value, str)]
        if lacking:
            mend = "fix it, or delete the file and write it anew with --update-baseline"
            raise BaselineError(f"{path}: entry {number} has no text for {lacking[0]!r}; {mend}")
        entries.append(Entry._make([*values, record.get("incomplete") is True]))
    return entries


def write(path: str, entries: Iterable[Entry]) -> None:
    """Writes a baseline, all of it or nothing, and leaves alone one that would not change. Raises BaselineError."""
    records = [json.dumps(record_of(entry)) for entry in entries]
    lines = ",\n    ".join(records)
    text = f'{{\n  "version": {VERSION},\n  "findings": [\n    {lines}\n  ]\n}}\n'
    target = os.path.realpath(path)
    temporary, begun = f"{target}.{os.getpid()}.tmp", False
    try:
        there = os.path.exists(target)
        if there and same_text(target, text):
            return
        with open(temporary, "x", encoding="ascii", newline="\n") as file:
            begun = True
            file.write(text)
        if there:
            os.chmod(temporary, stat.S_IMODE(os.stat(target).st_mode))
        os.replace(temporary, target)
    except OSError as error:
        if begun:
            with suppress(OSError):
                os.unlink(temporary)
        raise BaselineError(f"cannot write the baseline {path}: {error.strerror or error}") from error


def record_of(entry: Entry) -> dict[str, Any]:
    """An entry as the file has it."""
    return dict(zip(NAMES, entry[:-1], strict=True)) | ({"incomplete": True} if entry.incomplete else {})


def same_text(path: str, text: str) -> bool:
    """Whether a file holds a text, whatever line breaks git gave it."""
    with open(path, encoding="utf-8-sig", errors="replace") as file:
        return file.read() == text
