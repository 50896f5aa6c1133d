"""Kubernetes versions as people write them: ``1.29``, ``v1.29``, ``1.29.3``."""

import re
from typing import NamedTuple

from kexplain.errors import InputError

BUNDLED = tuple(range(25, 38))
"""Minor versions whose API types are in the package."""


class Release(NamedTuple):
    """A minor version of Kubernetes; compares by age."""

    major: int
    minor: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}"

    @property
    def bundled(self) -> "Release":
        """The nearest version whose API types are in the package: itself, the oldest or the newest."""
        return Release(1, min(max(self.minor, BUNDLED[0]), BUNDLED[-1]))


class ReleaseError(InputError, ValueError):
    """A text that is no version of Kubernetes."""


OLDEST, NEWEST = Release(1, BUNDLED[0]), Release(1, BUNDLED[-1])
"""The ends of them."""


def parse_release(text: str) -> Release:
    """Reads ``X.Y``, ``vX.Y`` or ``X.Y.Z``. Raises ReleaseError with a message for the person who typed it."""
    match = re.fullmatch(r"v?(\d+)\.(\d{1,3})(?:\.\d+)?(?:[-+].*)?", text.strip())
    if not match or match[1] != "1":
        raise ReleaseError(
            f"{text!r} is not a Kubernetes version; write 1.{BUNDLED[-1]}, v1.{BUNDLED[-1]} or 1.{BUNDLED[-1]}.0"
        )
    return Release(int(match[1]), int(match[2]))
