"""The contributor's tools: new rules and terms begin in the right form; generated pages follow their sources."""

import posixpath
import re
import runpy
import shutil
import sys
from functools import cache
from pathlib import Path

import pytest
from support import ROOT

sys.path.insert(0, str(ROOT / "tools"))

import articles
import docs
import new
from kexplain.catalogue import compiler
from kexplain.catalogue.article import ArticleError
from kexplain.catalogue.rule import rules
from kexplain.catalogue.term import terms


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for folder in ("rules", "glossary", "src/kexplain/checks"):
        (tmp_path / folder).mkdir(parents=True)
    return tmp_path


def written(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def fill(path: Path, **meta: str) -> None:
    """Gives fields of the front matter their values."""
    text = path.read_text(encoding="utf-8")
    for name, value in meta.items():
        text, count = re.subn(rf"^{name}:.*$", f"{name}: {value}", text, flags=re.MULTILINE)
        assert count == 1, name
    path.write_text(text, encoding="utf-8")


def write(path: Path, old: str, text: str) -> None:
    before = path.read_text(encoding="utf-8")
    assert before.count(old) == 1
    path.write_text(before.replace(old, text), encoding="utf-8")


# new.py


@pytest.mark.parametrize(
    ("arguments", "files"),
    [
        (["rule", "security/odd-thing"], ["rules/security/odd-thing.md"]),
        (
            ["rule", "security/odd-thing", "--check"],
            ["rules/security/odd-thing.md", "src/kexplain/checks/odd_thing.py"],
        ),
        (
            ["rule", "--check", "security/odd-thing"],
            ["rules/security/odd-thing.md", "src/kexplain/checks/odd_thing.py"],
        ),
        (["term", "workloads/odd-thing"], ["glossary/workloads/odd-thing.md"]),
    ],
)
def test_new_begins_the_files(checkout, arguments, files, capsys):
    assert new.main(arguments, checkout) == 0
    assert written(checkout) == files
    said = capsys.readouterr().out
    assert all(f"begun: {name}" in said for name in files)
    assert f"tools/articles.py {files[0]}" in said


RULE = {
    "severity": "warning", "at": "[PodSpec.hostNetwork]", "message": "'odd'",
    "terms": "[host-network]", "source": "https://example.org/odd", "schema": "{const: false}",
}  # fmt: skip
BAD = "```yaml bad\nhostNetwork: true # finding\n```\n"
GOOD = "```yaml good\nhostNetwork: false\n```\n"


def test_a_new_rule_is_refused_until_it_is_whole(checkout):
    assert new.main(["rule", "security/odd-thing"], checkout) == 0
    path = checkout / "rules" / "security" / "odd-thing.md"
    for name, value in RULE.items():
        assert articles.problems_of(path), name
        fill(path, **{name: value})
    for old, text, complaint in (
        ("# Odd thing\n", "# Odd thing\n\nWhat.\n", "section 'what' is missing"),
        ("## Why it matters\n", "## Why it matters\n\nWhy.\n", "section 'why it matters' is missing"),
        ("## How to fix\n", "## How to fix\n\nFix.\n", "section 'how to fix' is missing"),
        ("## When to ignore\n", "## When to ignore\n\nIgnore.\n", "section 'when to ignore' is missing; only what the API server refuses needs none"),
        ("## Examples\n", f"## Examples\n\n{GOOD}", "no ```yaml good example"),
        ("## Examples\n", f"## Examples\n\n{BAD}", "no ```yaml bad example"),
    ):
        assert f"{path}: {complaint}" in articles.problems_of(path)
        write(path, old, text)
    assert articles.problems_of(path) == []


TERM = {"title": "odd thing", "related": "[host-network]", "source": "https://example.org/odd"}


def test_a_new_term_is_refused_until_it_is_whole(checkout):
    assert new.main(["term", "workloads/odd-thing"], checkout) == 0
    path = checkout / "glossary" / "workloads" / "odd-thing.md"
    for name, value in TERM.items():
        assert articles.problems_of(path), name
        fill(path, **{name: value})
    assert articles.problems_of(path) == [f"{path}: 0 sentences; write one to four"]
    path.write_text(path.read_text(encoding="utf-8") + "A thing that is odd.\n", encoding="utf-8")
    assert articles.problems_of(path) == []


def test_a_new_check_can_be_called_and_finds_nothing_yet(checkout):
    assert new.main(["rule", "security/odd-thing", "--check"], checkout) == 0
    assert "\nschema:" not in (checkout / "rules" / "security" / "odd-thing.md").read_text(encoding="utf-8")
    namespace: dict = {}
    exec((checkout / "src/kexplain/checks/odd_thing.py").read_text(encoding="utf-8"), namespace)
    assert list(namespace["check"](None, None)) == []
    assert namespace["__doc__"].startswith("odd-thing: ")


@pytest.mark.parametrize("kind", ["rule", "term"])
@pytest.mark.parametrize(
    "name",
    [
        "",
        "Odd",
        "odd_thing",
        "odd--thing",
        "-odd",
        "odd-",
        "1-odd",
        "odd thing",
        "../odd",
        "odd.md",
        "ödd",
        "odd\n",
        "a/odd",
    ],
)
def test_new_refuses_bad_names(checkout, kind, name, capsys):
    assert new.main([kind, name if "/" in name else f"security/{name}"], checkout) == 2
    assert written(checkout) == []
    assert ("there are" if name == "a/odd" else "is no FOLDER/NAME") in capsys.readouterr().err


@pytest.mark.parametrize(
    ("taken", "arguments"),
    [
        ("rules/rbac/odd.md", ["rule", "security/odd"]),
        ("glossary/storage/odd.md", ["term", "security/odd"]),
        ("src/kexplain/checks/odd.py", ["rule", "security/odd", "--check"]),
    ],
)
def test_new_refuses_a_name_that_exists(checkout, taken, arguments, capsys):
    (checkout / taken).parent.mkdir(exist_ok=True)
    (checkout / taken).write_text("mine", encoding="utf-8")
    assert new.main(arguments, checkout) == 2
    assert written(checkout) == [taken]
    assert (checkout / taken).read_text(encoding="utf-8") == "mine"
    assert f"{taken} exists" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["rule"], ["word", "odd"], ["term", "odd", "--check"], ["rule", "a", "b"]])
def test_new_says_how_it_is_used(checkout, arguments, capsys):
    assert new.main(arguments, checkout) == 2
    assert written(checkout) == []
    assert capsys.readouterr().err.startswith("usage: ")


# docs.py


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "ci.md").write_text("by hand\n", encoding="utf-8")
    assert docs.main([], tmp_path) == 0
    return tmp_path


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return docs.pages()


def test_docs_are_up_to_date_when_written(folder, capsys):
    assert docs.main(["--check"], folder) == 0
    assert docs.main([], folder) == 0
    assert " 0 written, 0 deleted" in capsys.readouterr().out
    assert (folder / "ci.md").read_text(encoding="utf-8") == "by hand\n"


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("rules/latest-image-tag.md", lambda path: path.write_text("mine"), "out of date"),
        ("glossary/README.md", lambda path: path.unlink(), "out of date"),
        ("coming-from.md", lambda path: path.write_text(path.read_text() + "x"), "out of date"),
        ("rules/gone.md", lambda path: path.write_text(f"{docs.MARK} -->\n"), "stale"),
    ],
)
def test_docs_check_notices_a_change_and_a_run_mends_it(folder, name, change, said, capsys):
    before = written(folder)
    change(folder / name)
    assert docs.main(["--check"], folder) == 1
    out = capsys.readouterr().out
    assert f"docs/{name}: {said}" in out
    assert "run: python tools/docs.py" in out
    assert docs.main([], folder) == 0
    assert docs.main(["--check"], folder) == 0
    assert written(folder) == before


def test_docs_check_writes_nothing(tmp_path):
    assert docs.main(["--check"], tmp_path) == 1
    assert written(tmp_path) == []


@pytest.mark.parametrize("arguments", [["--chek"], ["rules"], ["--check", "--check"]])
def test_docs_says_how_it_is_used(tmp_path, arguments, capsys):
    assert docs.main(arguments, tmp_path) == 2
    assert written(tmp_path) == []
    assert capsys.readouterr().err.startswith("usage: ")


def test_docs_names_the_file_that_is_not_whole(tmp_path, monkeypatch, capsys):
    def broken() -> dict[str, str]:
        raise docs.ArticleError("rules/odd-thing.md: terms: None is not of type 'array'")

    monkeypatch.setattr(docs, "pages", broken)
    assert docs.main([], tmp_path) == 1
    assert capsys.readouterr().out == "rules/odd-thing.md: terms: None is not of type 'array'\n"


def test_every_rule_term_and_equivalent_has_its_place(pages):
    assert {f"rules/{id_}.md" for id_ in docs.rules()} < pages.keys()
    for id_, term in docs.terms().items():
        assert f'<a id="{id_}"></a>' in pages[f"glossary/{term.domain}.md"]
        assert f"({term.domain}.md#{id_})" in pages["glossary/README.md"]
    for rule in docs.rules().values():
        assert f"[{rule.id}]({rule.id}.md)" in pages["rules/README.md"]
        for name in rule.equivalents:
            assert f"| `{name.partition(':')[2]}` | " in pages["coming-from.md"]


def test_every_tool_has_its_name():
    assert {name.partition(":")[0] for rule in docs.rules().values() for name in rule.equivalents} <= docs.TOOLS.keys()


def test_generated_pages_say_so_and_end_well(pages):
    for name, text in pages.items():
        first, second, title, *_ = text.splitlines()
        assert first.startswith(docs.MARK), name
        assert first.endswith("-->")
        assert (second, title[:2]) == ("", "# "), name
        assert text.endswith("\n")
        assert not text.endswith("\n\n")
        assert "\r" not in text


@cache
def anchors(text: str) -> set[str]:
    """The places of a page that a link can name: its own anchors, and headings as GitHub numbers them."""
    text = re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
    headings = (heading.lower() for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE))
    return set(re.findall(r'<a id="([^"]+)">', text)) | {re.sub(r"[^\w\- ]", "", h).replace(" ", "-") for h in headings}


GUIDES = {path.name: path for path in (ROOT / "docs").glob("*.md") if path.name != "coming-from.md"}
BY_HAND = {f"../{path.name}": path for path in ROOT.glob("*.md")} | GUIDES


def test_no_link_between_pages_is_broken(pages):
    broken = []
    pages = pages | {name: path.read_text(encoding="utf-8") for name, path in BY_HAND.items()}
    for name, text in pages.items():
        prose = re.sub(r"^```.*?^```$|`[^`\n]*`", "", text, flags=re.DOTALL | re.MULTILINE)
        for link in re.findall(r"\]\(([^)\s]+)\)", prose):
            if link.startswith("https://"):
                continue
            path, _, anchor = link.partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
            there = target in pages or (target.startswith("../") and (ROOT / "docs" / target).exists())
            if not there or (anchor and anchor not in anchors(pages.get(target, ""))):
                broken.append(f"{name}: {link}")
    assert broken == []


def test_tables_have_as_many_cells_as_their_header(pages):
    for name, text in pages.items():
        prose = re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
        for block in re.findall(r"(?:^\|.*\n)+", prose, re.MULTILINE):
            cells = {len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}
            assert len(cells) == 1, (name, block)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a <b> *c* [d](e)", r"a \<b\> \*c\* \[d\](e)"),
        ("`<b>*` and `[x]`", "`<b>*` and `[x]`"),
        ("app.kubernetes.io/* labels", r"app.kubernetes.io/\* labels"),
    ],
)
def test_plain_words_are_no_markup(text, shown):
    assert docs.inline(text) == shown


def test_a_rule_about_a_term_that_there_is_not(tmp_path: Path) -> None:
    rule = ROOT / "rules" / "security" / "host-pid.md"
    (tmp_path / "rules" / "security").mkdir(parents=True)
    (tmp_path / "glossary").mkdir()
    shutil.copy(rule, tmp_path / "rules" / "security")
    with pytest.raises(ArticleError, match=r"rules/host-pid\.md: glossary/ has no term 'host-pid'"):
        compiler.compile_folders(tmp_path)


def test_an_example_says_how_it_was_linted():
    rule = rules()["too-few-replicas"]
    assert docs.example(rule, "bad", "kubernetes=1.24 complete", "a: b\n") == (
        "Reported, at the lines marked `# finding` (with `kexplain lint --kubernetes-version 1.24 --complete`):\n\n"
        "```yaml\na: b\n```"
    )
    assert docs.example(rule, "good", "minimum=3", "a: b\n").startswith(
        "Not reported (with the parameter `minimum: 3`):\n"
    )
    assert docs.example(rule, "good", "", "a: b\n") == "Not reported:\n\n```yaml\na: b\n```"


def test_every_link_of_the_site_leads_to_a_page_of_it() -> None:
    site_pages = runpy.run_path(str(ROOT / "tools" / "site.py"))  # not imported: Python has a module of that name

    found = dict(site_pages["pages"]())
    assert {f"terms/{id_}.md" for id_ in terms()} <= found.keys()
    assert {f"rules/{id_}.md" for id_ in rules()} <= found.keys()
    assert len([name for name in found if name.startswith("kinds/")]) > 80
    others = {path.name for path in (ROOT / "docs").glob("*.*") if path.suffix != ".md"}
    for name, text in found.items():
        plain = re.sub(r"(?ms)^ *```.*?^ *```", "", text)
        for match in site_pages["LINK"].finditer(plain):
            to = match["to"].partition("#")[0]
            if to and ":" not in to:
                assert posixpath.normpath(posixpath.join(posixpath.dirname(name), to)) in {*found, *others}, (name, to)
