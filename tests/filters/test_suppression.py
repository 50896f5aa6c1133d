"""Suppressions: what comments, annotations and overrides keep back, and what is said about those that do nothing."""

import json
import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from kexplain.catalogue.rule import rules
from kexplain.catalogue.selection import UnknownRuleError
from kexplain.config.settings import Settings
from kexplain.engine.linter import Options, lint
from kexplain.engine.report import Report
from kexplain.errors import InputError
from kexplain.filters import filter as filters
from kexplain.objects.suppression import ABOUT_SUPPRESSIONS
from kexplain.syntax.source import Source

LATEST, CPU, ROOT, MANY = "latest-image-tag", "missing-cpu-request", "run-as-root-allowed", "too-few-replicas"
PORT = "ssh-port-exposed"
TODAY = date.today()

WEB = """\
apiVersion: apps/v1                              #object
kind: Deployment                                 #kind
metadata:                                        #metadata
  name: web                                      #name
spec:                                            #spec
  selector: {matchLabels: {app: web}}
  template:                                      #template
    metadata:
      labels: {app: web}
    spec:                                        #pod
      initContainers:
      -                                          #dash
        image: registry.example/init:latest      #init-image
        name: init                               #init
      containers:                                #containers
      - name: web                                #web
        image: registry.example/web:latest       #web-image
        args: [                                  #args
          x]                                     #args-end
      - image: registry.example/log:latest       #log-image
        name: log                                #log
"""


def settings(**chosen: object) -> Settings:
    return Settings(**chosen)  # type: ignore[arg-type]


def checked(
    *texts: str, only: tuple[str, ...] = (LATEST,), said: tuple[str, ...] = ABOUT_SUPPRESSIONS, **chosen: object
) -> Report:
    which = {name: rules()[name] for name in (*only, *said)}
    sources = [Source(f"{number}.yaml", text) for number, text in enumerate(texts)]
    report = lint(sources, Options(which, complete=chosen.get("complete")))  # type: ignore[arg-type]
    return filters.apply(report, settings(**chosen))


def with_comments(text: str, **at: str) -> str:
    """The text with markers taken out, and comments at the end of the lines that ``at`` names by their marker."""
    lines = []
    for line in text.splitlines():
        body, _, marker = line.partition("#")
        comment = at.get(marker.replace("-", "_"), "")
        lines.append(f"{body.rstrip()} # kexplain: {comment}" if comment else body.rstrip())
    return "\n".join(lines) + "\n"


def above(text: str, marker: str, comment: str) -> str:
    lines = []
    for line in text.splitlines():
        body, _, here = line.partition("#")
        lines += [f"  # kexplain: {comment}", "", "# an ordinary one"] * (here == marker) + [body.rstrip()]
    return "\n".join(lines) + "\n"


def containers(report: Report, rule: str = LATEST) -> list[str]:
    return sorted(finding.container for finding in report.findings if finding.rule.id == rule)


def told(report: Report) -> list[tuple[str, int, str]]:
    return [(f.rule.id, f.place.line, f.message) for f in report.findings if f.rule.id in ABOUT_SUPPRESSIONS]


def reasons(report: Report) -> list[str]:
    return sorted(kept.words for kept in report.suppressed)


# What a comment covers

ALL = ["init", "log", "web"]


@pytest.mark.parametrize("form", ["behind", "above"])
@pytest.mark.parametrize(
    ("marker", "left"),
    [
        ("object", []),
        ("kind", []),
        ("metadata", ALL),
        ("spec", []),
        ("template", []),
        ("pod", []),
        ("dash", ["log", "web"]),
        ("init-image", ["log", "web"]),
        ("init", ["log", "web"]),
        ("containers", ["init"]),
        ("web", ["init", "log"]),
        ("web-image", ["init", "log"]),
        ("args", ALL),
        ("args-end", ALL),
        ("log-image", ["init", "web"]),
        ("log", ["init", "web"]),
    ],
)
def test_a_comment_covers_what_begins_on_its_line(marker: str, left: list[str], form: str) -> None:
    comment = f"ignore[{LATEST}] a trial"
    text = above(WEB, marker, comment) if form == "above" else with_comments(WEB, **{marker.replace("-", "_"): comment})
    report = checked(text)
    assert containers(report) == left
    assert reasons(report) == ["comment: a trial"] * (3 - len(left))
    assert len(told(report)) == (left == ALL)


def test_what_is_missing_is_covered_by_the_line_of_its_container() -> None:
    report = checked(with_comments(WEB, log=f"ignore[{CPU}]"), only=(CPU,))
    assert containers(report, CPU) == ["init", "web"]
    assert reasons(report) == ["comment: no reason given"]


def test_the_line_that_begins_a_document_covers_it_and_no_other() -> None:
    bare = with_comments(WEB)
    report = checked(
        f"--- # kexplain: ignore[{LATEST}] one\n{bare}---\n{bare}# kexplain: ignore[images] three\n---\n{bare}"
    )
    assert len(containers(report)) == 3
    assert reasons(report) == ["comment: one"] * 3 + ["comment: three"] * 3


@pytest.mark.parametrize(
    "names",
    ["latest-image-tag", "images", "latest-*", "all", "host-pid, latest-image-tag", "host-pid latest-image-tag,"],
)
def test_a_comment_names_rules_categories_and_patterns(names: str) -> None:
    report = checked(with_comments(WEB, kind=f"ignore[{names}] a trial"))
    assert containers(report) == []
    assert told(report) == []


def test_a_comment_names_what_it_hides_and_nothing_else() -> None:
    report = checked(with_comments(WEB, kind=f"ignore[{CPU}] a trial"), only=(LATEST, CPU))
    assert (containers(report), containers(report, CPU)) == (ALL, [])


def test_two_directives_and_other_words_share_a_comment() -> None:
    line = f"ignore[{LATEST}] a trial # kexplain: ignore[{CPU}] measured in March # renovate: pin"
    report = checked(with_comments(WEB, kind=line), only=(LATEST, CPU))
    assert reasons(report) == ["comment: a trial"] * 3 + ["comment: measured in March"] * 3
    text = with_comments(WEB, kind=f"ignore[{LATEST}] a trial").replace("# kexplain:", "# pinned by hand # kexplain:")
    assert containers(checked(text)) == []


def test_the_narrowest_suppression_gives_the_reason() -> None:
    report = checked(with_comments(WEB, kind=f"ignore[{LATEST}] wide", web=f"ignore[{LATEST}] near"))
    assert reasons(report) == ["comment: near", "comment: wide", "comment: wide"]
    assert told(report) == []


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_line_breaks_of_other_systems(newline: str) -> None:
    text = with_comments(WEB, web=f"ignore[{LATEST}] a trial").replace("\n", newline)
    assert reasons(checked(text)) == ["comment: a trial"]


def test_flow_style_covers_what_begins_on_the_line() -> None:
    text = with_comments(WEB).replace("      - name: web\n        image: registry.example/web:latest\n        args: [\n          x]\n",
                                      f"      - {{name: web, image: 'registry.example/web:latest'}} # kexplain: ignore[{LATEST}] x\n")  # fmt: skip
    assert containers(checked(text)) == ["init", "log"]


def test_a_hash_inside_a_value_is_no_comment() -> None:
    text = with_comments(WEB).replace(
        "name: web\n        image", f"name: web\n        command: ['# kexplain: ignore[{LATEST}] no']\n        image"
    )
    report = checked(text)
    assert containers(report) == ALL
    assert told(report) == []


def test_a_comment_behind_a_dash_without_an_item_speaks_of_its_own_line() -> None:
    head = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: a}\nspec:\n  accessModes:\n  - "
    report = checked(f"{head}# kexplain: ignore[invalid-enum-value] x\n  bogus: Z\n", only=("invalid-enum-value",))
    assert len(checked(f"{head}\n  bogus: Z\n", only=("invalid-enum-value",)).findings) == 1
    assert reasons(report) == ["comment: x"]


def test_dashes_that_are_a_value_are_no_list_items() -> None:
    text = "apiVersion: v1\nkind: Service\nmetadata:\n  name: a\n  labels:\n    --- # kexplain: ignore[wrong-type] x\nspec: {}\n"
    assert reasons(checked(text, only=("wrong-type",))) == ["comment: x"]


# A whole file


@pytest.mark.parametrize("where", [0, 1])
def test_a_file_is_covered_from_any_line(where: int) -> None:
    bare = with_comments(WEB)
    comment = f"# kexplain: ignore-file[{LATEST}] generated\n"
    report = checked(comment + bare + "---\n" + bare if where == 0 else bare + "---\n" + bare + comment, bare)
    assert [f.place.path for f in report.findings] == ["1.yaml"] * 3
    assert reasons(report) == ["comment: generated"] * 6


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("a: [\n", "unparseable-yaml"),
        ("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: b, a: c}\n", "duplicate-key"),
    ],
)
def test_a_file_that_cannot_be_read_can_be_left_out(text: str, rule: str) -> None:
    assert [f.rule.id for f in checked(text, only=(rule,)).findings] == [rule]
    report = checked(f"# kexplain: ignore-file[{rule}] a fixture\n{text}", only=(rule,))
    assert (report.findings, reasons(report)) == ([], ["comment: a fixture"])


def test_ignore_file_stands_alone() -> None:
    report = checked(with_comments(WEB, kind=f"ignore-file[{LATEST}] generated"))
    assert containers(report) == ALL
    assert [line for _, line, message in told(report) if "alone on its line" in message] == [2]


# Annotations


def annotated(entries: str, where: str = "object") -> str:
    text = with_comments(WEB)
    if where == "object":
        return text.replace("  name: web\nspec", f"  name: web\n  annotations:\n    {entries}\nspec", 1)
    return text.replace(
        "      labels: {app: web}\n", f"      labels: {{app: web}}\n      annotations:\n        {entries}\n"
    )


@pytest.mark.parametrize("where", ["object", "template"])
@pytest.mark.parametrize(
    ("entry", "left", "reason"),
    [
        ('kexplain.dev/ignore: "latest-image-tag: a trial"', [], "a trial"),
        ('kexplain.dev/ignore: "host-pid, images: a trial: with colons"', [], "a trial: with colons"),
        ("kexplain.dev/ignore: latest-image-tag", [], "no reason given"),
        ('kexplain.dev/ignore: "latest-image-tag: a trial (until 2999-12-31)"', [], "a trial (until 2999-12-31)"),
        ('kexplain.dev/ignore.web: "latest-image-tag: a trial"', ["init", "log"], "a trial"),
        ('kexplain.dev/ignore.init: "all: a trial"', ["log", "web"], "a trial"),
        ('ignore.kexplain.dev/latest-image-tag: "a trial"', [], "a trial"),
        ("ignore.kexplain.dev/images: ", [], "no reason given"),
        (
            'web.ignore.kexplain.dev/latest-image-tag: "a trial (until 2999-12-31)"',
            ["init", "log"],
            "a trial (until 2999-12-31)",
        ),
    ],
)
def test_an_annotation_covers_its_object_or_a_container(where: str, entry: str, left: list[str], reason: str) -> None:
    report = checked(annotated(entry, where))
    assert containers(report) == left
    assert reasons(report) == [f"annotation: {reason}"] * (3 - len(left))
    assert told(report) == []


def test_an_annotation_covers_its_own_object_of_a_list() -> None:
    item = '- {apiVersion: v1, kind: Pod, metadata: {name: %s%s}, spec: {containers: [{name: c, image: "x:latest"}]}}\n'
    annotation = ', annotations: {ignore.kexplain.dev/latest-image-tag: "yes"}'
    report = checked("apiVersion: v1\nkind: List\nitems:\n" + item % ("a", annotation) + item % ("b", ""))
    assert [f.identity.name for f in report.findings] == ["b"]


def test_json_has_annotations() -> None:
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a", "annotations": {"kexplain.dev/ignore": f"{LATEST}: x"}},
           "spec": {"containers": [{"name": "c", "image": "x:latest"}]}}  # fmt: skip
    assert reasons(checked(json.dumps(pod, indent=1))) == ["annotation: x"]


# What is said about suppressions


def only_why(report: Report) -> str:
    ((rule, _, message),) = told(report)
    assert rule == "unused-suppression"
    return message.removeprefix("this suppression has no effect: ")


def test_what_hides_nothing_is_told_name_by_name() -> None:
    text = with_comments(WEB, web_image=f"ignore[{LATEST}, privileged-container] a trial")
    report = checked(text, only=(LATEST, "privileged-container"))
    assert only_why(report) == "no finding of privileged-container begins where it holds"
    assert told(report)[0][1] == 17
    assert containers(report) == ["init", "log"]


@pytest.mark.parametrize(
    ("comment", "why"),
    [
        (
            "ignore latest-image-tag because",
            "the rules stand in brackets; write # kexplain: ignore[latest-image-tag] reason",
        ),
        ("ignore", "the rules stand in brackets; write # kexplain: ignore[rule] reason"),
        ("ignore-file privileged-*", "the rules stand in brackets; write # kexplain: ignore-file[privileged-*] reason"),
        ("ignore[] because", "it names no rule; write # kexplain: ignore[rule] reason"),
        (
            "disable[latest-image-tag]",
            "'disable' is nothing that kexplain knows; write # kexplain: ignore[rule] reason",
        ),
        ("ignore[a/b]", "'a/b' cannot be the name of a rule; write # kexplain: ignore[rule] reason"),
        ("ignore[latest-image-tag] a trial (until May)", "'May' is not a date; write (until 2027-03-31)"),
        ("ignore[latest-image-tag] a trial (until 2027-02-30)", "'2027-02-30' is not a date; write (until 2027-03-31)"),
    ],
)
def test_a_comment_of_the_wrong_form_is_told_with_the_right_one(comment: str, why: str) -> None:
    report = checked(above(WEB, "object", comment))
    assert containers(report) == ALL
    assert only_why(report) == why


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ('kexplain.dev/ignore: "latest-image-tag a trial"', "'latest-image-tag a trial' cannot be the name of a rule; write \"rule-a, rule-b: reason\""),
        ('kexplain.dev/ignore: ""', 'it names no rule; write "rule-a, rule-b: reason"'),
        ("kexplain.dev/ignore: [latest-image-tag]", "the value of an annotation is text"),
        ('kexplain.dev/ignored: "x"', 'kexplain.dev/ignored is not an annotation that kexplain knows; write kexplain.dev/ignore: "rule-a, rule-b: reason"'),
        ('ignore.kexplain.dev/latest-image-tag: "a (until soon)"', "'soon' is not a date; write (until 2027-03-31)"),
        ('kexplain.dev/ignore.wed: "latest-image-tag"', "no container is called 'wed'; there are init, web, log"),
    ],
)  # fmt: skip
def test_an_annotation_of_the_wrong_form_is_told_with_the_right_one(entry: str, why: str) -> None:
    report = checked(annotated(entry))
    assert containers(report) == ALL
    assert only_why(report) == why


NOTE = 'ignore.kexplain.dev/latest-image-tag: "a trial"'


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        (f"apiVersion: v1\nkind: Service\nmetadata: {{name: a}}\nspec:\n  selector:\n    {NOTE}\n", "spec.selector", 6),
        (f"apiVersion: v1\nkind: Service\nmetadata:\n  name: a\n  labels:\n    {NOTE}\n", "metadata.labels", 6),
        (f"apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {{name: a}}\nspec:\n  volumeClaimTemplates:\n  - metadata:\n      annotations:\n        {NOTE}\n",
         "spec.volumeClaimTemplates[0].metadata.annotations", 8),
        (f"apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  {NOTE}\n", "metadata", 5),
        (f"apiVersion: v1\nkind: Pod\n{NOTE}\n", "the root", 3),
        (f"apiVersion: v1\nkind: List\nmetadata:\n  annotations:\n    {NOTE}\nitems: [{{apiVersion: v1, kind: Namespace, metadata: {{name: a}}}}]\n",
         "metadata.annotations", 5),
    ],
)  # fmt: skip
def test_an_annotation_in_the_wrong_place_is_told(text: str, path: str, line: int) -> None:
    report = checked(text)
    expected = f"it stands under {path}; only annotations in the metadata of an object or of its Pod template are read"
    assert only_why(report) == expected
    assert told(report)[0][1] == line


def test_a_comment_that_only_speaks_of_kexplain() -> None:
    text = with_comments(WEB)
    assert told(checked(f"# see kexplain: the linter\n{text}")) == []
    why = "it begins with other words; write # kexplain: ignore[rule] reason"
    assert only_why(checked(f"# see kexplain: ignore[{LATEST}]\n{text}")) == why


def test_a_comment_without_its_colon_is_told() -> None:
    text = with_comments(WEB)
    assert (
        only_why(checked(f"# kexplain ignore[{LATEST}] x\n{text}"))
        == "a colon is missing; write # kexplain: ignore[rule] reason"
    )
    assert told(checked(f"# kexplain ignores templates\n{text}")) == []


def test_a_comment_that_nothing_follows_is_told() -> None:
    assert (
        only_why(checked(with_comments(WEB) + f"# kexplain: ignore[{LATEST}] x\n"))
        == "nothing follows it that it could speak of"
    )


def test_a_comment_inside_a_text_is_told_and_hides_nothing() -> None:
    config = f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a}}\ndata:\n  web: |\n    image: x:latest\n    # kexplain: ignore[{LATEST}]\n"
    report = checked(config)
    assert only_why(report).startswith("it stands inside a text of several lines, where it is not a comment")
    assert told(report)[0][1] == 7


def test_an_unknown_rule_is_told_with_the_nearest_and_the_others_hold() -> None:
    report = checked(with_comments(WEB, kind=f"ignore[latest-image-tags, {LATEST}] a trial"))
    assert containers(report) == []
    ((rule, line, message),) = told(report)
    assert (rule, line) == ("unknown-rule-in-suppression", 2)
    assert "names latest-image-tags, which is not a rule" in message
    assert "did you mean 'latest-image-tag'?" in message
    assert [f.severity for f in report.findings] == ["warning"]


@pytest.mark.parametrize(("days", "holds"), [(-1, False), (0, True), (1, True)])
def test_the_last_day_still_counts(days: int, holds: bool) -> None:
    until = TODAY + timedelta(days=days)
    report = checked(with_comments(WEB, kind=f"ignore[{LATEST}] a trial (until {until})"))
    assert containers(report) == ([] if holds else ALL)
    assert told(report) == (
        []
        if holds
        else [
            (
                "expired-suppression",
                2,
                f"the suppression of {LATEST} held until {until}; what it suppressed is reported again",
            )
        ]
    )
    assert reasons(report) == ([f"comment: a trial (until {until})"] * 3 if holds else [])


# When a suppression is not judged


def test_a_rule_that_is_off_is_not_judged() -> None:
    assert told(checked(with_comments(WEB, kind="ignore[privileged-container] x"))) == []
    assert told(checked(with_comments(WEB, kind="ignore[security] x"), only=(LATEST, "privileged-container"))) == []


SERVICE = "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec:\n  selector: {app: web} # kexplain: ignore[dangling-service] x\n"


@pytest.mark.parametrize(("complete", "count"), [(None, 0), (False, 0), (True, 1)])
def test_a_rule_that_compares_objects_is_judged_in_a_complete_set_only(complete: bool | None, count: int) -> None:
    assert len(told(checked(SERVICE, with_comments(WEB), only=("dangling-service",), complete=complete))) == count


@pytest.mark.parametrize(
    "text",
    [
        f"a: [ # kexplain: ignore[{LATEST}] x\n",
        f"services: {{}} # kexplain: ignore[{LATEST}] x\nversion: 3\n",
        f"apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization # kexplain: ignore[{LATEST}] x\n",
        f"apiVersion: example.com/v1\nkind: Thing # kexplain: ignore[{LATEST}] x\nmetadata: {{name: a}}\n",
        f"# kexplain: ignore[{LATEST}] x\n",
    ],
)
def test_what_was_not_checked_whole_is_not_judged(text: str) -> None:
    assert told(checked(text)) == []


def test_what_another_filter_drops_was_used() -> None:
    report = checked(
        with_comments(WEB, kind=f"ignore[{LATEST}] x"),
        overrides=({"ignore": [LATEST], "reason": "y"},),
        min_severity="error",
    )
    assert (report.findings, reasons(report)) == ([], ["comment: x"] * 3)


# The rules about suppressions


def test_a_comment_cannot_vouch_for_itself_but_the_file_can() -> None:
    text = with_comments(WEB, kind="ignore[all, no-such-rule] x")
    assert [rule for rule, _, _ in told(checked(text))] == ["unknown-rule-in-suppression"]
    report = checked(f"# kexplain: ignore-file[unknown-rule-in-suppression] two versions\n{text}")
    assert told(report) == []
    assert "comment: two versions" in reasons(report)


def test_the_configuration_can_keep_them_back() -> None:
    entry = {"paths": ["*.yaml"], "ignore": ["unused-suppression"], "reason": "copied"}
    text = with_comments(WEB, kind="ignore x")
    assert told(checked(text)) != []
    report = checked(text, overrides=(entry,))
    assert (told(report), reasons(report)) == ([], ["configuration: copied"])


def test_a_rule_that_is_off_says_nothing() -> None:
    text = with_comments(
        WEB, kind="ignore[no-such-rule] x", spec="ignore", pod=f"ignore[{LATEST}] x (until 2020-01-01)"
    )
    assert len(told(checked(text))) == 3
    assert [rule for rule, _, _ in told(checked(text, said=("expired-suppression",)))] == ["expired-suppression"]


def test_nothing_is_obeyed_or_said_when_that_is_asked_for() -> None:
    text = with_comments(WEB, kind=f"ignore[{LATEST}, no-such-rule] x", spec="ignore")
    entries = ({"ignore": [LATEST], "reason": "y"}, {"ignore": [LATEST], "until": "2020-01-01", "reason": "z"})
    report = checked(text, suppress=False, overrides=entries)
    assert (containers(report), told(report), report.suppressed) == (ALL, [], [])


def test_a_hostile_file_is_read_in_bounded_time() -> None:
    pods = "".join(
        f"---\napiVersion: v1\nkind: Pod\nmetadata: {{name: p{n}}}\nspec: {{containers: [{{name: c, image: 'x:latest'}}]}}\n"
        for n in range(300)
    )
    text = "".join(f"# kexplain: ignore-file[latest-*{n}*, all, {LATEST}] x\n" for n in range(6000)) + pods
    report = checked(text)
    assert containers(report) == []
    assert len(report.suppressed) >= 300


# Overrides


@pytest.mark.parametrize(
    ("named", "left"),
    [
        ({}, []),
        ({"kinds": ["Deployment"]}, []),
        ({"kinds": ["Dep*", "Pod"]}, []),
        ({"kinds": ["DaemonSet"]}, ALL),
        ({"names": ["w?b"]}, []),
        ({"names": ["api"]}, ALL),
        ({"namespaces": ["shop"]}, ALL),
        ({"namespaces": ["*"]}, ALL),  # the object names none
        ({"containers": ["lo*", "init"]}, ["web"]),
        ({"kinds": ["Deployment"], "names": ["web"], "containers": ["web"], "paths": ["0.yaml"]}, ["init", "log"]),
        ({"kinds": ["Deployment"], "names": ["api"], "paths": ["0.yaml"]}, ALL),
        ({"paths": ["*.yaml"]}, []),
        ({"paths": ["/0.yaml"]}, []),
        ({"paths": ["other/"]}, ALL),
        ({"paths": ["*", "!0.yaml"]}, ALL),
        ({"until": "2999-12-31"}, []),
    ],
)
def test_an_override_holds_where_all_that_it_names_holds(named: dict[str, object], left: list[str]) -> None:
    report = checked(with_comments(WEB), overrides=({**named, "ignore": ["latest-*"], "reason": "a trial"},))
    assert containers(report) == left
    until = " (until 2999-12-31)" if "until" in named else ""
    assert reasons(report) == [f"configuration: a trial{until}"] * (3 - len(left))


def test_an_override_weighs_rules_and_the_later_wins() -> None:
    entries = (
        {"severity": {"images": "error"}, "reason": "strict here"},
        {"severity": {LATEST: "info"}, "containers": ["web"], "reason": "a trial"},
        {"ignore": [LATEST], "containers": ["log"], "reason": "no matter"},
    )
    report = checked(with_comments(WEB), overrides=entries)
    assert {f.container: f.severity for f in report.findings} == {"init": "error", "web": "info"}
    again = checked(with_comments(WEB), overrides=entries, suppress=False)
    assert {f.container: f.severity for f in again.findings} == {"init": "error", "web": "info", "log": "error"}


def test_paths_of_overrides_may_lie_above_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a [b]" / "c").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "a [b]" / "c")
    for pattern, left in (("../**/0.yaml", 0), ("../c/0.yaml", 0), ("../d/*.yaml", 3), ("c/0.yaml", 3)):
        report = checked(with_comments(WEB), overrides=({"paths": [pattern], "ignore": [LATEST], "reason": "x"},))
        assert len(report.findings) == left, pattern


def test_an_unknown_rule_in_an_override_is_misuse() -> None:
    with pytest.raises(
        UnknownRuleError,
        match=r"^overrides\[1\]: no rule or category is called 'latest-tag'; did you mean 'latest-image-tag'\?",
    ):
        checked(
            with_comments(WEB),
            overrides=({"ignore": ["all"], "reason": "x"}, {"ignore": ["latest-tag"], "reason": "x"}),
        )


def test_a_date_that_is_none_in_an_override_is_misuse() -> None:
    with pytest.raises(InputError, match=r"overrides\[0\]: until: '2027-02-30' is not a date; write it as 2027-03-31"):
        checked(with_comments(WEB), overrides=({"ignore": ["all"], "reason": "x", "until": "2027-02-30"},))


OLD = {"ignore": [LATEST], "reason": "x", "until": "2020-01-31"}


def test_an_expired_override_is_told_at_its_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path(".kexplain.yaml").write_text(
        f"overrides:\n- ignore: [host-pid]\n  reason: y\n- ignore: [{LATEST}]\n  reason: x\n  until: '2020-01-31'\n"
    )
    report = checked(
        with_comments(WEB), config=".kexplain.yaml", overrides=({"ignore": ["host-pid"], "reason": "y"}, OLD)
    )
    assert containers(report) == ALL
    (finding,) = [f for f in report.findings if f.rule.id == "expired-suppression"]
    assert (finding.place.path, finding.place.line) == (".kexplain.yaml", 4)
    assert finding.message == f"the suppression of {LATEST} held until 2020-01-31; what it suppressed is reported again"


def test_an_expired_override_of_a_project_file_is_told_at_its_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("pyproject.toml").write_text(
        '[[tool.kexplain.overrides]]\nignore = ["x"]\nreason = "x"\nuntil = "2020-01-31"\n'
    )
    report = checked(with_comments(WEB), config="pyproject.toml", overrides=(OLD,))
    assert [(p, line) for p, line, *_ in [f.place for f in report.findings] if p == "pyproject.toml"] == [
        ("pyproject.toml", 4)
    ]


def test_an_expired_override_from_nowhere_is_a_note() -> None:
    report = checked(with_comments(WEB), overrides=(OLD,))
    assert report.notes == [
        f"overrides[0]: the suppression of {LATEST} held until 2020-01-31; what it suppressed is reported again"
    ]
    assert checked(with_comments(WEB), overrides=(OLD,), said=()).notes == []


# What was rendered


class Shifted:
    """A rendering that lost the first line of its file, its comments included."""

    def __init__(self, original: Source) -> None:
        self.original = original

    def back(self, start: int, end: int) -> tuple[Source, int, int]:
        shift = len(self.original.line(1)) + 1
        return self.original, start + shift, end + shift


def test_comments_of_the_file_that_was_rendered_hold() -> None:
    original = Source("base/web.yaml", f"# kexplain: ignore[{LATEST}] a base\n" + with_comments(WEB))
    rendered = Source("overlays/prod/kustomization.yaml", with_comments(WEB), Shifted(original))
    report = lint([rendered], Options({LATEST: rules()[LATEST]}))
    assert len(report.findings) == 3
    report = filters.apply(report, Settings())
    assert (report.findings, reasons(report)) == ([], ["comment: a base"] * 3)


# The command


def test_the_summary_counts_what_is_kept_back_by_its_ground(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import subprocess
    import sys

    monkeypatch.chdir(tmp_path)
    Path("web.yaml").write_text(
        annotated(f'kexplain.dev/ignore.init: "{LATEST}: a"').replace(
            "registry.example/web:latest", f"registry.example/web:latest # kexplain: ignore[{LATEST}] b"
        )
    )
    Path(".kexplain.yaml").write_text(f"overrides:\n- containers: [log]\n  ignore: [{LATEST}]\n  reason: c\n")
    command = [sys.executable, "-m", "kexplain", "lint", "--select", LATEST, "-o", "json", "web.yaml"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "KEXPLAIN_"))}
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, env=environment)
    assert done.returncode == 0, done.stderr
    assert sorted(entry["reason"] for entry in json.loads(done.stdout)["suppressed"]) == [
        "annotation: a",
        "comment: b",
        "configuration: c",
    ]
    assert "suppressed: 1 (comment), 1 (annotation), 1 (configuration)" in done.stderr
    done = subprocess.run(
        [*command, "--no-suppress"], capture_output=True, encoding="utf-8", check=False, env=environment
    )
    assert (done.returncode, json.loads(done.stdout)["suppressed"]) == (1, [])
