"""Schemas from the network: an address is asked once a day, and what it said is kept in a folder."""

import os
import time

from kexplain.errors import InputError

FRESH = 24 * 3600
"""Seconds for which what is kept needs no asking."""
LARGEST = 16 * 1024 * 1024
PATIENCE = 20
"""Seconds for one address."""


class RemoteError(InputError):
    """An address that gives no answer."""


def fetch(address: str, cache: str) -> str:
    """The text at an address, empty where the server has none. Raises RemoteError when it cannot be reached.

    ``cache`` is the folder of what was fetched before; empty for none. What is older than a day is asked for again, and
    used when nobody answers.
    """
    kept = os.path.join(cache, name_of(address)) if cache else ""
    if kept and os.path.isfile(kept) and time.time() - os.path.getmtime(kept) < FRESH:
        return read(kept)
    try:
        text = ask(address)
    except RemoteError:
        if kept and os.path.isfile(kept):
            return read(kept)
        raise
    if kept:
        keep(kept, text)
    return text


def name_of(address: str) -> str:
    """The file of an address in the cache."""
    from hashlib import sha256

    return f"{sha256(address.encode()).hexdigest()}.json"


def read(path: str) -> str:
    """A file of the cache; empty where it is not text."""
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read(LARGEST)


def keep(path: str, text: str) -> None:
    """Puts a text into the cache, whole or not at all; a folder that cannot be written only costs time."""
    part = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(part, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(part, path)
    except OSError:
        return


def ask(address: str) -> str:
    """What a server says at an address; empty for "not found". Raises RemoteError."""
    from http.client import HTTPException
    from urllib.error import HTTPError
    from urllib.request import Request, urlopen

    try:
        request = Request(address, headers={"User-Agent": "kexplain"})  # noqa: S310 - http and https only, see Definitions
        with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            data = answer.read(LARGEST + 1)
    except HTTPError as error:
        if error.code in {404, 410}:
            return ""
        raise RemoteError(f"{address}: the server answers {error.code} {error.reason}") from error
    except (OSError, ValueError, HTTPException) as error:
        reason = getattr(error, "reason", None) or error
        raise RemoteError(f"{address}: {reason}; a folder works as --schema-location too") from error
    if len(data) > LARGEST:
        raise RemoteError(f"{address}: larger than {LARGEST // 1024**2} MiB")
    return bytes(data).decode("utf-8", "replace")
