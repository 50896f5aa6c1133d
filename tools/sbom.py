"""Prints a software bill of materials (CycloneDX 1.6, JSON) of kexplain as it is installed here.

    python tools/sbom.py > sbom.cdx.json

Components are kexplain, every library that it needs (with the extras that are installed), and the projects whose facts
it carries, from NOTICE. Nothing in it depends on the time: the same installation gives the same bytes.
"""

import json
import re
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
NAME = re.compile(r"[A-Za-z0-9][\w.-]*")
EXTRA = re.compile(r"""extra == ["']([\w-]+)""")
SOURCE = re.compile(r"(?m)^(?P<project>[\w.-]+/[\w.-]+) at (?P<commit>[0-9a-f]{12}), (?P<licence>\S+)$")


def needed(name: str, seen: dict[str, metadata.Distribution]) -> None:
    """Collects a distribution and all that it needs and that is installed, by name."""
    try:
        found = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return  # an extra that is not installed, or meant for another platform
    key = re.sub(r"[-_.]+", "-", name).lower()
    if key in seen:
        return
    seen[key] = found
    for wanted in found.requires or []:
        extra, match = EXTRA.search(wanted), NAME.match(wanted)
        if match and (extra is None or (key == "kexplain" and extra[1] != "dev")):
            needed(match[0], seen)


def component(name: str, found: metadata.Distribution) -> dict[str, Any]:
    """A library."""
    licence = found.metadata.get("License-Expression") or found.metadata.get("License") or ""
    said = [{"license": {"name": licence}}] if licence and "\n" not in licence and len(licence) < 60 else []
    reference = f"pkg:pypi/{name}@{found.version}"
    known = {"type": "library", "bom-ref": reference, "name": name, "version": found.version, "purl": reference}
    return {**known, "licenses": said} if said else known


def facts(notice: str) -> Iterator[dict[str, Any]]:
    """The projects whose facts are bundled."""
    for match in SOURCE.finditer(notice):
        reference = f"pkg:github/{match['project']}@{match['commit']}"
        yield {
            "type": "data", "bom-ref": reference, "name": match["project"], "version": match["commit"],
            "purl": reference, "licenses": [{"license": {"id": match["licence"]}}],
        }  # fmt: skip


def bill() -> dict[str, Any]:
    """The whole bill."""
    seen: dict[str, metadata.Distribution] = {}
    needed("kexplain", seen)
    own = component("kexplain", seen.pop("kexplain")) | {"type": "application"}
    libraries = [component(name, found) for name, found in sorted(seen.items())]
    data = list(facts((ROOT / "NOTICE").read_text(encoding="utf-8")))
    return {
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "metadata": {"component": own},
        "components": libraries + data,
        "dependencies": [{"ref": own["bom-ref"], "dependsOn": [one["bom-ref"] for one in libraries]}],
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(bill(), indent=2))
