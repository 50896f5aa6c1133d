"""Where the generated data lies, and how one file of it is read."""

import json
import zlib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "_data"


class DataMissingError(Exception):
    """A generated data file is not there: the package was not installed but copied or run from its sources."""


def read(name: str) -> bytes:
    """Returns the decompressed bytes of one generated file. Raises DataMissingError."""
    try:
        packed = (FOLDER / name).read_bytes()
    except OSError as error:
        hint = "kexplain's generated data is missing; install the package (pip install -e . in a checkout)"
        raise DataMissingError(f"{hint}: {error}") from error
    return zlib.decompress(packed)


def read_json(name: str) -> Any:
    """Returns the decoded JSON of one generated file. Raises DataMissingError."""
    return json.loads(read(name))
