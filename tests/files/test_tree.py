"""The files around those of a run: what can be told of a path, how far that reaches, and of which repository it is."""

from pathlib import Path

import pytest

from kexplain import library
from kexplain.files.tree import FILE, FOLDER, NOTHING, UNKNOWN, Disk, Earlier, Tree, address


def test_of_texts_only_whole_sets_lack_something() -> None:
    texts = {"a/b/c.yaml": "x"}
    assert [Tree(texts).what(path) for path in ("a/b/c.yaml", "a/b", "", "a/d")] == [FILE, FOLDER, FOLDER, UNKNOWN]
    whole = Tree(texts, whole=True)
    assert [whole.what(path) for path in ("a/d", "a/x/../b/c.yaml", "../a")] == [NOTHING, FILE, UNKNOWN]
    assert (whole.text("a/b/c.yaml"), whole.text("a")) == ("x", None)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    (tmp_path / "repo" / "app").mkdir()
    (tmp_path / "outside.yaml").write_text("a: 1\n")
    monkeypatch.chdir(tmp_path / "repo")
    return tmp_path / "repo"


def test_the_disk_is_looked_at_no_further_than_the_repository(here: Path) -> None:
    (here / "app" / "web.yaml").write_text("a: 1\n")
    (here / ".gitignore").write_text("made.yaml\n")
    disk = Disk()
    wanted = {"app/web.yaml": FILE, "app": FOLDER, "app/wbe.yaml": NOTHING, "made.yaml": UNKNOWN,
              "../outside.yaml": UNKNOWN, "../nothing.yaml": UNKNOWN, ".git/config": UNKNOWN, "a\0b": UNKNOWN}  # fmt: skip
    assert {path: disk.what(path) for path in wanted} == wanted
    assert (disk.text("app/web.yaml"), disk.text("../outside.yaml"), disk.text("app")) == ("a: 1\n", None, None)


def test_a_link_out_of_the_repository_is_not_followed(here: Path) -> None:
    (here / "link.yaml").symlink_to(here.parent / "outside.yaml")
    assert (Disk().what("link.yaml"), Disk().text("link.yaml")) == (UNKNOWN, None)


def test_a_path_that_a_person_names_is_looked_at_with_what_is_around_it(here: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "kustomization.yaml").write_text("resources: [web.yaml]\n")
    report = library.lint(other, select=["missing-kustomization-path"])
    assert [finding.message for finding in report.findings] == ["resources names web.yaml, which is not there"]


def test_an_earlier_tree_has_what_is_gone_and_not_what_is_new(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "app" / "web.yaml").write_text("a: 1\n")
    (here / "app" / "new.yaml").write_text("a: 1\n")
    monkeypatch.chdir(here / "app")
    then = Earlier(str(here), ["old/db.yaml"], ["app/new.yaml"])
    wanted = {"app/web.yaml": FILE, "app/new.yaml": NOTHING, "old/db.yaml": FILE, "old": FOLDER, "x.yaml": NOTHING}
    assert {path: then.what(path) for path in wanted} == wanted


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://github.com/Example/shop.git", "github.com/example/shop"),
        ("git@github.com:example/shop.git", "github.com/example/shop"),
        ("ssh://git@git.example:2222/group/sub/shop", "git.example/group/sub/shop"),
        ("https://user:word@git.example/a/b/", "git.example/a/b"),
        ("https://charts.example", ""),
        ("", ""),
    ],
)
def test_addresses_of_one_repository_are_alike(url: str, wanted: str) -> None:
    assert address(url) == wanted


APPLICATION = """\
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web}
spec:
  project: default
  destination: {}
  source: {repoURL: %s, path: apps/wbe%s}
"""


@pytest.mark.parametrize(
    ("url", "more", "found"),
    [
        ("https://github.com/example/shop", "", True),
        ("https://github.com/example/shop", ", targetRevision: HEAD", True),
        ("https://github.com/example/shop", ", targetRevision: v1.2.0", False),
        ("https://github.com/example/other", "", False),
    ],
)
def test_an_application_is_judged_where_it_deploys_its_own_repository(
    here: Path, url: str, more: str, found: bool
) -> None:
    (here / ".git" / "config").write_text('[remote "origin"]\n\turl = git@github.com:example/shop.git\n')
    (here / "app" / "web.yaml").write_text(APPLICATION % (url, more))
    report = library.lint(".", select=["missing-source-path"])
    words = 'Application "web" deploys apps/wbe, and this repository has no such folder'
    assert [finding.message for finding in report.findings] == [words] * found
