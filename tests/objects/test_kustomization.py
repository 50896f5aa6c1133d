"""What kustomizations of the run will do is known without building them: no finding is there because of it."""

from pathlib import Path

import pytest

from kexplain.catalogue.rule import rules
from kexplain.config.settings import Settings
from kexplain.engine.linter import Options, lint
from kexplain.engine.report import Report
from kexplain.objects.kustomized import kustomized
from kexplain.objects.outcome import Status
from kexplain.objects.reading import read
from kexplain.run.gather import gather
from kexplain.syntax.source import Source
from kexplain.syntax.tree import descend, plain_value

WEB = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {template: {spec: {containers: [{name: web, image: nginx}]}}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {ports: [{port: 80}]}
"""
SELECTED = WEB.replace(
    "spec: {template: {", "spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, "
)


def run(complete: bool | None = None, **files: str) -> Report:
    sources = [Source(name.replace("__", "/") + ".yaml", text) for name, text in files.items()]
    return lint(sources, Options(rules(), complete=complete))


def ids(report: Report) -> set[str]:
    return {finding.rule.id for finding in report.findings}


LABELS = {
    "commonLabels: {app: web}",
    "labels: [{pairs: {app: web}, includeSelectors: true}]",
    "labels: [{pairs: {x: y}}, {pairs: {app: web, tier: front}, includeSelectors: true}]",
}


@pytest.mark.parametrize("labels", sorted(LABELS))
def test_selectors_come_from_labels(labels: str) -> None:
    wrong = {"missing-required-field", "service-without-selector", "mismatching-selector", "dangling-service"}
    alone = run(web=WEB)
    assert {"missing-required-field", "service-without-selector"} <= ids(alone)
    report = run(complete=True, kustomization=f"resources: [web.yaml]\n{labels}\n", web=WEB)
    assert not wrong & ids(report)


def test_labels_without_selectors_make_none() -> None:
    report = run(kustomization="resources: [web.yaml]\nlabels: [{pairs: {app: web}}]\n", web=WEB)
    assert "missing-required-field" in ids(report)


def test_a_selector_by_a_label_that_is_added_finds_its_pods() -> None:
    web = SELECTED.replace("spec: {ports", "spec: {selector: {app: web}, ports")
    kustomization = "resources: [web.yaml]\nlabels: [{pairs: {app: web}, includeTemplates: true}]\n"
    assert "dangling-service" in ids(run(complete=True, web=web))
    assert "dangling-service" not in ids(run(complete=True, web=web, kustomization=kustomization))


@pytest.mark.parametrize(
    ("image", "how", "silent"),
    [
        ("nginx", "{name: nginx, newTag: '1.27'}", True),
        ("nginx:latest", "{name: nginx, digest: 'sha256:0123'}", True),
        ("registry.example:5000/web", "{name: 'registry.example:5000/web', newTag: v1}", True),
        ("nginx", "{name: web, newTag: v1}", False),
        ("nginx", "{name: nginx, newTag: latest}", False),
        ("nginx", "{name: nginx}", False),
        ("nginx", "{name: nginx, newName: registry.example/nginx}", True),
    ],
)
def test_images_get_their_tags(image: str, how: str, silent: bool) -> None:
    web = SELECTED.replace("image: nginx", f"image: '{image}'")
    report = run(kustomization=f"resources: [web.yaml]\nimages: [{how}]\n", web=web)
    assert ("latest-image-tag" not in ids(report)) == silent


@pytest.mark.parametrize(
    "overlay",
    [
        "resources: [../base]\n",
        "bases: [../base]\n",
        "resources: [../base/]\n",
        "components: [../tags]\nresources: [../base]\n",
    ],
)
def test_an_overlay_does_it_to_its_base(overlay: str) -> None:
    settings = "images: [{name: nginx, newTag: v1}]\nnamespace: shop\nreplicas: [{name: web, count: 3}]\n"
    files = {"base__kustomization": "resources: [web.yaml]\n", "base__web": SELECTED}
    if "components" in overlay:
        files["tags__kustomization"] = "kind: Component\n" + settings
        files["over__kustomization"] = overlay
    else:
        files["over__kustomization"] = overlay + settings
    report = run(**files)
    assert not {"latest-image-tag", "default-namespace-used", "too-few-replicas"} & ids(report)


@pytest.mark.parametrize(("kind", "namespace"), [("Role", "shop"), ("ClusterRole", None), ("Namespace", None)])
def test_a_namespace_is_given_to_what_can_lie_in_one(kind: str, namespace: str | None) -> None:
    group = "rbac.authorization.k8s.io/" if kind.endswith("Role") else ""
    file = read(Source("app/a.yaml", f"apiVersion: {group}v1\nkind: {kind}\nmetadata: {{name: a}}\n"))
    taking = read(Source("app/kustomization.yaml", "resources: [a.yaml]\nnamespace: shop\n"))
    kustomized(file.objects, list(taking.kustomizations))
    assert plain_value(descend(file.objects[0].root, "metadata", "namespace")) == namespace


def test_a_component_of_one_overlay_says_nothing_of_another() -> None:
    files = {
        "c__kustomization": "kind: Component\nlabels: []\n",
        "a__kustomization": "resources: [web.yaml]\ncomponents: [../c]\n",
        "a__web": SELECTED,
        "b__kustomization": "resources: [../c]\ncomponents: [../c]\nimages: [{name: nginx, newTag: v1}]\n",
    }
    assert "latest-image-tag" in ids(run(**files))


def test_what_no_kustomization_takes_in_stays_as_it_is() -> None:
    files = {"kustomization": "images: [{name: nginx, newTag: v1}]\ncommonLabels: {a: b}\n", "web": WEB}
    assert {"latest-image-tag", "missing-required-field"} <= ids(run(**files))


def test_kustomizations_that_take_in_each_other_end() -> None:
    files = {
        "a__kustomization": "resources: [../b, web.yaml]\n",
        "b__kustomization": "resources: [../a]\n",
        "a__web": WEB,
    }
    assert "latest-image-tag" in ids(run(**files))


CONSUMER = """\
apiVersion: v1
kind: Pod
metadata: {name: p}
spec: {containers: [{name: c, image: "i:1", envFrom: [{configMapRef: {name: NAME}}]}]}
"""


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("settings", {"kustomization": "configMapGenerator: [{name: settings, literals: [a=b]}]\n"}),
        ("settings", {"kustomization": "configMapGenerator: [{name: settings, envs: [.env]}]\n"}),
        ("dev-settings", {"kustomization": "namePrefix: dev-\nconfigMapGenerator: [{name: settings}]\n"}),
        ("settings", {"generator": "apiVersion: builtin\nkind: ConfigMapGenerator\nmetadata: {name: settings}\n"}),
        (
            "dev-settings-1",
            {
                "kustomization": "namePrefix: dev-\nnameSuffix: '-1'\nresources: [cm.yaml]\n",
                "cm": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n",
            },
        ),
    ],
)
def test_what_is_generated_is_there(name: str, files: dict[str, str]) -> None:
    report = run(complete=True, pod=CONSUMER.replace("NAME", name), **files)
    assert "missing-config-map" not in ids(report)
    assert "missing-config-map" in ids(run(complete=True, pod=CONSUMER.replace("NAME", "other"), **files))


PIECES = [
    "spec: {template: {spec: {containers: [{name: c, $patch: delete}]}}}",
    "spec: {template: {spec: {$setElementOrder/containers: [{name: c}]}}}",
    "spec: {strategy: {$retainKeys: [type], type: Recreate}}",
    "metadata: {name: web, $deleteFromPrimitiveList/finalizers: [a]}",
    "$patch: delete",
]


@pytest.mark.parametrize("piece", PIECES)
def test_a_patch_is_one_wherever_it_lies(piece: str) -> None:
    report = run(any__where=f"apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: web}}\n{piece}\n".replace(
        "metadata: {name: web}\nmetadata", "metadata"))  # fmt: skip
    assert report.findings == []
    assert [(o.status, o.reason) for o in report.outcomes] == [
        (Status.SKIPPED, "a kustomize patch, only part of an object")
    ]


def test_a_text_that_speaks_of_patches_is_none() -> None:
    report = run(a="apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {x: '$patch: delete'}\nspec: {}\n")
    assert "unknown-field" in ids(report)


@pytest.mark.parametrize(
    "text",
    [
        "apiVersion: v1\nkind: Pod\nmetadata: {name: etcd}\nspec: {containers: [{name: etcd, resources: {}}]}\n",
        "kind: ClusterConfiguration\nmetadata: {name: config}\napiServer: {extraArgs: {v: '4'}}\n",
        "kind: InitConfiguration\nnodeRegistration: {kubeletExtraArgs: {}}\n",
        "apiVersion: builtin\nkind: LabelTransformer\nmetadata: {name: a}\nlabels: {a: b}\nfieldSpecs: []\n",
        "apiVersion: builtin\nkind: PatchTransformer\nmetadata: {name: a}\npatch: '[]'\n",
    ],
)
def test_settings_of_kubeadm_kind_and_kustomize_are_no_objects(text: str) -> None:
    report = run(a=text)
    assert report.findings == []
    assert [o.status for o in report.outcomes] == [Status.SKIPPED]


def test_a_plugin_that_a_kustomization_names_is_not_an_object() -> None:
    plugin = "apiVersion: example.com/v1\nkind: Tagger\nmetadata: {name: a}\nspec: {template: {spec: {}}}\n"
    report = run(kustomization="transformers: [tagger.yaml]\n", tagger=plugin)
    assert {o.status for o in report.outcomes} == {Status.SKIPPED}


def test_skaffold_builds_its_images() -> None:
    skaffold = "apiVersion: skaffold/v4beta6\nkind: Config\nbuild: {artifacts: [{image: nginx}]}\n"
    assert "latest-image-tag" not in ids(run(app__skaffold=skaffold, app__k8s__web=SELECTED))
    assert "latest-image-tag" in ids(run(app__skaffold=skaffold, other__web=SELECTED))


def test_a_file_that_is_named_alone_has_its_kustomization_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "base").mkdir()
    (tmp_path / "base/web.yaml").write_text(WEB)
    kustomization = "resources: [web.yaml]\ncommonLabels: {app: web}\nimages: [{name: nginx, newTag: v1}]\n"
    (tmp_path / "base/kustomization.yaml").write_text(kustomization)
    monkeypatch.chdir(tmp_path)
    settings = Settings(paths=("base/web.yaml",))
    report = lint(gather(settings, beside=True), Options(rules()))
    assert not {"missing-required-field", "latest-image-tag", "service-without-selector"} & ids(report)
    assert {outcome.path for outcome in report.outcomes} == {"base/web.yaml"}
    assert [file.source.path for file in report.files] == ["base/web.yaml"]
    assert [source.path for source in gather(settings)] == ["base/web.yaml"]
