"""The HTML page: well formed, complete, bounded, and harmless whatever a manifest holds."""

import base64
import hashlib
import re
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from support import annotate, run

import kexplain
from kexplain.catalogue.rule import rules
from kexplain.catalogue.selection import select
from kexplain.catalogue.severity import Severity
from kexplain.catalogue.term import terms
from kexplain.engine.finding import Finding, Related
from kexplain.engine.linter import Options, lint
from kexplain.engine.report import Ground, KeptBack, Report, ordered
from kexplain.objects.outcome import Identity, Outcome, Status
from kexplain.objects.reading import read as read_file
from kexplain.output import annotated_format as layout
from kexplain.output.annotated import _extent, _graph, _page, html
from kexplain.output.annotated._code import pieces, tokens_of
from kexplain.output.annotated._prose import prose
from kexplain.output.report_format import View, render
from kexplain.syntax.parse import parse
from kexplain.syntax.safe import clean
from kexplain.syntax.source import Place, Source, place_of
from kexplain.syntax.tree import Span

VOID = {"meta", "input", "br", "hr", "link", "img", "base"}
OPTIONAL = {"option"}
POD = """\
# the shop
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  containers:
    - name: web
      image: nginx:latest # to be pinned
      securityContext:
        privileged: true
    - name: side
      image: "nginx:latest"
"""
SECRET = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData:\n  password: hunter2\n  token: 1234567\n"
EVIL = "</script><script>alert(1)</script><!-- ]]> \"'><img src=x onerror=alert(2)> &lt; javascript:alert(3) ::error::x"
HOSTILE = f"{EVIL} ##[x]\r\x1b[31m\u202e\u200b\x00\u2028\x9b\ud800"
SELECT = "latest-image-tag,privileged-container"


class Element:
    def __init__(self, tag: str, attributes: dict[str, str], above: "Element | None") -> None:
        self.tag, self.attributes, self.above = tag, attributes, above
        self.inside: list[Element | str] = []

    @property
    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text for part in self.inside)

    @property
    def words(self) -> str:
        return " ".join(self.text.split())

    def all(self, tag: str = "", name: str = "") -> "list[Element]":
        """The elements below of a tag and a class."""
        found = []
        for part in self.inside:
            if isinstance(part, Element):
                if tag in ("", part.tag) and (not name or name in part.attributes.get("class", "").split()):
                    found.append(part)
                found += part.all(tag, name)
        return found

    def one(self, tag: str = "", name: str = "") -> "Element":
        found = self.all(tag, name)
        assert len(found) == 1, (tag, name, len(found))
        return found[0]

    def at(self, id_: str) -> "Element":
        found = [element for element in self.all() if element.attributes.get("id") == id_]
        assert len(found) == 1, (id_, len(found))
        return found[0]


class Reader(HTMLParser):
    """Reads a page and insists that every tag is closed where it should be."""

    def __init__(self) -> None:
        super().__init__()
        self.top = self.here = Element("", {}, None)
        self.comments: list[str] = []

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"{self.getpos()}: {tag} has an attribute twice"
        if tag in OPTIONAL and self.here.tag == tag:
            self.handle_endtag(tag)
        element = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.inside.append(element)
        if tag not in VOID:
            self.here = element

    def handle_endtag(self, tag):
        assert self.here.tag == tag, f"{self.getpos()}: </{tag}> closes <{self.here.tag}>"
        assert self.here.above is not None
        self.here = self.here.above

    def handle_data(self, data):
        self.here.inside.append(data)

    def handle_comment(self, data):
        self.comments.append(data)


def read(page: str) -> Element:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.here is reader.top, f"<{reader.here.tag}> is never closed"
    assert reader.comments == []
    check(page, reader.top)
    return reader.top


def check(page: str, top: Element) -> None:
    """What holds for every page."""
    assert page.startswith("<!DOCTYPE html>")
    assert clean(page) == page
    everything = top.all()
    ids = [element.attributes["id"] for element in everything if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    for element in everything:
        assert element.tag not in {"img", "iframe", "object", "embed", "link", "base", "form", "video", "audio"}
        assert not [name for name in element.attributes if name.startswith("on") or name in {"src", "style", "action"}]
        if href := element.attributes.get("href"):
            inside = href.startswith("#") and href[1:] in ids
            assert inside or (href.startswith("https://") and element.attributes["rel"] == "noreferrer"), href
        assert element.attributes.get("aria-labelledby", ids[0]) in ids
    style, script = top.one("style").text, top.one("script").text
    assert "url(" not in style
    assert "@import" not in style
    policy = next(e.attributes["content"] for e in everything if e.attributes.get("http-equiv"))
    for kind, text in (("style", style), ("script", script)):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}';" in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy


def linted(folder: Path, *arguments: str, select: str = SELECT) -> Element:
    chosen = ["--select", select] if select else []
    result = run("lint", "-q", *chosen, "-o", "html:page.html", *arguments)
    assert result.exit_code in {0, 1}, result.output
    assert result.stdout == ""
    return read((folder / "page.html").read_text(encoding="utf-8"))


def annotated(*paths: str, select: str = SELECT) -> Element:
    result = run("annotate", "--format", "html", "--select", select, *paths)
    assert result.exit_code == 0, result.output
    return read(result.stdout)


def report_of(source: Source, *findings: Finding, outcomes: Iterable[Outcome] = (), **more) -> Report:
    rules = {finding.rule.id: finding.rule for finding in findings}
    checked = Outcome(source.path, 1, Status.CHECKED)
    files = more.pop("files", [read_file(source)])
    known = lint(files, Options({})).known
    return Report(rules, "1.37", files, ordered(findings), [checked, *outcomes], known=known, **more)


def find(source: Source, start: int, end: int, message: str = "wrong", **more) -> Finding:
    rule, span = rules()["latest-image-tag"], Span(start, end)
    usual = {"place": place_of(source, span), "identity": Identity(), "field_path": "", "severity": Severity.WARNING}
    return Finding(rule=rule, message=message, source=source, span=span, **{**usual, **more})


def paged(report: Report, **view) -> Element:
    return read("".join(render("html", report, View(**view))))


def lines_of(page: Element) -> list[Element]:
    return [line for lines in page.all("ol", "lines") for line in lines.all("li") if "id" in line.attributes]


def test_findings_stand_below_their_lines(folder: Path) -> None:
    (folder / "web.yaml").write_text(POD)
    page = linted(folder)
    assert page.one("title").text == "1 error, 2 warnings in web.yaml - kexplain"
    assert [cell.words for cell in page.one("dl").all("div")] == [
        "Errors1", "Warnings2", "Info0", "Suppressed0", "Files1", "Objects1", "Not checked0",
    ]  # fmt: skip
    lines = lines_of(page)
    assert [line.all("code")[0].text for line in lines] == POD.splitlines()
    assert [li.words for li in page.one("section", "found").all("li")] == [
        f"{card.one('h4').words} web.yaml:{line}" for card, line in zip(
            sorted(page.all("article", "card"), key=lambda card: "error" not in card.attributes["class"]), (10, 8, 12), strict=True)
    ]  # fmt: skip
    assert page.one("div", "object").one("h3").words == "Pod web in shop"
    assert [line.attributes["id"] for line in lines if line.attributes.get("class") == "hit"] == [
        "f1-8", "f1-10", "f1-12",
    ]  # fmt: skip
    card = page.at("f1-10").one("article")
    assert card.one("h4").words.startswith('error container "web" is privileged')
    assert "privileged-container, line 10, column 21, in Pod shop/web, spec.containers[0]" in card.words
    assert "Whoever takes over this process" in card.words
    assert "give back only what the program needs" in card.words
    assert page.at("f1-10").one("mark").text == "true"


def test_each_line_has_its_explanation_and_the_glossary_each_term_once(folder: Path) -> None:
    (folder / "web.yaml").write_text(POD)
    page = linted(folder)
    term = terms()["privileged-container"]
    brief = " ".join(term.brief.replace("`", "").split())
    assert brief in page.at("f1-10").one("div", "says").words
    entry = page.at("term-privileged-container")
    assert entry.one("h3").text == term.title
    assert entry.all("a")[-1].attributes["href"] == term.source
    assert page.words.count("Glossary") == 1
    assert "From Docker Hub" in page.at("f1-8").one("i", "d").words
    assert page.at("f1-12").one("mark").text == '"nginx:latest"'


def test_a_rule_is_explained_where_the_page_has_it_first(folder: Path) -> None:
    (folder / "a.yaml").write_text(POD)
    (folder / "b.yaml").write_text(POD)
    page = linted(folder)
    cards = [card for card in page.all("article", "card") if card.attributes["data-rule"] == "latest-image-tag"]
    assert [len(card.all("details")) for card in cards] == [1, 0, 0, 0]
    for card in cards[1:]:
        assert card.one("p", "where").all("a")[-1].attributes["href"] == f"#{cards[0].attributes['id']}"
    assert [h.text for h in page.at("rule-latest-image-tag").all("h4")] == ["When to ignore it"]
    assert [a.text for a in page.one("nav").all("a")] == ["a.yaml", "Pod web", "b.yaml", "Pod web"]
    assert [li.words for li in page.one("nav").all("li")][::2] == [
        "a.yaml 1 error 2 warnings Pod web", "b.yaml 1 error 2 warnings Pod web",
    ]  # fmt: skip


def test_no_explanation_where_none_is_wanted(folder: Path) -> None:
    (folder / "web.yaml").write_text(POD)
    page = linted(folder, "--no-explain")
    assert len(page.all("article", "card")) == 3
    assert "Whoever takes over" not in page.words
    assert "Reason and cure" not in page.words


def test_annotate_and_lint_give_one_page(folder: Path) -> None:
    (folder / "web.yaml").write_text(POD)
    run("annotate", "-o", "html:annotated.html", "web.yaml")
    run("lint", "-o", "html:linted.html", "web.yaml")
    assert (folder / "annotated.html").read_text() == (folder / "linted.html").read_text()


def test_what_was_suppressed_or_not_checked_is_listed(folder: Path) -> None:
    source = Source("web.yaml", POD)
    kept = KeptBack(find(source, 0, 3, "the words"), Ground.COMMENT, "on purpose")
    odd = Outcome("odd.yaml", 2, Status.SKIPPED, "a kustomization")
    report = report_of(source, outcomes=(odd,), suppressed=[kept], notes=["a note of the run"])
    page = paged(report)
    assert "web.yaml:1 the words (latest-image-tag). Reason: comment: on purpose" in page.words
    assert "odd.yaml, document 2: skipped: a kustomization" in page.words
    assert "a note of the run" in page.one("header").words


def test_a_path_that_could_not_be_read_keeps_its_finding(folder: Path) -> None:
    (folder / "bad.yaml").write_bytes(b"\xff\xfe\xfa")
    page = linted(folder, "bad.yaml", select="unparseable-yaml")
    assert [card.attributes["data-rule"] for card in page.all("article", "card")] == ["unparseable-yaml"]
    assert page.one("section", "file").one("h2").words == "bad.yaml"
    assert lines_of(page) == []


SET = """\
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
# what it leads to
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: nginx:1.27
          envFrom: [{configMapRef: {name: '&lt;"b'}}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: '&lt;"b'}
"""


def test_objects_have_headings_an_outline_links_and_a_picture(folder: Path) -> None:
    (folder / "set.yaml").write_text(SET)
    page = annotated("set.yaml")
    service, deployment, config = page.all("div", "object")
    assert [one.one("h3").words for one in (service, deployment)] == ["Service web", "Deployment web"]
    assert service.one("p", "to").words == "selects Deployment web"
    assert service.one("a").attributes["href"] == f"#{deployment.attributes['id']}"
    assert deployment.one("p", "to").words == 'uses ConfigMap &lt;"b, is selected by Service web'
    assert config.one("p", "to").words == "is used by Deployment web"
    assert page.at("f1-18").one("p", "to").one("a").attributes["href"] == f"#{config.attributes['id']}"
    assert [a.words for a in page.one("nav").all("a")][1:] == [
        one.one("h3").words for one in (service, deployment, config)
    ]
    assert page.at("f1-6").above is page.at("f1-8").above is not page.at("f1-4").above
    picture = page.one("svg")
    assert [text.words for text in picture.all("text", "verb")] == ["selects", "uses"]
    assert [a.attributes["href"] for a in picture.all("a")] == [
        f"#{one.attributes['id']}" for one in (service, deployment, config)
    ]
    left = [int(rect.attributes["x"]) for rect in picture.all("rect")]
    assert left == sorted(set(left))


def test_a_picture_of_a_circle_ends(folder: Path) -> None:
    found = _graph.columns([1, 2, 3], [(1, 2), (2, 3), (3, 1)])
    assert set(found) == {1, 2, 3}
    assert max(found.values()) < 3


def test_a_run_over_nothing_is_a_page(folder: Path) -> None:
    page = linted(folder)
    assert page.one("title").text == "Nothing found in 0 files - kexplain"
    assert "There is no manifest to show." in page.one("main").words


@pytest.mark.parametrize("text", [SECRET, SECRET.replace("\n  token", "\n\ttoken"), f"{SECRET}---\n{POD}"])
def test_values_of_secrets_are_blacked_out(folder: Path, text: str) -> None:
    (folder / "s.yaml").write_text(text)
    for page in (linted(folder, select="all"), annotated("s.yaml")):
        assert "hunter2" not in page.text
        assert "1234567" not in page.text
        assert "•••••••" in page.text or page.one("main").all("ol") == []


def test_a_manifest_cannot_leave_its_place() -> None:
    name = 'a "><script>alert(1)</script>.yaml'
    labels = {'"</script><!--"': '"]]><script>"', "'><b>'": "'&amp;'", '"\\e[31m"': "é"}
    text = (
        POD.replace("metadata: {name: web, namespace: shop}", "metadata:\n  name: web\n  labels:") + f"      # {EVIL}\n"
    )
    lines = "".join(f"    {key}: {value}\n" for key, value in labels.items())
    text = text.replace("  labels:\n", f"  labels:\n{lines}").replace("name: side", 'name: "\u202e<b>"')
    source = Source(name, text)
    report = lint([source], Options(select("pedantic")))
    assert len(report.findings) > 20
    for page in (paged(report), read("".join(layout.render("html", annotate([source]), View())))):
        assert [script.text for script in page.all("script")] == [html.asset("page.js")]
        assert page.all("b") == page.all("img") == []
        assert f"# {EVIL}" in page.one("main").text
        assert page.one("section", "file").one("h2").text == name
        assert "\\u202e<b>" in page.one("main").text


def test_hostile_words_stay_words_wherever_they_reach() -> None:
    source = Source(HOSTILE, f"# {HOSTILE}\nimage: {HOSTILE}\n")
    at = source.text.index("image")
    related = (Related(Place(HOSTILE, 1, 1, 1, 2), HOSTILE),)
    finding = find(source, at, at + 5, HOSTILE, identity=Identity(HOSTILE, HOSTILE, HOSTILE, HOSTILE), field_path=HOSTILE,
                   related=related)  # fmt: skip
    kept, odd = (
        KeptBack(finding, Ground.COMMENT, HOSTILE),
        Outcome(HOSTILE, 1, Status.PARTLY, HOSTILE, HOSTILE, HOSTILE),
    )
    report = report_of(Source("other.yaml", POD), finding, outcomes=(odd,), suppressed=[kept], notes=[HOSTILE])
    page = paged(report)
    shown = " ".join(clean(HOSTILE).split())
    assert len(page.all("script")) == 1
    assert page.words.count(shown) >= 12
    assert page.one("article", "card").one("h4").words == f"warning {shown}"


@pytest.mark.parametrize(
    "markdown",
    [
        "<script>alert(1)</script>", "<img src=x onerror=y>", "[a](javascript:alert(1))", "![a](https://example.org/a.png)",
        "[a](data:text/html,x)", "<!-- x -->", "# a\n\nb\n===", "[a](http://example.org)", '<https://example.org/"onclick=x>',
        "```html\n</code></pre><script>x</script>\n```", "\x1b[31m\u202e",
    ],
)  # fmt: skip
def test_prose_makes_nothing_but_text_lists_code_and_links(markdown: str) -> None:
    reader = Reader()
    reader.feed(str(prose(markdown)))
    for element in reader.top.all():
        assert element.tag in {"p", "a", "code", "pre", "em", "strong", "ul", "ol", "li", "blockquote"}
        assert set(element.attributes) <= {"href", "rel", "class"}
        assert element.attributes.get("href", "https://").startswith("https://")
    assert reader.comments == []
    assert clean(reader.top.text) == reader.top.text


def test_prose_links_tell_nobody_where_the_reader_comes_from() -> None:
    assert str(prose("See [it](https://example.org/a?b=1&c=2).")) == (
        '<p>See <a href="https://example.org/a?b=1&amp;c=2" rel="noreferrer">it</a>.</p>\n'
    )


def test_colours_follow_the_tree() -> None:
    text = "# a\na: 1 # b\n'c': \"d # e\"\nf: |\n  # g\n  h: i\nj: &x [true]\nk: *x\n---\n# l\nm: x\n# o\n"
    tokens = tokens_of(text, parse(text))
    assert [(token.kind, text[token.start : token.end]) for token in tokens] == [
        ("c", "# a"), ("k", "a"), ("v", "1"), ("c", "# b"), ("k", "'c'"), ("s", '"d # e"'), ("k", "f"),
        ("s", "|\n  # g\n  h: i"), ("k", "j"), ("v", "true"), ("k", "k"), ("c", "# l"), ("k", "m"), ("s", "x"), ("c", "# o"),
    ]  # fmt: skip


def test_pieces_join_to_the_text_they_were_cut_from() -> None:
    tokens = tokens_of(POD, parse(POD))
    start, end = POD.index("      image"), POD.index("\n      securityContext")
    mark = tokens[0]._replace(start=start + 8, end=start + 16, kind="error")
    cut = list(pieces(POD, start, end, tokens, [mark]))
    assert "".join(piece.text for piece in cut) == POD[start:end]
    assert [(piece.kind, piece.text) for piece in cut if piece.mark] == [("k", "age"), ("", ": "), ("s", "ngi")]


def test_of_a_huge_file_the_parts_around_findings_are_shown() -> None:
    text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n" + "".join(
        f"  k{n}: v\n" for n in range(3_000)
    )
    source = Source("a.yaml", text)
    at = text.index("k1500:")
    page = paged(report_of(source, find(source, at, at + 5), find(source, 0, 3)))
    gaps = [gap.words for tag in ("li", "p") for gap in page.one("main").all(tag, "gap")]
    assert gaps == ["1487 lines not shown", "1491 lines not shown"]
    assert len(lines_of(page)) < 50
    assert "k1500: v" in page.at("f1-1505").text


def test_of_a_huge_file_without_findings_the_beginning_is_shown(folder: Path) -> None:
    (folder / "a.yaml").write_text("kind: Pod\napiVersion: v1\nmetadata:\n  name: a\n" + "# x\n" * 2_501)
    page = annotated("a.yaml")
    assert page.one("p", "gap").words == "505 lines not shown"


def test_a_long_line_is_cut_and_what_it_hides_is_shown_with_the_finding() -> None:
    text = f'{{"kind": "Pod", "apiVersion": "v1", "metadata": {{"name": "a", "labels": {{"l": "{"x" * 50_000}", "bad": 1}}}}}}'
    source = Source("a.json", text)
    at = text.index('"bad"')
    page = paged(report_of(source, find(source, at, at + 5)))
    assert len(page.one("ol", "lines").text) < 10_000
    assert re.search(r"… \d+ more characters", page.text)
    assert page.one("p", "excerpt").one("mark").text == '"bad"'


def test_of_a_large_run_the_files_with_findings_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_extent, "FILES", 3)
    sources = [Source(f"{name}.yaml", POD.replace("web", name)) for name in "abcde"]
    report = report_of(sources[0], find(sources[1], 0, 3), files=list(map(read_file, sources)))
    page = paged(report)
    assert [h.text for h in page.one("main").all("h2")] == ["b.yaml"]
    assert "Not on this page: 4 files without findings." in page.one("header").words
    explained = read("".join(layout.render("html", annotate(sources), View())))
    assert [h.text for h in explained.one("main").all("h2")] == ["a.yaml", "b.yaml", "c.yaml"]
    assert "Not on this page: 2 files." in explained.one("header").words


def test_what_is_too_much_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_page, "FINDINGS", 2)
    monkeypatch.setattr(_page, "ROWS", 1)
    source = Source("a.yaml", POD)
    found = [find(source, 0, 3, name, severity=level) for name, level in zip("abc", Severity, strict=True)]
    kept = [KeptBack(finding, Ground.COMMENT, "x") for finding in found[:2]]
    report = report_of(source, *found, suppressed=kept)
    page = paged(report)
    assert [card.one("h4").words for card in page.all("article", "card")] == ["warning b", "error c"]
    assert "Not on this page: 1 finding of the lowest severity." in page.words
    assert "…and 1 more" in page.words


def test_what_is_left_out_of_a_line_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_page, "NOTES", 2)
    page = paged(report_of(Source("a.yaml", "{apiVersion: v1, kind: Namespace, metadata: {name: a}}\n")))
    assert "…and 2 more explanations." in page.words


def test_the_whole_of_a_run_has_its_measure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_extent, "CHARACTERS", len(POD) + 10)
    sources = [Source(f"{name}.yaml", POD) for name in "ab"]
    at = POD.index("privileged")
    report = report_of(sources[0], find(sources[1], at, at + 5), files=list(map(read_file, sources)))
    shown = [line.attributes["id"].partition("-")[0] for line in lines_of(paged(report))]
    assert (shown.count("f1"), shown.count("f2")) == (12, 11)


def test_rendered_text_names_where_it_comes_from() -> None:
    template = Source("chart/templates/pod.yaml", "{{ x }}\nimage: {{ .image }}\n")

    class Back:
        def back(self, start: int, end: int) -> tuple[Source, int, int]:
            return template, 8, 13

    source = Source("chart/rendered.yaml", POD, Back())
    at = POD.index("nginx")
    page = paged(report_of(source, find(source, at, at + 5)))
    assert "This text was rendered." in page.one("section", "file").words
    card = page.at("f1-8").one("article", "card")
    assert "from chart/templates/pod.yaml:2:1" in card.words
    assert page.at("f1-8").one("mark").text == "nginx"


def test_related_places_are_links_where_the_page_has_them() -> None:
    source = Source("a.yaml", POD)
    places = Place("a.yaml", 3, 1, 3, 2), Place("b.yaml", 3, 1, 3, 2)
    page = paged(report_of(source, find(source, 0, 3, related=tuple(Related(place, "there") for place in places))))
    here, there = page.all("p", "related")
    assert here.one("a").attributes["href"] == "#f1-3"
    assert there.all("a") == []
    assert there.words == "See also b.yaml:3: there"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_breaks_of_every_kind(newline: str) -> None:
    text = POD.replace("\n", newline)
    source = Source("a.yaml", text)
    page = paged(report_of(source, find(source, text.index("nginx"), text.index("nginx") + 5)))
    assert [line.all("code")[0].text for line in lines_of(page)] == POD.splitlines()
    assert page.at("f1-8").one("mark").text == "nginx"


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_colours_can_be_read(scheme: int) -> None:
    """WCAG AA: 4.5 to 1 for every text on every background it stands on."""
    style = html.asset("page.css")
    blocks = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    assert len(blocks) == 2
    colors = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", blocks[scheme]))
    washes = ["error-bg", "warning-bg", "info-bg"]
    pairs = [(text, back) for text in ("text", "link", "muted") for back in ("page", "raised", "lit")]
    pairs += [(text, back) for text in ("text", "link", "key", "string", "value", "comment") for back in washes]
    pairs += [(text, back) for text in ("key", "string", "value", "comment") for back in ("page", "raised", "lit")]
    pairs += [(name, back) for name in ("error", "warning", "info") for back in (f"{name}-bg", "page", "raised")]
    assert len(colors) == 17
    assert {
        pair: round(ratio, 2) for pair in pairs if (ratio := contrast(colors[pair[0]], colors[pair[1]])) < 4.5
    } == {}


def contrast(first: str, second: str) -> float:
    low, high = sorted(map(luminance, (first, second)))
    return (high + 0.05) / (low + 0.05)


def luminance(color: str) -> float:
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_a_file_without_findings_is_folded_where_others_have_some(tmp_path: Path) -> None:
    pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - {name: c, image: 'nginx:1.2'}\n"
    (tmp_path / "a.yaml").write_text(pod)
    (tmp_path / "b.yaml").write_text(pod.replace("1.2", "latest"))
    page = kexplain.render(kexplain.lint(tmp_path, select=["latest-image-tag"]), "html")
    opened = re.findall(r'<section class="file .*?<details( open)?>', page, re.DOTALL)
    assert opened == ["", " open"]
    clean = kexplain.render(kexplain.lint(tmp_path, select=["privileged-container"]), "html")
    assert re.findall(r'<section class="file .*?<details( open)?>', clean, re.DOTALL) == [" open", " open"]
