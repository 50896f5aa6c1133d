"""Prints the lowest versions that ``pyproject.toml`` allows, as constraints for pip: ``python tools/lowest.py``.

A bound that pip cannot resolve, or that fails the tests, is a lie: raise it.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
BOUND = re.compile(r"(?P<name>[A-Za-z0-9._-]+)\s*(?:\[[^\]]*\])?\s*[>=]=\s*(?P<version>[0-9][0-9A-Za-z.]*)")


def constraints(project: dict[str, Any]) -> Iterator[str]:
    """A line for each dependency that people get; the tools of development are not held down."""
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *(one for name in extras if name != "dev" for one in extras[name])]
    for one in wanted:
        match = BOUND.match(one)
        if match:
            yield f"{match['name']}=={match['version']}"


def main() -> None:
    """Prints them."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        print("\n".join(constraints(tomllib.load(file)["project"])))


if __name__ == "__main__":
    main()
