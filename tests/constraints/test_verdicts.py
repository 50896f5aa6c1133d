"""What is told of objects that a real API server judged, where its answers lie beside the project."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT.parent / "shared" / "verdicts"


@pytest.mark.skipif(not (FOLDER / "verdicts.jsonl").is_file(), reason="the server's answers are not here")
def test_what_the_server_refuses_is_told_and_what_it_accepts_is_not() -> None:
    sys.path.insert(0, str(ROOT / "tools"))
    import verdicts

    records = verdicts.read(FOLDER)
    found = verdicts.total(verdicts.tallies(records, verdicts.judge(records)))
    assert found.told >= 0.98 * found.refused > 0
    assert found.placed >= 0.95 * found.told
    assert found.false <= 0.002 * found.accepted
