"""Published definitions held against themselves: an example of each finds nothing, one with a mistake finds it.

A part of them; ``python tools/crd_round_trip.py FOLDER`` takes all.
"""

import json
import sys
from typing import Any

import pytest
from support import ROOT, SHARED

sys.path.insert(0, str(ROOT / "tools"))

import crd_round_trip

FOLDER = SHARED / "crds"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="no definitions: KEXPLAIN_SHARED names no folder with them")
LARGEST, EVERY = 60_000, 3


def chosen() -> list[dict[str, Any]]:
    rows = crd_round_trip.rows(FOLDER) if FOLDER.is_dir() else iter(())
    return [row for row in rows if len(json.dumps(row)) < LARGEST][::EVERY]


@pytest.mark.parametrize("row", chosen(), ids=lambda row: f"{row['group']}-{row['kind']}")
def test_a_definition_takes_its_example_and_refuses_each_mistake(row: dict[str, Any]) -> None:
    wrong = [(rule, told) for rule, right, told in crd_round_trip.judged(row) if not right]
    assert wrong == []
