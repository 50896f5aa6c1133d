"""Objects judged by several processes: the same result as of one, in the same order, whatever becomes of the others."""

import os
from pathlib import Path

import pytest

from kexplain import lint, render
from kexplain.engine import shares
from kexplain.engine.shares import Shared, judged

NOTHING = Shared((), id, str)
POD = """\
apiVersion: v1
kind: Pod
metadata: {{name: {name}}}
spec:
  containers: [{{name: a, image: nginx, imagePullPolicy: Sometimes, command: [{name}]}}]
"""


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shares, "LEAST", 10)
    monkeypatch.setattr(shares, "may_fork", lambda: hasattr(os, "fork"))


@pytest.mark.parametrize("jobs", [1, 2, 3, 7])
@pytest.mark.parametrize("sizes", [[], [50], [10] * 9, [1000, 1, 1, 1], [1, 1, 1, 1000], [0, 0, 30, 0]])
def test_shares_hold_every_object_once_and_in_order(sizes: list[int], jobs: int) -> None:
    numbers = list(range(len(sizes)))
    found = shares.shares(sizes, jobs)
    assert [number for share in found for number in numbers[share]] == numbers
    assert len(found) <= max(jobs, 1)


def test_each_share_has_a_process_of_its_own() -> None:
    found = judged(lambda one: (one, os.getpid()), range(9), [10] * 9, 3, NOTHING)
    assert [one for one, _ in found] == list(range(9))
    assert len({process for _, process in found}) == (3 if hasattr(os, "fork") else 1)


def test_what_a_process_could_not_do_is_done_here() -> None:
    here = os.getpid()

    def work(one: int) -> int:
        if os.getpid() != here:
            os._exit(3)
        return one * one

    assert judged(work, range(9), [10] * 9, 3, NOTHING) == [one * one for one in range(9)]


def test_what_goes_wrong_is_raised_here() -> None:
    def work(one: int) -> int:
        return 1 // (one - 8)

    with pytest.raises(ZeroDivisionError):
        judged(work, range(9), [10] * 9, 3, NOTHING)


def test_a_report_is_the_same_with_any_number_of_jobs(tmp_path: Path) -> None:
    for name in "abcdef":
        (tmp_path / f"{name}.yaml").write_text(POD.format(name=name), encoding="utf-8")
    one, several = (lint(tmp_path, jobs=jobs, profile="pedantic") for jobs in (1, 3))
    assert len(one.findings) > 12
    assert render(one, "json") == render(several, "json")
    assert all(found.source in several.sources for found in several.findings)
