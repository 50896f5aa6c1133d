"""What the project is made of: dependencies with bounds and reasons, a lock that fits them, a bill of materials."""

import json
import re
import sys
import tomllib

import pytest
from support import ROOT, execute

TEXT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
PROJECT = tomllib.loads(TEXT)["project"]
LOCK = (ROOT / "requirements" / "dev.txt").read_text(encoding="utf-8")
LOCKED = {re.sub("[-_.]+", "-", name.lower()): version for name, version in re.findall(r"(?m)^([\w.-]+)==(\S+)", LOCK)}


def numbers(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)]


@pytest.mark.parametrize("wanted", PROJECT["dependencies"])
def test_a_dependency_has_bounds_and_a_reason(wanted: str) -> None:
    assert re.fullmatch(r"[\w.-]+>=[\d.]+,<[\d.]+", wanted)
    assert re.search(rf'(?m)^  "{re.escape(wanted)}", +# \w', TEXT)


def test_dependencies_are_few() -> None:
    assert len(PROJECT["dependencies"]) <= 10


@pytest.mark.parametrize("wanted", [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]])
def test_the_lock_has_it_within_its_bounds(wanted: str) -> None:
    name = re.match(r"[\w.-]+", wanted)
    assert name
    version = numbers(LOCKED[re.sub("[-_.]+", "-", name[0].lower())])
    for sign, bound in re.findall(r"(>=|<|==)\s*([\d.]+)", wanted):
        at_least = version >= numbers(bound)
        assert {">=": at_least, "<": not at_least, "==": version == numbers(bound)}[sign]


def test_the_lock_has_hashes_and_no_address() -> None:
    blocks = re.split(r"(?m)^(?=[\w.-]+==)", LOCK)[1:]
    assert len(blocks) == len(LOCKED) > 20
    assert all("--hash=sha256:" in block for block in blocks)
    assert "://" not in LOCK


def test_the_bill_names_libraries_and_the_sources_of_facts() -> None:
    made = execute(sys.executable, ROOT / "tools" / "sbom.py", folder=ROOT)
    bill = json.loads(made.stdout)
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    names = {one["name"] for one in bill["components"]}
    direct = {re.match(r"[\w.-]+", wanted)[0].lower() for wanted in PROJECT["dependencies"]}  # type: ignore[index]
    assert {name.replace("_", "-").replace(".", "-") for name in direct} <= names
    assert "argoproj/argo-cd" in names
    assert not names & {"pytest", "mypy", "ruff"}
    references = [one["bom-ref"] for one in bill["components"]]
    assert len(references) == len(set(references))
