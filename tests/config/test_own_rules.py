"""Rules of one's own: they join the catalogue, their examples are tests, and what is wrong with one is told before a run."""

import json
import os
from pathlib import Path

import pytest
from support import ROOT, run

from kexplain import InputError, lint

POD = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  containers:\n    - name: c\n      image: web:1.0\n"
FRONT = """\
severity: error
category: images
at: [Container.image]
message: 'container "{container}" runs {value}'
schema: {pattern: "^ours/"}
"""
BODY = """\
# Image that is not ours

An image does not begin with `ours/`.

## Why it matters

Nobody knows the others.

## How to fix

Copy it.
"""
EXAMPLES = f"""
```yaml bad
{POD.replace("web:1.0", "web:1.0 # finding")}```

```yaml good
{POD.replace("web:1.0", "ours/web:1.0")}```
"""


@pytest.fixture
def folder(folder: Path) -> Path:
    (folder / "rules").mkdir()
    (folder / "pod.yaml").write_text(POD)
    (folder / ".kexplain.yaml").write_text("rule-folders: [rules]\n")
    return folder


def write(folder: Path, front: str = FRONT, body: str = BODY, name: str = "foreign-image") -> None:
    (folder / "rules" / f"{name}.md").write_text(f"---\n{front}---\n{body}", encoding="utf-8")


def found(*arguments: str) -> list[str]:
    result = run("lint", "pod.yaml", *arguments, "-o", "json", "--exit-zero")
    return [f["rule"] for f in json.loads(result.stdout)["findings"]]


def complaint(*arguments: str) -> str:
    """What a lint says that cannot run."""
    result = run(*(arguments or ("lint", "pod.yaml")))
    assert result.exit_code == 2
    assert result.stdout == ""
    return result.stderr.strip()


# the catalogue


def test_it_finds_and_says_why(folder: Path) -> None:
    write(folder)
    text = run("lint", "pod.yaml", "--select", "foreign-image").stdout
    assert 'error[foreign-image] container "c" runs web:1.0\n --> pod.yaml:8:14' in text
    assert "why: Nobody knows the others." in text
    assert "fix: Copy it." in text


@pytest.mark.parametrize(
    ("front", "arguments", "on"),
    [
        ("", (), True),
        ("", ("--profile", "pss-restricted"), True),
        ("", ("--ignore", "images"), False),
        ("", ("--ignore", "foreign-*"), False),
        ("", ("--select", "images"), True),
        ("", ("--select", "security"), False),
        ("profiles: []\n", (), False),
        ("profiles: []\n", ("--extend-select", "foreign-image"), True),
        ("profiles: [pss-baseline]\n", (), False),
        ("profiles: [pss-baseline]\n", ("--profile", "pss-baseline"), True),
        ("", ("--no-config",), False),
    ],
)
def test_it_is_selected_like_any_rule(folder: Path, front: str, arguments: tuple[str, ...], on: bool) -> None:
    write(folder, FRONT + front)
    assert ("foreign-image" in found(*arguments)) == on


def test_it_is_listed_and_explained(folder: Path) -> None:
    write(folder)
    assert any(line.startswith("foreign-image  ") for line in run("rules").stdout.splitlines())
    (listed,) = [r for r in json.loads(run("rules", "-f", "json").stdout) if r["id"] == "foreign-image"]
    assert (listed["title"], listed["source"], listed["path"]) == (
        "Image that is not ours",
        "",
        "rules/foreign-image.md",
    )
    assert "Nobody knows the others." in run("explain", "foreign-image").stdout
    assert run("explain", "foreign-imago").stderr.partition("did you mean ")[2].startswith("'foreign-image'")
    assert run("explain", "foreign-image", "--no-config").exit_code == 1
    assert "foreign-image" not in run("rules", "--no-config").stdout


def test_reports_carry_its_article(folder: Path) -> None:
    write(folder, body=BODY + EXAMPLES)
    log = json.loads(run("lint", "pod.yaml", "--select", "foreign-image", "-o", "sarif").stdout)
    (descriptor,) = log["runs"][0]["tool"]["driver"]["rules"]
    assert descriptor["help"]["markdown"].startswith("An image does not begin with `ours/`.\n\n## Why it matters")
    assert "helpUri" not in descriptor  # it has no page


@pytest.mark.parametrize("format_", ["text", "json", "sarif", "markdown", "html", "github", "gitlab", "junit", "tap"])
def test_every_report_can_show_a_rule_without_an_article(folder: Path, format_: str) -> None:
    write(folder, body="")
    result = run("lint", "pod.yaml", "--select", "foreign-image", "-o", format_)
    assert result.exit_code == 1
    assert "foreign-image" in result.stdout


def test_it_is_suppressed_and_overridden_even_while_it_is_off(folder: Path) -> None:
    write(folder)
    (folder / "pod.yaml").write_text(POD.replace("web:1.0", "web:1.0 # kexplain: ignore[foreign-image] why not"))
    (folder / ".kexplain.yaml").write_text(
        "rule-folders: [rules]\noverrides: [{kinds: [Job], ignore: [foreign-image], reason: r}]\n"
    )
    assert "foreign-image" not in found()
    assert "unknown-rule-in-suppression" not in found("--ignore", "foreign-image")


def test_null_is_as_if_it_were_not_there(folder: Path) -> None:
    write(folder, FRONT + "terms:\nprofiles: null\nparameters:\npreview:\nsource:\n")
    assert "foreign-image" in found()


def test_several_folders_and_the_library(folder: Path) -> None:
    write(folder)
    (folder / "more").mkdir()
    (folder / "more" / "own-image.md").write_text(f"---\n{FRONT.replace('ours', 'mine')}---\n")
    (folder / "more" / "README.md").write_text("no rule")
    report = lint("pod.yaml", rule_folders=["rules", "more"], select=["foreign-image", "own-image"])
    assert [finding.rule.id for finding in report.findings] == ["foreign-image", "own-image"]
    (folder / "more" / "foreign-image.md").write_text(f"---\n{FRONT}---\n")
    with pytest.raises(InputError, match=r"^more/foreign-image\.md: rules/foreign-image\.md is already called"):
        lint("pod.yaml", rule_folders=["rules", "more"])


def test_a_changed_file_is_read_again(folder: Path) -> None:
    write(folder)
    assert lint("pod.yaml", rule_folders=["rules"], select=["foreign-image"]).findings
    write(folder, FRONT.replace("ours", "web"))
    os.utime(folder / "rules" / "foreign-image.md", (1, 1))
    write(folder, FRONT.replace("^ours/", "^web"))
    assert not lint("pod.yaml", rule_folders=["rules"], select=["foreign-image"]).findings


# what is wrong with one

LONG = "x" * 200_001


@pytest.mark.parametrize(
    ("front", "words"),
    [
        (FRONT.replace("Container.image", "Container.imag"), "4:6: at: 'Container.imag': core/v1 Container has no field 'imag'; did you mean 'image'?"),
        (FRONT.replace("[Container.image]", "[label:a, Contaner]"), "4:15: at: 'Contaner': no Kubernetes type is called 'Contaner'; did you mean 'Container'?"),
        (FRONT.replace("Container.image", "'Container.image~('"), "4:6: at: 'Container.image~(': not a regular expression: "),
        (FRONT.replace("Container.image", "'*.kind'"), "4:6: at: '*.kind' is for terms; write '*', and the field kind into the schema's properties"),
        (FRONT.replace("[Container.image]", "[]"), "4:1: at: names no position; without one nothing is checked"),
        (FRONT.replace("at: [Container.image]\n", ""), "2:1: it needs 'at'"),
        (FRONT + "terms: [image-tag, liveness-prob]\n", "7:20: the glossary has no term 'liveness-prob'; did you mean 'liveness-probe'?"),
        (FRONT.replace("severity: error", "severity: fatal"), "2:1: severity must be one of error, warning, info, not 'fatal'"),
        (FRONT.replace("category", "categorie"), "3:1: unknown key 'categorie'; did you mean 'category'?"),
        (FRONT + "profiles: [default]\n", "7:12: profiles[0] must be one of recommended, "),
        (FRONT + "source: http://example.com\n", "7:1: source must be "),
        (FRONT + "severity: info\n", "7:1: the front matter: severity (written twice)"),
        (FRONT.replace("{container}", "{contaner}"), "5:1: message: nothing is called {contaner}; there are container, field, "),
        (FRONT.replace("{value}", "{value.text}"), "5:1: message: nothing is called {value.text}"),
        (FRONT.replace("{value}", "{value:>9999999999}"), "5:1: message: nothing is called {value}"),
        (FRONT.replace("{value}", "{"), "5:1: message: "),
        (FRONT.replace('schema: {pattern: "^ours/"}\n', ""), "1:1: needs 'schema', what a good value looks like; a check in Python is never run"),
    ],
)  # fmt: skip
def test_front_matter(folder: Path, front: str, words: str) -> None:
    write(folder, front)
    assert complaint().startswith(f"kexplain: rules/foreign-image.md:{words}")


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ("{patern: a}", "6:10: schema.patern is not a keyword of a condition; did you mean 'pattern'?"),
        ("{pattern: '('}", "6:10: schema.pattern must be a regular expression"),
        ("{type: text}", "6:10: schema.type must be one of string, "),
        ("{minLength: -1}", "6:10: schema.minLength must be a whole number of at least 0"),
        ("{maximum: '1'}", "6:10: schema.maximum must be a number"),
        ("{anyOf: {}}", "6:10: schema.anyOf must be a list of schemas"),
        ("{anyOf: [{}, {not: {$ref: 'https://example.com/'}}]}", "6:29: schema.anyOf.1.not.$ref is not followed"),
        ("{properties: {a: 1}}", "6:23: schema.properties.a must be a mapping of JSON Schema keywords"),
        ("{enum: {$parameter: none}}", "6:10: schema.enum must be a list of values"),
        ("{if: {type: string}, then: {required: [a, a]}}", "6:37: schema.then.required "),
        ("{oneOf: []}", "6:10: schema.oneOf "),
        ("{multipleOf: 0}", "6:10: schema.multipleOf "),
        (
            "{patternProperties: {'(': {}}}",
            "6:30: schema.patternProperties.( must have a regular expression as its name",
        ),
        ("{dependentRequired: {a: b}}", "6:10: schema.dependentRequired must be a mapping of names to lists of names"),
        ("{minContains: -1}", "6:10: schema.minContains must be a whole number of at least 0"),
    ],
)
def test_condition(folder: Path, schema: str, words: str) -> None:
    write(folder, FRONT.replace('{pattern: "^ours/"}', schema))
    assert complaint().startswith(f"kexplain: rules/foreign-image.md:{words}")


@pytest.mark.parametrize(
    "schema",
    ["{if: {pattern: '^web'}, then: {const: ours}}", "{oneOf: [{const: a}, {const: b}]}", "{not: {}}", "{not: true}"],
)
def test_conditions_of_the_library(folder: Path, schema: str) -> None:
    write(folder, FRONT.replace('{pattern: "^ours/"}', schema))
    assert found("--select", "foreign-image") == ["foreign-image"]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("latest-image-tag", None, "latest-image-tag.md:2:1: kexplain has a rule called 'latest-image-tag'; rename the file"),
        ("security", None, "security.md:2:1: 'security' is the name of a category; rename the file"),
        ("Foreign_Image", None, "Foreign_Image.md:2:1: the file name 'Foreign_Image' is the rule's id: lower-case words"),
        ("a", "# no front matter\n", "a.md: begin with front matter between two lines of ---"),
        ("a", "---\n- a\n---\n", "a.md:1:1: the front matter is not a mapping"),
        ("a", f"---\n{FRONT}---\n# \x1b[31mred\n", "a.md:8:3: a control or invisible character; take it out"),
        ("a", LONG, "a.md: longer than 200,000 bytes; a rule is one article"),
    ],
)  # fmt: skip
def test_file(folder: Path, name: str, text: str | None, words: str) -> None:
    if text is None:
        write(folder, name=name)
    else:
        (folder / "rules" / f"{name}.md").write_text(text, encoding="utf-8")
    assert complaint().startswith(f"kexplain: rules/{words}")


def test_folder(folder: Path) -> None:
    assert complaint() == "kexplain: rules: rule-folders names it, and no rule (a file NAME.md) is in it"
    (folder / "rules").rmdir()
    assert complaint("rules") == "kexplain: rules: rule-folders names it, and there is no such folder"


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_links_stay_in_the_folder(folder: Path) -> None:
    (folder / "rules" / "a.md").symlink_to(folder / "pod.yaml")
    assert complaint() == "kexplain: rules/a.md: a rule is a file in its folder, not a link to elsewhere"
    (folder / "rules" / "..data").mkdir()  # as a mounted ConfigMap has it
    (folder / "rules" / "..data" / "a.md").write_text(f"---\n{FRONT}---\n")
    (folder / "rules" / "a.md").unlink()
    (folder / "rules" / "a.md").symlink_to("..data/a.md")
    assert found("--select", "a") == ["a"]


def test_no_message_tells_the_value_of_a_secret(folder: Path) -> None:
    front = FRONT.replace("Container.image", "'Secret.stringData[]'").replace(
        "'container \"{container}\" runs {value}'", "'{field} is {value}'"
    )
    write(folder, front)
    (folder / "pod.yaml").write_text("apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {pin: HUNTER2}\n")
    result = run("lint", "--select", "foreign-image", "--color", "never")
    assert result.stdout.count("pin is (hidden)") == 1
    assert "HUNTER2" not in result.stdout + result.stderr


# examples


def test_examples_that_pass(folder: Path) -> None:
    write(folder, body=BODY + EXAMPLES)
    result = run("rules", "--check")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "1 rule with 2 examples: all pass\n")


@pytest.mark.parametrize(
    ("old", "new", "failures"),
    [
        (" # finding", "", ["20: a bad example marks each line where a finding begins with # finding", '28: found, but not marked: container "c" runs web:1.0']),
        ("ours/web", "web", ['39: found, but not marked: container "c" runs web:1.0']),
        ("ours/web:1.0", "ours/web:1.0 # finding", ["39: a good example finds nothing, yet this line is marked # finding"]),
        ("  name: p", "  name: p # finding", ["24: marked, but nothing is found here", "35: a good example finds nothing, yet this line is marked # finding"]),
        ("kind: Pod", "kind: Pood", ["22: the example is not valid: ", "33: the example is not valid: "]),
        ("yaml good", "yaml good kubernetes=x", ["31: "]),
        ("yaml good", "yaml good colour=red", ["31: 'colour=red' after ```yaml means nothing; there are kubernetes=, complete"]),
        ("yaml good", "yaml other", [" no ```yaml good example"]),
        ("# finding", '# finding: 15 "runs web"', ['28: marked otherwise; found is: 14 "container "c" runs web:1.0"']),
        ("# finding", '# finding: 14 "is web"', ['28: marked otherwise; found is: 14 "container "c" runs web:1.0"']),
        ("# finding", "# finding # finding", ["28: marked, but nothing is found here"]),
        ("# finding", '# finding # related: 3 "elsewhere"', ["28: marked, but nothing is found here"]),
        ("# finding", "# finding # hidden", ["28: the value is marked # hidden, yet the report shows it"]),
        ("# finding", "# finding: the image", ["20: line 8: '# finding: the image' cannot be read; write '# finding', or '# finding: 25 \"words of the message\"'"]),
        ("# finding", "# hidden: 3", ["20: line 8: '# hidden: 3' cannot be read"]),
        ("name: p", "name: # hidden", ["20: 'name: # hidden' is marked # hidden, yet holds no value", "31: 'name: # hidden' is marked"]),
        ("ours/web:1.0", "ours/web:1.0 # hidden", ["39: a good example finds nothing, yet this line is marked # hidden"]),
    ],
)  # fmt: skip
def test_examples_that_fail(folder: Path, old: str, new: str, failures: list[str]) -> None:
    write(folder, body=BODY + EXAMPLES.replace(old, new))
    result = run("rules", "--check")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert len(lines) == len(failures)
    for line, words in zip(lines, failures, strict=True):
        assert line.startswith(f"rules/foreign-image.md:{words}")


FILES = f"""
```yaml bad
# file: shop/web.yaml
{POD}# file: test/web.yaml
{POD.replace("web:1.0", 'web:1.0 # finding: 14 "runs web:1.0"').replace(": p", ": q")}```

```yaml good
{POD.replace("web:1.0", "ours/web:1.0")}# file: other.yaml
{POD.replace("web:1.0", "ours/web:1.0")}```
"""


def test_an_example_of_several_files(folder: Path) -> None:
    write(folder, body=BODY + FILES)
    where = 'rules/foreign-image.md:29: found, but not marked: container "c" runs web:1.0'
    assert run("rules", "--check").stdout == f"{where}\n"
    marked = FILES.replace("web:1.0\n# file: test", "web:1.0 # finding: 14\n# file: test")
    write(folder, body=BODY + marked)
    assert run("rules", "--check").stderr == "1 rule with 2 examples: all pass\n"
    write(folder, body=BODY + marked.replace("# file: test/web.yaml", "# file: shop/web.yaml"))
    assert (
        run("rules", "--check").stdout
        == "rules/foreign-image.md:20: line 10: the example has a file shop/web.yaml already\n"
    )


def test_marks_are_read_from_the_one_that_pins_most(folder: Path) -> None:
    """Two findings in a line: the bare mark is left for the one that the pinned mark does not mean."""
    two = POD.replace(
        "    - name: c\n      image: web:1.0\n",
        "    [{name: c, image: a:1}, {name: d, image: b:1}] # finding # finding: 24\n",
    )
    body = BODY + EXAMPLES.replace(POD.replace("web:1.0", "web:1.0 # finding"), two)
    column = two.splitlines()[6].index("a:1") + 1
    write(folder, body=body.replace("# finding: 24", f"# finding: {column}"))
    assert run("rules", "--check").stderr == "1 rule with 2 examples: all pass\n"


def test_there_is_something_to_check(folder: Path) -> None:
    assert complaint("rules", "--check", "--no-config").startswith(
        "kexplain: there is no configuration that names rule-folders"
    )


def test_the_guide(folder: Path) -> None:
    guide = (ROOT / "docs" / "own-rules.md").read_text(encoding="utf-8")
    text = guide.partition("````markdown\n")[2].partition("````\n")[0]
    (folder / "rules" / "public-load-balancer.md").write_text(text, encoding="utf-8")
    assert run("rules", "--check").stderr == "1 rule with 2 examples: all pass\n"
