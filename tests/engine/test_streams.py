"""Texts as kubectl cuts them into documents: byte-order marks inside, JSON objects in a row, UTF-16; what is encrypted."""

import json

import pytest

from kexplain.catalogue.rule import rules
from kexplain.engine.linter import Options, lint
from kexplain.engine.report import Report
from kexplain.files.decode import decode
from kexplain.objects.outcome import Status
from kexplain.syntax.parse import parse
from kexplain.syntax.source import Source, Unread
from kexplain.syntax.tree import plain_value

A = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"
B = "apiVersion: v1\nkind: Pod\nmetadata: {name: b}\nspec:\n  hostPID: true\n  containers: [{name: c, image: 'i:1'}]\n"
JSON = '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "%s"}, "spec": {"hostPID": true}}'


def run(text: str, path: str = "a.yaml") -> Report:
    return lint([Source(path, text)], Options(rules()))


def names(report: Report) -> list[str]:
    return [outcome.name for outcome in report.outcomes]


@pytest.mark.parametrize(
    "text",
    [
        A + "---\n\ufeff" + B,
        A + "\ufeff---\n" + B,
        A + "---\n# Source: chart\n\n\ufeff" + B,
        "\ufeff" + A + "--- # b\n\ufeff" + B,
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_byte_order_mark_may_begin_any_document(text: str, ending: str) -> None:
    text = text.replace("\n", ending)
    report = run(text)
    assert names(report) == ["a", "b"]
    (finding,) = [f for f in report.findings if f.rule.id == "host-pid"]
    assert text[finding.span.start : finding.span.end] == "true"


def test_a_byte_order_mark_inside_a_text_stays_there() -> None:
    assert plain_value(parse('a: "x\ufeffy"\n')[0].root) == {"a": "x\ufeffy"}


@pytest.mark.parametrize("between", ["\n", "", "\n\n", " "])
@pytest.mark.parametrize("path", ["a.json", "a.yaml", "-"])
def test_json_objects_follow_each_other(between: str, path: str) -> None:
    text = between.join(JSON % name for name in "abc")
    report = run(text, path)
    assert names(report) == ["a", "b", "c"]
    places = [f.span.start for f in report.findings if f.rule.id == "host-pid"]
    assert [text[start : start + 4] for start in places] == ["true"] * 3


def test_json_that_breaks_off_hides_nothing_before_it() -> None:
    report = run(JSON % "a" + "\n" + JSON % "b" + '\n{"apiVersion": "v1", "kind": ')
    assert names(report) == ["a", "b", ""]
    assert [o.status for o in report.outcomes] == [Status.CHECKED, Status.CHECKED, Status.UNREADABLE]


def test_many_json_objects_take_time_in_proportion() -> None:
    assert len(parse("{}\n" * 3_000 + " " * 100_000)) == 3_000


@pytest.mark.parametrize(
    "text",
    [
        '{\n  // for the editor\n  "compilerOptions": {"strict": true,}\n}\n',
        '{"a": 1}\n{"a": 2}\n',
        '/* head */ {"widgets": []}\n',
        '{"index": {}}\n{"name": "x", "kind": "y"}\n',
        "",
        "not JSON at all: {",
    ],
)
def test_json_without_an_api_version_is_nobodys_manifest(text: str) -> None:
    report = run(text, "tsconfig.json")
    assert report.findings == []
    assert {o.status for o in report.outcomes} == {Status.SKIPPED}


def test_json_with_an_api_version_that_cannot_be_read_is_an_error() -> None:
    assert [f.rule.id for f in run('{"apiVersion": "v1", "kind": [}', "a.json").findings] == ["unparseable-yaml"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_read_by_its_mark(encoding: str) -> None:
    source = decode("a.yaml", ("\ufeff" + B).encode(encoding))
    assert isinstance(source, Source)
    assert source.text == B


def test_utf_16_that_breaks_off_is_told() -> None:
    found = decode("a.yaml", ("\ufeff" + B).encode("utf-16-le")[:-1])
    assert isinstance(found, Unread)
    assert found.wrong
    assert found.reason.startswith("not UTF-16 (byte ")


# What is encrypted

ENC = "ENC[AES256_GCM,data:c2hvcA==,iv:AAAA=,tag:BBBB==,type:str]"
DEPLOYMENT = f"""\
apiVersion: apps/v1
kind: Deployment
metadata: {{name: "{ENC}", labels: {{a: "{ENC}"}}}}
spec:
  replicas: "{ENC}"
  selector: {{matchLabels: {{a: "{ENC}"}}}}
  template:
    metadata: {{labels: {{a: "{ENC}"}}}}
    spec: {{restartPolicy: "{ENC}", containers: [{{name: c, image: "{ENC}", env: [{{name: TOKEN, value: "{ENC}"}}]}}]}}
"""
SOPS = f'sops: {{age: [], lastmodified: "2026-01-02T03:04:05Z", mac: "{ENC}", version: 3.9.0}}\n'


@pytest.mark.parametrize(
    "head",
    [
        f"apiVersion: v1\nkind: Secret\nmetadata: {{name: a}}\ndata: {{password: '{ENC}'}}\n",
        f"apiVersion: v1\nkind: Secret\nmetadata: {{name: a}}\nstringData: {{password: '{ENC}'}}\n",
        f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a}}\ndata: {{DB_PASSWORD: '{ENC}'}}\n",
        DEPLOYMENT,
    ],
)
def test_what_sops_encrypted_is_said_and_not_judged(head: str) -> None:
    report = run(head + SOPS)
    judged = {"unknown-field", "wrong-type", "secret-in-config-map", "hard-coded-secret-in-env", "invalid-label-value"}
    assert not judged & {f.rule.id for f in report.findings}
    assert not [f for f in report.findings if f.severity == "error"]
    assert report.outcomes[0].reason.startswith("encrypted by SOPS: its encrypted values are not checked")


@pytest.mark.parametrize(
    "text",
    [
        f"apiVersion: {ENC}\nkind: {ENC}\nmetadata: {{name: '{ENC}'}}\n{SOPS}",
        json.dumps({"data": ENC, "sops": {"mac": ENC}}),
    ],
)
def test_a_whole_file_may_be_encrypted(text: str) -> None:
    report = run(text)
    assert report.findings == []
    assert report.outcomes[0].reason.startswith("encrypted by SOPS; decrypt it")


def test_a_field_called_sops_is_no_sign_of_encryption() -> None:
    report = run("apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\nsops: yes\n")
    assert [f.rule.id for f in report.findings] == ["unknown-field"]


@pytest.mark.parametrize(
    "data", [b"\0GITCRYPT\0\x00\xff\xfe", b"age-encryption.org/v1\n\xff", b"$ANSIBLE_VAULT;1.1;AES256\n6162\n"]
)
def test_a_file_that_is_encrypted_as_a_whole_is_no_mistake(data: bytes) -> None:
    found = decode("secret.yaml", data)
    assert isinstance(found, Unread)
    assert (found.wrong, found.skipped) == (False, True)
    assert found.reason.startswith("encrypted by ")
