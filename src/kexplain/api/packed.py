"""Where the generated data lies and how it is read. On every start: imports little, decodes what is asked for."""

import json
import os
from typing import Any

from kexplain.errors import InputError

PACKAGE = os.path.dirname(os.path.dirname(__file__))
FOLDER = os.path.join(PACKAGE, "_data")


class DataMissingError(InputError):
    """A generated data file is not there: the package was not installed but copied or run from its sources."""


def read(name: str) -> bytes:
    """Returns the bytes of one generated file. Raises DataMissingError."""
    try:
        with open(f"{FOLDER}/{name}", "rb") as file:
            return file.read()
    except OSError as error:
        hint = "kexplain's generated data is missing; install the package (pip install -e . in a checkout)"
        raise DataMissingError(f"{hint}: {error}") from error


def read_json(name: str) -> Any:
    """Returns the decoded JSON of one generated file. Raises DataMissingError."""
    return json.loads(read(name))


class Records:
    """A file of many JSON records of which a run needs few: each is decoded when it is asked for.

    The file is a header line (``index``: name → offset and length in bytes; whatever else the writer put there), then
    the records.
    """

    def __init__(self, name: str) -> None:
        head, _, self._body = read(name).partition(b"\n")
        self.header: dict[str, Any] = json.loads(head)
        self.index: dict[str, list[int]] = self.header["index"]

    def __contains__(self, name: str) -> bool:
        return name in self.index

    def __getitem__(self, name: str) -> Any:
        offset, length = self.index[name]
        return json.loads(self._body[offset : offset + length])


def pack_records(records: dict[str, Any], **header: Any) -> bytes:
    """The bytes of such a file."""
    index, body, offset = {}, [], 0
    for name, record in records.items():
        line = json.dumps(record, separators=(",", ":"))
        index[name] = [offset, len(line)]
        body.append(line)
        offset += len(line)
    head = json.dumps({**header, "index": index}, separators=(",", ":"))
    return f"{head}\n{''.join(body)}".encode()


def pack_json(value: object) -> bytes:
    """The bytes of a file for ``read_json``."""
    return json.dumps(value, separators=(",", ":")).encode()


def module_names(folder: str) -> list[str]:
    """The modules of one of the package's plural folders, as names with dashes: what stands there is what there is."""
    files = os.listdir(f"{PACKAGE}/{folder}")
    return sorted(name[:-3].replace("_", "-") for name in files if name.endswith(".py") and name[0] != "_")
