"""Which files a run reads: globs, excluded and ignored files, lists of paths, links, and kexplain's own files."""

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result
from support import CLEAN, POSIX, run

import kexplain
from kexplain.config.settings import Settings
from kexplain.errors import InputError
from kexplain.files import decode as decoding
from kexplain.files.gitignore import LARGEST_LIST, Ignored, glob_of, hold
from kexplain.files.paths import files_below, paths_from
from kexplain.run.gather import file_names, gather
from kexplain.syntax.source import Unread

GIT = pytest.mark.skipif(shutil.which("git") is None, reason="no git on the PATH")


@pytest.fixture
def repository(folder: Path) -> Path:
    (folder / ".git" / "info").mkdir(parents=True)
    return folder


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(CLEAN)


def ignore(folder: Path, *lines: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".gitignore").write_text("".join(f"{line}\n" for line in lines))


def listed(*arguments: str, stdin: bytes | None = None) -> list[str]:
    """What ``--list-files`` says, which a run must agree with."""
    result = run("lint", "--list-files", *arguments, stdin=stdin)
    assert result.exit_code == 0, result.stderr
    report = json.loads(run("lint", "-f", "json", *arguments, stdin=stdin).stdout)
    read = {o["path"] for o in report["outcomes"] if not (o["status"] == "skipped" and o["document"] == 0)}
    assert read == set(result.stdout.splitlines())
    return result.stdout.splitlines()


def outcomes(result: Result) -> dict[str, tuple[str, str]]:
    """Path → status and reason."""
    return {o["path"]: (o["status"], o["reason"]) for o in json.loads(result.stdout)["outcomes"]}


# --list-files


def test_files_are_listed_in_the_order_of_a_run_and_once(folder: Path) -> None:
    make(folder, "b.yaml", "a/z.yml", "a/b/c.json", "a.yaml", "notes.txt", "a/notes.md", "UPPER.YAML")
    assert listed() == ["a.yaml", "b.yaml", "a/z.yml", "a/b/c.json"]
    assert listed("b.yaml", "./a/z.yml", "a", ".", "a/z.yml") == ["b.yaml", "a/z.yml", "a/b/c.json", "a.yaml"]
    settings = Settings(("b.yaml", "."))
    assert [source.path for source in gather(settings)] == list(file_names(settings))


def test_listing_opens_no_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(folder, "a.yaml")
    monkeypatch.setattr("kexplain.rendering.templates.read_file", lambda name: pytest.fail(f"opened {name}"))
    assert list(file_names(Settings())) == ["a.yaml"]


def test_standard_input_is_listed_under_its_name(folder: Path) -> None:
    make(folder, "a.yaml")
    result = run("lint", "a.yaml", "-", "--list-files", "--stdin-filename", "made.yaml", stdin=CLEAN)
    assert result.stdout == "a.yaml\nmade.yaml\n"
    read = gather(Settings(("-", "a.yaml", "-"), CLEAN, "made.yaml"))
    assert [source.path for source in read] == ["made.yaml", "a.yaml"]


# globs


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("deploy/*.yaml", ["deploy/a.yaml", "deploy/b.yaml"]),
        ("deploy/**/*.yaml", ["deploy/a.yaml", "deploy/b.yaml", "deploy/web/c.yaml", "deploy/web/x/d.yaml"]),
        ("**/d.*", ["deploy/web/x/d.yaml"]),
        ("deploy/[!a].yaml", ["deploy/b.yaml"]),
        ("deploy/?.yaml", ["deploy/a.yaml", "deploy/b.yaml"]),
        ("*/web", ["deploy/web/c.yaml", "deploy/web/x/d.yaml"]),  # a folder is read with all that is below it
        ("deploy/web/**", ["deploy/web/c.yaml", "deploy/web/x/d.yaml"]),
        ("**/web/**/d.yaml", ["deploy/web/x/d.yaml"]),
        ("deploy/*", ["deploy/a.yaml", "deploy/b.yaml", "deploy/web/c.yaml", "deploy/web/x/d.yaml"]),
        ("deploy/.h*/*.yaml", ["deploy/.hidden/e.yaml"]),
        ("./deploy/*.yaml", ["deploy/a.yaml", "deploy/b.yaml"]),
    ],
)
def test_a_glob_that_no_shell_expanded(folder: Path, pattern: str, found: list[str]) -> None:
    make(folder, "deploy/a.yaml", "deploy/b.yaml", "deploy/web/c.yaml", "deploy/web/x/d.yaml", "deploy/notes.md")
    make(folder, "deploy/.hidden/e.yaml", "deploy/.dot.yaml")
    assert listed(pattern) == found


def test_an_absolute_glob_and_one_of_a_configuration(folder: Path) -> None:
    make(folder, "deploy/a.yaml", "other/b.yaml")
    absolute = (folder / "dep*" / "*.yaml").as_posix()
    assert listed(absolute) == [(folder / "deploy" / "a.yaml").as_posix()]
    (folder / ".kexplain.yaml").write_text("paths: ['dep*/*.yaml']\n")
    assert listed() == ["deploy/a.yaml"]


def test_a_file_with_brackets_in_its_name_is_a_file(folder: Path) -> None:
    make(folder, "web[1].yaml", "web1.yaml")
    assert listed("web[1].yaml") == ["web[1].yaml"]
    assert listed("web[[]1].yaml", "web[12].yaml") == ["web[1].yaml", "web1.yaml"]


@pytest.mark.parametrize("pattern", ["no/*.yaml", "*.toml", "deploy/a.yaml/*", "[z].yaml"])
def test_a_glob_that_matches_nothing_is_misuse(folder: Path, pattern: str) -> None:
    make(folder, "deploy/a.yaml", "a.toml")
    result = run("lint", "deploy", pattern)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"no folder and no .yaml, .yml or .json file matches {pattern}" in result.stderr


def test_a_glob_finds_nothing_that_is_left_out(repository: Path) -> None:
    make(repository, "a/x.yaml", "a/out/x.yaml", "b/x.yaml", "c/x.yaml", "a/y.yaml")
    ignore(repository, "out/", "/b")
    assert listed("**/x.yaml", "--exclude", "c") == ["a/x.yaml"]
    assert listed("*/*.yaml", "--exclude", "y.yaml", "--no-respect-gitignore") == ["a/x.yaml", "b/x.yaml", "c/x.yaml"]


@POSIX
def test_a_glob_follows_no_link_out_of_its_folder_and_no_loop(folder: Path) -> None:
    make(folder, "in/real.yaml", "outside/secret.yaml")
    (folder / "in" / "loop").symlink_to(folder / "in")
    (folder / "in" / "out").symlink_to(folder / "outside")
    (folder / "in" / "up.yaml").symlink_to("../outside/secret.yaml")
    (folder / "in" / "same.yaml").symlink_to("real.yaml")
    (folder / "in" / "gone.yaml").symlink_to("nosuch.yaml")
    assert listed("in/**/*.yaml") == ["in/real.yaml"]
    assert run("lint", "in/*/secret.yaml").exit_code == 2
    assert listed("in/s*.yaml") == ["in/same.yaml"]


# --exclude


@pytest.mark.parametrize(
    ("globs", "left"),
    [
        (["vendor"], ["a.yaml", "b/a.yaml"]),
        (["vendor/"], ["a.yaml", "b/a.yaml"]),
        (["/vendor/"], ["a.yaml", "b/a.yaml", "b/vendor/v.yaml"]),
        (["b/vendor"], ["a.yaml", "b/a.yaml", "vendor/v.yaml", "vendor/x/w.yaml"]),
        (["./b/**/*"], ["a.yaml", "vendor/v.yaml", "vendor/x/w.yaml"]),
        (["a.yaml"], ["b/vendor/v.yaml", "vendor/v.yaml", "vendor/x/w.yaml"]),
        (["*.yaml", "!a.yaml"], ["a.yaml", "b/a.yaml"]),
        (["vendor/*", "!vendor/x"], ["a.yaml", "b/a.yaml", "b/vendor/v.yaml", "vendor/x/w.yaml"]),
        (["vendor", "!w.yaml"], ["a.yaml", "b/a.yaml"]),  # what is in an excluded folder stays excluded, as in git
        (["**/x/", "b/**"], ["a.yaml", "vendor/v.yaml"]),
        (["#a.yaml", "", "nosuch"], ["a.yaml", "b/a.yaml", "b/vendor/v.yaml", "vendor/v.yaml", "vendor/x/w.yaml"]),
    ],
)
def test_excluded_files_are_not_read(folder: Path, globs: list[str], left: list[str]) -> None:
    make(folder, "a.yaml", "vendor/v.yaml", "vendor/x/w.yaml", "b/a.yaml", "b/vendor/v.yaml")
    options = [part for glob in globs for part in ("--exclude", glob)]
    assert listed(*options) == left
    assert listed(str(folder), *options) == [f"{folder.as_posix()}/{name}" for name in left]


def test_an_excluded_folder_is_not_entered(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(folder, "a.yaml", "vendor/v.yaml")
    scan, entered = os.scandir, []
    monkeypatch.setattr(os, "scandir", lambda path: entered.append(path) or scan(path))  # type: ignore[func-returns-value]
    assert list(file_names(Settings(exclude=("vendor/",)))) == ["a.yaml"]
    assert entered == ["."]


def test_what_is_named_is_read_unless_force_exclude(folder: Path) -> None:
    make(folder, "a.yaml", "vendor/v.yaml", "vendor/x/w.yaml")
    assert listed("vendor/v.yaml", "vendor/x", "--exclude", "vendor") == ["vendor/v.yaml", "vendor/x/w.yaml"]
    assert listed("vendor/v.yaml", "a.yaml", "vendor/x", "--exclude", "vendor", "--force-exclude") == ["a.yaml"]


def test_names_passed_by_pre_commit_are_held_against_the_configuration(folder: Path) -> None:
    make(folder, "deploy/web.yaml", "deploy/testdata/bad.yaml", "gen/x.yaml", "gen/keep.yaml")
    (folder / ".kexplain.yaml").write_text("exclude: ['**/testdata/', 'gen/*', '!gen/keep.yaml']\n")
    names = ["deploy/web.yaml", "deploy/testdata/bad.yaml", "gen/x.yaml", "gen/keep.yaml"]
    assert listed("--force-exclude", *names) == ["deploy/web.yaml", "gen/keep.yaml"]
    assert listed(*names) == names
    empty = run("lint", "--force-exclude", "gen/x.yaml")
    assert (empty.exit_code, "no manifests found" in empty.stderr) == (0, True)


@pytest.mark.parametrize("absolute", [False, True])
def test_globs_of_a_configuration_are_relative_to_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, absolute: bool
) -> None:
    make(folder, "sub/gen/a.yaml", "sub/x/b.yaml", "sub/c.yaml", "x/b.yaml")
    (folder / ".kexplain.yaml").write_text("exclude: [gen/, /sub/x]\n")
    (folder / ".git").mkdir()
    options = ["--config", str(folder / ".kexplain.yaml")] if absolute else []
    assert listed(*options) == ["sub/c.yaml", "x/b.yaml"]
    monkeypatch.chdir(folder / "sub")
    assert listed(*options) == ["c.yaml"]
    assert listed("../x", *options) == ["../x/b.yaml"]


def test_exclude_holds_outside_of_the_current_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(folder, "here/a.yaml", "there/a.yaml", "there/gen/b.yaml", "gen/here/x.yaml")
    monkeypatch.chdir(folder / "here")
    assert listed("../there", "--exclude", "gen") == ["../there/a.yaml"]
    monkeypatch.chdir(folder / "gen" / "here")  # the folders around this one are not what it is about
    assert listed("x.yaml", "--exclude", "gen", "--force-exclude") == ["x.yaml"]


def test_the_library_excludes_too(folder: Path) -> None:
    import kexplain

    make(folder, "a.yaml", "gen/b.yaml")
    assert {outcome.path for outcome in kexplain.lint(".", exclude=["gen/"]).outcomes} == {"a.yaml"}


# .gitignore


def test_what_git_ignores_is_left_out_of_folders_only(repository: Path) -> None:
    make(repository, "a.yaml", "build/b.yaml", "build/c/d.yaml")
    ignore(repository, "build/")
    assert listed() == listed(".") == ["a.yaml"]
    assert listed("--no-respect-gitignore") == ["a.yaml", "build/b.yaml", "build/c/d.yaml"]
    assert listed("build/b.yaml", "build/c") == ["build/b.yaml", "build/c/d.yaml"]
    assert listed("build/b.yaml", "build/c", "a.yaml", "--force-exclude") == ["a.yaml"]
    (repository / ".kexplain.yaml").write_text("respect-gitignore: false\n")
    assert len(listed()) == 3


def test_the_nearest_gitignore_decides(repository: Path) -> None:
    make(repository, "x.gen.yaml", "sub/x.gen.yaml", "sub/deep/x.gen.yaml", "sub/deep/y.yaml", "keep/x.gen.yaml")
    ignore(repository, "*.gen.yaml", "!/keep/*")
    ignore(repository / "sub", "!*.gen.yaml", "y.yaml")
    ignore(repository / "sub" / "deep", "/x.gen.yaml", "!y.yaml")
    expected = ["keep/x.gen.yaml", "sub/x.gen.yaml", "sub/deep/y.yaml"]
    assert listed() == expected
    every = [path.relative_to(repository).as_posix() for path in sorted(repository.rglob("*.yaml"))]
    assert sorted(listed("--force-exclude", *every)) == sorted(expected)


def test_ignore_files_above_the_folder_hold_up_to_the_root(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(repository, "a/b/x.yaml", "a/b/out/y.yaml", "a/b/tmp.yaml", "a/b/local.yaml")
    ignore(repository, "out/", "/b")
    ignore(repository / "a", "/b/tmp.yaml")
    (repository / ".git" / "info" / "exclude").write_text("local.yaml\n")
    monkeypatch.chdir(repository / "a" / "b")
    assert listed() == ["x.yaml"]
    assert listed("..") == ["../b/x.yaml"]


def test_a_repository_below_another_has_its_own(repository: Path) -> None:
    make(repository, "a.yaml", "out/b.yaml", "inner/out/c.yaml", "inner/mine/d.yaml", "inner/e.yaml")
    ignore(repository, "out/")
    ignore(repository / "inner", "mine/")
    assert listed() == ["a.yaml", "inner/e.yaml"]
    (repository / "inner" / ".git").write_text("gitdir: ../.git/modules/inner\n")  # as of a submodule
    assert listed() == ["a.yaml", "inner/e.yaml", "inner/out/c.yaml"]
    assert listed("inner") == ["inner/e.yaml", "inner/out/c.yaml"]


def test_outside_of_a_repository_a_gitignore_means_nothing(folder: Path) -> None:
    make(folder, "a.yaml", "out/b.yaml")
    ignore(folder, "out/")
    if Ignored().rules(os.path.realpath(folder)) is not None:
        pytest.skip("the temporary folder lies in a git repository")
    assert listed() == ["a.yaml", "out/b.yaml"]


def test_windows_line_ends_and_a_byte_order_mark(repository: Path) -> None:
    make(repository, "a.yaml", "out/b.yaml", "c.yaml")
    (repository / ".gitignore").write_bytes(b"\xef\xbb\xbfout/\r\n\r\n# c.yaml\r\n")
    assert listed() == ["a.yaml", "c.yaml"]


@POSIX
def test_a_gitignore_that_is_a_link_or_huge_is_not_obeyed(repository: Path) -> None:
    make(repository, "a.yaml")
    (repository / "elsewhere").write_text("a.yaml\n")
    (repository / ".gitignore").symlink_to("elsewhere")
    assert listed() == ["a.yaml"]
    (repository / ".gitignore").unlink()
    (repository / ".gitignore").write_text("a.yaml\n" + "#" * LARGEST_LIST)
    assert listed() == ["a.yaml"]
    (repository / ".gitignore").write_text("a.yaml\n" + "#" * (LARGEST_LIST - 8))
    assert listed() == []


def test_no_line_of_a_gitignore_takes_long() -> None:
    """Each of these keeps a matcher that is one regular expression busy for hours: the test would not end."""
    name = "a" * 250
    for line, path in (
        ("*a" * 100 + "b", (name,)),
        ("*?" * 100 + "b", (name,)),
        ("**/a/" * 100 + "b", ("a",) * 2_000),
        ("[!b]*" * 50 + "b", (name,)),
    ):
        glob = glob_of(line, ())
        assert glob is not None
        assert not hold((glob,), path, False)


ATOMS = ["a", "b", "ab", "*", "?", "**", "***", "[ab]", "[!a]", "[^b]", "[a-b]", "[b-a]", "[]a]", "a*", "*b", "*a*", "\\a",
         "*.yaml", "a.yaml", "a b.yaml", "x\\[1\\].yaml", "x[[]1].yaml", "x?1*", "a**b", "\\!k.yaml", "\\#c.yaml"]  # fmt: skip
FILES = ["a.yaml", "b.yaml", "ab.yaml", "a b.yaml", "x[1].yaml", "!k.yaml", "#c.yaml"]


def random_line(chance: random.Random) -> str:
    line = "/".join(chance.choice(ATOMS) for _ in range(chance.choice([1, 1, 2, 3])))
    line = chance.choice(["", "", "/"]) + line + chance.choice(["", "", "/", "/**"])
    return chance.choice(["", "", "!"]) + line + chance.choice([""] * 6 + [" ", "\\ ", "\r"])


@GIT
@POSIX
@pytest.mark.parametrize("seed", range(40))
def test_git_leaves_out_the_same(folder: Path, seed: int) -> None:
    """A random tree with random .gitignore files, against what git lists in it."""
    chance = random.Random(seed)
    subprocess.run(["git", "init", "-q", "."], check=True)
    folders = [folder]
    for _ in range(6):
        folders.append(chance.choice(folders) / chance.choice(["a", "b", "ab", "c d"]))
    for here in folders:
        make(here, *chance.sample(FILES, 4))
        if here == folder or chance.random() < 0.5:
            ignore(here, *(random_line(chance) for _ in range(3)))
    command = ["git", "-c", "core.excludesFile=", "ls-files", "-z", "--others", "--exclude-standard"]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\0")
    expected = sorted(name for name in told if name.endswith(".yaml"))
    unread: list[object] = []
    assert sorted(files_below(".", Ignored(), (), unread)) == expected  # type: ignore[arg-type]
    every = [path.relative_to(folder).as_posix() for path in folder.rglob("*.yaml")]
    ignored = Ignored()
    assert sorted(name for name in every if not ignored.leaves_out(name)) == expected


# --files-from


@pytest.mark.parametrize(
    "written",
    [b"a.yaml\nsub\n", b"# list\r\n\r\na.yaml\r\nsub\r\n", b"a.yaml\0sub\0", b"\xef\xbb\xbfa.yaml\nsub",
     "a.yaml\r\nsub\r\n".encode("utf-16"), b"./a.yaml\na.yaml\n   \nsub/b.yaml\n", b"a.*\ns*\n"],
)  # fmt: skip
def test_paths_from_a_list(folder: Path, written: bytes) -> None:
    make(folder, "a.yaml", "sub/b.yaml", "other.yaml")
    (folder / "list").write_bytes(written)
    assert listed("--files-from", "list") == listed("--files-from", "-", stdin=written) == ["a.yaml", "sub/b.yaml"]


def test_a_comment_or_an_empty_line_of_a_list_is_no_path(folder: Path) -> None:
    (folder / "list").write_bytes(b"# note\n\n  \na.yaml\r\n#b.yaml\n # c\n")
    assert paths_from("list") == ["a.yaml", " # c"]
    (folder / "list").write_bytes(b"#a.yaml\0\0b.yaml")  # between NULs every name is one
    assert paths_from("list") == ["#a.yaml", "b.yaml"]


def test_lists_come_after_paths_and_add_up(folder: Path) -> None:
    make(folder, "a.yaml", "b.yaml", "c.yaml", "d e.yaml")
    (folder / "one").write_text("b.yaml\na.yaml\n")
    (folder / "two").write_text("d e.yaml\n")
    assert listed("c.yaml", "--files-from", "one", "--files-from", "two") == ["c.yaml", "b.yaml", "a.yaml", "d e.yaml"]


def test_an_empty_list_reads_nothing(folder: Path) -> None:
    make(folder, "a.yaml")
    (folder / "list").write_text("# none\n")
    assert listed("--files-from", "list") == []


def test_a_listed_path_that_is_gone_is_told_and_hides_no_other(folder: Path) -> None:
    make(folder, "a.yaml")
    (folder / "list").write_text("gone.yaml\na.yaml\nno/*.yaml\n")
    result = run("lint", "--files-from", "list", "-f", "json", "-v")
    assert result.exit_code == 0
    assert outcomes(result) == {
        "a.yaml": ("checked", ""),
        "gone.yaml": ("skipped", "no such file or folder: gone.yaml (named in list)"),
        "no/*.yaml": ("skipped", "no folder and no .yaml, .yml or .json file matches no/*.yaml (named in list)"),
    }
    assert "gone.yaml, document 0: skipped: no such file or folder" in result.stderr
    assert run("lint", "--files-from", "list", "--strict").exit_code == 1


def test_names_that_git_put_in_quotes_are_told_as_such(folder: Path) -> None:
    (folder / "list").write_text('"\\303\\274.yaml"\n')
    result = run("lint", "--files-from", "list", "-f", "json")
    ((_, reason),) = outcomes(result).values()
    assert reason.endswith("(named in list); git put it in quotes, list names with -z")


def test_a_list_that_cannot_be_read_is_misuse(folder: Path) -> None:
    result = run("lint", "--files-from", "nosuch")
    assert (result.exit_code, "cannot read the list of paths nosuch: no such file" in result.stderr) == (2, True)
    both = run("lint", "-", "--files-from", "-", stdin=CLEAN)
    assert (both.exit_code, "standard input cannot be both" in both.stderr) == (2, True)


def test_force_exclude_holds_for_lists(folder: Path) -> None:
    make(folder, "a.yaml", "gen/b.yaml")
    (folder / "list").write_bytes(b"a.yaml\0gen/b.yaml\0")
    assert listed("--files-from", "list", "--exclude", "gen", "--force-exclude") == ["a.yaml"]


@GIT
def test_the_output_of_git_is_such_a_list(folder: Path) -> None:
    make(folder, "é ü.yaml", "sub/b.yaml")
    subprocess.run(["git", "init", "-q", "."], check=True)
    subprocess.run(["git", "add", "."], check=True)
    names = subprocess.run(["git", "ls-files", "-z"], check=True, capture_output=True).stdout
    assert listed("--files-from", "-", stdin=names) == ["sub/b.yaml", "é ü.yaml"]


# kexplain's own files


@pytest.mark.parametrize("name", [".kexplain.yaml", ".kexplain.yml"])
def test_the_configuration_is_no_manifest(folder: Path, name: str) -> None:
    make(folder, "a.yaml")
    (folder / name).write_text("profile: pedantic\n")
    (folder / "sub").mkdir()
    (folder / "sub" / name).write_text("profile: pedantic\n")
    assert listed() == ["a.yaml"]
    result = run("lint", "--strict", "-f", "json", name, f"sub/{name}")
    assert outcomes(result) == dict.fromkeys((name, f"sub/{name}"), ("skipped", "kexplain's own configuration"))
    assert result.exit_code == 0


def test_a_configuration_of_another_name_and_a_baseline_are_no_manifests(folder: Path) -> None:
    make(folder, "a.yaml")
    (folder / "c.yaml").write_text("profile: pedantic\n")
    options = ("--config", "c.yaml", "--baseline", "known.json")
    assert run("lint", *options, "--update-baseline").exit_code == 0
    assert (folder / "known.json").is_file()
    assert listed(*options) == ["a.yaml"]
    result = run("lint", *options, "c.yaml", "known.json", "-f", "json")
    assert outcomes(result) == dict.fromkeys(
        ("c.yaml", "known.json"), ("skipped", "kexplain's own configuration or baseline")
    )


# nothing found, links, devices


def test_a_run_without_files_says_so_and_fails_where_that_is_wanted(repository: Path) -> None:
    make(repository, "out/a.yaml")
    ignore(repository, "out/")
    result = run("lint")
    assert (result.exit_code, "that is not excluded or ignored by git" in result.stderr) == (0, True)
    assert run("lint", "--fail-on-empty").exit_code == 1
    assert run("lint", "--fail-on-empty", "out").exit_code == 0


@POSIX
def test_a_link_beside_its_file_gives_it_no_other_name(folder: Path) -> None:
    make(folder, "b/web.yaml", "z.yaml")
    (folder / "a.yaml").symlink_to("b/web.yaml")
    assert listed() == ["z.yaml", "b/web.yaml"]
    assert listed("a.yaml") == ["a.yaml"]
    (folder / "c").mkdir()
    (folder / "c" / "data.txt").write_text(CLEAN)
    (folder / "c" / "link.yaml").symlink_to("data.txt")
    (folder / "c" / "more.yaml").symlink_to("data.txt")
    assert listed("c") == ["c/link.yaml"]


def test_a_dangling_link_is_told_in_a_folder_and_misuse_by_name(folder: Path) -> None:
    (folder / "gone.yaml").symlink_to("nosuch.yaml")
    (told,) = json.loads(run("lint", "-f", "json").stdout)["outcomes"]
    assert (told["path"], told["status"], told["reason"]) == ("gone.yaml", "unreadable", "no such file or directory")
    result = run("lint", "gone.yaml")
    assert (result.exit_code, "no such file or folder: gone.yaml" in result.stderr) == (2, True)


@POSIX
@pytest.mark.parametrize("place", ["mkfifo", "link"])
def test_pipes_and_devices_are_never_read(folder: Path, place: str) -> None:
    make(folder, "a.yaml")
    if place == "link":
        (folder / "pipe.yaml").symlink_to("/dev/zero")
    else:
        os.mkfifo("pipe.yaml")
    assert listed() == listed("*.yaml") == ["a.yaml"]
    (told,) = json.loads(run("lint", "pipe.yaml", "-f", "json").stdout)["outcomes"]
    assert (told["status"], told["reason"]) == ("unreadable", "not a regular file")


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="no /dev/fd")
def test_a_pipe_of_the_shell_is_read(folder: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, CLEAN.encode())
    os.close(writing)
    result = run("lint", f"/dev/fd/{reading}", "-f", "json")
    os.close(reading)
    assert [o["status"] for o in json.loads(result.stdout)["outcomes"]] == ["checked"]


def test_a_folder_that_cannot_be_listed_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(folder, "a.yaml", "closed/b.yaml")
    scan = os.scandir

    def refuse(path: str):
        if "closed" in path:
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    result = run("lint", "-f", "json")
    assert outcomes(result) == {"a.yaml": ("checked", ""), "closed": ("unreadable", "permission denied")}
    assert result.exit_code == 1


def test_a_very_deep_folder(folder: Path) -> None:
    deep = "/".join(["d"] * 400)
    make(folder, f"{deep}/a.yaml")
    assert list(file_names(Settings())) == [f"{deep}/a.yaml"]
    assert list(file_names(Settings(("**/a.yaml",)))) == [f"{deep}/a.yaml"]
    assert list(file_names(Settings((f"{deep}/a.yaml",), exclude=("d/d/d",), force_exclude=True))) == []


@pytest.mark.skipif(os.name != "nt", reason="needs Windows")
def test_backslashes_are_shown_as_slashes(folder: Path) -> None:
    make(folder, "deploy/web/a.yaml")
    for path in ("deploy", r"deploy\web", r"deploy\web\a.yaml", r".\deploy\*\*.yaml"):
        assert listed(path) == ["deploy/web/a.yaml"]


def test_misuse_is_told_before_anything_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(folder, "a.yaml")
    monkeypatch.setattr("kexplain.rendering.templates.read_file", lambda name: pytest.fail(f"opened {name}"))
    for paths in (("a.yaml", "nosuch"), ("a.yaml", "no*such")):
        with pytest.raises(InputError):
            next(iter(gather(Settings(paths))))


def test_a_file_costs_no_import_that_only_globs_need(folder: Path) -> None:
    make(folder, "a.yaml")
    code = "import sys; from kexplain.run.gather import *; from kexplain.config.settings import Settings; "
    code += "list(gather(Settings(('a.yaml',), exclude=('b*',)))); print('fnmatch' in sys.modules, 'pathlib' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}  # -S: a .pth file may import what it likes
    said = subprocess.run([sys.executable, "-S", "-c", code], check=True, capture_output=True, env=environment)
    assert said.stdout.split() == [b"False", b"False"]


# patches of a kustomization that is not in the run


PATCHED = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 3}\n"


@pytest.mark.parametrize("path", ["k/patches/web.yaml", "./k/patches/web.yaml", "k/patches"])
@pytest.mark.parametrize("listed", ["patches: [{path: patches/web.yaml}]", "patchesStrategicMerge: [patches/web.yaml]"])
def test_a_patch_named_without_its_kustomization(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, listed: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "k" / "patches").mkdir(parents=True)
    (tmp_path / "k" / "patches" / "web.yaml").write_text(PATCHED)
    report = kexplain.lint(path, select=["missing-required-field"])
    assert [finding.rule.id for finding in report.findings] == ["missing-required-field"] * 2
    (tmp_path / "k" / "kustomization.yaml").write_text(f"resources: [../base]\n{listed}\n")
    report = kexplain.lint(path)
    assert report.findings == []
    (outcome,) = report.outcomes
    assert (outcome.status, outcome.reason) == ("skipped", "a kustomize patch, only part of an object")
    assert report.not_understood() == []
    (tmp_path / "k" / "kustomization.yaml").write_text("resources: [patches/web.yaml]\n")
    assert len(kexplain.lint(path, select=["missing-required-field"]).findings) == 2


def test_kustomizations_are_sought_no_higher_than_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "web.yaml").write_text(PATCHED)
    (tmp_path / "kustomization.yaml").write_text("patches: [{path: here/web.yaml}]\n")
    monkeypatch.chdir(tmp_path / "here")
    assert kexplain.lint("web.yaml", select=["missing-required-field"]).findings
    monkeypatch.chdir(tmp_path)
    assert not kexplain.lint("here/web.yaml", select=["missing-required-field"]).findings
    assert not kexplain.lint(tmp_path / "here" / "web.yaml", select=["missing-required-field"]).findings


def test_a_file_above_the_limit_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "LARGEST", 1024**2)
    for size in (1024**2, 1024**2 + 1):
        (folder / "large.yaml").write_text("#" * size)
        found = decoding.read_file("large.yaml")
        assert (found.reason if isinstance(found, Unread) else len(found.text)) == (
            size if size == 1024**2 else "larger than 1 MiB; not read"
        )
