"""The report formats, on reports made by hand: clean, one finding, many, hostile."""

import json
import os
import re
from pathlib import Path

import jsonschema
import pytest

from kexplain.catalogue.rule import Rule
from kexplain.catalogue.severity import Severity
from kexplain.engine.finding import Finding, Related
from kexplain.engine.report import Ground, KeptBack, Report
from kexplain.objects.outcome import Identity, Outcome, Status
from kexplain.output import report_format as formats
from kexplain.output.report_format import View
from kexplain.output.reports import _common
from kexplain.output.reports.sarif import uri
from kexplain.output.reports.text import clip
from kexplain.syntax.safe import clean
from kexplain.syntax.source import Place, Source, place_of
from kexplain.syntax.tree import Span

WEB = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  template:
    spec:
      containers:
        - name: web
          image: nginx:latest
          securityContext:
            privileged: true
"""
DEPLOYMENT = Identity("apps/v1", "Deployment", "web", "shop")
CONTAINER = "spec.template.spec.containers[0]"
WHY = """\
The tag `latest` moves: two Pods of one Deployment can run different images. A restart may
bring a new version that nobody rolled out, and a rollback brings nothing back.

A second paragraph that the terminal leaves to `kexplain explain`."""
FIX = """\
Name a version, or better [a digest](https://example.org/digest):

- `nginx:1.27.3`
- **or** with its digest

```yaml
image: nginx:1.27.3
```"""
HOSTILE = (
    "::error ::a\n::error::x ##[add-mask]\r\x1b[31m\u202e]]><script>[see](https://evil.example)\t\u2028\x9b%\ud800"
)


def make_rule(
    name="image-latest-tag", severity="warning", category="images", terms=("image-tag",), **prose
) -> Rule:  # fmt: skip
    rule = Rule(dict(
        id=name, title=f"Title of {name}", severity=severity, category=category, at=(), message="",
        terms=terms, profiles=("recommended",), equivalents=(), since="0.1.0",
        source=f"https://example.org/{name}", fixable=False, preview=False, schema=None, parameters={}, places=(),
        compares=False, constraints=False, **{"needs-the-set": False},
    ))  # fmt: skip
    vars(rule)["article"] = {
        "what": "An image has the tag `latest`.", "why": WHY, "fix": FIX, "ignore": "On a laptop.",
        "examples": [("bad", "", "image: nginx # finding\n"), ("good", "", "image: nginx:1.27.3\n")], **prose,
    }  # fmt: skip
    return rule


LATEST = make_rule()
PRIVILEGED = make_rule(
    "privileged-container", "error", "security", ("privileged", "security-context"),
    what="A container is privileged.", why="It is root on the node.", fix="Remove `privileged`.", ignore="",
)  # fmt: skip


def find(source: Source, words: str, message: str, rule: Rule = LATEST, **more) -> Finding:
    start = source.text.index(words)
    usual = {"severity": Severity(rule.severity), "identity": DEPLOYMENT, "field_path": f"{CONTAINER}.image"}
    place = place_of(source, Span(start, start + len(words)))
    return Finding(rule=rule, message=message, place=place, source=source, **{**usual, **more})


def report_of(*findings: Finding, **more) -> Report:
    usual = {
        "rules": {finding.rule.id: finding.rule for finding in findings}, "kubernetes_version": "",
        "outcomes": [Outcome("shop/web.yaml", 1, Status.CHECKED, kind="Deployment", name="web")],
    }  # fmt: skip
    return Report(findings=sorted(findings, key=lambda finding: finding.order), **{**usual, **more})


def one(**more) -> Report:
    source = Source("shop/web.yaml", WEB)
    return report_of(find(source, "nginx:latest", 'container "web" uses image "nginx:latest"'), **more)


def many() -> Report:
    """Two rules, out of order, one of them twice; a second place; documents not checked; one suppressed."""
    web, job = Source("shop/web.yaml", WEB), Source("a b/jöb.yaml", "image: nginx:latest\r\nname: job\r\n")
    related = (Related(Place("a b/jöb.yaml", 1, 8, 1, 20), "the same image"),)
    return report_of(
        find(web, "privileged: true", 'container "web" is privileged', PRIVILEGED,
             field_path=f"{CONTAINER}.securityContext.privileged"),
        find(web, "nginx:latest", 'container "web" uses image "nginx:latest"', related=related),
        find(job, "nginx:latest", 'image "nginx:latest"', identity=Identity(), field_path="",
             severity=Severity.INFO),
        suppressed=[KeptBack(find(web, "Deployment", "kind", PRIVILEGED), Ground.COMMENT, "on purpose")],
        outcomes=[
            Outcome("shop/web.yaml", 1, Status.CHECKED, kind="Deployment", name="web"),
            Outcome("shop/web.yaml", 2, Status.PARTLY, "no schema of example.org/v1 Widget", "Widget", "w"),
            Outcome("a b/jöb.yaml", 1, Status.SKIPPED, "not a manifest"),
            Outcome("bad.yaml", 0, Status.UNREADABLE, "not UTF-8"),
        ],
        notes=["2 rules of the profile are in preview"],
        kubernetes_version="1.37",
    )  # fmt: skip


def hostile() -> Report:
    source = Source(HOSTILE, f"image: '{HOSTILE}' # end\n")
    identity = Identity(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    place = Place(HOSTILE, 1, 8, 1, 9)
    related = (Related(place, HOSTILE),)
    finding = Finding(LATEST, Severity.WARNING, HOSTILE, place, identity, HOSTILE, source, related)
    outcomes = [Outcome("x", 1, Status.SKIPPED, HOSTILE, HOSTILE, HOSTILE)]
    return report_of(
        finding, outcomes=outcomes, suppressed=[KeptBack(finding, Ground.COMMENT, HOSTILE)], notes=[HOSTILE]
    )


@pytest.fixture(autouse=True)
def glossary(monkeypatch):
    """The words of this test, not those of the glossary."""
    known = {
        "image-tag": ("image tag", "The name of a version of an image."),
        "privileged": ("privileged", "With all rights of the node's root."),
    }
    for module in ("_common", "text", "sarif"):
        monkeypatch.setattr(f"kexplain.output.reports.{module}.term", lambda slug: known.get(slug, (slug, "")))


def render(name: str, report: Report, **view) -> str:
    return "".join(formats.render(name, report, View(**view)))


def test_names():
    assert {"concise", "github", "json", "sarif", "text"} <= set(formats.names())
    assert not [name for name in formats.names() if name.startswith("_")]


# text


def test_text_of_a_clean_run_is_empty():
    assert render("text", report_of()) == ""


def test_text_of_one_finding():
    assert (
        render("text", one())
        == """\
warning[image-latest-tag] container "web" uses image "nginx:latest"
  --> shop/web.yaml:11:18 in Deployment shop/web, spec.template.spec.containers[0].image
   |
11 |           image: nginx:latest
   |                  ^^^^^^^^^^^^
   = why: The tag `latest` moves: two Pods of one Deployment can run different
          images. A restart may bring a new version that nobody rolled out, and
          a rollback brings nothing back.
   = fix: Name a version, or better a digest:
          - `nginx:1.27.3`
          - or with its digest
              image: nginx:1.27.3
   = explain: kexplain explain image-latest-tag (about: image tag)
"""
    )


def test_text_of_120_columns():
    assert (
        render("text", one(), width=120)
        == """\
warning[image-latest-tag] container "web" uses image "nginx:latest"
  --> shop/web.yaml:11:18 in Deployment shop/web, spec.template.spec.containers[0].image
   |
11 |           image: nginx:latest
   |                  ^^^^^^^^^^^^
   = why: The tag `latest` moves: two Pods of one Deployment can run different images. A restart may \
bring a new version
          that nobody rolled out, and a rollback brings nothing back.
   = fix: Name a version, or better a digest:
          - `nginx:1.27.3`
          - or with its digest
              image: nginx:1.27.3
   = explain: kexplain explain image-latest-tag (about: image tag)
"""
    )


def test_text_of_many_explains_each_rule_once():
    assert (
        render("text", many())
        == """\
error[privileged-container] container "web" is privileged
  --> shop/web.yaml:13:13 in Deployment shop/web, spec.template.spec.containers[0].securityContext.privileged
   |
13 |             privileged: true
   |             ^^^^^^^^^^^^^^^^
   = why: It is root on the node.
   = fix: Remove `privileged`.
   = explain: kexplain explain privileged-container (about: privileged,
              security-context)

warning[image-latest-tag] container "web" uses image "nginx:latest"
  --> shop/web.yaml:11:18 in Deployment shop/web, spec.template.spec.containers[0].image
   |
11 |           image: nginx:latest
   |                  ^^^^^^^^^^^^
   = why: The tag `latest` moves: two Pods of one Deployment can run different
          images. A restart may bring a new version that nobody rolled out, and
          a rollback brings nothing back.
   = fix: Name a version, or better a digest:
          - `nginx:1.27.3`
          - or with its digest
              image: nginx:1.27.3
   = related: a b/jöb.yaml:1:8: the same image
   = explain: kexplain explain image-latest-tag (about: image tag)

info[image-latest-tag] image "nginx:latest"
 --> a b/jöb.yaml:1:8
  |
1 | image: nginx:latest
  |        ^^^^^^^^^^^^
"""
    )


def test_text_without_explanations():
    shown = render("text", many(), explain=False)
    assert "= why" not in shown
    assert "= fix" not in shown
    assert "= explain" not in shown
    assert "= related: a b/jöb.yaml:1:8: the same image" in shown


def test_text_in_colour_has_the_same_words():
    shown = render("text", many(), color=True)
    assert "\x1b[31m\x1b[1merror[privileged-container]\x1b[0m container" in shown
    assert re.sub(r"\x1b\[\d+m", "", shown) == render("text", many())


def lines_of(text: str, words: str, width: int = 80, hidden: tuple[Span, ...] = ()) -> list[str]:
    source = Source("x", text)
    report = report_of(find(source, words, "m"), hidden={"x": list(hidden)})
    return render("text", report, width=width, explain=False).splitlines()[3:5]


@pytest.mark.parametrize(
    ("text", "words", "line", "caret"),
    [
        ("name: 日本語 x", "x", "1 | name: 日本語 x", "  |              ^"),
        ("name: 日本語 x", "本", "1 | name: 日本語 x", "  |         ^^"),
        ("name: e\u0301te x", "x", "1 | name: e\u0301te x", "  |           ^"),
        ("a:\tb", "b", "1 | a:    b", "  |       ^"),
        ("a: \x1bb", "b", "1 | a: \\x1bb", "  |        ^"),
        ("a: \x1bb", "\x1b", "1 | a: \\x1bb", "  |    ^^^^"),
        ("a: |\n  b\n  c\n", "|\n  b", "1 | a: |", "  |    ^"),
        ("a:\n", "\n", "1 | a:", "  |   ^"),
        ("a: b", "", "1 | a: b", "  | ^"),
        ("", "", "1 |", "  | ^"),
    ],
)
def test_caret_stands_under_the_span(text, words, line, caret):
    assert lines_of(text, words) == [line, caret]


def test_secret_values_are_not_shown():
    assert lines_of("password: hunter2", "password", hidden=(Span(10, 17),)) == [
        "1 | password: •••••••", "  | ^^^^^^^^",
    ]  # fmt: skip


def test_long_lines_are_cut_around_the_span():
    line, caret = lines_of("x" * 500 + "HERE" + "y" * 500, "HERE", width=40)
    assert line == "1 | …" + "x" * 15 + "HERE" + "y" * 15 + "…"
    assert caret == "  | " + " " * 16 + "^^^^"


@pytest.mark.parametrize("char", ["x", "語", "\t", "\x1b", "\u0301"])
@pytest.mark.parametrize("start", [0, 1, 30, 250, 499, 500])
@pytest.mark.parametrize("length", [0, 1, 10, 400])
def test_cut_lines_keep_to_their_room(char, start, length):
    room = 36
    text, offset, carets = clip(char * 500, start, min(start + length, 500), room)
    columns = sum(2 if c == "語" else 0 if c == "\u0301" else 1 for c in text)
    assert columns <= room
    assert offset + max(carets, 1) <= room + 1
    assert not carets or start < 500


# concise and github


def test_concise():
    assert render("concise", report_of()) == ""
    assert render("concise", many()) == (
        'a b/jöb.yaml:1:8: info[image-latest-tag] image "nginx:latest"\n'
        'shop/web.yaml:11:18: warning[image-latest-tag] container "web" uses image "nginx:latest"\n'
        'shop/web.yaml:13:13: error[privileged-container] container "web" is privileged\n'
    )


def test_github():
    assert render("github", report_of()) == ""
    assert render("github", many()) == (
        "::error title=kexplain (privileged-container),file=shop/web.yaml"
        ',line=13,col=13,endLine=13,endColumn=29::container "web" is privileged\n'
        "::warning title=kexplain (image-latest-tag),file=shop/web.yaml"
        ',line=11,col=18,endLine=11,endColumn=30::container "web" uses image "nginx:latest"\n'
        "::notice title=kexplain (image-latest-tag),file=a b/jöb.yaml,line=1,col=8,endLine=1,endColumn=20"
        '::image "nginx:latest"\n'
    )


def test_github_has_no_columns_across_lines_and_escapes():
    source = Source("C:/a,b/100%.yaml", "a: |\n  b\n")
    shown = render("github", report_of(find(source, "|\n  b", "50%: one, two\nthree")))
    assert shown == (
        "::warning title=kexplain (image-latest-tag),file=C%3A/a%2Cb/100%25.yaml,line=1,endLine=2"
        "::50%25: one, two%0Athree\n"
    )


@pytest.mark.parametrize(("number", "said"), [(10, 0), (11, 1)])
def test_github_counts_what_it_does_not_show(number, said):
    source = Source("x", "a: b")
    findings = [find(source, "b", str(i)) for i in range(number)] + [find(source, "a", "p", PRIVILEGED)]
    lines = render("github", report_of(*findings)).splitlines()
    assert len(lines) == number + 1 + said
    if said:
        assert lines[-1] == (
            "::notice title=kexplain::1 error, 11 warnings in all; GitHub shows the first 10 of each level in a step"
        )


# json


def test_json_of_a_clean_run():
    assert json.loads(render("json", report_of())) == {
        "version": 1,
        "findings": [],
        "suppressed": [],
        "outcomes": [{"path": "shop/web.yaml", "document": 1, "kind": "Deployment", "name": "web",
                      "status": "checked", "reason": ""}],
        "summary": {
            "findings": {"error": 0, "warning": 0, "info": 0},
            "suppressed": 0,
            "files": 1,
            "documents": {"checked": 1, "partly-checked": 0, "skipped": 0, "unreadable": 0},
            "kubernetesVersion": "",
            "notes": [],
        },
    }  # fmt: skip


def test_json_of_many():
    document = json.loads(render("json", many()))
    assert [(f["path"], f["rule"]) for f in document["findings"]] == [
        ("a b/jöb.yaml", "image-latest-tag"),
        ("shop/web.yaml", "image-latest-tag"),
        ("shop/web.yaml", "privileged-container"),
    ]
    assert document["findings"][1] == {
        "rule": "image-latest-tag", "severity": "warning",
        "message": 'container "web" uses image "nginx:latest"',
        "path": "shop/web.yaml", "line": 11, "column": 18, "endLine": 11, "endColumn": 30,
        "apiVersion": "apps/v1", "kind": "Deployment", "name": "web", "namespace": "shop",
        "fieldPath": "spec.template.spec.containers[0].image", "terms": ["image-tag"],
        "related": [{"path": "a b/jöb.yaml", "line": 1, "column": 8, "endLine": 1, "endColumn": 20,
                     "message": "the same image"}],
    }  # fmt: skip
    (suppressed,) = document["suppressed"]
    assert (suppressed["rule"], suppressed["reason"]) == ("privileged-container", "comment: on purpose")
    assert document["outcomes"][1] == {
        "path": "shop/web.yaml", "document": 2, "kind": "Widget", "name": "w", "status": "partly-checked",
        "reason": "no schema of example.org/v1 Widget",
    }  # fmt: skip
    assert document["summary"] == {
        "findings": {"error": 1, "warning": 1, "info": 1},
        "suppressed": 1,
        "files": 3,
        "documents": {"checked": 1, "partly-checked": 1, "skipped": 1, "unreadable": 1},
        "kubernetesVersion": "1.37",
        "notes": ["2 rules of the profile are in preview"],
    }


def test_json_has_one_finding_a_line():
    assert render("json", many()).count("\n") == len(render("json", many()).splitlines())
    assert sum(line.startswith('{"rule"') for line in render("json", many()).splitlines()) == 4


# sarif

SCHEMAS = sorted((Path(__file__).parent / "schemas").glob("sarif-*.json"))
OFFICIAL = os.environ.get("KEXPLAIN_SARIF_SCHEMA", "")


def sarif(report: Report) -> dict:
    return json.loads(render("sarif", report))


def every_level() -> Report:
    rules = [make_rule(f"r-{s}-{c}", s, c) for s in Severity for c in ("rbac", "security", "storage")]
    return report_of(*(find(Source("x.yaml", "a: b"), "b", "m", rule) for rule in rules))


@pytest.mark.parametrize("schema", [*SCHEMAS, None], ids=lambda path: path.stem if path else "official")
@pytest.mark.parametrize("report", [report_of, one, many, hostile, every_level])
def test_sarif_is_valid(report, schema):
    if schema is None and not OFFICIAL:
        pytest.skip("KEXPLAIN_SARIF_SCHEMA names no copy of the official schema")
    schema = schema or Path(OFFICIAL)
    document = json.loads(schema.read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(document)
    validator.check_schema(document)
    assert [error.message for error in validator(document).iter_errors(sarif(report()))] == []


def test_sarif_of_a_clean_run_has_results():
    (run,) = sarif(report_of())["runs"]
    assert run["results"] == []
    assert run["tool"]["driver"]["rules"] == []
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


def test_sarif_of_many():
    (run,) = sarif(many())["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["image-latest-tag", "privileged-container"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    first, second, third = run["results"]
    assert [r["level"] for r in run["results"]] == ["note", "warning", "error"]
    assert first["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "a%20b/j%C3%B6b.yaml"},
        "region": {"startLine": 1, "startColumn": 8, "endLine": 1, "endColumn": 20},
    }
    assert "logicalLocations" not in first["locations"][0]
    assert second["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == (
        "Deployment shop/web: spec.template.spec.containers[0].image"
    )
    assert [(r["id"], r["message"]["text"]) for r in second["relatedLocations"]] == [(1, "the same image")]
    assert third["message"] == {"text": 'container "web" is privileged'}


def test_sarif_says_what_was_not_checked():
    (run,) = sarif(many())["runs"]
    said = run["invocations"][0]["toolExecutionNotifications"]
    assert [(n["level"], n["message"]["text"]) for n in said] == [
        ("warning", "document 2 (Widget w) partly-checked: no schema of example.org/v1 Widget"),
        ("note", "document 1 skipped: not a manifest"),
        ("warning", "file unreadable: not UTF-8"),
        ("note", "2 rules of the profile are in preview"),
    ]
    assert said[2]["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": "bad.yaml"}}}]


def test_sarif_rules_carry_their_article():
    (run,) = sarif(many())["runs"]
    latest, privileged = run["tool"]["driver"]["rules"]
    assert latest["properties"] == {
        "tags": ["images", "kubernetes"], "precision": "high", "problem.severity": "warning",
    }  # fmt: skip
    assert privileged["properties"] == {
        "tags": ["security", "kubernetes"], "precision": "high", "problem.severity": "error",
        "security-severity": "8.0",
    }  # fmt: skip
    assert latest["shortDescription"]["text"] == "Title of image-latest-tag"
    assert latest["fullDescription"]["text"] == "An image has the tag `latest`."
    assert latest["defaultConfiguration"] == {"level": "warning"}
    assert privileged["help"]["markdown"] == (
        "A container is privileged.\n\n## Why it matters\n\nIt is root on the node.\n\n"
        "## How to fix\n\nRemove `privileged`.\n\n"
        "## Terms\n\n- **privileged**: With all rights of the node's root.\n- **security-context**\n\n"
        "## Bad example\n\n```yaml\nimage: nginx # finding\n```\n\n"
        "## Good example\n\n```yaml\nimage: nginx:1.27.3\n```"
    )
    assert privileged["help"]["text"] == (
        "A container is privileged.\nWhy it matters\nIt is root on the node.\n"
        "How to fix\nRemove `privileged`.\n"
        "Terms\n- privileged: With all rights of the node's root.\n- security-context\n"
        "Bad example\n    image: nginx # finding\nGood example\n    image: nginx:1.27.3"
    )


def test_sarif_takes_at_most_what_github_takes_of_a_description():
    rule = make_rule(what="word " * 400)
    (run,) = sarif(report_of(find(Source("x", "a: b"), "b", "m", rule)))["runs"]
    text = run["tool"]["driver"]["rules"][0]["fullDescription"]["text"]
    assert len(text) == 1024
    assert text.endswith("…")


def test_fingerprints_survive_moved_lines_and_tell_findings_apart():
    def fingerprint(text: str, **more) -> str:
        finding = find(Source("x", text), "b", "m", **more)
        return sarif(report_of(finding))["runs"][0]["results"][0]["partialFingerprints"]["kexplain/v1"]

    assert fingerprint("a: b") == fingerprint("\n\n# moved\na: b")
    others = [{}, {"rule": PRIVILEGED}, {"identity": Identity("v1", "Pod", "web")}, {"field_path": "spec"}]
    assert len({fingerprint("a: b", **more) for more in others}) == len(others)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("<stdin>", "stdin"),
        ("./a/b.yaml", "a/b.yaml"),
        ("../b.yaml", "../b.yaml"),
        ("a:b/c#d?e.yaml", "a%3Ab/c%23d%3Fe.yaml"),
        ("a b/ü%.yaml", "a%20b/%C3%BC%25.yaml"),
        ("bad\udcff.yaml", "bad%FF.yaml"),
        ("/srv/a.yaml", "file:///srv/a.yaml"),
        ("C:/srv/a.yaml", "file:///C:/srv/a.yaml"),
    ],
)
def test_uris(path, expected):
    assert uri(path) == expected


# hostile text

UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff]")


@pytest.mark.parametrize("name", formats.names())
def test_no_format_passes_on_what_harms_a_terminal(name):
    shown = render(name, hostile())
    assert not UNSAFE.search(shown)
    shown.encode("utf-8")


def test_hostile_text_stays_on_its_line():
    assert len(render("concise", hostile()).splitlines()) == 1
    (line,) = render("github", hostile()).splitlines()
    assert ",file=%3A%3Aerror %3A%3Aa%0A%3A%3Aerror%3A%3Ax " in line
    assert len(render("text", hostile(), explain=False).splitlines()) == 6


@pytest.mark.parametrize("name", ["concise", "json", "sarif", "text"])
@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_hostile_text_is_no_command_to_the_runner(name, width):
    """It obeys ``::`` at the start of a line, space before it or not, and ``##[`` anywhere."""
    shown = render(name, hostile(), width=width)
    assert not [line for line in shown.splitlines() if line.lstrip().startswith("::")]
    assert "##[" not in shown


def test_a_source_line_is_no_command_to_the_runner():
    source = Source("pod.yaml", "::error::x ##[add-mask]kind ##vso[task]\n")
    shown = render("text", report_of(find(source, "kind", "words")), width=80)
    assert "1 | ::error::x ##(add-mask]kind ##vso(task]" in shown


def test_json_gives_hostile_text_back_unchanged():
    (finding,) = json.loads(render("json", hostile()))["findings"]
    assert {finding[key] for key in ("message", "path", "kind", "name", "fieldPath")} == {HOSTILE}


def test_sarif_makes_no_link_of_hostile_text():
    (run,) = sarif(hostile())["runs"]
    assert r"\[see](https://evil.example)" in run["results"][0]["message"]["text"]
    assert run["tool"]["driver"]["rules"][0]["help"]["markdown"].count("evil") == 0


def test_clean_escapes_what_cannot_be_encoded_or_seen():
    assert clean("a\udcff\U000e0041b\tc\n") == "a\\udcff\\U000e0041b\tc\n"


# the words of rules


def test_blocks_of_markdown():
    markdown = "one\ntwo\n\n1. three\n   four\n2. **five**\n```yaml\na: [b](c)\n```\nsix [x](y)"
    assert _common.blocks(markdown) == [
        "one two", "1. three four", "2. five", "    a: [b](c)", "six x",
    ]  # fmt: skip


def test_term_reads_the_glossary(monkeypatch):
    monkeypatch.undo()
    assert _common.term("liveness-probe") == (
        "liveness probe", "A check that, when it keeps failing, makes the kubelet restart the container.",
    )  # fmt: skip
    assert _common.term("no-such-term") == ("no-such-term", "")
