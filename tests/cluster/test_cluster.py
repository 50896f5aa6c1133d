"""A live cluster: what is read of it and how, and what is said when it cannot be, against a server on the loopback."""

import gzip
import json
import logging
import os
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from click.testing import Result
from cluster_server import Answer, ClusterServer, refusal
from support import run

from kexplain.cluster import api_server
from kexplain.cluster import read as cluster
from kexplain.cluster.text import text_of
from kexplain.errors import InputError
from kexplain.syntax.parse import parse
from kexplain.syntax.source import Source, Unread
from kexplain.syntax.tree import plain_value

config = pytest.importorskip("kubernetes.config", reason="needs the Kubernetes client: kexplain[cluster]")

FORBIDDEN = 'configmaps is forbidden: User "ann" cannot list resource "configmaps" in API group "" at the cluster scope'
PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


def meta(name: str, namespace: str = "", owner: str = "", **more: Any) -> dict[str, Any]:
    """Metadata; ``owner`` is ``apiVersion Kind``."""
    found: dict[str, Any] = {"name": name, **({"namespace": namespace} if namespace else {}), **more}
    if owner:
        version, kind = owner.split()
        found["ownerReferences"] = [{"apiVersion": version, "kind": kind, "name": "o", "uid": "u", "controller": True}]
    return found


def pod_spec(image: str = "nginx:1.27") -> dict[str, Any]:
    return {"containers": [{"name": "web", "image": image}]}


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ClusterServer]:
    """A cluster with a little of everything, of which a kubeconfig tells. Whatever a test does: only GET is sent."""
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    handlers = list(logging.root.handlers)
    with ClusterServer() as running:
        running.add(
            "v1", "Namespace", {"metadata": meta("shop")}, {"metadata": meta("play")}, namespaced=False, short="ns"
        )
        running.add("v1", "ConfigMap", {"metadata": meta("site", "shop"), "data": {"a": "yes"}}, short="cm")
        running.add("v1", "Secret", {"metadata": meta("key", "shop"), "data": {"password": "c2VzYW1l"}})
        running.add("v1", "Pod", {"metadata": meta("lone", "shop"), "spec": pod_spec()},
                    {"metadata": meta("made", "shop", "apps/v1 ReplicaSet"), "spec": pod_spec()}, short="po")  # fmt: skip
        running.add("apps/v1", "Deployment", {
            "metadata": meta("web", "shop"),
            "spec": {"replicas": 2, "selector": {"matchLabels": {"app": "web"}}, "template": {
                "metadata": {"labels": {"app": "web"}, "creationTimestamp": None}, "spec": pod_spec("nginx:latest")}},
        }, short="deploy")  # fmt: skip
        kubeconfig(monkeypatch, running.url)
        yield running
        assert {method for method, _, _ in running.requests} <= {"GET"}
        assert logging.root.handlers == handlers


def kubeconfig(monkeypatch: pytest.MonkeyPatch, url: str, user: object = None, **of_cluster: object) -> None:
    """Writes a kubeconfig of one context, ``test``, into the current folder, and makes it the one that is used."""
    written = {
        "current-context": "test",
        "contexts": [{"name": "test", "context": {"cluster": "c", "user": "u"}}],
        "clusters": [{"name": "c", "cluster": {"server": url, **of_cluster}}],
        "users": [{"name": "u", "user": user or {"token": "sesame"}}],
    }
    Path("kubeconfig").write_text(yaml.safe_dump(written))
    monkeypatch.setenv("KUBECONFIG", str(Path("kubeconfig").resolve()))
    monkeypatch.setattr(config, "KUBE_CONFIG_DEFAULT_LOCATION", "kubeconfig")


def lint(*arguments: str) -> Result:
    return run("lint", "--cluster", "-o", "json", *arguments)


def report(*arguments: str) -> dict[str, Any]:
    result = lint(*arguments)
    assert result.exit_code in {0, 1}, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def read(*namespaces: str, kinds: tuple[str, ...] = (), timeout: float = 10) -> list[Source | Unread]:
    return cluster.read_cluster("", namespaces, kinds, timeout)


def names(found: list[Source | Unread]) -> list[str]:
    """The paths of what was read, without the context."""
    return [source.path.removeprefix("cluster/test/") for source in found if isinstance(source, Source)]


def unread(found: list[Source | Unread]) -> dict[str, str]:
    return {one.path.removeprefix("cluster/test"): one.reason for one in found if isinstance(one, Unread)}


def mistake(namespaces: tuple[str, ...] = (), kinds: tuple[str, ...] = ()) -> str:
    with pytest.raises(InputError) as caught:
        read(*namespaces, kinds=kinds)
    return str(caught.value)


# What is read


def test_objects_are_linted_with_their_place(server):
    found = report()
    (finding,) = [f for f in found["findings"] if f["rule"] == "latest-image-tag"]
    assert (finding["path"], finding["kind"], finding["name"], finding["namespace"]) == (
        "cluster/test/shop/deployments.apps/web.yaml", "Deployment", "web", "shop")  # fmt: skip
    (source,) = [s for s in read() if s.path == finding["path"]]
    assert source.line(finding["line"]).strip() == "image: nginx:latest"
    assert {outcome["status"] for outcome in found["outcomes"]} == {"checked"}


def test_what_is_read_and_what_is_left_out(server):
    server.add("v1", "Event", {"metadata": meta("e", "shop")})
    server.add("v1", "Endpoints", {"metadata": meta("e", "shop")}, plural="endpoints")
    server.add("coordination.k8s.io/v1", "Lease", {"metadata": meta("l", "shop")})
    server.add("v1", "Binding", {"metadata": meta("b", "shop")}, verbs="create")
    server.add("apps/v1", "Scale", {"metadata": meta("s", "shop")}, plural="deployments/scale")
    assert names(read()) == [
        "_/namespaces/shop.yaml", "_/namespaces/play.yaml", "shop/configmaps/site.yaml", "shop/pods/lone.yaml",
        "shop/deployments.apps/web.yaml",
    ]  # fmt: skip
    asked = {urlsplit(path).path for _, path, _ in server.requests}
    assert not {path for path in asked if path.endswith(("/secrets", "/events", "/leases", "/bindings", "/scale"))}


@pytest.mark.parametrize(
    ("owner", "kept"),
    [
        ("apps/v1 StatefulSet", False),
        ("batch/v1 Job", False),
        ("v1 ReplicationController", False),
        ("v1 Node", True),  # a static Pod: its manifest is a file on the node
        ("tekton.dev/v1 TaskRun", True),  # no template in the cluster
        ("", True),
    ],
)
def test_pods_that_their_owner_explains(server, owner, kept):
    server.add("v1", "Pod", {"metadata": meta("p", "shop", owner), "spec": pod_spec()})
    assert ("shop/pods/p.yaml" in names(read())) is kept


def test_roles_that_every_server_has_are_read_only_when_named(server):
    labels = {"kubernetes.io/bootstrapping": "rbac-defaults"}
    server.add("rbac.authorization.k8s.io/v1", "ClusterRole", {"metadata": meta("view", labels=labels)},
               {"metadata": meta("mine")}, namespaced=False)  # fmt: skip
    folder = "_/clusterroles.rbac.authorization.k8s.io"
    assert [name for name in names(read()) if "clusterroles" in name] == [f"{folder}/mine.yaml"]
    assert names(read(kinds=("clusterrole",))) == [f"{folder}/view.yaml", f"{folder}/mine.yaml"]


def test_owned_replica_sets_and_jobs_are_left_out_and_owned_config_maps_are_not(server):
    server.add("apps/v1", "ReplicaSet", {"metadata": meta("r", "shop", "apps/v1 Deployment")})
    server.add("batch/v1", "Job", {"metadata": meta("j", "shop", "batch/v1 CronJob")})
    server.add("v1", "ConfigMap", {"metadata": meta("c", "shop", "apps/v1 Deployment")})
    found = names(read())
    assert "shop/configmaps/c.yaml" in found
    assert not [name for name in found if "replicasets" in name or "jobs" in name]


@pytest.mark.parametrize("name", ["Deployment", "deployment", "DEPLOYMENTS", "deploy", "deployments.apps"])
def test_a_kind_by_any_of_its_names(server, name):
    assert names(read(kinds=(name,))) == ["shop/deployments.apps/web.yaml"]


def test_a_named_kind_is_read_whole(server):
    assert names(read(kinds=("po",))) == ["shop/pods/lone.yaml", "shop/pods/made.yaml"]


def test_an_unknown_kind_is_told_with_the_nearest(server):
    assert mistake(kinds=("deploymint",)) == (
        "the cluster lists no kind called 'deploymint'; did you mean 'deployment'?"
    )
    assert "kubectl api-resources" in mistake(kinds=("zzz",))


def test_namespaces(server):
    server.add("v1", "ConfigMap", {"metadata": meta("a", "shop")}, {"metadata": meta("b", "play")},
               {"metadata": meta("c", "other")})  # fmt: skip
    assert names(read("shop", "play", kinds=("cm",))) == ["shop/configmaps/a.yaml", "play/configmaps/b.yaml"]
    assert names(read("play")) == ["play/configmaps/b.yaml"]  # no kind without a namespace


def test_a_kind_without_namespaces_is_read_when_it_is_named(server):
    assert names(read("shop", kinds=("ns", "cm"))) == [
        "_/namespaces/shop.yaml", "_/namespaces/play.yaml", "shop/configmaps/site.yaml"]  # fmt: skip


@pytest.mark.parametrize("name", ["shopp", "..", "", "a/b", "shop?x"])
def test_a_namespace_that_is_not_there(server, name):
    assert mistake(namespaces=(name,)) == f"context 'test' has no namespace called {name!r}"


def test_who_may_not_look_at_a_namespace_is_believed(server):
    server.always["/api/v1/namespaces/shop"] = refusal(403, "namespaces is forbidden")
    assert names(read("shop", kinds=("cm",))) == ["shop/configmaps/site.yaml"]


def test_a_kind_is_read_in_the_preferred_version_that_has_it(server):
    server.add("x.io/v2", "Car", {"metadata": meta("new", "shop")})
    server.add("x.io/v1", "Car", {"metadata": meta("old", "shop")})
    server.add("x.io/v1", "Bike", {"metadata": meta("b", "shop")})
    found = {s.path.rpartition("/")[2]: s.text for s in read(kinds=("car", "bike"))}
    assert sorted(found) == ["b.yaml", "new.yaml"]
    assert "apiVersion: x.io/v2" in found["new.yaml"]
    assert "apiVersion: x.io/v1" in found["b.yaml"]


def test_an_object_that_two_apis_serve_is_read_once(server):
    same = {"metadata": meta("i", "shop", uid="1")}
    server.add("networking.k8s.io/v1", "Ingress", dict(same), plural="ingresses")
    server.add("extensions/v1beta1", "Ingress", dict(same), plural="ingresses")
    assert names(read(kinds=("ingress",))) == ["shop/ingresses.networking.k8s.io/i.yaml"]


def test_a_custom_kind_is_checked_by_its_definition(server):
    schema = {"type": "object", "properties": {"spec": {"type": "object", "properties": {"size": {"type": "integer"}}}}}
    crd = {
        "metadata": meta("cars.x.io"),
        "spec": {"group": "x.io", "scope": "Namespaced", "names": {"kind": "Car", "plural": "cars"},
                 "versions": [{"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": schema}}]},
        "status": {"storedVersions": ["v1"]},
    }  # fmt: skip
    server.add("apiextensions.k8s.io/v1", "CustomResourceDefinition", crd, namespaced=False, short="crd")
    server.add(
        "x.io/v1",
        "Car",
        {"apiVersion": "x.io/v1", "kind": "Car", "metadata": meta("c", "shop"), "spec": {"size": "big"}},
    )
    for chosen in ((), ("--kind", "car"), ("--namespace", "shop")):
        found = report("--select", "wrong-type,unknown-field", *chosen)
        told = [(f["rule"], f["kind"], f["fieldPath"]) for f in found["findings"]]
        assert told == [("wrong-type", "Car", "spec.size")], chosen


def test_who_may_not_read_definitions_gets_the_rest(server):
    server.add("x.io/v1", "Car", {"metadata": meta("c", "shop"), "spec": {"size": "big"}})
    assert [o["status"] for o in report("--kind", "car")["outcomes"]] == ["partly-checked"]


def test_no_definition_is_asked_for_where_all_kinds_are_built_in(server):
    report("--kind", "cm")
    assert not [path for _, path, _ in server.requests if "customresourcedefinitions" in path]


def test_references_are_judged_between_what_was_read(server):
    server.add("v1", "Pod", {"metadata": meta("p", "shop"), "spec": {
        **pod_spec(), "volumes": [{"name": "v", "configMap": {"name": "sites"}}, {"name": "w", "secret": {"secretName": "key"}}]}},
        {"metadata": meta("q", "shop"), "spec": {**pod_spec(), "volumes": [{"name": "v", "configMap": {"name": "site"}}]}})  # fmt: skip
    chosen = ("--select", "missing-config-map,missing-secret")
    assert [f["name"] for f in report(*chosen)["findings"]] == ["p"]
    assert report(*chosen, "--kind", "pod")["findings"] == []  # without ConfigMaps nothing is near


def test_annotations_and_overrides_suppress(server):
    chosen = ("--select", "latest-image-tag")
    assert lint(*chosen).exit_code == 1
    Path(".kexplain.yaml").write_text(
        "overrides: [{paths: [cluster/test/shop/**], ignore: [latest-image-tag], reason: not ours}]\n"
    )
    assert lint(*chosen).exit_code == 0
    Path(".kexplain.yaml").unlink()
    server.items["/apis/apps/v1/deployments"][0]["metadata"]["annotations"] = {
        "kexplain.dev/ignore": "latest-image-tag", "kexplain.dev/reason": "because"}  # fmt: skip
    assert lint(*chosen).exit_code == 0


def test_files_are_read_as_well_when_they_are_named(server):
    Path("a.yaml").write_text("apiVersion: v1\nkind: Namespace\nmetadata: {name: n}\n")
    assert [o["path"] for o in report("a.yaml", "--kind", "cm")["outcomes"]] == [
        "a.yaml", "cluster/test/shop/configmaps/site.yaml"]  # fmt: skip
    assert "a.yaml" not in {o["path"] for o in report("--kind", "cm")["outcomes"]}


# How an object is written


def test_what_the_server_keeps_is_not_shown():
    item = {
        "metadata": {
            "name": "a", "uid": "1", "generation": 2, "resourceVersion": "3", "creationTimestamp": "x", "managedFields": [{}],
            "annotations": {"kubectl.kubernetes.io/last-applied-configuration": "{}"}, "labels": {"on": "y"},
        },
        "spec": {"unknownField": [1, {"status": "kept"}]}, "status": {"phase": "Active"}, "kind": "Old",
    }  # fmt: skip
    assert text_of(item, "v1", "Thing") == (
        "apiVersion: v1\nkind: Thing\nmetadata:\n  name: a\n  labels:\n    'on': 'y'\n"
        "spec:\n  unknownField:\n  - 1\n  - status: kept\n"
    )
    item["metadata"]["annotations"]["mine"] = "1"
    assert "  annotations:\n    mine: '1'\n" in text_of(item, "v1", "Thing")


@pytest.mark.parametrize(
    "value",
    ["yes", "y", "N", "on", "1e3", "0o17", "0x1F", "1_000", "22:22", "2001-01-01", ".5", "+.inf", "-", "~", "null", "",
     " ", "a\nb\n", "  a\nb", "a \nb", "a\r\nb", "\x1b[31m", "\u202e", "\u2028", "\U0001f600", "# no comment", "a: b",
     "- a", "{{ x }}", "@a", "%a", "*a", "&a", "'\"", "\\", "x" * 500 + " y", "---", "...", "!!int 1", "<<", "012",
     0, -1, 10**18, 1.5, 1e300, True, False, None, [], {}, [[]], {"y": {"1e3": [{}]}}, {"<<": "a"}, {"": None}],
)  # fmt: skip
def test_values_stay_what_they_are(value):
    text = text_of({"metadata": {"name": "a"}, "spec": {"v": value}}, "v1", "Thing")
    (document,) = parse(text)
    assert plain_value(document.root)["spec"] == {"v": value}


def test_a_text_of_several_lines_keeps_them():
    text = text_of({"metadata": {"name": "a"}, "data": {"run.sh": "set -e\nrm -rf /\n"}}, "v1", "ConfigMap")
    assert text.endswith("data:\n  run.sh: |\n    set -e\n    rm -rf /\n")
    long = "é word " * 50 + "end"
    assert text_of({"data": {"a": long}}, "v1", "ConfigMap").splitlines()[-1] == f"  a: {long}"


def test_what_cannot_be_yaml_is_told(server):
    server.always["/api/v1/configmaps"] = Answer(
        body=rb'{"items": [{"metadata": {"name": "a"}, "data": {"b": "\ud800"}}]}'
    )
    found = read(kinds=("cm",))
    assert list(unread(found)) == ["/_/configmaps/a.yaml"]
    deep: dict[str, Any] = {}
    for _ in range(5000):
        deep = {"a": deep}
    with pytest.raises(ValueError, match="nested too deeply"):
        text_of({"spec": deep}, "v1", "Thing")


def test_secrets_are_read_only_when_named_and_then_without_values(server):
    copy = json.dumps({"data": {"password": "c2VzYW1l"}})
    server.items["/api/v1/secrets"][0]["metadata"]["annotations"] = {
        "kubectl.kubernetes.io/last-applied-configuration": copy, "tool.io/original": copy, "kexplain.dev/ignore": "a"}  # fmt: skip
    assert not [name for name in names(read()) if "secret" in name]
    (source,) = read(kinds=("secret",))
    assert "password: aGlkZGVu" in source.text
    assert "kexplain.dev/ignore" in source.text
    assert "c2VzYW1l" not in source.text
    for form in ("text", "sarif", "markdown"):
        shown = lint("--kind", "secret", "-o", form, "--profile", "pedantic")
        assert "c2VzYW1l" not in shown.output


def test_names_that_no_path_can_hold(server):
    server.add("rbac.authorization.k8s.io/v1", "ClusterRole", {"metadata": meta("system:a/b\x1b%")}, {"metadata": meta("..")},
               {"metadata": {"labels": {}}}, namespaced=False)  # fmt: skip
    (one, two, three) = names(read(kinds=("clusterrole",)))
    assert one == "_/clusterroles.rbac.authorization.k8s.io/system:a%2Fb%1B%25.yaml"
    assert two == "_/clusterroles.rbac.authorization.k8s.io/%2E%2E.yaml"
    assert three == "_/clusterroles.rbac.authorization.k8s.io/.yaml"


# Pages


def maps(count: int) -> list[dict[str, Any]]:
    return [{"metadata": meta(f"m{number}", "shop")} for number in range(count)]


def pages_asked(server: ClusterServer, path: str = "/api/v1/configmaps") -> list[tuple[str, str]]:
    """Limit and continue token of every request of a list."""
    queries = [parse_qs(urlsplit(url).query) for _, url, _ in server.requests if urlsplit(url).path == path]
    return [(query["limit"][0], query.get("continue", [""])[0]) for query in queries]


def test_long_lists_come_in_pages(server):
    server.add("v1", "ConfigMap", *maps(1201), short="cm")
    assert len(names(read(kinds=("cm",)))) == 1201
    assert pages_asked(server) == [("500", ""), ("500", "500"), ("500", "1000")]


def test_a_list_that_grew_too_old_is_read_once_more(server):
    server.add("v1", "ConfigMap", *maps(501))
    server.answers["/api/v1/configmaps"] = [page(maps(500), "500"), refusal(410, "too old resource version")]
    found = names(read(kinds=("configmap",)))
    assert len(found) == len(set(found)) == 501
    assert pages_asked(server) == [("500", ""), ("500", "500"), ("500", ""), ("500", "500")]


def page(items: list[dict[str, Any]], token: str = "") -> Answer:
    return Answer(body=json.dumps({"items": items, "metadata": {"continue": token}}).encode())


def test_a_list_that_grows_too_old_again_is_not_read_in_part(server):
    server.answers["/api/v1/configmaps"] = [page(maps(2), "2"), refusal(410), page(maps(2), "2"), refusal(410)]
    found = read()
    assert unread(found) == {"/configmaps": "not read: the list changed faster than it could be read (410)"}
    assert not [name for name in names(found) if "configmaps" in name]


def test_a_page_that_is_too_large_is_asked_for_in_parts(server, monkeypatch):
    monkeypatch.setattr(api_server, "LARGEST", 10_000)
    server.add("v1", "ConfigMap", *maps(300), short="cm")
    assert len(names(read(kinds=("cm",)))) == 300
    assert pages_asked(server)[:3] == [("500", ""), ("50", ""), ("50", "50")]


def test_an_object_that_is_too_large_ends_its_list(server, monkeypatch):
    monkeypatch.setattr(api_server, "LARGEST", 10_000)
    server.items["/api/v1/configmaps"][0]["data"] = {"a": "x" * 20_000}
    assert list(unread(read()).values()) == ["not read: the answer is larger than 0 MiB"]
    assert [limit for limit, _ in pages_asked(server)] == ["500", "50", "5", "1"]


def test_compressed_answers_are_read_and_bounded(server, monkeypatch):
    monkeypatch.setattr(api_server, "LARGEST", 1_000_000)
    body = page(maps(3)).body
    server.answers["/api/v1/configmaps"] = [Answer(200, gzip.compress(body), {"Content-Encoding": "gzip"})]
    assert len(names(read(kinds=("cm",)))) == 3
    server.always["/api/v1/configmaps"] = Answer(200, gzip.compress(b" " * 5_000_000), {"Content-Encoding": "gzip"})
    assert unread(read()) == {"/configmaps": "not read: the answer is larger than 0 MiB"}


def test_a_list_without_end(server, monkeypatch):
    monkeypatch.setattr(cluster, "PAGES", 5)
    server.always["/api/v1/configmaps"] = page([], "again")
    assert unread(read()) == {"/configmaps": "not read: the list does not end"}


@pytest.mark.parametrize(("limit", "value"), [("OBJECTS", 6), ("CHARACTERS", 900)])
def test_a_cluster_larger_than_the_limits(server, monkeypatch, limit, value):
    server.add("v1", "ConfigMap", *maps(15))
    monkeypatch.setattr(cluster, limit, value)
    found = read()
    assert list(unread(found)) == ["/configmaps"]
    assert "name kinds or namespaces" in unread(found)["/configmaps"]
    assert {"shop/pods/lone.yaml", "shop/deployments.apps/web.yaml"} <= set(names(found))  # what fits is read


@pytest.mark.parametrize(("limit", "value"), [("OBJECTS", 4), ("CHARACTERS", 400)])
def test_limits_hold_for_all_kinds_together(server, monkeypatch, limit, value):
    monkeypatch.setattr(cluster, limit, value)
    assert list(unread(read())) == ["/deployments.apps"]
    assert names(read(kinds=("deploy",))) == ["shop/deployments.apps/web.yaml"]


# Refusals


def test_a_kind_that_may_not_be_listed_is_told_and_the_rest_is_read(server):
    server.always["/api/v1/configmaps"] = refusal(403, FORBIDDEN)
    found = report("--select", "latest-image-tag", "--fail-on", "never")
    assert [f["name"] for f in found["findings"]] == ["web"]
    (outcome,) = [o for o in found["outcomes"] if o["status"] == "unreadable"]
    assert (outcome["path"], outcome["reason"]) == ("cluster/test/configmaps", f"not read: {FORBIDDEN} (403)")
    assert lint("--select", "nosuch-*,latest-image-tag").exit_code == 2
    assert lint("--kind", "cm", "--kind", "ns").exit_code == 0  # a right that is lacking is no fault of a manifest
    assert lint("--kind", "cm", "--kind", "ns", "--strict").exit_code == 1


def test_nothing_that_may_be_listed_is_misuse(server):
    for path in server.items:
        server.always[path] = refusal(403, "forbidden")
    result = lint()
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith(
        f"kexplain: cannot read the cluster (context 'test', {server.url}): forbidden (403); ask"
    )


def test_credentials_that_are_not_accepted(server):
    server.token = "other"
    assert mistake() == (
        f"cannot read the cluster (context 'test', {server.url}): the server does not accept the credentials (401); "
        "sign in again, and see whether kubectl gets an answer"
    )


def test_an_api_that_does_not_answer_hides_no_other(server):
    server.add("metrics.x.io/v1", "Metric", {"metadata": meta("m", "shop")})
    server.always["/apis/metrics.x.io/v1"] = refusal(503, "the server is currently unable to handle the request")
    found = read()
    assert unread(found) == {
        "/metrics.x.io/v1": "not read: the server is currently unable to handle the request (503)"}  # fmt: skip
    assert "shop/deployments.apps/web.yaml" in names(found)


def test_an_api_that_vanishes_between_discovery_and_list(server):
    server.always["/api/v1/configmaps"] = refusal(404, "not found")
    assert unread(read()) == {"/configmaps": "not read: not served (404)"}


@pytest.mark.parametrize(
    ("wait", "slept"), [("2", [2, 2]), ("99999", [10, 10]), ("", [1, 1]), ("Fri, 1 Jan 2100 00:00:00 GMT", [1, 1])]
)
def test_a_busy_server_is_waited_for_a_little(server, monkeypatch, wait, slept):
    paused: list[float] = []
    monkeypatch.setattr(api_server.time, "sleep", paused.append)
    busy = refusal(429, "slow down", **({"Retry_After": wait} if wait else {}))
    server.answers["/api/v1/configmaps"] = [busy, busy]
    assert names(read(kinds=("cm",))) == ["shop/configmaps/site.yaml"]
    assert paused == slept
    server.always["/api/v1/configmaps"] = busy
    assert unread(read()) == {"/configmaps": "not read: the server is too busy (429)"}
    assert paused == slept * 2


def test_a_server_that_stays_busy_is_given_up(server, monkeypatch):
    monkeypatch.setattr(api_server.time, "sleep", lambda _: None)
    for path in server.items:
        server.always[path] = refusal(429, Retry_After="10")
    server.always["/api/v1/namespaces"] = page([{"metadata": meta("shop")}])
    server.add("batch/v1", "CronJob", {"metadata": meta("c", "shop")})
    found = unread(read())
    assert found["/deployments.apps"] == "not read: the server is too busy (429)"
    assert found["/cronjobs.batch"] == "not read: the server is not asked any more after 3 requests in vain"
    assert not [path for _, path, _ in server.requests if "cronjobs" in path]


def test_retry_after_of_a_server_that_is_unavailable(server, monkeypatch):
    paused: list[float] = []
    monkeypatch.setattr(api_server.time, "sleep", paused.append)
    server.answers["/api/v1/configmaps"] = [refusal(503, "starting", Retry_After="3")]
    assert names(read(kinds=("cm",))) == ["shop/configmaps/site.yaml"]
    assert paused == [3]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (refusal(500, "etcd is gone"), "etcd is gone (500)"),
        (Answer(502, b"<html>bad gateway</html>"), "the server failed (502)"),
        (Answer(500, b'{"message": ["x"]}'), "['x'] (500)"),
        (
            Answer(302, b"", {"Location": "http://127.0.0.1:1/login"}),
            "the server sends elsewhere (302), which is not followed",
        ),
        (Answer(200, b'{"items": [{"metadata"'), "the answer breaks off or is not JSON"),
        (Answer(200, b"<html>sign in</html>"), "the answer breaks off or is not JSON"),
        (Answer(200, b"\xff\xfe\x00"), "the answer breaks off or is not JSON"),
        (Answer(200, b"[" * 100_000), "the answer breaks off or is not JSON"),
        (Answer(200, b"[]"), "the answer is JSON, but not of a Kubernetes API server"),
        (Answer(200, b'{"items": []}', length=1000), "the connection broke off"),
    ],
)
def test_broken_answers(server, answer, reason):
    server.always["/api/v1/configmaps"] = answer
    found = read()
    assert unread(found) == {"/configmaps": f"not read: {reason}"}
    assert "shop/pods/lone.yaml" in names(found)


@pytest.mark.parametrize(
    "items", [None, {}, [1, None, "a"], [{}], [{"metadata": []}], [{"metadata": {"name": [1], "uid": {}}}]]
)
def test_lists_that_hold_no_objects_break_nothing(server, items):
    server.always["/api/v1/configmaps"] = Answer(body=json.dumps({"items": items, "metadata": None}).encode())
    assert "shop/pods/lone.yaml" in names(read())
    assert lint().exit_code == 1


@pytest.mark.parametrize(
    "body", [b"{}", b'{"versions": 1, "groups": [1, {}]}', b'{"versions": ["v9"], "groups": null}']
)
def test_a_server_that_is_none_of_kubernetes(server, body):
    server.always["/api"] = server.always["/apis"] = Answer(body=body)
    assert mistake().startswith(f"cannot read the cluster (context 'test', {server.url}): ")


# Silence


def test_a_slow_server(server):
    server.always["/api/v1/configmaps"] = Answer(wait=30)
    found = read(timeout=0.5)
    assert unread(found) == {"/configmaps": "not read: no answer within 0.5 s"}
    assert "shop/pods/lone.yaml" in names(found)


def test_an_answer_that_never_ends(server, monkeypatch):
    clock = iter(range(0, 1_000, 100))
    monkeypatch.setattr(api_server, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    with pytest.raises(InputError, match="the answer did not end within 50 s"):
        read(timeout=5)


def test_a_server_that_falls_silent_is_given_up(server):
    for path in server.items:
        server.always[path] = Answer(wait=30)
    server.always["/api/v1/namespaces"] = page([{"metadata": meta("shop")}])
    server.add("batch/v1", "CronJob", {"metadata": meta("c", "shop")})
    found = unread(read(timeout=0.3))
    assert found["/deployments.apps"] == "not read: no answer within 0.3 s"
    assert found["/cronjobs.batch"] == "not read: the server is not asked any more after 3 requests in vain"
    assert not [path for _, path, _ in server.requests if "cronjobs" in path]


def test_a_server_that_is_not_there(server, monkeypatch):
    kubeconfig(monkeypatch, "http://127.0.0.1:1")
    result = lint()
    assert result.exit_code == 2
    assert result.stderr == (
        "kexplain: cannot read the cluster (context 'test', http://127.0.0.1:1): connection refused; "
        "is the address right, and the cluster up?\n"
    )


def test_a_name_that_cannot_be_resolved(server, monkeypatch):
    kubeconfig(monkeypatch, "http://nosuch.invalid")
    assert "the name of the server cannot be resolved; is the address right" in mistake()


def test_a_server_that_speaks_no_tls(server, monkeypatch):
    kubeconfig(monkeypatch, server.url.replace("http:", "https:"))
    assert "TLS: " in mistake()


# The kubeconfig


def test_a_context_by_name(server, monkeypatch):
    found = yaml.safe_load(Path("kubeconfig").read_text())
    found["contexts"].append({"name": "arn:aws:eks:x:1:cluster/prod", "context": {"cluster": "c", "user": "u"}})
    del found["current-context"]
    Path("kubeconfig").write_text(yaml.safe_dump(found))
    (source,) = cluster.read_cluster("arn:aws:eks:x:1:cluster/prod", kinds=("deploy",))
    assert source.path == "cluster/arn:aws:eks:x:1:cluster%2Fprod/shop/deployments.apps/web.yaml"
    assert mistake().startswith(
        "the kubeconfig kubeconfig has no current context; name one with --context: there are test, "
    )


def test_a_context_that_is_not_there(server):
    result = lint("--context", "tset")
    assert result.exit_code == 2
    assert result.stderr == (
        "kexplain: no context is called 'tset' in the kubeconfig kubeconfig; did you mean 'test'?\n"
    )
    assert "there are test" in lint("--context", "production").stderr


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "no kubeconfig: kubeconfig is not there; set KUBECONFIG"),
        ("", "cannot read the kubeconfig kubeconfig: "),
        ("a: [", "cannot read the kubeconfig kubeconfig: "),
        ("[]", "cannot read the kubeconfig kubeconfig: "),
        ("{}", "the kubeconfig kubeconfig has no current context; name one with --context: it has no contexts"),
        ("{contexts: 3}", "cannot read the kubeconfig kubeconfig: "),
        ("{contexts: [{name: a}], current-context: a}", "cannot use context 'a' of the kubeconfig kubeconfig: "),
        ("{contexts: [{name: a, context: {cluster: c}}], clusters: [{name: c, cluster: {server: 'http://['}}]}", ""),
    ],
)  # fmt: skip
def test_kubeconfigs_that_cannot_be_used(server, text, words):
    Path("kubeconfig").unlink() if text is None else Path("kubeconfig").write_text(text)
    result = lint()
    assert result.exit_code == 2
    assert result.stderr.startswith(f"kexplain: {words}")
    assert result.stderr.count("\n") == 1


def test_a_token_that_no_header_can_hold(server, monkeypatch):
    kubeconfig(monkeypatch, server.url, {"token": "a\nb"})
    assert "Invalid header value" in mistake()


def test_credentials_from_a_program(server, monkeypatch):
    server.token = "fresh"
    given = {"apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential", "status": {"token": "fresh"}}
    kubeconfig(monkeypatch, server.url, program(f"print({json.dumps(given)!r})"))
    assert names(read(kinds=("cm",))) == ["shop/configmaps/site.yaml"]


def test_a_program_for_credentials_that_fails(server, monkeypatch, capfd):
    kubeconfig(monkeypatch, server.url, program("import sys; sys.exit('no session\\x1b[31m')"))
    result = lint()
    assert result.exit_code == 2
    assert result.stderr == (
        "kexplain: no credentials for context 'test': exec: process returned 1. no session\\x1b[31m\n"
    )
    assert capfd.readouterr().err == ""
    assert server.requests == []


def program(code: str) -> dict[str, Any]:
    return {"exec": {"apiVersion": "client.authentication.k8s.io/v1", "command": sys.executable, "args": ["-c", code]}}


def test_warnings_of_the_client_are_kept_from_the_terminal(server, monkeypatch):
    load = config.load_kube_config

    def warn(*arguments: Any, **named: Any) -> None:
        warnings.warn("unverified", stacklevel=1)
        load(*arguments, **named)

    monkeypatch.setattr(config, "load_kube_config", warn)
    with warnings.catch_warnings(record=True) as caught:
        read(kinds=("cm",))
    assert caught == []


def test_a_proxy_is_used(server, monkeypatch):
    kubeconfig(monkeypatch, "http://cluster.invalid", **{"proxy-url": server.url})
    assert names(read(kinds=("cm",))) == ["shop/configmaps/site.yaml"]
    assert all(path.startswith("http://cluster.invalid/") for _, path, _ in server.requests)


def test_credentials_in_an_address_are_not_shown(server, monkeypatch):
    kubeconfig(monkeypatch, "http://ann:sesame@127.0.0.1:1")
    assert "sesame" not in mistake()


def test_without_the_client(server, monkeypatch):
    monkeypatch.setitem(sys.modules, "kubernetes", None)
    result = lint()
    assert result.exit_code == 2
    assert result.stderr == "kexplain: --cluster needs the Kubernetes client: pip install 'kexplain[cluster]'\n"


# The whole command


def kexplain(server: ClusterServer, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kexplain", "lint", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=60, env={**os.environ, **environment}
    )


def test_the_command_reads_the_kubeconfig_of_the_environment(server):
    done = kexplain(server, "--cluster", "--select", "latest-image-tag", "-o", "concise", "--kind", "deploy")
    assert done.returncode == 1
    assert done.stdout.startswith("cluster/test/shop/deployments.apps/web.yaml:")
    header = server.requests[0][2]
    assert header["authorization"] == "Bearer sesame"
    assert header["User-Agent"].startswith("kexplain/")


def test_no_key_of_the_kubeconfig_stays_behind(server, monkeypatch, tmp_path):
    kept: list[str] = []
    load = config.load_kube_config

    def spy(*arguments: Any, temp_file_path: str, **named: Any) -> None:
        load(*arguments, temp_file_path=temp_file_path, **named)
        kept.extend(os.listdir(temp_file_path))

    user = {"client-certificate-data": "Y2VydA==", "client-key-data": "a2V5"}
    kubeconfig(monkeypatch, server.url.replace("http:", "https:"), user)
    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr(config, "load_kube_config", spy)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "scratch"))
    mistake()
    assert len(kept) == 2  # the client did write them
    assert os.listdir(tmp_path / "scratch") == []
    done = kexplain(server, "--cluster", TMPDIR=str(tmp_path / "scratch"))
    assert done.returncode == 2
    assert os.listdir(tmp_path / "scratch") == []


def test_the_kubeconfig_is_not_changed(server):
    before = Path("kubeconfig").read_bytes()
    read()
    assert Path("kubeconfig").read_bytes() == before


def test_a_run_without_a_cluster_imports_no_client(server):
    Path("a.yaml").write_text("apiVersion: v1\nkind: Namespace\nmetadata: {name: n}\n")
    code = "import sys; from kexplain.run.run import run; from kexplain.config.settings import Settings; run(Settings(('a.yaml',))); "
    code += "print({'kubernetes', 'urllib3'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "set()\n"


@pytest.mark.parametrize("option", ["--context", "--namespace", "--kind"])
def test_options_of_a_cluster_need_one(option: str) -> None:
    result = run("lint", option, "x")
    assert result.exit_code == 2
    assert f"{option} says what to read of a cluster; add --cluster" in result.stderr


@pytest.mark.parametrize(
    ("answer", "arguments", "judged"),
    [
        (Answer(200, b'{"gitVersion": "v1.31.4-eks-1a2b"}'), [], "1.31"),
        (Answer(200, b'{"gitVersion": "v1.31.4"}'), ["--kubernetes-version", "1.33"], "1.33"),
        (Answer(200, b'{"gitVersion": "built by hand"}'), [], "1.37"),
        (Answer(200, b'{"gitVersion": 1}'), [], "1.37"),
        (refusal(403, "no"), [], "1.37"),
    ],
)
def test_the_version_of_the_cluster_is_judged_for(
    server: ClusterServer, answer: Answer, arguments: list[str], judged: str
) -> None:
    server.always["/version"] = answer
    assert f"(Kubernetes {judged})" in lint(*arguments).stderr


# crds pull


def test_definitions_are_written_for_runs_without_the_cluster(server, tmp_path):
    names = {"kind": "Cache", "plural": "caches"}
    schema = {"type": "object", "properties": {"spec": {"type": "object", "properties": {"size": {"type": "integer"}}}}}
    version = {"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": schema}}
    spec = {"group": "example.org", "names": names, "scope": "Namespaced", "versions": [version]}
    server.add("apiextensions.k8s.io/v1", "CustomResourceDefinition",
               {"metadata": meta("caches.example.org"), "spec": spec}, {"metadata": meta("../evil"), "spec": spec},
               namespaced=False)  # fmt: skip
    done = run("crds", "pull", "crds")
    assert done.exit_code == 0, done.output
    assert [path.name for path in Path("crds").iterdir()] == ["caches.example.org.yaml"]
    assert not Path("evil.yaml").exists()
    Path("cache.yaml").write_text("apiVersion: example.org/v1\nkind: Cache\nmetadata: {name: a}\nspec: {sise: 1}\n")
    linted = run("lint", "cache.yaml", "--crd", "crds", "-o", "concise")
    assert "Cache.spec has no field sise; did you mean size?" in linted.output
