"""The configuration: which file holds, what it may say, what its mistakes are told as, and where each value comes from."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_type_hints

import jsonschema
import pytest
import yaml
from support import BLOCK_POD, ROOT, run

from kexplain.api.release import Release
from kexplain.catalogue.profile import PROFILES
from kexplain.catalogue.severity import Severity
from kexplain.cli.commands._run import sections
from kexplain.config import file as config
from kexplain.config.file import find, load
from kexplain.config.settings import Settings
from kexplain.errors import ConfigError
from kexplain.library import Choices

LATEST = "latest-image-tag"


@pytest.fixture
def folder(folder: Path) -> Path:
    (folder / ".git").mkdir()
    (folder / "pod.yaml").write_text(BLOCK_POD)
    return folder


def found(*arguments: str, env: dict[str, str] | None = None) -> dict[str, str]:
    """Severity by rule of what a lint finds."""
    result = run("lint", *arguments, "-o", "json", **(env or {}))
    return {f["rule"]: f["severity"] for f in json.loads(result.stdout)["findings"]}


def shown(*arguments: str, env: dict[str, str] | None = None) -> dict[str, dict[str, object]]:
    return json.loads(run("config", "show", "--json", *arguments, **(env or {})).stdout)


# which file


def test_the_nearest_file_up_to_the_root_of_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = tmp_path / "repo" / "a" / "b"
    deep.mkdir(parents=True)
    (tmp_path / ".kexplain.yaml").write_text("profile: pedantic\n")  # above the repository: somebody else's
    monkeypatch.chdir(deep)
    assert find(".") == ""
    (tmp_path / "repo" / ".git").mkdir()
    assert find(".") == ""
    (tmp_path / "repo" / "pyproject.toml").write_text("[tool.kexplain]\nprofile = 'pedantic'\n")
    assert find(".") == str(Path("..", "..", "pyproject.toml"))
    (tmp_path / "repo" / ".kexplain.yml").write_text("")
    assert find(".") == str(Path("..", "..", ".kexplain.yml"))
    (deep.parent / "pyproject.toml").write_text("[tool.other]\n")
    (deep.parent / ".kexplain.yaml").write_text("")
    assert find(".") == str(Path("..", ".kexplain.yaml"))
    (deep / ".kexplain.yaml").write_text("")
    assert find(".") == ".kexplain.yaml"


def test_paths_elsewhere_bring_their_own_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, profile in (("here", "pedantic"), ("there", "pss-baseline")):
        (tmp_path / name).mkdir()
        (tmp_path / name / ".kexplain.yaml").write_text(f"profile: {profile}\n")
        (tmp_path / name / "pod.yaml").write_text(BLOCK_POD)
    monkeypatch.chdir(tmp_path / "here")
    assert shown()["profile"]["value"] == "pedantic"
    assert shown("pod.yaml")["profile"]["value"] == "pedantic"
    assert shown("../there/pod.yaml")["profile"]["value"] == "pss-baseline"
    assert shown("../there")["profile"]["value"] == "pss-baseline"
    assert shown("../there", "pod.yaml")["profile"]["value"] == "pedantic"
    assert shown("../there", "--no-config")["profile"]["value"] == "recommended"
    assert shown("pod.yaml", "--config", "../there/.kexplain.yaml")["profile"]["value"] == "pss-baseline"


def test_the_configuration_is_no_manifest_and_no_finding(folder: Path) -> None:
    (folder / ".kexplain.yaml").write_text("fail-on: error\n")
    result = run("lint", "-o", "json", "--strict", "--select", LATEST)
    assert {outcome["path"] for outcome in json.loads(result.stdout)["outcomes"]} == {"pod.yaml"}


# what it says


def test_a_file_sets_what_flags_set(folder: Path) -> None:
    assert found()[LATEST] == "warning"
    (folder / ".kexplain.yaml").write_text(
        f"select: [images]\nignore: [image-*]\nseverity: {{images: info, {LATEST}: error}}\nfail-on: never\n"
        "output: [concise, 'json:out/report.json']\nkubernetes-version: '1.30'\n"
    )
    (folder / "out").mkdir()
    result = run("lint")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"pod.yaml:7:12: error[{LATEST}]")
    assert "(Kubernetes 1.30)" in result.stderr
    assert json.loads((folder / "out" / "report.json").read_text())["findings"][0]["severity"] == "error"
    assert run("lint", "--fail-on", "error").exit_code == 1


def test_toml_says_the_same(folder: Path) -> None:
    (folder / "pyproject.toml").write_text(
        f"[tool.kexplain]\nselect = ['{LATEST}']\n[tool.kexplain.severity]\n{LATEST} = 'info'\n"
        "[[tool.kexplain.overrides]]\nkinds = ['Pod']\nignore = ['all']\nreason = 'tried'\nuntil = 2999-01-01\n"
    )
    assert found("--no-suppress") == {LATEST: "info"}
    (entry,) = load("pyproject.toml").values["overrides"]
    assert entry["until"] == "2999-01-01"


def test_flags_go_before_variables_before_files_before_defaults(folder: Path) -> None:
    assert shown()["fail-on"] == {"value": "warning", "origin": "default"}
    (folder / ".kexplain.yaml").write_text("# ours\nfail-on: error\nignore: [a]\n")
    assert shown()["fail-on"] == {"value": "error", "origin": ".kexplain.yaml:2"}
    variables = {"KEXPLAIN_FAIL_ON": "info", "KEXPLAIN_IGNORE": "b,c"}
    assert shown(env=variables)["fail-on"] == {"value": "info", "origin": "KEXPLAIN_FAIL_ON"}
    assert shown(env=variables)["ignore"]["value"] == ["b", "c"]
    assert shown("--fail-on", "never", env=variables)["fail-on"] == {"value": "never", "origin": "command line"}


@pytest.mark.parametrize("name", ["KEXPLAIN_OUTPUT", "KEXPLAIN_OUTPUT_FORMAT"])
def test_variables_of_output_and_configuration(folder: Path, name: str) -> None:
    (folder / "other.yaml").write_text(f"select: [{LATEST}]\n")
    env = {name: "concise", "KEXPLAIN_CONFIG": "other.yaml"}
    assert run("lint", "pod.yaml", **env).stdout.count("\n") == 1
    assert shown("pod.yaml", env=env)["config"] == {"value": "other.yaml", "origin": "KEXPLAIN_CONFIG"}


def test_extends(folder: Path) -> None:
    (folder / "base").mkdir()
    (folder / "base" / "far.yaml").write_text("profile: pedantic\nfail-on: never\nbaseline: known.json\n")
    (folder / "base" / "near.yaml").write_text(
        "extends: far.yaml\nfail-on: error\nseverity: {a: info, b: info}\nexclude: [gen/, /x/y, '!keep']\n"
        "overrides: [{paths: ['*.json'], reason: one}]\n"
    )
    (folder / ".kexplain.yaml").write_text(
        "extends: [base/near.yaml]\nseverity: {b: error}\noverrides: [{reason: two}]\n"
    )
    read = load(".kexplain.yaml")
    assert read.values == {
        "profile": "pedantic",
        "fail-on": "error",
        "baseline": "base/known.json",  # relative to the file that says it
        "severity": {"a": "info", "b": "error"},
        "exclude": ["base/**/gen/", "base/x/y", "!base/**/keep"],
        "overrides": [{"paths": ["base/**/*.json"], "reason": "one"}, {"reason": "two"}],
    }
    assert read.origins["fail-on"] == f"{Path('base', 'near.yaml')}:2"
    assert read.origins["severity"] == ".kexplain.yaml:2"


def test_a_configuration_of_too_many_files(folder: Path) -> None:
    for number in range(config.MOST + 1):
        (folder / f"{number}.yaml").write_text(f"extends: {number + 1}.yaml\n")
    (folder / f"{config.MOST}.yaml").write_text("fail-on: error\n")
    assert load(str(folder / "1.yaml")).values["fail-on"] == "error"
    with pytest.raises(ConfigError, match=rf"0\.yaml: extends more than {config.MOST} files"):
        load(str(folder / "0.yaml"))


def test_a_file_that_extends_itself(folder: Path) -> None:
    (folder / "a.yaml").write_text("extends: b.yaml\n")
    (folder / "b.yaml").write_text("extends: a.yaml\n")
    with pytest.raises(ConfigError, match=r"a\.yaml: extends itself, by way of a\.yaml → b\.yaml"):
        load("a.yaml")


# its mistakes


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ignores: [a]", "c.yaml:1:1: unknown key 'ignores'; did you mean 'ignore'?"),
        ("min_severity: info", "c.yaml:1:1: unknown key 'min_severity'; did you mean 'min-severity'?"),
        ("zzz: 1", "c.yaml:1:1: unknown key 'zzz'; there are extends, paths, "),
        (
            "overrides:\n- reason: r\n  kind: [Pod]",
            "c.yaml:3:3: unknown key 'kind' in overrides[0]; did you mean 'kinds'?",
        ),
        ("overrides:\n- ignore: [a]", "c.yaml:2:3: overrides[0] needs 'reason'"),
        ("overrides:\n- {reason: r, until: soon}", "c.yaml:2:15: overrides[0].until must be "),
        ("\nfail-on: high", "c.yaml:2:1: fail-on must be one of info, warning, error, never, not 'high'"),
        ("ignore: a", "c.yaml:1:1: ignore must be a list of texts, not 'a'"),
        ("ignore: [a, 1]", "c.yaml:1:13: ignore[1] must be text, not '1'"),
        ("strict: 'yes'", "c.yaml:1:1: strict must be true or false, not 'yes'"),
        (
            "kubernetes-version: 1.30",
            "c.yaml:1:1: kubernetes-version must be text such as \"1.32\", not '1.30' (The version of Kubernetes",
        ),
        ("kubernetes-version: '2.0'", "c.yaml:1:1: kubernetes-version must be text such as \"1.32\", not '2.0'"),
        ("severity: {a: fatal}", "c.yaml:1:12: severity.a must be one of error, warning, info, not 'fatal'"),
        ("- a", "c.yaml:1:1: a configuration is a mapping of settings"),
        ("a: [", "c.yaml:"),
        ("profile: pedantic\nprofile: recommended", "c.yaml:2:1: profile (written twice)"),
        ("a: 1\n---\nb: 1", "c.yaml:2:1: a configuration is one YAML document"),
        ("extends: no.yaml", "c.yaml:1:10: extends no.yaml, and there is no such file"),
    ],
)
def test_mistakes_are_told_with_their_place_and_the_mend(folder: Path, text: str, told: str) -> None:
    (folder / "c.yaml").write_text(text + "\n")
    result = run("lint", "--config", "c.yaml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"kexplain: {told}")
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("text", ["[tool.kexplain]\nprofil = 'x'\n", "[tool.kexplain\n"])
def test_mistakes_in_toml(folder: Path, text: str) -> None:
    (folder / "pyproject.toml").write_text(text)
    result = run("lint")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("kexplain: pyproject.toml: ")


@pytest.mark.parametrize("key", ["select", "extend-select", "ignore"])
def test_a_rule_that_there_is_not(folder: Path, key: str) -> None:
    (folder / ".kexplain.yaml").write_text(f"{key}: [latest-image-tags]\n")
    result = run("lint")
    assert result.exit_code == 2
    assert f"did you mean '{LATEST}'?" in result.stderr


def test_a_configuration_that_is_not_there(folder: Path) -> None:
    result = run("lint", "--config", "no.yaml")
    assert (result.exit_code, "cannot read the configuration no.yaml" in result.stderr) == (2, True)


def test_escapes_in_a_configuration_do_not_reach_the_terminal(folder: Path) -> None:
    (folder / "c.yaml").write_text('"\\e[31mx": 1\n')
    assert "\x1b" not in run("lint", "--config", "c.yaml").stderr


def test_a_name_that_is_no_rule_is_told_with_its_place(folder: Path) -> None:
    for text, place in (
        ("ignore:\n- latest-image-tg", "2:3: ignore"),
        ("extend-select: [latest-image-tg]", "1:17: extend-select"),
        ("severity: {latest-image-tg: info}", "1:12: severity"),
    ):
        (folder / "base.yaml").write_text(text)
        expected = (
            f"base.yaml:{place}: no rule or category is called 'latest-image-tg'; did you mean 'latest-image-tag'?"
        )
        (folder / ".kexplain.yaml").write_text("extends: base.yaml\n")
        for arguments in (["--config", "base.yaml"], []):
            result = run("lint", *arguments)
            assert (result.exit_code, result.stderr) == (2, f"kexplain: {expected}\n")
    result = run("lint", "--no-config", "--ignore", "nix")
    assert (result.exit_code, result.stderr) == (2, "kexplain: no rule or category is called 'nix'\n")


def test_mistakes_in_overrides_are_told_with_their_file_and_number(folder: Path) -> None:
    good = f"{{ignore: [{LATEST}], reason: r}}"
    (folder / "base.yaml").write_text(f"overrides: [{good}, {good}]\n")
    for entry, words in (
        ("{ignore: [latest-image-tg], reason: r}", "no rule or category is called 'latest-image-tg'; did you mean"),
        ("{ignore: [all], reason: r, until: '2027-02-30'}", "until: '2027-02-30' is not a date"),
        ("{kinds: [Pod], reason: r}", "it does nothing; give it 'ignore' or 'severity', or delete it"),
    ):
        (folder / ".kexplain.yaml").write_text(f"extends: base.yaml\noverrides: [{good}, {entry}]\n")
        result = run("lint")
        assert result.exit_code == 2
        assert result.stderr.startswith(f"kexplain: .kexplain.yaml: overrides[1]: {words}")


# where it holds


def test_a_configuration_above_holds_from_every_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "team" / "gen").mkdir(parents=True)
    for name in ("team/pod.yaml", "team/gen/pod.yaml"):
        (folder / name).write_text(BLOCK_POD)
    (folder / "other").mkdir()
    (folder / ".kexplain.yaml").write_text(
        f"select: [{LATEST}]\nexclude: [gen/]\noverrides: [{{paths: [team/], ignore: [all], reason: r}}]\n"
    )
    for here, path in (
        (".", "team"),
        ("team", "."),
        ("team", "pod.yaml"),
        ("team/gen", "pod.yaml"),
        ("other", "../team"),
    ):
        monkeypatch.chdir(folder / here)
        assert (here, path, found(path)) == (here, path, {})
        assert (here, path, found(path, "--no-suppress")) == (here, path, {LATEST: "warning"})
    monkeypatch.chdir(folder / "team" / "gen")
    assert found("pod.yaml", "--no-suppress", "--force-exclude") == {}


def test_globs_may_lead_above_their_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("platform", "vendor", "apps"):
        (folder / name).mkdir()
        (folder / name / "pod.yaml").write_text(BLOCK_POD)
    (folder / "platform" / "base.yaml").write_text(
        "exclude: ['../platform/', '../*.yaml']\noverrides: [{paths: [../vendor/], ignore: [all], reason: r}]\n"
    )
    (folder / ".kexplain.yaml").write_text(f"extends: platform/base.yaml\nselect: [{LATEST}]\n")
    for here, there in ((".", "."), ("apps", "..")):
        monkeypatch.chdir(folder / here)
        report = json.loads(run("lint", there, "-o", "json").stdout)
        assert [Path(f["path"]).resolve() for f in report["findings"]] == [folder / "apps" / "pod.yaml"]
        assert [Path(f["path"]).resolve() for f in report["suppressed"]] == [folder / "vendor" / "pod.yaml"]


def test_files_that_are_extended_are_kexplains_own(folder: Path) -> None:
    (folder / "base.yaml").write_text("fail-on: never\n")
    (folder / "middle.yaml").write_text("extends: base.yaml\n")
    (folder / ".kexplain.yaml").write_text("extends: middle.yaml\n")
    assert run("lint", "--list-files").stdout == "pod.yaml\n"
    assert run("lint", "--strict").exit_code == 0


def test_another_repository_brings_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "two"):
        (tmp_path / name / ".git").mkdir(parents=True)
        (tmp_path / name / "pod.yaml").write_text(BLOCK_POD)
        (tmp_path / name / ".kexplain.yaml").write_text(f"select: [{LATEST}]\n")
    monkeypatch.chdir(tmp_path)
    assert found("one") == found("one/pod.yaml") == {LATEST: "warning"}
    assert len(found("one", "two")) > 1
    (tmp_path / ".kexplain.yaml").write_text("select: [missing-cpu-request]\n")
    assert found("one") == {"missing-cpu-request": "warning"}


def test_config_show_tells_the_variable_that_was_set(folder: Path) -> None:
    for variable in ("KEXPLAIN_OUTPUT", "KEXPLAIN_OUTPUT_FORMAT"):
        assert shown(env={variable: "concise"})["output"] == {"value": ["concise"], "origin": variable}


def test_config_show_tells_the_paths_in_force(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown()["paths"] == {"value": ["."], "origin": "default"}
    (folder / ".kexplain.yaml").write_text("paths: [pod.yaml]\n")
    (folder / "sub").mkdir()
    monkeypatch.chdir(folder / "sub")
    assert shown()["paths"] == {"value": ["../pod.yaml"], "origin": "../.kexplain.yaml:1"}
    assert shown("x")["paths"] == {"value": ["x"], "origin": "command line"}


# the schema


def test_the_schema_is_one_and_knows_every_setting() -> None:
    schema = config.schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    flags = {"output", "color", "quiet", "verbose", "statistics", "strict", "fail_on", "explain", "group_by", "extends"}
    per_run = {"text", "stdin_filename", "files_from", "cluster", "context", "namespaces", "kinds", "update_baseline",
               "diff_base", "config", "extended", "track"}  # fmt: skip
    assert {key.replace("-", "_") for key in schema["properties"]} == (set(Settings._fields) | flags) - per_run
    assert set(schema["properties"]["profile"]["enum"]) == set(PROFILES)
    weights = [severity.value for severity in Severity]
    assert schema["properties"]["min-severity"]["enum"] == weights
    assert schema["properties"]["fail-on"]["enum"] == [*weights, "never"]
    overrides = schema["properties"]["overrides"]["items"]["properties"]
    for severity in (schema["properties"]["severity"], overrides["severity"]):
        assert set(severity["additionalProperties"]["enum"]) == set(weights)


def test_the_defaults_of_options_the_schema_and_the_settings_are_the_same(folder: Path) -> None:
    told = {key: about["default"] for key, about in config.schema()["properties"].items() if "default" in about}
    assert {key: shown()[key] for key in told} == {
        key: {"value": value, "origin": "default"} for key, value in told.items()
    }
    fields = {name.replace("_", "-"): value for name, value in Settings._field_defaults.items()}
    both = told.keys() & fields.keys()
    assert {key: fields[key] for key in both} == {key: told[key] for key in both}
    assert both == {"suppress", "respect-gitignore", "force-exclude", "render", "profile", "min-severity",
                    "ignore-missing-schemas", "honor-foreign-suppressions", "jobs"}  # fmt: skip


def test_what_a_program_may_choose_is_a_setting_of_its_type() -> None:
    chosen, settings = get_type_hints(Choices), Settings.__annotations__
    told_otherwise = {"paths": "as arguments", "force_exclude": "with files that a tool names"}
    keys = {key.replace("-", "_") for key in config.schema()["properties"]}
    assert chosen.keys() == (keys & settings.keys()) - told_otherwise.keys() | {"diff_base"}
    loose = {
        Release: str,
        bool | None: bool,
        tuple[str, ...]: list[str],
        tuple[Mapping[str, Any], ...]: list[Mapping[str, Any]],
    }
    assert chosen == {name: loose.get(settings[name], settings[name]) for name in chosen}


def test_every_option_is_a_setting_or_about_one_run() -> None:
    from kexplain.cli.commands.lint import command

    listed = [name for _, options in sections() for name in options]
    assert len(listed) == len(set(listed)) > 30
    names = {parameter.name for parameter in command.params}
    keys = {key.replace("-", "_") for key in config.schema()["properties"]} - {
        "extends",
        "severity",
        "parameters",
        "overrides",
        "rule_folders",
    }
    assert keys <= names == set(listed)


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("{}", True),
        ("profile: pedantic\noverrides: [{kinds: [Pod], ignore: [a], reason: r, until: '2027-01-01'}]", True),
        ("parameters: {a: {b: [1, {c: d}]}}", True),
        ("profil: x", False),
        ("paths: x", False),
        ("overrides: [{ignore: [a]}]", False),
        ("overrides: [{reason: '', ignore: [a]}]", False),
        ("severity: {a: b}", False),
        ("kubernetes-version: 1.3", False),
    ],
)
def test_ours_and_the_library_read_the_schema_alike(tmp_path: Path, text: str, valid: bool) -> None:
    (tmp_path / "c.yaml").write_text(text)
    assert jsonschema.Draft202012Validator(config.schema()).is_valid(yaml.safe_load(text)) == valid
    if valid:
        load(str(tmp_path / "c.yaml"))
    else:
        with pytest.raises(ConfigError):
            load(str(tmp_path / "c.yaml"))


def test_the_schema_can_be_printed(folder: Path) -> None:
    assert json.loads(run("config", "schema").stdout) == config.schema()


# init


def test_init_writes_a_file_that_changes_nothing_until_it_is_changed(folder: Path) -> None:
    before = shown()
    result = run("init")
    assert (result.exit_code, result.stdout) == (0, "")
    assert {name: row["value"] for name, row in shown().items() if name != "config"} == {
        name: row["value"] for name, row in before.items() if name != "config"
    }
    again = run("init")
    assert (again.exit_code, "is there already" in again.stderr) == (2, True)


def test_every_setting_of_init_can_be_switched_on(folder: Path) -> None:
    text = run("init", "--stdout").stdout
    assert not (folder / ".kexplain.yaml").exists()
    assert max(map(len, text.splitlines())) <= 200
    live = "\n".join(
        line for line in re.sub(r"(?m)^# ([a-z-]+: ?[^ ]|overrides:|  )", r"\1", text).splitlines() if line[:1] != "#"
    )
    assert set(yaml.safe_load(live)) == set(config.schema()["properties"])
    (folder / "c.yaml").write_text(live.replace("../platform", "."))
    (folder / "kexplain-base.yaml").write_text("")
    assert load("c.yaml").values["overrides"][0]["until"] == "2027-06-30"


# show


def test_show_for_people(folder: Path) -> None:
    (folder / ".kexplain.yaml").write_text("overrides: [{kinds: [Pod], ignore: [a], reason: r}]\nseverity: {a: info}\n")
    lines = run("config", "show", "--strict").stdout.splitlines()
    row = {line.split()[0]: line for line in lines}
    assert re.fullmatch(r"strict +command line +true", row["strict"])
    assert re.fullmatch(r'severity +\.kexplain\.yaml:2 +\{"a": "info"\}', row["severity"])
    assert re.fullmatch(r"kubernetes-version +default +1\.37", row["kubernetes-version"])
    assert len({line.index(line.split(maxsplit=1)[1]) for line in lines}) == 1


# the guide

GUIDE = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")


def test_the_guide_names_every_setting() -> None:
    assert {key for key in config.schema()["properties"] if f"`{key}`" not in GUIDE} == set()


@pytest.mark.parametrize("text", re.findall(r"```yaml\n(.+?)```", GUIDE, re.DOTALL))
def test_the_examples_of_the_guide_are_valid(folder: Path, text: str) -> None:
    (folder / "c.yaml").write_text(text.replace("../platform/", ""))
    (folder / "kexplain-base.yaml").write_text("")
    result = run("lint", "pod.yaml", "--config", "c.yaml", "--no-suppress", "--baseline", "b.json", "--update-baseline")
    assert result.exit_code == 0, result.stderr


def test_reports_and_baselines_of_other_runs_are_known_for_what_they_are(folder: Path) -> None:
    run("lint", "-o", "json:report.json", "--baseline", "known.json", "--update-baseline")
    result = run("lint", "--strict", "--fail-on", "never", "-o", "json")
    outcomes = {o["path"]: (o["status"], o["reason"]) for o in json.loads(result.stdout)["outcomes"]}
    assert result.exit_code == 0
    assert outcomes["report.json"] == outcomes["known.json"] == ("skipped", "a report or a baseline of kexplain")
