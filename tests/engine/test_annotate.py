"""Annotating: every layout says what is so, fits where it stands, tells no secret, and comments come and go without a trace."""

import json
import re
from pathlib import Path

import pytest
from rich.cells import cell_len
from support import annotate, calls

from kexplain.api.release import NEWEST, Release
from kexplain.edits.comments import RewriteError, rewrite
from kexplain.engine.annotation import Annotation
from kexplain.engine.annotator import HIDDEN
from kexplain.output import annotated_format as layout
from kexplain.output.annotated.comments import MARK
from kexplain.output.annotated.markdown import cell, code
from kexplain.output.report_format import View
from kexplain.syntax.parse import parse
from kexplain.syntax.safe import clean
from kexplain.syntax.source import Source
from kexplain.syntax.tree import plain_value

WEB = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: {app: web}
spec:
  replicas: 3
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxSurge: 25%
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
      - name: web
        image: nginx:1.27
        args: ["-c", 'a: b']
        livenessProbe:
          httpGet: {path: /healthz, port: 8080}
"""
SECRET = """\
apiVersion: v1
kind: Secret
metadata:
  name: s
  annotations: {kubectl.kubernetes.io/last-applied-configuration: '{"data":{"a":"HUNTER2"}}'}
type: Opaque
data:
  a: HUNTER2
  b: [HUNTER2]
  c: |
    HUNTER2
    HUNTER2
  a: HUNTER2
stringData: {p: "HUNTER2", q: 'HUNTER2'}
"""


def rendered(name: str, text: str, width: int = 100, path: str = "x.yaml", *, color: bool = False) -> str:
    return "".join(layout.render(name, annotate([Source(path, text)]), View(color, width)))


def rewrite_file(path: str, *, remove: bool = False) -> bool:
    (done,) = rewrite([Source(path, "")], annotate, remove=remove)
    if done.error:
        raise RewriteError(done.error)
    return done.changed


def annotations(text: str, release: Release = NEWEST) -> dict[str, Annotation]:
    return {
        a.field_path: a
        for file in annotate([Source("x.yaml", text)], release)
        for o in file.objects
        for a in o.annotations
    }


def meaning(text: str) -> list[object]:
    return [plain_value(document.root) for document in parse(text)]


# What is said


@pytest.mark.parametrize(
    ("path", "value", "type_", "term", "provenance"),
    [
        ("apiVersion", "apps/v1", "string", "gvk", "glossary"),
        ("kind", "Deployment", "string", "deployment", "glossary"),
        ("spec.replicas", 3, "int32", "replicas", "glossary"),
        ("spec.template.spec.containers", None, "list of Container", "container", "glossary"),
        ("spec.template.spec.containers[0].args[0]", "-c", "string", "container-args", "glossary"),
        ("spec.template.metadata.labels", None, "map of string", "label", "glossary"),
        ("spec.strategy.rollingUpdate.maxSurge", "25%", "int-or-string", "max-surge", "glossary"),
    ],
)
def test_annotations(path: str, value: object, type_: str, term: str, provenance: str) -> None:
    found = annotations(WEB)[path]
    assert (found.value, found.type, found.provenance) == (value, type_, provenance)
    assert found.text
    assert found.term == term


def test_every_field_walked_has_one_annotation_in_order() -> None:
    found = list(annotations(WEB))
    assert len(found) == 30
    (file,) = annotate([Source("x.yaml", WEB)])
    spans = [a.span for a in file.objects[0].annotations]
    assert len(spans) == len(found)
    assert spans == sorted(spans)


def test_what_a_value_does_here_is_said() -> None:
    found = annotations(WEB)
    assert "25 %" in found["spec.strategy.rollingUpdate.maxSurge"].detail
    assert found["spec.strategy.type"].detail == "New Pods take over from old ones step by step."


@pytest.mark.parametrize(
    ("release", "words"),
    [(Release(1, 24), "Deprecated since 1.21 and to be removed in 1.25; use batch/v1."),
     (Release(1, 25), "Deprecated since 1.21 and removed in 1.25; use batch/v1.")],
)  # fmt: skip
def test_the_life_of_an_api_version_is_told_for_the_target(release: Release, words: str) -> None:
    text = "apiVersion: batch/v1beta1\nkind: CronJob\nmetadata: {name: c}\n"
    assert words in annotations(text, release)["apiVersion"].detail


def test_a_field_without_term_has_the_words_of_the_api_reference() -> None:
    text = "apiVersion: v1\nkind: Pod\nspec: {containers: [], schedulerName: x, nosuch: {a: 1}}\n"
    found = annotations(text)
    known = found["spec.schedulerName"]
    assert known.provenance in {"glossary", "api-reference"}
    assert known.text
    assert (found["spec.nosuch"].provenance, found["spec.nosuch"].text) == ("unknown", "")
    assert (found["spec.nosuch.a"].provenance, found["spec.nosuch.a"].value) == ("unknown", 1)


def test_what_is_no_object_is_said() -> None:
    (file,) = annotate([Source("x.yaml", f"{WEB}---\na: 1\n---\nb: [\n")])
    assert [(o.document, o.status.value) for o in file.outcomes] == [(2, "skipped"), (3, "unreadable"), (1, "checked")]


# The terminal

TEXTS = {
    "deployment": WEB,
    "secret": SECRET,
    "wide": WEB.replace(
        "name: web",
        "name: '漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字'",
    ),
    "long line": WEB.replace("nginx:1.27", "registry.example.org/" + "a" * 300),
    "long wide line": WEB.replace("nginx:1.27", "漢" * 300),
    "deep": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\nfoo:\n"
    + "".join(f"{'  ' * n}a:\n" for n in range(1, 90)),
    "tabs": '{\n\t"apiVersion": "v1",\n\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t"kind": "Pod"\n}\n',
    "escapes": WEB.replace("web\n", '"\\x1b[31m"\n', 1) + "# \u202e\u200b bidi \u2028 x\n",
    "emoji": WEB.replace("nginx:1.27", "👩‍👩‍👧‍👦" * 60),
    "no object": "a: 1\n",
    "empty": "",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
@pytest.mark.parametrize("width", [40, 80, 99, 100, 120])
def test_no_line_is_wider_than_the_terminal_but_for_a_word_that_is(text: str, width: int) -> None:
    lines = rendered("terminal", text, width).split("\n")
    wide = [line.replace("│", " ").strip() for line in lines if cell_len(line) > width]
    assert [line for line in wide if len(line.split()) > 1] == []
    words = "\n".join(map(clean, text.split())).replace("\n", " ")
    for line in wide:
        assert line in words
    assert re.findall(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\u200b\u2028]", "".join(lines)) == []


@pytest.mark.parametrize("width", [80, 120])
def test_the_terminal_shows_every_line_and_its_meaning(width: int) -> None:
    shown = rendered("terminal", WEB, width)
    assert shown.startswith("x.yaml\n")
    squeezed = re.sub(r"[\s│]+", " ", shown)
    assert "Pods" in shown
    for line in WEB.splitlines():
        assert " ".join(line.split()) in squeezed


def test_colour_only_where_it_is_wanted() -> None:
    assert "\x1b[" in rendered("terminal", WEB, color=True)
    assert "\x1b[" not in rendered("terminal", WEB)


@pytest.mark.parametrize("width", [80, 120])
def test_a_line_twice_as_long_takes_twice_the_work(width: int) -> None:
    def shown(number: int) -> str:
        text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {a: " + "x" * number + "}\n"
        return rendered("terminal", text, width)

    assert shown(1_000_000).count("x") > 1_000_000
    assert calls(lambda: shown(40_000)) < 2.2 * calls(lambda: shown(20_000))


# Line breaks that only YAML 1.1 knows

BREAKS = "apiVersion: v1\nkind: Pod\nmetadata:\n  annotations: {a: 'x\u2028y', b: 'p\x85q', c: \"r\x0c s\"}\n  name: web\nspec:\n  hostNetwork: true\n".replace(
    "\x0c ", ""
)


@pytest.mark.parametrize("name", ["terminal", "markdown", "comments"])
def test_lines_are_those_of_the_source(name: str) -> None:
    shown = rendered(name, BREAKS, 120).split("\n")
    if name == "terminal":
        (line,) = [line for line in shown if line.lstrip().startswith("hostNetwork")]
        assert "node" in line.partition("│")[2]
    elif name == "markdown":
        assert any(line.startswith("| 7 | `spec.hostNetwork` |") for line in shown)
    else:
        assert meaning("\n".join(shown)) == meaning(BREAKS)
        assert MARK in shown[shown.index("  hostNetwork: true") - 1]


# Comments

MANIFESTS = {
    "plain": WEB,
    "two documents": f"{WEB}---\n{SECRET}",
    "documents, ends and directives": f"%YAML 1.1\n---\n{WEB}...\n# between\n---\n{SECRET}...\n",
    "comments of its own": "# first\n\n" + WEB.replace("spec:\n", "spec: # what\n  # is wanted\n", 1) + "# last\n",
    "block scalars": (
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  a: |\n    x\n    y\n\n  b: >-\n    p\n\n    q\n  c: |+\n    k\n\n\n"
        "  d: |2-\n      z\n  e: ''\n  f: |\n  g: h\n"
    ),
    "text that looks like our comments": (
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  a: |\n    #kx: mine\n    x\n  b: 'p\n    #kx: q\n    r'\n"
    ),
    "flow": "{apiVersion: v1, kind: Pod, metadata: {name: a}}\n".replace("{apiV", "--- {apiV"),
    "flow over lines": (
        "apiVersion: v1\nkind: Pod\nmetadata: {\n  name: a,\n  labels: {a: b,\n    c: d}}\nspec: { containers: [\n  {name: c,\n   image: i},\n"
        "  { name: d }\n ] }\n"
    ),
    "lists under their keys": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n  - name: c\n    args:\n    - a\n    -\n      b\n    - - x\n  - image: i\n    name: d\n",
    "values on lines of their own": "apiVersion: v1\nkind:\n  Pod\nmetadata:\n  name:\n    &x a\n  labels:\n    a: b\n     c\n    d: 'e\n\n     f'\n",
    "anchors and merge keys": "apiVersion: v1\nkind: Pod\nmetadata: &m\n  name: a\nspec:\n  containers:\n  - &c\n    name: a\n    image: i\n  - <<: *c\n    name: b\n",
    "complex keys": "apiVersion: v1\nkind: ConfigMap\n? metadata\n: name: a\ndata:\n  ? a\n  : b\n  ? |\n   c\n  : d\n",
    "a list": "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata: {name: a}\n-\n  apiVersion: v1\n  kind: ConfigMap\n  data: {a: b}\n",
    "tabs": "apiVersion: v1\nkind: Pod\nmetadata:\t# tab\n  name:\ta\t\n  labels: {\n\t\ta: b,\n\t\tc: d}\n",
    "blank lines at both ends": f"\n\n{WEB}\n\n  \n",
    "no object": "a: 1\n# x\n",
    "with a document that cannot be read": f"{WEB}---\na: [\n  #kx: b\n---\n{SECRET}",
    "a template": f"{WEB}---\na: {{{{ .Values.x }}}}\n",
    "line breaks of YAML 1.1": BREAKS,
    "wide": WEB.replace("name: web", "name: '漢字😀'"),
    "dashes in text": "apiVersion: v1\nkind: ConfigMap\ndata:\n  a: |\n    ---\n    b\n  c: d\n",
    "long names": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n" + "  " * 0 + "data:\n  " + "x" * 200 + ": y\n",
}  # fmt: skip
SHAPES = {
    "as it is": lambda text: text,
    "carriage returns": lambda text: text.replace("\n", "\r\n"),
    "old line ends": lambda text: text.replace("\n", "\r"),
    "byte-order mark": lambda text: f"\ufeff{text}",
    "no line end at the end": lambda text: text.rstrip("\r\n"),
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
@pytest.mark.parametrize("text", MANIFESTS.values(), ids=MANIFESTS.keys())
def test_comments_come_and_go_without_a_trace(text: str, shape, tmp_path: Path) -> None:
    before = shape(text)
    path = tmp_path / "x.yaml"
    path.write_bytes(before.encode())
    if meaning(before) != meaning(text) and shape is SHAPES["old line ends"]:
        pytest.skip("not the same document with old line ends")
    written = rewrite_file(str(path))
    after = path.read_bytes().decode()
    assert written == (after != before)
    assert meaning(after.removeprefix("\ufeff")) == meaning(before.removeprefix("\ufeff"))
    assert rewrite_file(str(path)) is False
    assert path.read_bytes().decode() == after
    assert rewrite_file(str(path), remove=True) == written
    assert path.read_bytes().decode() == before
    assert rewrite_file(str(path), remove=True) is False


@pytest.mark.parametrize("name", [name for name in MANIFESTS if name not in {"no object", "flow"}])
def test_comments_are_written_and_add_nothing_but_lines(name: str, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(MANIFESTS[name], newline="")
    assert rewrite_file(str(path))
    after, before = path.read_text().split("\n"), MANIFESTS[name].split("\n")
    above = [line for line in after if line.lstrip().startswith(MARK.rstrip()) and line not in before]
    beside = [line for line in after if f"  {MARK}" in line and line not in (*above, *before)]
    assert above
    kept = [line.partition(f"  {MARK}")[0] if line in beside else line for line in after if line not in above]
    assert kept == before
    assert max(map(len, above)) <= 125
    assert max(map(len, beside), default=0) <= 110


@pytest.mark.parametrize("name", [name for name in MANIFESTS if "read" not in name and "template" not in name])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_comments_layout_is_valid_and_means_the_same(name: str, newline: str) -> None:
    text = MANIFESTS[name].replace("\n", newline)
    shown = rendered("comments", text)
    assert shown.endswith(newline)
    assert "\n" not in shown.replace("\r\n", "") or newline == "\n"
    if "HUNTER2" not in text:
        assert meaning(shown) == meaning(text)
    else:
        assert [type(document) for document in meaning(shown)] == [type(document) for document in meaning(text)]


def test_comments_are_renewed(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(WEB)
    rewrite_file(str(path))
    first = path.read_text()
    path.write_text(first.replace("replicas: 3", "replicas: 30"))
    assert rewrite_file(str(path))
    path.write_text(path.read_text().replace("replicas: 30", "replicas: 3"))
    rewrite_file(str(path))
    assert path.read_text() == first


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("x.json", b'{"apiVersion": "v1", "kind": "Pod"}', "JSON has no comments"),
        ("x.yaml", b'\n{"apiVersion": "v1",\n "kind": "Pod"}', "JSON has no comments"),
        ("x.yaml", b"{apiVersion: v1,\n kind: Pod}", "JSON has no comments"),
        ("x.yaml", b"a: \xff", "cannot be rewritten"),
        ("nosuch.yaml", None, "cannot be rewritten"),
    ],
)
@pytest.mark.parametrize("remove", [False, True])
def test_what_cannot_be_rewritten_is_left_as_it_is(
    name: str, data: bytes | None, words: str, remove: bool, tmp_path: Path
) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(RewriteError, match=words):
        rewrite_file(str(path), remove=remove)
    assert not path.exists() if data is None else path.read_bytes() == data


# Markdown


HOSTILE = [
    "a|b", "a`b", "a``b", "``a`", "`", "a\\|b", "a\\", "\\`|", "<script>alert(1)</script>", "[x](javascript:alert(1))", "![x](y)",
    "a\nb", "a\r\nb", "a\x1b[31mb", "| x | y |", "<!--", "</td>", "a\u202eb", "```", "~~~", "&lt;b&gt;",
]  # fmt: skip


def cells(row: str) -> list[str]:
    """A table row as GitHub cuts it: at every pipe that no odd number of backslashes stands before."""
    return [part.strip() for part in re.split(r"(?<!\\)(?:\\\\)*\|", row.strip()[1:-1])]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_cell_stays_a_cell(text: str) -> None:
    for made in (cell(text), code(text)):
        assert len(cells(f"| {made} |")) == 1
        assert not re.search(r"[\n\r\x1b\u202e]", made)
    assert not re.search(r"(?<!\\)(?:\\\\)*[<\[\]]", cell(text))


@pytest.mark.parametrize("text", [text for text in HOSTILE if "|" not in text])
def test_code_stays_code(text: str) -> None:
    made = code(text)
    fence = re.match("`+", made)[0]
    inner = made[len(fence) : -len(fence)]
    assert made.endswith(fence)
    assert fence not in re.findall("`+", inner)


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_of_a_hostile_manifest(text: str) -> None:
    manifest = json.dumps(
        {"apiVersion": text, "kind": text, "metadata": {"name": text, "labels": {text: text}}, text: {text: text}},
        indent=1,
    )
    shown = rendered("markdown", manifest, path=f"{text}.yaml")
    head, _, _ = shown.partition("\n\n")
    fence = re.search(r"\n(`{3,})yaml\n", shown)[1]
    body = shown.split(f"\n{fence}yaml\n")[1].split(f"\n{fence}\n")
    assert len(body) == 2
    assert "\n" not in head
    rows = body[1].strip().split("\n")
    assert rows[0] == "| line | field | meaning |"
    assert len(rows) > 3
    assert {len(cells(row)) for row in rows} == {3}


def test_markdown() -> None:
    shown = rendered("markdown", WEB)
    assert shown.startswith("# x.yaml\n\n- Deployment web\n\n```yaml\napiVersion: apps/v1\n")
    assert re.search(r"^\| 7 \| `spec\.replicas` \| .+ \|$", shown, re.MULTILINE)


# JSON


def test_json_has_the_shape_of_version_1() -> None:
    (file,) = json.loads(rendered("json", WEB))
    assert list(file) == ["path", "objects", "findings"]
    (object_,) = file["objects"]
    assert list(object_) == ["apiVersion", "kind", "name", "namespace", "annotations"]
    assert (object_["kind"], object_["name"], object_["namespace"]) == ("Deployment", "web", "")
    assert {tuple(a) for a in object_["annotations"]} == {
        ("line", "column", "endLine", "endColumn", "fieldPath", "value", "type", "term", "text", "detail", "provenance")
    }
    lines = WEB.split("\n")
    for a in object_["annotations"]:
        assert a["line"] == a["endLine"]
        written = lines[a["line"] - 1][a["column"] - 1 : a["endColumn"] - 1]
        last = re.search(r"([^.\[\]]+)\]?$", a["fieldPath"])[1]
        assert written.strip("'\"") == (a["value"] if last.isdigit() else last)
        assert a["provenance"] in {"glossary", "api-reference", "crd", "unknown"}
        assert (a["term"] is None) == (a["provenance"] != "glossary")


def test_json_values_are_those_kubernetes_reads() -> None:
    text = "apiVersion: v1\nkind: Pod\nspec: {hostNetwork: yes, priority: 0644, hostname: 22:22, nodeName: ~, containers: []}\n"
    (file,) = json.loads(rendered("json", text))
    values = {a["fieldPath"]: a["value"] for a in file["objects"][0]["annotations"]}
    assert [values[f"spec.{name}"] for name in ("hostNetwork", "priority", "hostname", "nodeName")] == [
        True,
        420,
        "22:22",
        None,
    ]


def test_json_can_be_written_whatever_a_file_is_called() -> None:
    shown = rendered("json", WEB.replace("name: web", 'name: "\\x9b\\u202e"'), path="\udcff.yaml")
    assert json.loads(shown)[0]["path"] == "\udcff.yaml"
    assert not re.search(r"[\x9b\u202e\udcff]", shown)
    assert shown.encode()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("json", '[{"path":"x.yaml","objects":[],"findings":[]}]\n'),
        ("markdown", "# x.yaml\n\n\n```yaml\na: 1\n```\n\n| line | field | meaning |\n|---:|---|---|\n\n"),
        ("terminal", "x.yaml\na: 1 │\n"),
        ("comments", "a: 1\n"),
    ],
)
def test_a_file_without_objects_is_rendered(name: str, shown: str) -> None:
    assert rendered(name, "a: 1\n") == shown


# Secrets


@pytest.mark.parametrize("name", layout.names())
@pytest.mark.parametrize(
    "text",
    [
        SECRET,
        SECRET.replace("\n", "\r\n"),
        f"{WEB}---\n{SECRET}",
        "apiVersion: v1\nkind: List\nitems:\n- " + SECRET.replace("\n", "\n  ").rstrip() + "\n",
        "apiVersion: v1\nkind: SecretList\nitems:\n- data: {a: HUNTER2}\n",
        '{"apiVersion": "v1", "kind": "Secret", "data": {"a": "HUNTER2"}}',
        f"{SECRET}x: [\n",
        '{"kind": "Secret", "apiVersion": "v1", "data": {"a": "HUNTER2"}, x: [}',
        "apiVersion: v1\nkind: Secret\ndata: &d {a: &a HUNTER2}\nstringData: {b: *a}\nfoo: *d\nbar: *a\n",
        "apiVersion: v1\nkind: Secret\ndata: HUNTER2\nstringData: [HUNTER2]\n",
    ],
)
def test_no_layout_tells_a_secret(name: str, text: str) -> None:
    shown = rendered(name, text)
    assert shown
    assert "HUNTER2" not in shown


def test_a_hidden_value_is_said_to_be_hidden() -> None:
    found = annotations(SECRET)
    assert (found["data.a"].value, found["stringData.p"].value, found["type"].value) == (HIDDEN, HIDDEN, "Opaque")


def test_the_file_itself_keeps_its_secrets(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(SECRET)
    rewrite_file(str(path))
    assert path.read_text().count("HUNTER2") == SECRET.count("HUNTER2")
