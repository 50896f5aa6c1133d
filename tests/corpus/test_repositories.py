"""On repositories as people have them kexplain finds no error; and it is not silent: what is broken there is found."""

import os
from pathlib import Path

import pytest
from corpus.repositories import FEATURES, Files, Maker, repository

from kexplain.catalogue.rule import rules
from kexplain.config.settings import Settings
from kexplain.engine.linter import Options, lint
from kexplain.engine.report import Report
from kexplain.run.gather import gather

SEEDS = range(30)


def run(files: Files, folder: Path) -> Report:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    here = Path.cwd()
    os.chdir(folder)
    try:
        return lint(gather(Settings(paths=(".",))), Options(rules()))
    finally:
        os.chdir(here)


def errors(report: Report) -> list[tuple[str, int, str]]:
    return [(f.place.path, f.place.line, f.message) for f in report.findings if f.severity == "error"]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_valid_repository_has_no_error(seed: int, tmp_path: Path) -> None:
    report = run(repository(seed), tmp_path)
    assert errors(report) == []
    assert len(report.outcomes) >= len(report.files)


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.__name__)
def test_each_feature_by_itself_has_no_error(feature, tmp_path: Path) -> None:
    for seed in SEEDS[:5]:
        maker = Maker(seed)
        feature(maker)
        assert errors(run(maker.files, tmp_path / str(seed))) == []


@pytest.mark.parametrize("seed", SEEDS[:10])
def test_what_is_broken_among_all_that_is_found(seed: int, tmp_path: Path) -> None:
    files = repository(seed)
    files["broken/a.yaml"] = "apiVersion: v1\nKind: Pod\nmetadata: {name: a}\n"
    files["broken/b.yaml"] = (
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: b}\nspec: {replicas: many, template: {}}\n"
    )
    files["broken/c.yaml"] = "apiVersion: v1\nkind: ConfigMap\ndata: {a: ${X}}\nb: c: d\n"
    found = errors(run(files, tmp_path))
    assert {path for path, _, _ in found} == {"broken/a.yaml", "broken/b.yaml", "broken/c.yaml"}
