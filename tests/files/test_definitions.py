"""Definitions from elsewhere: --crd, --schema-location in all its layouts, the network with its cache; what is left out."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from support import run

from kexplain import annotate, lint
from kexplain.api.definition import of_json_schema
from kexplain.errors import InputError
from kexplain.files.definitions import Definitions, filled
from kexplain.files.remote import RemoteError, fetch, name_of

SCHEMA = {
    "type": "object",
    "properties": {
        "spec": {
            "type": "object",
            "properties": {"size": {"type": "integer", "maximum": 8, "description": "How big it is."},
                           "name": {"type": ["string", "null"]}},
            "additionalProperties": False,
        }
    },
}  # fmt: skip
THING = "apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: t}\nspec:\n  size: 9\n  name: null\n  sise: 1\n"
BOTH = ["unknown-field", "value-out-of-range"]


def crd(kind: str = "Thing") -> dict[str, object]:
    version = {"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": SCHEMA}}
    spec = {
        "group": "example.org",
        "names": {"kind": kind, "plural": "things"},
        "scope": "Namespaced",
        "versions": [version],
    }
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": "x"},
        "spec": spec,
    }


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "thing.yaml").write_text(THING)
    return tmp_path


def found(*arguments: str) -> list[str]:
    done = run("lint", "app", "-o", "json", "--exit-zero", *arguments)
    return sorted(finding["rule"] for finding in json.loads(done.stdout)["findings"])


def write(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value))


def test_without_a_definition_nothing_is_judged_and_that_is_said(folder: Path) -> None:
    assert found() == []
    assert "no schema for example.org/v1 Thing" in run("lint", "app", "-v").stderr
    assert run("lint", "app", "--strict").exit_code == 1


def test_a_file_a_folder_and_a_list_of_definitions_are_taken(folder: Path) -> None:
    write(folder / "crds" / "deep" / "crd.json", crd())
    write(folder / "crds" / "broken.yaml", "{")
    (folder / "crds" / "broken.yaml").write_text("a: [")
    assert found("--crd", "crds") == BOTH
    assert found("--crd", "crds/deep/crd.json") == BOTH
    write(folder / "list.json", {"apiVersion": "v1", "kind": "List", "items": [crd("Other"), crd()]})
    assert found("--crd", "list.json") == BOTH


def test_a_path_of_definitions_that_is_not_there_stops_the_run(folder: Path) -> None:
    done = run("lint", "app", "--crd", "nosuch.yaml")
    assert done.exit_code == 2
    assert "cannot read the definitions in nosuch.yaml" in done.stderr


@pytest.mark.parametrize(
    ("file", "location"),
    [
        ("example.org/thing_v1.json", "schemas"),
        ("master-standalone-strict/thing-example-v1.json", "schemas/master-standalone-strict/{{.ResourceKind}}{{.KindSuffix}}.json"),
        ("v1.37.0-standalone-strict/thing-example-v1.json", "schemas"),
        ("example.org/thing_v1.json", "schemas/{{ .Group }}/{{.ResourceKind}}_{{ .ResourceAPIVersion }}.json"),
    ],
)  # fmt: skip
def test_a_schema_location_is_a_folder_or_a_template(folder: Path, file: str, location: str) -> None:
    write(folder / "schemas" / file, SCHEMA)
    assert found("--schema-location", "default", "--schema-location", location) == BOTH


def test_a_template_with_a_field_that_does_not_exist_stops_the_run(folder: Path) -> None:
    done = run("lint", "app", "--schema-location", "schemas/{{.Kind}}.json")
    assert done.exit_code == 2
    assert "a schema location has no {{.Kind}}; it has" in done.stderr


def test_no_kind_leads_out_of_a_schema_location(folder: Path) -> None:
    write(folder / "passwd_v1.json", SCHEMA)
    text = THING.replace("example.org/v1", "../x/v1").replace("kind: Thing", "kind: ../passwd")
    (folder / "app" / "thing.yaml").write_text(text)
    assert found("--schema-location", "schemas/{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json") == []
    assert Definitions(locations=["schemas"])([("../x", "y"), ("a/v1", "../passwd"), ("v1", "Pod")]) == []


def test_the_kind_suffix_is_that_of_kubeconform() -> None:
    template = "{{.NormalizedKubernetesVersion}}{{.StrictSuffix}}/{{.ResourceKind}}{{.KindSuffix}}"
    assert filled(template, "cert-manager.io", "v1", "Issuer", "1.30") == "v1.30.0-strict/issuer-cert-manager-v1"


class Answers(BaseHTTPRequestHandler):
    asked: ClassVar[list[str]] = []
    broken = False

    def do_GET(self) -> None:
        Answers.asked.append(self.path)
        code = 500 if Answers.broken else 200 if self.path == "/example.org/thing_v1.json" else 404
        self.send_response(code)
        self.end_headers()
        self.wfile.write(json.dumps(SCHEMA).encode() if code == 200 else b"no")

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    Answers.asked, Answers.broken = [], False
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_an_address_is_asked_once_and_what_it_said_is_kept(folder: Path, address: str) -> None:
    arguments = ("--schema-location", address, "--schema-cache", "cache")
    assert found(*arguments) == BOTH
    assert found(*arguments) == BOTH
    assert Answers.asked == ["/example.org/thing_v1.json"]
    assert [path.name for path in (folder / "cache").iterdir()] == [name_of(f"{address}/example.org/thing_v1.json")]


def test_what_an_address_does_not_have_is_no_mistake_and_remembered(folder: Path, address: str) -> None:
    for _ in range(2):
        assert fetch(f"{address}/other", "cache") == ""
    assert Answers.asked == ["/other"]


def test_an_address_that_fails_stops_the_run_unless_it_answered_before(folder: Path, address: str) -> None:
    import os

    place = f"{address}/example.org/thing_v1.json"
    text = fetch(place, "cache")
    Answers.broken = True
    os.utime(folder / "cache" / name_of(place), (0, 0))
    assert fetch(place, "cache") == text
    with pytest.raises(RemoteError, match="the server answers 500"):
        fetch(place, "")
    with pytest.raises(RemoteError, match="a folder works"):
        fetch("http://127.0.0.1:9/x", "")


def test_the_configuration_names_definitions_but_no_address_unless_it_is_named(folder: Path) -> None:
    write(folder / "crds" / "crd.json", crd())
    (folder / ".kexplain.yaml").write_text("crds: [crds]\nschema-locations: [default]\n")
    assert found() == BOTH
    (folder / ".kexplain.yaml").write_text("schema-locations: ['https://example.org/schemas']\n")
    done = run("lint", "app")
    assert done.exit_code == 2
    assert "which is on the network; to allow it, name this configuration with --config" in done.stderr


def test_kinds_that_are_skipped_and_schemas_that_may_be_missing(folder: Path) -> None:
    write(folder / "crds" / "crd.json", crd())
    assert found("--crd", "crds", "--skip", "thing") == []
    assert found("--crd", "crds", "--skip", "Other,example.org/v1/Thing") == []
    assert found("--crd", "crds", "--skip", "example.org/v2/Thing") == BOTH
    assert run("lint", "app", "--strict", "--ignore-missing-schemas").exit_code == 0
    assert run("lint", "app", "--strict", "--skip", "Thing").exit_code == 0


def test_annotate_and_explain_take_definitions(folder: Path) -> None:
    write(folder / "crds" / "crd.json", crd())
    assert "How big it is." in run("annotate", "app", "--crd", "crds").stdout
    assert "How big it is." in run("explain", "app/thing.yaml:5", "--crd", "crds").stdout
    assert "How big it is." in run("explain", "thing.spec.size", "--crd", "crds").stdout
    assert "example.org/v1" in run("explain", "Thing", "--crd", "crds").stdout
    assert run("explain", "thing.spec.size").exit_code == 1
    assert "How big it is." in run("lint", "app", "--crd", "crds", "-o", "html").stdout
    assert "How big it is." not in run("lint", "app", "-o", "html").stdout
    assert "no definition of example.org/v1 Thing" in run("explain", "app/thing.yaml:5").stderr
    words = [a.text for file in annotate("app", crds=["crds"]) for o in file.objects for a in o.annotations]
    assert "How big it is." in words
    assert sorted(f.rule.id for f in lint("app", crds=["crds"]).findings) == BOTH


def test_a_plain_schema_says_what_may_be_null_and_what_is_either() -> None:
    schema = {"properties": {"a": {"type": ["integer", "string"]}, "b": {"items": {"type": ["string", "null"]}}}}
    root = of_json_schema("example.org", "v1", "Thing", schema, "x").schema
    assert root["properties"]["a"]["x-kubernetes-int-or-string"]
    assert root["properties"]["b"]["items"]["nullable"]


def test_custom_kinds_are_explained_by_their_names() -> None:
    assert "Exists in a namespace" in run("explain", "certs").stdout
    assert "clusterissuers.cert-manager.io" in run("explain", "ClusterIssuer").stdout
    assert "core/v1 PodSpec.containers" in run("explain", "rollout.spec.template.spec.containers").stdout


def test_every_error_of_definitions_can_be_mended_by_a_person() -> None:
    assert issubclass(RemoteError, InputError)
