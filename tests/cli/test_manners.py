"""Manners of a long run: Ctrl-C, a progress bar for a person who watches, none for a machine, counts on request."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

POD = (
    "apiVersion: v1\nkind: Pod\nmetadata: {{name: p{0}}}\nspec:\n  containers:\n  - name: c\n    image: nginx:latest\n"
)
KEXPLAIN = [sys.executable, "-m", "kexplain"]
posix = pytest.mark.skipif(os.name != "posix", reason="signals and terminals of POSIX")


@posix
def test_ctrl_c_ends_quietly(tmp_path: Path) -> None:
    process = subprocess.Popen([*KEXPLAIN, "lint", "-"], cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)  # fmt: skip
    with process:
        assert process.stdin
        wait_until_it_reads(process)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, b"", b"kexplain: interrupted\n")


def wait_until_it_reads(process: subprocess.Popen[bytes]) -> None:
    """Waits until the process sleeps in a read of its standard input, or for some seconds where that cannot be seen."""
    state = Path(f"/proc/{process.pid}/wchan")
    for _ in range(100):
        time.sleep(0.1)
        if state.exists() and "pipe" in state.read_text():
            return
    if state.exists():
        pytest.fail("it never read")


def watched(folder: Path, **environment: str) -> str:
    """What a person sees on the terminal of a run over many objects."""
    import pty

    env = {name: value for name, value in os.environ.items() if name != "CI"} | environment | {"TERM": "xterm"}
    above, below = pty.openpty()
    process = subprocess.Popen([*KEXPLAIN, "lint", "many.yaml", "--select", "latest-image-tag", "-o", "json:report.json"],
                               cwd=folder, stdin=below, stdout=below, stderr=below, env=env)  # fmt: skip
    os.close(below)
    seen = b""
    while True:
        try:
            seen += os.read(above, 65536)
        except OSError:  # the process closed its end
            break
    process.wait()
    os.close(above)
    return seen.decode()


@posix
def test_a_bar_for_a_person_and_none_for_a_machine(tmp_path: Path) -> None:
    (tmp_path / "many.yaml").write_text("---\n".join(POD.format(n) for n in range(2_100)))
    bar = re.compile(r"checking  \[#+-*\] +\d+%")
    assert bar.search(watched(tmp_path))
    assert not bar.search(watched(tmp_path, CI="true"))
    piped = subprocess.run(
        [*KEXPLAIN, "lint", "many.yaml", "-o", "json:r.json"], cwd=tmp_path, capture_output=True, check=False
    )
    assert b"checking" not in piped.stderr
    (tmp_path / "many.yaml").write_text(POD.format(1))
    assert "checking" not in watched(tmp_path)


def test_statistics(tmp_path: Path) -> None:
    (tmp_path / "two.yaml").write_text(
        "---\n".join(POD.format(n) for n in range(2)) + "    securityContext: {privileged: true}\n"
    )
    chosen = ["lint", "--select", "latest-image-tag,privileged-container", "-o", "concise"]
    result = subprocess.run(
        [*KEXPLAIN, *chosen, "--statistics"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert result.stderr.splitlines()[1:] == ["  2  latest-image-tag", "  1  privileged-container"]
    plain = subprocess.run([*KEXPLAIN, *chosen], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert plain.stderr.splitlines() == result.stderr.splitlines()[:1]
    assert plain.stdout == result.stdout


def test_what_could_be_rendered_is_said_once(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "kustomization.yaml").write_text("resources: []\n")
    said = subprocess.run([*KEXPLAIN, "lint"], cwd=tmp_path, capture_output=True, text=True, check=False).stderr
    assert said.count("; --render builds kustomizations and charts)") == 1
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "pod.yaml").write_text(POD.format(1))
    said = subprocess.run([*KEXPLAIN, "lint", "c"], cwd=tmp_path, capture_output=True, text=True, check=False).stderr
    assert "--render" not in said
