"""The baseline: what it covers and what not, what an update adds and takes out, and what is said about a broken one."""

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from support import run

import kexplain
from kexplain.catalogue import selection
from kexplain.config.settings import Settings
from kexplain.engine import linter
from kexplain.engine.report import Report
from kexplain.filters import filter as filters
from kexplain.syntax.source import Source

POD = """\
apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
spec:
  containers:
    - name: web
      image: registry.example/web:latest
"""
SIDECAR = "    - name: log\n      image: registry.example/log:latest\n"
SERVICE = """\
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
spec:
  selector:
    app: nobody
  ports:
    - port: 80
"""
SECRET = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\nstringData:\n  pin: 12345678\n"
LATEST, B = "latest-image-tag", "baseline.json"
POSIX = pytest.mark.skipif(os.name != "posix", reason="needs POSIX")


class Done:
    """What a run said: its exit code, the findings it reports, what it kept back, and standard error."""

    def __init__(self, *arguments: str, stdin: str | None = None) -> None:
        result = run("lint", "-o", "json", *arguments, stdin=stdin)
        self.code, self.said = result.exit_code, result.stderr
        report = json.loads(result.stdout) if result.stdout else {"findings": [], "suppressed": []}
        self.findings = [(found["path"], found["rule"]) for found in report["findings"]]
        self.reasons = Counter(found["reason"] for found in report["suppressed"])


def write(path: str, text: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")


def update(*arguments: str, baseline: str = B, stdin: str | None = None) -> Done:
    done = Done(*arguments, "--baseline", baseline, "--update-baseline", stdin=stdin)
    assert (done.code, done.findings) == (0, [])
    return done


def lint(*arguments: str, baseline: str = B, stdin: str | None = None) -> Done:
    return Done(*arguments, "--baseline", baseline, stdin=stdin)


def entries(path: str = B) -> list[dict[str, Any]]:
    return json.loads(Path(path).read_text(encoding="utf-8"))["findings"]


def select(*rules: str) -> list[str]:
    return ["--select", ",".join(rules or (LATEST,))]


def test_what_was_known_is_kept_back(folder):
    write("deploy/web.yaml", POD)
    before = Done()
    assert before.code == 1
    done = update()
    assert f"{B}: {len(before.findings)} added; it holds {len(before.findings)} findings" in done.said
    after = lint()
    assert (after.code, after.findings) == (0, [])
    assert after.reasons == {"baseline: known since the baseline was written": len(before.findings)}
    assert f"suppressed: {len(before.findings)} baseline" in after.said.replace("(", "").replace(")", "")


def test_the_file(folder):
    write("web.yaml", POD)
    write("two.yaml", SERVICE + "---\n" + POD.replace("name: web\n  namespace", "name: two\n  namespace"))
    update()
    text = Path(B).read_text(encoding="utf-8")
    found = entries()
    assert json.loads(text)["version"] == 1
    assert len(found) == len([line for line in text.splitlines() if '"fingerprint"' in line])
    assert [entry["path"] for entry in found] == sorted(entry["path"] for entry in found)
    (entry,) = [entry for entry in found if (entry["path"], entry["rule"]) == ("web.yaml", LATEST)]
    assert entry.pop("fingerprint")
    assert entry == {
        "path": "web.yaml", "rule": LATEST, "object": "Pod shop/web", "fieldPath": "spec.containers[0].image",
    }  # fmt: skip
    assert "registry.example" not in text


def test_values_of_secrets_are_no_part_of_it(folder):
    write("secret.yaml", SECRET)
    update(*select("wrong-type"))
    text = Path(B).read_text(encoding="utf-8")
    assert "12345678" not in text
    write("secret.yaml", SECRET.replace("12345678", "87654321"))
    update(*select("wrong-type"))
    assert Path(B).read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    "text",
    [
        "# a comment\n\n" + POD,
        "---\n" + SERVICE + "---\n" + POD,
        POD.replace("    - name: web", "    - name: log\n      image: registry.example/log:1.0\n    - name: web"),
        POD.replace("\n", "\r\n"),
    ],
)
def test_lines_may_move(folder, text):
    write("web.yaml", POD)
    update(*select())
    Path("web.yaml").write_bytes(text.encode())
    assert lint(*select()).findings == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("web:latest", "shop:latest"),
        ("name: web\n  namespace", "name: shop\n  namespace"),
        ("namespace: shop", "namespace: play"),
        ("- name: web", "- name: shop"),
    ],
)
def test_another_value_object_or_container_is_new(folder, old, new):
    write("web.yaml", POD)
    update(*select())
    assert old in POD
    write("web.yaml", POD.replace(old, new))
    assert lint(*select()).findings == [("web.yaml", LATEST)]


def test_an_entry_covers_one_finding(folder):
    write("web.yaml", POD)
    update(*select())
    write("web.yaml", POD + "---\n" + POD)
    assert lint(*select()).findings == [("web.yaml", LATEST)]
    update(*select())
    assert len(entries()) == 2
    assert lint(*select()).findings == []
    write("web.yaml", POD)
    assert f"{B}: 1 entry matches nothing any more; --update-baseline takes them out" in lint(*select()).said


def test_a_finding_of_another_severity_is_still_covered(folder):
    write("web.yaml", POD)
    update(*select())
    write(".kexplain.yaml", f"severity: {{{LATEST}: error}}\n")
    assert lint(*select()).code == 0


def test_what_is_not_shown_is_known_all_the_same(folder):
    write("web.yaml", POD)
    update(*select(), "--min-severity", "error")
    assert lint(*select()).findings == []


def test_an_update_adds_and_takes_out_in_one_run(folder):
    write("a.yaml", POD)
    write("b.yaml", POD)
    update(*select())
    write("a.yaml", POD.replace(":latest", ":1.0"))
    write("b.yaml", POD + SIDECAR)
    done = update(*select())
    assert f"{B}: 1 added, 1 taken out; it holds 2 findings" in done.said
    assert [(entry["path"], entry["fieldPath"]) for entry in entries()] == [
        ("b.yaml", "spec.containers[0].image"),
        ("b.yaml", "spec.containers[1].image"),
    ]


def test_an_update_that_changes_nothing_leaves_the_file_alone(folder):
    write("web.yaml", POD)
    update()
    os.utime(B, (1, 1))
    text = Path(B).read_bytes()
    assert f"{B}: nothing changed; it holds" in update().said
    assert (Path(B).read_bytes(), Path(B).stat().st_mtime) == (text, 1)
    Path(B).write_bytes(text.replace(b"\n", b"\r\n"))
    os.utime(B, (1, 1))
    update()
    assert Path(B).stat().st_mtime == 1
    Path(B).unlink()
    update()
    assert Path(B).read_bytes() == text


def test_an_empty_one(folder):
    write("clean.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n")
    update()
    assert entries() == []
    assert lint().code == 0


def test_suppressed_findings_stay_out_of_it(folder):
    write("web.yaml", POD.replace(":latest", f":latest  # kexplain: ignore[{LATEST}] built every night"))
    update(*select())
    assert entries() == []


def test_a_run_over_part_of_the_files_leaves_the_rest_alone(folder):
    write("a.yaml", POD)
    write("b.yaml", POD)
    update(*select())
    text = Path(B).read_bytes()
    done = lint(*select(), "a.yaml")
    assert "match" not in done.said
    update(*select(), "a.yaml")
    assert Path(B).read_bytes() == text
    write("a.yaml", POD.replace(":latest", ":1.0"))
    update(*select(), "a.yaml")
    assert [entry["path"] for entry in entries()] == ["b.yaml"]


def test_a_run_with_part_of_the_rules_leaves_the_rest_alone(folder):
    write("web.yaml", POD)
    update()
    text = Path(B).read_bytes()
    assert "match" not in lint(*select()).said
    update(*select())
    assert Path(B).read_bytes() == text


def test_rules_that_compare_objects_are_judged_by_whole_runs_only(folder):
    write("web.yaml", SERVICE)
    write("pod.yaml", POD.replace("metadata:\n", "metadata:\n  labels: {app: nobodys}\n"))
    rule = select("dangling-service")
    update(*rule)
    text = Path(B).read_bytes()
    assert [entry["rule"] for entry in entries()] == ["dangling-service"]
    for arguments in (["web.yaml"], ["--incomplete"]):
        done = lint(*rule, *arguments)
        assert (done.findings, "match" in done.said) == ([], False)
        update(*rule, *arguments)
        assert Path(B).read_bytes() == text
    write("pod.yaml", POD.replace("metadata:\n", "metadata:\n  labels: {app: nobody}\n"))
    assert "1 entry matches nothing" in lint(*rule).said
    update(*rule)
    assert entries() == []


def test_what_only_a_run_over_part_of_the_files_finds_is_known_too(folder):
    """Without the Services beside it nobody can tell that none asks a container whether it is ready."""
    write("service.yaml", SERVICE)
    write(
        "web.yaml",
        POD.replace("kind: Pod", "kind: Deployment")
        .replace("v1", "apps/v1")
        .replace(
            "spec:\n",
            "spec:\n  selector: {matchLabels: {app: web}}\n  template:\n   metadata: {labels: {app: web}}\n   spec:\n",
        )
        .replace("  containers", "    containers")
        .replace("    - name", "      - name")
        .replace("      image", "        image"),
    )
    rule = select("missing-readiness-probe")
    assert Done(*rule).findings == []
    assert Done(*rule, "--incomplete", "web.yaml").findings == [("web.yaml", "missing-readiness-probe")]
    assert f"{B}: 1 added; it holds 1 finding" in update(*rule).said
    (entry,) = entries()
    assert entry["incomplete"] is True
    text = Path(B).read_bytes()
    for arguments in ([], ["--incomplete", "web.yaml"], ["--incomplete"], ["web.yaml"]):
        done = lint(*rule, *arguments)
        assert (done.code, done.findings, "match" in done.said) == (0, [], False)
        assert "nothing changed" in update(*rule, *arguments).said
        assert Path(B).read_bytes() == text
    write("web.yaml", POD.replace("spec:", "spec:\n  restartPolicy: Never"))
    assert f"{B}: 1 taken out; it holds 0 findings" in update(*rule).said


def test_a_patch_is_no_object_to_those_who_see_its_kustomization(folder):
    write("kustomization.yaml", "resources: []\npatches:\n  - path: patch.yaml\n")
    write("patch.yaml", POD)
    update(*select())
    assert entries() == []
    assert lint(*select(), "--incomplete", "patch.yaml").findings == []
    assert "match" not in lint(*select()).said


def test_a_patch_of_a_kustomization_that_is_out_of_sight_is_known(folder):
    """Who names that file alone cannot see that it is one: the update says how many such entries there are."""
    write("overlays/kustomization.yaml", "resources: []\npatches:\n  - path: ../patches/patch.yaml\n")
    write("patches/patch.yaml", POD)
    said = update(*select()).said
    assert f"{B}: 1 added; it holds 1 finding, 1 of them only for runs over part of the files" in said
    assert lint(*select(), "--incomplete", "patches/patch.yaml").findings == []


class Made:
    """Where a rendered text comes from: line by line from one file."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def back(self, start: int, end: int) -> tuple[Source, int, int]:
        return self.source, start, end


def test_what_was_rendered_is_known_by_the_files_it_was_made_from(folder):
    def run(image: str) -> Report:
        write("base/web.yaml", POD.replace("web:latest", image))
        text = Path("base/web.yaml").read_text()
        report = linter.lint([Source("rendered.yaml", text, Made(Source("base/web.yaml", text)))], options)
        report = filters.apply(report, settings)
        assert report.findings == []
        return report

    options = linter.Options(selection.select("recommended", (LATEST,)))
    settings = Settings(baseline=B, update_baseline=True)
    run("web:latest")
    assert [entry["path"] for entry in entries()] == ["base/web.yaml"]
    assert len(run("web:latest").suppressed) == 1
    assert run("web:1.0").notes == [f"{B}: 1 taken out; it holds 0 findings"]


def test_a_file_that_was_deleted_is_taken_out(folder):
    write("deploy/a.yaml", POD)
    write("deploy/b.yaml", POD)
    update(*select())
    Path("deploy/a.yaml").unlink()
    assert "match" not in lint(*select(), "deploy/b.yaml").said  # it may have moved to where this run does not look
    assert "1 entry matches nothing" in lint(*select()).said
    assert f"{B}: 1 taken out; it holds 1 finding" in update(*select(), "deploy").said


def test_a_renamed_folder_brings_nothing_new(folder):
    write("old/a.yaml", POD)
    write("old/b.yaml", POD + SIDECAR)
    write("other/a.yaml", POD)
    update(*select())
    Path("old").rename("new")
    done = lint(*select())
    assert (done.findings, "match" in done.said) == ([], False)
    assert f"{B}: 3 moved; it holds 4 findings" in update(*select()).said
    assert [entry["path"] for entry in entries()] == ["new/a.yaml", "new/b.yaml", "new/b.yaml", "other/a.yaml"]
    assert lint(*select()).findings == []


def test_two_objects_of_one_name_are_two(folder):
    write("a/web.yaml", POD)
    update(*select())
    write("b/web.yaml", POD)
    assert lint(*select()).findings == [("b/web.yaml", LATEST)]
    write("a/web.yaml", POD.replace(":latest", ":1.0"))
    assert lint(*select()).findings == [("b/web.yaml", LATEST)]


def test_a_gone_file_covers_no_more_than_it_had(folder):
    write("a/web.yaml", POD)
    update(*select())
    Path("a").rename("b")
    write("c/web.yaml", POD)
    assert len(lint(*select()).findings) == 1


def test_files_that_cannot_be_read_are_known_by_their_name(folder):
    write("broken.yaml", "a: [\n")
    update(*select("unparseable-yaml"))
    write("broken.yaml", "# more\na: b\nc: }\n")
    assert lint(*select("unparseable-yaml")).findings == []
    write("other.yaml", "a: [\n")
    assert lint(*select("unparseable-yaml")).findings == [("other.yaml", "unparseable-yaml")]
    write("broken.yaml", POD)
    assert "1 entry matches nothing" in lint(*select("unparseable-yaml")).said


def test_paths_are_relative_to_the_baseline(folder, monkeypatch):
    write("repo/deploy/web.yaml", POD)
    monkeypatch.chdir("repo")
    Path("ci").mkdir()
    update(*select(), baseline="ci/known.json")
    assert [entry["path"] for entry in entries("ci/known.json")] == ["../deploy/web.yaml"]
    for where, paths, baseline in [
        ("deploy", [], "../ci/known.json"),
        ("ci", ["../deploy/web.yaml"], "known.json"),
        (".", [str(folder / "repo" / "deploy")], str(folder / "repo" / "ci" / "known.json")),
        ("..", ["repo/ci/../deploy"], "repo/ci/known.json"),
    ]:
        monkeypatch.chdir(folder / "repo" / where)
        done = lint(*select(), *paths, baseline=baseline)
        assert (done.findings, sum(done.reasons.values()), "match" in done.said) == ([], 1, False)


@POSIX
def test_links_are_resolved(folder):
    write("real/web.yaml", POD)
    Path("link").symlink_to("real")
    update(*select(), "link/web.yaml", baseline="link/known.json")
    assert [entry["path"] for entry in entries("real/known.json")] == ["web.yaml"]
    assert lint(*select(), "real", baseline="real/known.json").findings == []
    Path("known.json").symlink_to("real/known.json")
    write("real/more.yaml", POD)
    update(*select(), "real", baseline="known.json")
    assert Path("known.json").is_symlink()
    assert len(entries("real/known.json")) == 2


def test_standard_input(folder):
    update(*select(), "-", stdin=POD)
    assert [entry["path"] for entry in entries()] == ["<stdin>"]
    assert lint(*select(), "-", stdin=POD).findings == []
    assert lint(*select(), "-", stdin=POD + SIDECAR).findings == [("<stdin>", LATEST)]
    write("web.yaml", POD)
    update(*select())
    assert [entry["path"] for entry in entries()] == ["<stdin>", "web.yaml"]


@pytest.mark.parametrize("name", ["with space.yaml", "ünï.yaml", 'quo"te.yaml', "new\nline.yaml", "back\\slash.yaml"])
@POSIX
def test_unusual_names_of_files(folder, name):
    write(name, POD)
    update(*select())
    assert [entry["path"] for entry in entries()] == [name]
    assert lint(*select()).findings == []
    assert len(Path(B).read_text(encoding="ascii").splitlines()) == 6


def test_the_configuration_names_it(folder, monkeypatch):
    write(".kexplain.yaml", "baseline: ci/known.json\n")
    write("deploy/web.yaml", POD)
    Path(".git").mkdir()
    Path("ci").mkdir()
    assert Done(*select(), "--update-baseline").code == 0
    monkeypatch.chdir("deploy")
    assert Done(*select()).findings == []
    assert [f.rule.id for f in kexplain.lint(select=[LATEST], config="../.kexplain.yaml").findings] == []
    assert [f.rule.id for f in kexplain.lint(select=[LATEST]).findings] == [LATEST]


def test_it_is_not_read_as_a_manifest(folder):
    write("web.yaml", POD)
    update()
    assert "of 1 file " in lint().said


@POSIX
def test_its_mode_is_kept(folder):
    write("web.yaml", POD)
    update()
    Path(B).chmod(0o640)
    write("web.yaml", POD + SIDECAR)
    update()
    assert Path(B).stat().st_mode & 0o777 == 0o640
    assert sorted(os.listdir()) == [B, "web.yaml"]


@POSIX
@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(folder):
    write("ci/other.yaml", POD)
    Path("ci").chmod(0o500)
    done = Done("--baseline", "ci/known.json", "--update-baseline")
    Path("ci").chmod(0o700)
    assert (done.code, "cannot write the baseline ci/known.json: Permission denied" in done.said) == (2, True)


GOOD = {"path": "web.yaml", "rule": LATEST, "object": "Pod web", "fieldPath": "spec", "fingerprint": "0"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", f"{B}:1:1: not JSON (Expecting value); fix the line, or delete the file and write it anew"),
        (
            '{"version": 1,\n "findings": [\n<<<<<<< ours\n]}',
            f"{B}:3:1: a merge conflict; keep the lines of both sides",
        ),
        ("[]", f"{B} is not a baseline of kexplain; name another file"),
        ('{"version": 1}', f"{B} is not a baseline of kexplain"),
        ('{"findings": []}', f"{B} is not a baseline of kexplain"),
        ('{"version": 2, "findings": []}', f"{B} was written by a newer kexplain (version 2); update kexplain"),
        ('{"version": 1, "findings": [1]}', f"{B}: entry 1 has no text for 'path'; fix it, or delete"),
        (
            json.dumps({"version": 1, "findings": [GOOD, {**GOOD, "fingerprint": 7}]}),
            f"{B}: entry 2 has no text for 'fingerprint'",
        ),
        ("[" * 100_000, f"{B} is not a baseline of kexplain"),
        ("9" * 10_000, f"{B} is not a baseline of kexplain"),
        (b"\xff\xfe", f"{B} is not a baseline of kexplain"),
    ],
)
@pytest.mark.parametrize("arguments", [[], ["--update-baseline"]])
def test_a_broken_one(folder, text, words, arguments):
    write("web.yaml", POD)
    data = text if isinstance(text, bytes) else text.encode()
    Path(B).write_bytes(data)
    done = lint(*arguments)
    assert done.code == 2
    assert words in done.said
    assert "Traceback" not in done.said
    assert Path(B).read_bytes() == data


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--baseline", B], f"there is no baseline {B}; write it with --update-baseline"),
        (["--baseline", "."], "cannot read the baseline .: "),
        (["--baseline", "no/b.json", "--update-baseline"], "cannot write the baseline no/b.json: "),
        (["--update-baseline"], "--update-baseline needs --baseline FILE"),
    ],
)
def test_mistakes(folder, arguments, words):
    write("web.yaml", POD)
    done = Done(*arguments)
    assert done.code == 2
    assert words in done.said
    assert os.listdir() == ["web.yaml"]
