"""Image references: text → registry, repository, tag and digest, by the grammar of distribution/reference."""

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import NamedTuple

DOCKER_HUB = "docker.io"
LONGEST_REPOSITORY, LONGEST = 255, 1024
DIGEST_LENGTHS = {"sha256": 64, "sha384": 96, "sha512": 128}
"""Algorithm → hexadecimal digits."""


class Image(NamedTuple):
    """A reference. Registry and repository are complete (``nginx`` → ``docker.io``, ``library/nginx``).

    ``tag`` and ``digest`` are as written, empty where absent.
    """

    registry: str
    repository: str
    tag: str
    digest: str

    @property
    def implicit_tag(self) -> str:
        """The tag that counts: the written one; ``latest`` where there is no digest either; else empty."""
        return self.tag or ("" if self.digest else "latest")

    @property
    def name(self) -> str:
        """The complete name without tag and digest: ``docker.io/library/nginx``."""
        return f"{self.registry}/{self.repository}"

    def comes_from(self, sources: Iterable[str]) -> bool:
        """Whether it lies in one of some registries or repositories; ``*`` in these stands for any part of a name."""
        parts = self.name.split("/")
        wanted = [source.strip("/") for source in sources]
        return any(fnmatchcase("/".join(parts[: source.count("/") + 1]), source) for source in wanted)


@lru_cache(maxsize=1)
def grammar() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The patterns of a registry, and of the repository with tag and digest that follows it."""
    label = r"(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)"
    host = rf"(?:{label}(?:\.{label})*|\[[a-fA-F0-9:]+\])"
    part = r"[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*"
    digest = r"[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}"
    rest = rf"(?P<repository>{part}(?:/{part})*)(?::(?P<tag>\w[\w.-]{{0,127}}))?(?:@(?P<digest>{digest}))?"
    return re.compile(rf"{host}(?::[0-9]+)?"), re.compile(rest, re.ASCII)


@lru_cache(maxsize=4096)
def parse_image(text: str) -> Image:
    """Parses an image reference. Raises ValueError with a message for a person where it is malformed."""
    registry, rest = split_registry(check_text(text))
    hosts, references = grammar()
    if not hosts.fullmatch(registry):
        raise ValueError(f"{registry!r} is not the host name of a registry")
    repository = rest.partition(":")[0].partition("@")[0]
    if repository != repository.lower():
        raise ValueError(f"the repository {repository!r} must be lower case")
    match = references.fullmatch(rest)
    if not match:
        raise ValueError(f"{text!r} is not an image reference")
    if len(match["repository"]) > LONGEST_REPOSITORY:
        raise ValueError(f"the repository is longer than {LONGEST_REPOSITORY} characters")
    digest = match["digest"] or ""
    algorithm, _, hexadecimal = digest.partition(":")
    if digest and (DIGEST_LENGTHS.get(algorithm) != len(hexadecimal) or hexadecimal != hexadecimal.lower()):
        known = ", ".join(f"{name} with {length}" for name, length in DIGEST_LENGTHS.items())
        raise ValueError(f"{digest[:20]!r}… is not a digest: {known} lower-case hexadecimal digits")
    return Image(registry, match["repository"], match["tag"] or "", digest)


def check_text(text: str) -> str:
    """The text, where it can be a reference at all. Raises ValueError."""
    if not text:
        raise ValueError("the image is empty")
    if len(text) > LONGEST:
        raise ValueError(f"an image reference of {len(text):,} characters is too long")
    if any(character.isspace() for character in text):
        raise ValueError(f"{text!r} has a space; an image reference has none")
    if "://" in text:
        raise ValueError(f"{text!r} begins like a URL; leave out {text.partition('://')[0]}://")
    if re.fullmatch("[a-f0-9]{64}", text):
        raise ValueError("64 hexadecimal digits are an image ID; a reference needs a name before @sha256:")
    return text


def split_registry(text: str) -> tuple[str, str]:
    """Registry and the rest, both complete: what names no registry is on Docker Hub, perhaps in library/."""
    first, slash, rest = text.partition("/")
    named = slash and (first == "localhost" or "." in first or ":" in first or first != first.lower())
    registry, rest = (first, rest) if named else (DOCKER_HUB, text)
    if registry == "index.docker.io":
        registry = DOCKER_HUB
    return registry, f"library/{rest}" if registry == DOCKER_HUB and "/" not in rest else rest
