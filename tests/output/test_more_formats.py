"""The formats for other systems: clean, one finding, many, hostile; each read back as its consumer reads it."""

import json
import re
import shutil
import subprocess
from collections import Counter
from html import unescape
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest
import yaml
from jsonschema.protocols import Validator
from markdown_it import MarkdownIt  # comes with rich
from test_formats import (
    DEPLOYMENT,
    HOSTILE,
    LATEST,
    PRIVILEGED,
    UNSAFE,
    WEB,
    find,
    hostile,
    make_rule,
    many,
    one,
    render,
    report_of,
)

from kexplain.catalogue.severity import Severity
from kexplain.cli import options
from kexplain.engine.finding import Finding
from kexplain.engine.report import Report
from kexplain.objects.outcome import Identity, Outcome, Status
from kexplain.output import report_format as formats
from kexplain.output.reports import markdown
from kexplain.output.reports._cases import by_file, safe
from kexplain.syntax.cause import Cause
from kexplain.syntax.source import Place, Source

NEW = ["gitlab", "json-lines", "junit", "markdown", "policyreport", "tap"]
WORST = (
    "::error ::a\n::add-mask::b\n##[group]c\r\n]]><script>alert('&amp;')</script><!-- --> \x1b[31m\x00\x0b\x85 \u202e\u2066\u200b\ufeff"
    "\udcff\ud800\ufffe\uffff | `a` ``b`` \\| \\ # SKIP x # TODO y \\# z *b* _i_ ~s~ [l](https://evil.example) ![i](//e)"
    " <https://evil.example> www.evil.example @octocat a@b.example #1 o/r#2 $x$ &lt; \t...\n  ---\n  x: [\nnot ok 1\n1..2\nBail out!"
)
GAPS = [
    Outcome("a.yaml", 1, Status.SKIPPED, "a template # of 1", "Widget", "w"),
    Outcome("a.yaml", 2, Status.SKIPPED, "empty document", cause=Cause.EMPTY),
    Outcome("bad.yaml", 0, Status.UNREADABLE, "not UTF-8"),
    Outcome("shop/web.yaml", 1, Status.CHECKED, kind="Deployment", name="web"),
]


def worst() -> Report:
    """Hostile text in every place that a manifest or a file name reaches, as it comes and after a harmless beginning."""
    findings, outcomes = [], []
    for text in (WORST, f"x {WORST}", "", " ", "|", "\\", "`", "#", "\ud800", "<stdin>", "./a.yaml"):
        identity, place = Identity(text, text, text, text), Place(text, 1, 1, 2, 1)
        findings.append(Finding(LATEST, Severity.ERROR, text or "m", place, identity, text, Source(text, text)))
        outcomes += [Outcome(f"{status}{text}", 1, status, text, text, text) for status in Status]
        outcomes += [Outcome(text, 0, status, text, text, text) for status in Status]
    return report_of(*findings, outcomes=outcomes, notes=[WORST])


def nothing() -> Report:
    return report_of(outcomes=[])


def gaps() -> Report:
    return report_of(outcomes=GAPS)


def crowd(number: int, message: str = "m") -> Report:
    source = Source("x.yaml", "a: b")
    errors = [find(source, "a", message, PRIVILEGED)]
    return report_of(*(find(source, "b", f"{message}{i}") for i in range(number - 1)), *errors)


REPORTS = [report_of, nothing, gaps, one, many, hostile, worst, lambda: crowd(1200)]
IDS = ["clean", "nothing", "gaps", "one", "many", "hostile", "worst", "crowd"]
every_report = pytest.mark.parametrize("make", REPORTS, ids=IDS)


def schema(name: str) -> Validator:
    document = json.loads((Path(__file__).parent / "schemas" / name).read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(document)
    validator.check_schema(document)
    return validator(document)


def errors(validator: Validator, document: object) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)]


def test_the_command_line_offers_what_the_folder_holds():
    assert list(options.FORMATS) == formats.names()
    assert {*NEW, "text", "sarif"} <= set(options.FORMATS)
    assert not [name for name in options.FORMATS if name.startswith(("_", "-"))]


@every_report
@pytest.mark.parametrize("name", NEW)
def test_harmless_to_terminals_logs_and_runners(name, make):
    shown = render(name, make())
    shown.encode("utf-8")
    assert not UNSAFE.search(shown)
    assert not [line for line in shown.splitlines() if line.lstrip().startswith("::")]
    assert "##[" not in shown
    assert not shown or shown.endswith("\n")
    assert shown == render(name, make()), "no two runs differ"


def test_safe_words_stay_on_a_line():
    assert safe("a\ufffeb\nc\td\x1be") == "a\\ufffeb\\nc\\td\\x1be"
    assert len(safe(WORST).splitlines()) == 1


def test_by_file():
    files = by_file(report_of(find(Source("web.yaml", WEB), "nginx", "m"), outcomes=GAPS))
    assert [(f.path, len(f.findings), len(f.unread), len(f.unchecked), f.clean) for f in files] == [
        ("a.yaml", 0, 0, 1, False),
        ("bad.yaml", 0, 1, 0, False),
        ("shop/web.yaml", 0, 0, 0, True),
        ("web.yaml", 1, 0, 0, False),
    ]


def test_what_could_not_be_read_is_said_once():
    finding = find(Source("bad.yaml", "a: b: c"), "b", "m", make_rule("unparseable-yaml", "error"))
    (file,) = by_file(report_of(finding, outcomes=[GAPS[2]]))
    assert (file.findings, file.unread, file.clean) == ([finding], [], False)


# json-lines


@every_report
def test_json_lines_are_the_findings_of_json(make):
    lines = render("json-lines", make()).splitlines()
    assert [json.loads(line) for line in lines] == json.loads(render("json", make()))["findings"]


def test_json_lines_of_one():
    assert render("json-lines", report_of()) == ""
    assert render("json-lines", one()) == (
        '{"rule":"image-latest-tag","severity":"warning","message":"container \\"web\\" uses image \\"nginx:latest\\"",'
        '"path":"shop/web.yaml","line":11,"column":18,"endLine":11,"endColumn":30,"apiVersion":"apps/v1",'
        '"kind":"Deployment","name":"web","namespace":"shop","fieldPath":"spec.template.spec.containers[0].image",'
        '"terms":["image-tag"],"related":[]}\n'
    )


# gitlab


@every_report
def test_gitlab_is_valid(make):
    document = json.loads(render("gitlab", make()))
    empty = [issue for issue in document if not issue["location"]["path"]]
    assert errors(schema("gitlab-codequality.json"), [issue for issue in document if issue not in empty]) == []
    assert all(count == 1 for count in Counter(issue["fingerprint"] for issue in document).values())
    assert len(document) == len(make().findings)
    json.dumps(document, ensure_ascii=False).encode("utf-8")


def test_gitlab():
    assert render("gitlab", report_of()) == "[]\n"
    assert render("gitlab", one()) == (
        '[\n{"description":"container \\"web\\" uses image \\"nginx:latest\\"","check_name":"image-latest-tag",'
        '"fingerprint":"07f4e3de0e6b665990bda3e78778041ce048befa92eab693c7fac206fa63b366","severity":"minor",'
        '"location":{"path":"shop/web.yaml","lines":{"begin":11,"end":11},'
        '"positions":{"begin":{"line":11,"column":18},"end":{"line":11,"column":30}}}}\n]\n'
    )
    assert [issue["severity"] for issue in json.loads(render("gitlab", many()))] == ["info", "minor", "major"]


def test_gitlab_is_told_every_line_of_a_finding():
    text = Source("a.yaml", "a: |\n  b\n  c\n")
    (issue,) = json.loads(render("gitlab", report_of(find(text, "|\n  b\n  c", "m"))))
    ends = issue["location"]["positions"]["end"]
    assert (issue["location"]["lines"], ends) == ({"begin": 1, "end": 3}, {"line": 3, "column": 4})


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("./a.yaml", "a.yaml"),
        ("../a.yaml", "../a.yaml"),
        ("a b/jöb.yaml", "a b/jöb.yaml"),
        ("a\udcff.yaml", "a\\udcff.yaml"),
        ("<stdin>", "stdin"),
    ],
)
def test_gitlab_paths(path, shown):
    (issue,) = json.loads(render("gitlab", report_of(find(Source(path, "a: b"), "b", "m"))))
    assert issue["location"]["path"] == shown


def test_gitlab_fingerprints_survive_moved_lines_and_tell_findings_apart():
    def marks(text: str) -> list[str]:
        source = Source("x", text)
        found = [find(source, "b", "m", **more) for more in ({}, {}, {"rule": PRIVILEGED}, {"field_path": "f"})]
        return [issue["fingerprint"] for issue in json.loads(render("gitlab", report_of(*found)))]

    assert marks("a: b") == marks("\n\n# moved\na: b")
    assert len(set(marks("a: b"))) == 4


# junit

WHOLE, TEXT = r"\d+", r"(?s).*"
JUNIT = {
    "testsuites": ({"name": TEXT, "tests": WHOLE, "failures": WHOLE, "errors": WHOLE, "skipped": WHOLE, "time": WHOLE}, {"testsuite"}),
    "testsuite": ({"name": TEXT, "tests": WHOLE, "failures": WHOLE, "errors": WHOLE, "skipped": WHOLE, "time": WHOLE}, {"testcase"}),
    "testcase": ({"name": r"(?s).+", "classname": TEXT, "file": TEXT, "line": WHOLE, "column": WHOLE, "time": WHOLE}, {"failure", "error", "skipped"}),
    "failure": ({"message": TEXT, "type": r"error|warning|info"}, set()),
    "error": ({"message": TEXT, "type": r"unreadable"}, set()),
    "skipped": ({"message": TEXT}, set()),
}  # fmt: skip
OPTIONAL = {"line", "column"}


def check_junit(element: ET.Element) -> None:
    """What a schema would say: known attributes, each of its form, known children, counts that are right."""
    attributes, children = JUNIT[element.tag]
    assert set(attributes) - OPTIONAL <= set(element.attrib) <= set(attributes)
    assert all(re.fullmatch(attributes[name], value) for name, value in element.attrib.items())
    assert {child.tag for child in element} <= children
    if element.tag == "testcase":
        assert len(element) <= 1, "one result a case"
    if element.tag.startswith("testsuite"):
        assert len(element), "no suite is empty"
        for name, tag in {"tests": "testcase", "failures": "failure", "errors": "error", "skipped": "skipped"}.items():
            assert int(element.attrib[name]) == len(list(element.iter(tag)))
    if element.tag == "testsuite":
        names = Counter(
            (case.attrib["classname"], case.attrib["name"]) for case in element if case.find("failure") is not None
        )
        assert all(count == 1 for count in names.values())
    for child in element:
        check_junit(child)


@every_report
def test_junit_is_valid(make):
    text = render("junit", make())
    assert not re.search("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text), "no character XML 1.0 forbids"
    check_junit(ET.fromstring(text.encode("utf-8")))


def test_junit_of_a_clean_run_has_one_passing_case():
    assert (
        render("junit", report_of())
        == """\
<?xml version="1.0" encoding="utf-8"?>
<testsuites name="kexplain" tests="1" failures="0" errors="0" skipped="0" time="0">
  <testsuite name="shop/web.yaml" tests="1" failures="0" errors="0" skipped="0" time="0">
    <testcase name="no findings" classname="shop/web" file="shop/web.yaml" time="0" />
  </testsuite>
</testsuites>
"""
    )
    assert [case.attrib["name"] for case in ET.fromstring(render("junit", nothing())).iter("testcase")] == [
        "no manifests found"
    ]


def test_junit_of_many():
    assert (
        render("junit", many())
        == """\
<?xml version="1.0" encoding="utf-8"?>
<testsuites name="kexplain" tests="6" failures="3" errors="0" skipped="3" time="0">
  <testsuite name="a b/jöb.yaml" tests="2" failures="1" errors="0" skipped="1" time="0">
    <testcase name="image-latest-tag" classname="a b/jöb" file="a b/jöb.yaml" line="1" column="8" time="0">
      <failure message="image &quot;nginx:latest&quot;" type="info">line 1, col 8, image "nginx:latest"</failure>
    </testcase>
    <testcase name="document 1" classname="a b/jöb" file="a b/jöb.yaml" time="0">
      <skipped message="document 1 skipped: not a manifest" />
    </testcase>
  </testsuite>
  <testsuite name="bad.yaml" tests="1" failures="0" errors="0" skipped="1" time="0">
    <testcase name="file" classname="bad" file="bad.yaml" time="0">
      <skipped message="file unreadable: not UTF-8" />
    </testcase>
  </testsuite>
  <testsuite name="shop/web.yaml" tests="3" failures="2" errors="0" skipped="1" time="0">
    <testcase name="image-latest-tag: Deployment shop/web" classname="shop/web" file="shop/web.yaml" line="11" column="18" time="0">
      <failure message="container &quot;web&quot; uses image &quot;nginx:latest&quot;" type="warning">line 11, col 18, container "web" uses image "nginx:latest"</failure>
    </testcase>
    <testcase name="privileged-container: Deployment shop/web" classname="shop/web" file="shop/web.yaml" line="13" column="13" time="0">
      <failure message="container &quot;web&quot; is privileged" type="error">line 13, col 13, container "web" is privileged</failure>
    </testcase>
    <testcase name="document 2" classname="shop/web" file="shop/web.yaml" time="0">
      <skipped message="document 2 (Widget w) partly-checked: no schema of example.org/v1 Widget" />
    </testcase>
  </testsuite>
</testsuites>
"""
    )


def test_junit_fails_only_what_fails_the_run():
    root = ET.fromstring(render("junit", many(), fail_on="error", strict=True))
    assert (root.attrib["failures"], root.attrib["errors"]) == ("1", "1")
    (failure,) = root.iter("failure")
    assert failure.attrib["type"] == "error"
    assert {case.attrib["name"]: out.text for case in root.iter("testcase") for out in case.iter("system-out")} == {
        "image-latest-tag": 'info: line 1, col 8, image "nginx:latest"',
        "image-latest-tag: Deployment shop/web": 'warning: line 11, col 18, container "web" uses image "nginx:latest"',
    }
    assert ET.fromstring(render("junit", many(), fail_on="never")).attrib["failures"] == "0"


def test_junit_has_a_case_per_rule_and_object():
    web = Source("web.yaml", "a: b c")
    root = ET.fromstring(
        render("junit", report_of(
            find(web, "b", "first"), find(web, "c", "second", severity=Severity.ERROR),
            find(web, "c", "other", PRIVILEGED), find(web, "c", "third", identity=Identity("v1", "Pod", "p")),
        ))
    )  # fmt: skip
    failures = {case.attrib["name"]: case.find("failure") for case in root.iter("testcase")}
    assert list(failures) == [
        "no findings", "image-latest-tag: Deployment shop/web", "image-latest-tag: Pod p", "privileged-container: Deployment shop/web",
    ]  # fmt: skip
    first = failures["image-latest-tag: Deployment shop/web"]
    assert first.attrib == {"message": "first (and 1 more)", "type": "error"}
    assert first.text == "line 1, col 4, first\nline 1, col 6, second"


def test_junit_gives_hostile_text_back_as_escapes():
    root = ET.fromstring(render("junit", hostile()))
    failure = next(root.iter("failure"))
    assert failure.attrib["message"] == safe(HOSTILE)
    assert failure.text == f"line 1, col 8, {safe(HOSTILE)}"
    assert {element.tag for element in root.iter()} <= set(JUNIT)


# tap


def parse_tap(text: str) -> list[tuple[bool, str, str | None, object]]:
    """A strict parser: version, plan first, numbers in order, ``\\#`` and ``\\\\`` the only escapes, YAML that PyYAML reads."""
    version, plan, *lines = text.removesuffix("\n").split("\n")
    assert version == "TAP version 13"
    planned = re.fullmatch(r"1\.\.(\d+)( # SKIP \S.*)?", plan)
    found, block = [], None
    for line in lines:
        if block is not None:
            if line == "  ...":
                found[-1] = (*found[-1][:3], yaml.safe_load("\n".join(block)))
                block = None
            else:
                assert re.match(r"  \w+: ", line)
                block.append(line[2:])
        elif line == "  ---":
            assert found
            assert found[-1][3] is None
            block = []
        else:
            point = re.fullmatch(r"(not )?ok (\d+) - ((?:[^\\#]|\\[\\#])*?)(?: # SKIP ((?:[^\\#]|\\[\\#])+))?", line)
            assert point, line
            assert int(point[2]) == len(found) + 1
            words = [re.sub(r"\\(.)", r"\1", part) if part else None for part in (point[3], point[4])]
            found.append((not point[1], words[0] or "", words[1], None))
    assert block is None
    assert len(found) == int(planned[1])
    return found


@every_report
def test_tap_is_valid(make):
    report = make()
    points = parse_tap(render("tap", report))
    files = by_file(report)
    assert sum(not ok for ok, *_ in points) == len(report.findings) + sum(len(file.unread) for file in files)
    assert sum(ok and skip is None for ok, _, skip, _ in points) == sum(file.clean for file in files)
    assert sum(skip is not None for _, _, skip, _ in points) == sum(len(file.unchecked) for file in files)


@every_report
@pytest.mark.skipif(shutil.which("prove") is None, reason="needs Perl's prove")
def test_tap_by_its_own_consumer(make, tmp_path):
    report = make()
    points = parse_tap(text := render("tap", report))
    (tmp_path / "report.tap").write_text(text, encoding="utf-8")
    result = subprocess.run(
        ["prove", "--exec", "cat", "report.tap"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    failed = sum(not ok for ok, *_ in points)
    assert (result.returncode == 0) == (failed == 0)
    assert "Parse errors" not in result.stdout
    assert (f"Tests: {len(points)} Failed: {failed})" in result.stdout) == (failed > 0)
    if points and not failed:
        assert "Result: PASS" in result.stdout


def test_tap():
    assert render("tap", nothing()) == "TAP version 13\n1..0 # SKIP no manifests found\n"
    assert render("tap", report_of()) == "TAP version 13\n1..1\nok 1 - shop/web.yaml\n"
    assert render("tap", gaps()) == (
        "TAP version 13\n1..3\n"
        "ok 1 - a.yaml # SKIP document 1 (Widget w) skipped: a template \\# of 1\n"
        "not ok 2 - bad.yaml: file unreadable: not UTF-8\n"
        "ok 3 - shop/web.yaml\n"
    )
    assert (
        render("tap", many())
        == """\
TAP version 13
1..6
not ok 1 - a b/jöb.yaml:1:8 image-latest-tag: image "nginx:latest"
  ---
  severity: "info"
  ...
ok 2 - a b/jöb.yaml # SKIP document 1 skipped: not a manifest
not ok 3 - bad.yaml: file unreadable: not UTF-8
not ok 4 - shop/web.yaml:11:18 image-latest-tag: container "web" uses image "nginx:latest"
  ---
  severity: "warning"
  object: "Deployment shop/web"
  field: "spec.template.spec.containers[0].image"
  ...
not ok 5 - shop/web.yaml:13:13 privileged-container: container "web" is privileged
  ---
  severity: "error"
  object: "Deployment shop/web"
  field: "spec.template.spec.containers[0].securityContext.privileged"
  ...
ok 6 - shop/web.yaml # SKIP document 2 (Widget w) partly-checked: no schema of example.org/v1 Widget
"""
    )


def test_tap_gives_hostile_text_back():
    (ok, said, skip, known), *_ = parse_tap(render("tap", hostile()))
    assert (ok, skip) == (False, None)
    assert said.endswith(f"image-latest-tag: {safe(HOSTILE)}")
    assert known["severity"] == "warning"
    assert known["field"] == safe(HOSTILE)


# markdown

ALLOWED = re.compile(r"</?(span|details|summary|code)>")


def page(text: str) -> tuple[list, str]:
    """The tokens of a page, flat, and its text as a reader sees it, cells apart by line feeds."""
    tokens = []
    for token in MarkdownIt("commonmark").enable("table").enable("strikethrough").parse(text):
        tokens.append(token)
        tokens += token.children or []
    words = "".join(
        t.content if t.type in {"text", "code_inline"} else "\n" if t.type.endswith(("td_close", "th_close", "heading_close", "paragraph_close")) else ""
        for t in tokens
    )  # fmt: skip
    return tokens, words


@every_report
@pytest.mark.parametrize("explain", [True, False])
def test_markdown_holds_no_markup_of_a_manifest(make, explain):
    shown = render("markdown", make(), explain=explain)
    tokens, _ = page(shown)
    for token in tokens:
        if token.type in {"html_inline", "html_block"}:
            assert ALLOWED.sub("", token.content) == re.sub(r"<[^>]*>", "", token.content)
    own = {"https://example.org/digest"}
    assert {token.attrs["href"] for token in tokens if token.type == "link_open"} <= own
    assert not [token for token in tokens if token.type == "image"]
    assert len(shown.encode()) < 1 << 20


@every_report
def test_markdown_tables_keep_their_columns(make):
    tokens, _ = page(render("markdown", make()))
    columns, wanted = 0, 0
    for token in tokens:
        if token.type in {"thead_open", "tr_open"}:
            columns = 0
            wanted = 0 if token.type == "thead_open" else wanted
        columns += token.type in {"th_open", "td_open"}
        if token.type == "tr_close":
            wanted = wanted or columns
            assert columns == wanted
    rows = sum(token.type == "tr_open" for token in tokens)
    report = make()
    tables = 1 + len({finding.place.path for finding in report.findings[:500]}) + bool(report.unchecked())
    assert rows == tables + 1 + min(len(report.findings), 500) + min(len(report.unchecked()), 100)


@pytest.mark.parametrize(
    "words", [WORST, HOSTILE, "a | b", "\\|", "`", "@octocat #1 www.x.example", "*a*", "&amp;", "1. x"]
)
def test_markdown_shows_text_as_it_is(words):
    written = markdown.text(words)
    cut = safe(words)[: markdown.LONGEST - 1]
    tokens, _ = page(f"| a |\n| --- |\n| x{written}x |\n")
    cells = [token for token in tokens if token.type == "inline"]
    content = "".join(t.content for t in cells[1].children if t.type == "text")
    assert content.startswith(f"x{cut}")
    assert len(cells) == 2
    bare = re.sub(r"<span>.*?</span>", "", written)
    assert not re.search(r"[@#](?!\d+;)|//|www\.", bare)
    assert not re.search(r"[<>|`*_\[\]~$\\]", bare)


def test_markdown_finds_no_link_in_text():
    linkify = re.compile(r"(https?|ftp)://|www\.|[\w.]@\w|(^|\s)@\w|#\d")
    for text_node in re.split(r"</?span>", markdown.text(WORST)):
        assert not linkify.search(unescape(text_node))


def test_markdown_of_a_clean_run():
    assert (
        render("markdown", report_of())
        == """\
# kexplain

| errors | warnings | infos | suppressed | files | documents checked | not checked, or in part |
| ---: | ---: | ---: | ---: | ---: | ---: | ---: |
| 0 | 0 | 0 | 0 | 1 | 1 | 0 |

Nothing found.
"""
    )


def test_markdown_of_many():
    assert (
        render("markdown", many())
        == """\
# kexplain

| errors | warnings | infos | suppressed | files | documents checked | not checked, or in part |
| ---: | ---: | ---: | ---: | ---: | ---: | ---: |
| 1 | 1 | 1 | 1 | 3 | 1 | 3 |

- judged for Kubernetes 1.37
- 2 rules of the profile are in preview

## Findings

### `shop/web.yaml`

| place | severity | finding | object | rule |
| --- | --- | --- | --- | --- |
| 13:13 | error | container "web" is privileged | Deployment shop/web | `privileged-container` |
| 11:18 | warning | container "web" uses image "nginx:latest" | Deployment shop/web | `image-latest-tag` |

### `a b/jöb.yaml`

| place | severity | finding | object | rule |
| --- | --- | --- | --- | --- |
| 1:8 | info | image "nginx:latest" |  | `image-latest-tag` |

## Rules

<details><summary><code>image-latest-tag</code> (2): Title of image-latest-tag</summary>

**Why it matters**

The tag `latest` moves: two Pods of one Deployment can run different images. A restart may
bring a new version that nobody rolled out, and a rollback brings nothing back.

A second paragraph that the terminal leaves to `kexplain explain`.

**How to fix**

Name a version, or better [a digest](https://example.org/digest):

- `nginx:1.27.3`
- **or** with its digest

```yaml
image: nginx:1.27.3
```

</details>

<details><summary><code>privileged-container</code> (1): Title of privileged-container</summary>

**Why it matters**

It is root on the node.

**How to fix**

Remove `privileged`.

</details>

## Not checked

| file | document | state | why |
| --- | ---: | --- | --- |
| `bad.yaml` |  | unreadable | not UTF-8 |
| `shop/web.yaml` | 2 | partly-checked | no schema of example.org/v1 Widget |
| `a b/jöb.yaml` | 1 | skipped | not a manifest |
"""
    )


def test_markdown_without_explanations():
    assert "## Rules" not in render("markdown", many(), explain=False)
    assert "### `shop/web.yaml`" in render("markdown", many(), explain=False)


def test_markdown_lists_the_worst_and_counts_the_rest():
    shown = render("markdown", crowd(1200))
    assert shown.count("`image-latest-tag` |\n") == 499
    assert shown.count("`privileged-container` |\n") == 1
    assert "…and 700 more findings: GitHub shows no summary over 1 MiB.\n" in shown
    assert "more findings" not in render("markdown", crowd(500))


def test_markdown_stays_below_what_github_takes():
    words = "@" * 1000
    place = [Place(f"{i}{words}", 1, 1, 1, 1) for i in range(600)]
    rules = [make_rule(f"r-{i}", why="word " * 2000) for i in range(100)]
    findings = [find(Source("x", "a: b"), "b", words, rules[i % 100])._replace(place=place[i]) for i in range(600)]
    outcomes = [Outcome(f"{i}{words}", 1, Status.SKIPPED, words, words, words) for i in range(600)]
    shown = render("markdown", report_of(*findings, outcomes=outcomes))
    assert len(shown.encode()) < 1 << 20
    rows = shown.count("| warning |")
    assert 10 < rows < 500
    assert f"…and {600 - rows} more findings" in shown
    assert re.search(r"…and \d+ more rules", shown)
    assert re.search(r"…and \d+ more documents", shown)


# policyreport


@every_report
def test_policyreport_is_valid(make):
    report = make()
    document = json.loads(render("policyreport", report))
    for result in document["results"]:
        result["properties"].setdefault("path", "a file without a name, in this test only")
    assert errors(schema("policyreport-v1alpha2.json"), document) == []
    counts = Counter(result["result"] for result in document["results"])
    assert document["summary"] == {name: counts[name] for name in ("pass", "fail", "warn", "error", "skip")}
    assert counts["fail"] + counts["warn"] == len(report.findings)
    json.dumps(document, ensure_ascii=False).encode("utf-8")


def test_policyreport_of_one():
    assert (
        render("policyreport", one())
        == """\
{"apiVersion":"wgpolicyk8s.io/v1alpha2","kind":"ClusterPolicyReport",
"metadata":{"name":"kexplain","labels":{"app.kubernetes.io/managed-by":"kexplain"}},
"summary":{"pass":0,"fail":0,"warn":1,"error":0,"skip":0},
"results":[
{"source":"kexplain","policy":"images","rule":"image-latest-tag","category":"images","result":"warn","severity":"medium","scored":false,"message":"container \\"web\\" uses image \\"nginx:latest\\"","resources":[{"apiVersion":"apps/v1","kind":"Deployment","name":"web","namespace":"shop"}],"properties":{"path":"shop/web.yaml","line":"11","column":"18","fieldPath":"spec.template.spec.containers[0].image"}}
]}
"""
    )


def test_policyreport_of_gaps():
    document = json.loads(render("policyreport", gaps()))
    assert [(r["result"], r["message"], r.get("resources")) for r in document["results"]] == [
        ("skip", "document 1 (Widget w) skipped: a template # of 1", [{"kind": "Widget", "name": "w"}]),
        ("error", "file unreadable: not UTF-8", None),
    ]
    assert render("policyreport", report_of()).endswith('"results":[]}\n')


def test_policyreport_levels():
    web = Source("x", "a: b")
    document = json.loads(render("policyreport", report_of(*(find(web, "b", s, severity=s) for s in Severity))))
    assert {r["message"]: (r["result"], r["severity"], r["scored"]) for r in document["results"]} == {
        "info": ("warn", "low", False),
        "warning": ("warn", "medium", False),
        "error": ("fail", "high", True),
    }
    assert document["results"][0]["resources"] == [
        dict(zip(["apiVersion", "kind", "name", "namespace"], DEPLOYMENT, strict=True))
    ]
