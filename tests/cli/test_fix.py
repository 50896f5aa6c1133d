"""lint --fix, --diff, --unsafe-fixes and fix: what is written, shown and said; and the reports that carry fixes."""

import json
from pathlib import Path

import pytest
from support import POD, run

from kexplain.cli.commands import fix as fix_command

DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web # the shop
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      hostPID: true
      containers:
        - name: web
          image: registry.example/web:1.2.0
          env:
            - name: SIZE
              value: 64 # MiB
"""
SAFE, UNSAFE = ("value: 64 # MiB", 'value: "64" # MiB'), ("hostPID: true", "hostPID: false")
SELECT = ("--select", "wrong-type,host-pid")


@pytest.fixture
def web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "web.yaml"
    path.write_bytes(DEPLOYMENT.replace("\n", "\r\n").encode("utf-8-sig"))
    return path


def text(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")


def test_fix_writes_what_is_safe_and_reports_the_rest(web: Path) -> None:
    web.chmod(0o640)
    result = run("lint", "web.yaml", *SELECT, "--fix", "-o", "concise")
    assert text(web) == DEPLOYMENT.replace(*SAFE)
    assert web.read_bytes().startswith(b"\xef\xbb\xbf")
    assert web.read_bytes().count(b"\n") == web.read_bytes().count(b"\r\n")
    assert web.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in web.parent.iterdir()] == ["web.yaml"]
    assert "host-pid" in result.stdout
    assert "wrong-type" not in result.stdout
    assert "web.yaml:16: wrong-type: quote value" in result.stderr
    assert "1 finding fixed in 1 file; 1 more with --unsafe-fixes" in result.stderr
    assert result.exit_code == 1


def test_unsafe_fixes_and_a_second_run(web: Path) -> None:
    assert run("lint", "web.yaml", *SELECT, "--fix", "--unsafe-fixes").exit_code == 0
    assert text(web) == DEPLOYMENT.replace(*SAFE).replace(*UNSAFE)
    before = web.stat().st_mtime_ns
    assert "0 findings fixed in 0 files" in run("lint", "web.yaml", *SELECT, "--fix", "--unsafe-fixes").stderr
    assert web.stat().st_mtime_ns == before


def test_diff_writes_nothing(web: Path) -> None:
    result = run("lint", "web.yaml", *SELECT, "--diff")
    assert text(web) == DEPLOYMENT
    assert '-              value: 64 # MiB\n+              value: "64" # MiB' in result.stdout
    assert result.exit_code == 1
    assert run("lint", "web.yaml", "--select", "host-ipc", "--diff").exit_code == 0
    assert '+              value: "64"' in run("lint", "-", "--diff", stdin=DEPLOYMENT).stdout


def test_standard_input_cannot_be_fixed() -> None:
    result = run("lint", "-", "--fix", stdin=POD)
    assert (result.exit_code, "use --diff" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("hostPID: true", "hostPID: true # kexplain: ignore[host-pid] it watches", ""),
        ("image: registry.example/web:1.2.0", "image: registry.example/web:${TAG}", "it is a template"),
        ("spec:\n      hostPID", "spec: &pod\n      hostPID", ""),
    ],
)
def test_what_is_not_touched(web: Path, old: str, new: str, why: str) -> None:
    manifest = DEPLOYMENT.replace(old, new)
    if "&pod" in manifest:  # the value is another's as well
        manifest += "---\n" + manifest.replace("spec: &pod\n      hostPID: true", "spec:\n      hostPID: false")
    web.write_text(manifest, encoding="utf-8")
    result = run("lint", "web.yaml", "--select", "host-pid", "--fix", "--unsafe-fixes")
    changed = web.read_text(encoding="utf-8") != manifest
    assert changed == ("&pod" in manifest)
    assert why in result.stderr


def test_a_value_that_an_alias_shares_is_left(web: Path) -> None:
    manifest = """\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - {name: a, image: registry.example/a:1.2.0, securityContext: &all {privileged: true}}
    - {name: b, image: registry.example/b:1.2.0, securityContext: *all}
"""
    web.write_text(manifest, encoding="utf-8")
    result = run("lint", "web.yaml", "--select", "privileged-container", "--fix", "--unsafe-fixes")
    assert web.read_text(encoding="utf-8") == manifest
    assert "privileged-container: not fixed: it is shared by an alias" in result.stderr


def test_a_fix_that_brings_another_finding_is_dropped_and_said(web: Path) -> None:
    """In the node's network DNS is the node's; outside of it, ndots counts."""
    manifest = DEPLOYMENT.replace("hostPID: true", "hostPID: true\n      hostNetwork: true")
    web.write_text(manifest, encoding="utf-8")
    result = run("lint", "web.yaml", "--select", "host-pid,host-network,high-ndots", "--fix", "--unsafe-fixes")
    assert text(web) == manifest.replace(*UNSAFE)
    assert "host-network: not fixed: it would bring high-ndots at web.yaml:" in result.stderr


def test_asking(web: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter("ny")
    monkeypatch.setattr(fix_command.click, "getchar", lambda: next(answers))
    monkeypatch.setattr(fix_command, "is_terminal", lambda: True)
    result = run("fix", "web.yaml", *SELECT)
    assert text(web) == DEPLOYMENT.replace(*SAFE)
    assert "unsafe: set hostPID to false" in result.stderr
    assert '+              value: "64"' in result.stdout


def test_asking_needs_a_terminal(web: Path) -> None:
    result = run("fix", "web.yaml")
    assert (result.exit_code, "lint --fix" in result.stderr, text(web)) == (2, True, DEPLOYMENT)


def test_reports_carry_fixes(web: Path) -> None:
    web.write_text(DEPLOYMENT, encoding="utf-8")
    results = json.loads(run("lint", "web.yaml", *SELECT, "-o", "sarif").stdout)["runs"][0]["results"]
    fixes = {one["ruleId"]: one["fixes"][0] for one in results}
    assert fixes["wrong-type"]["artifactChanges"][0]["replacements"] == [
        {
            "deletedRegion": {"startLine": 16, "startColumn": c, "endLine": 16, "endColumn": c},
            "insertedContent": {"text": '"'},
        }
        for c in (22, 24)
    ]
    assert "this changes what the object does" in fixes["host-pid"]["description"]["text"]
    found = json.loads(run("lint", "web.yaml", *SELECT, "-o", "rdjson").stdout)["diagnostics"]
    assert [one["suggestions"][0]["text"] for one in found] == [
        "      hostPID: false\n",
        '              value: "64" # MiB\n',
    ]
    assert found[0]["location"] == {
        "path": "web.yaml",
        "range": {"start": {"line": 10, "column": 16}, "end": {"line": 10, "column": 20}},
    }
    assert "```suggestion\n      hostPID: false\n```" in run("lint", "web.yaml", *SELECT, "-o", "markdown").stdout


def test_no_suggestion_shows_a_secret(web: Path) -> None:
    web.write_text(
        "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData:\n  password: 12345678\n", encoding="utf-8"
    )
    for format_ in ("rdjson", "markdown", "sarif"):
        assert "12345678" not in run("lint", "web.yaml", "-o", format_).stdout
    assert "12345678" not in run("lint", "web.yaml", "--diff").stdout
    run("lint", "web.yaml", "--fix")
    assert 'password: "12345678"' in text(web)


def test_an_object_that_a_kustomization_changes_is_fixed_as_it_is_written(web: Path) -> None:
    web.write_text(DEPLOYMENT, encoding="utf-8")
    kustomization = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamepace: shop\ncommonLabels: {team: a}\nresources: [web.yaml]\n"
    (web.parent / "kustomization.yaml").write_text(kustomization, encoding="utf-8")
    run("lint", ".", "--fix", "--select", "wrong-type,unknown-field")
    assert text(web) == DEPLOYMENT.replace(*SAFE)
    assert text(web.parent / "kustomization.yaml") == kustomization.replace("namepace", "namespace")
