"""Comments that could not be taken out again are not written: the file stays as it is."""

from pathlib import Path

import pytest
from support import POD, run


@pytest.mark.parametrize("text", [":\n", "a: [\n", "a: 'x\n  y\n"])
def test_what_cannot_be_read_keeps_every_byte(tmp_path: Path, text: str) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text(text)
    run("annotate", "--write", str(path))
    run("annotate", "--remove", str(path))
    assert path.read_text() == text


def test_what_stands_beside_it_is_written_and_removed(tmp_path: Path) -> None:
    path = tmp_path / "pod.yaml"
    path.write_text(POD)
    assert run("annotate", "--write", str(path)).exit_code == 0
    assert "#kx: " in path.read_text()
    run("annotate", "--remove", str(path))
    assert path.read_text() == POD
