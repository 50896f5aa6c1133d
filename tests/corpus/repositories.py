"""Makes repositories as people have them: awkward to read without what fills them in, and yet valid. Seeded and small."""

import json
import random
from collections.abc import Callable

Files = dict[str, str]

DIALECTS = ["${NAME}", "${name:=dev}", "${name:-1}", "$(params.name)", "{{ .Values.name }}", "{{name}}", "$$name$$", "@NAME@",
            "<name>", "{NAME}", "#{Name}", "__NAME__", "{{inputs.parameters.name}}"]  # fmt: skip
ENC = "ENC[AES256_GCM,data:c2hvcA==,iv:q83v,tag:7e0=,type:str]"
SOPS = f"sops:\n  age: []\n  lastmodified: '2026-01-02T03:04:05Z'\n  mac: {ENC}\n  version: 3.9.0\n"


class Maker:
    """One repository in the making: its chance, its names, its files."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.files: Files = {}
        self.seen = 0

    def name(self) -> str:
        """A name not used before."""
        self.seen += 1
        return f"{self.chance.choice(['web', 'shop', 'cart', 'mail', 'db'])}-{self.seen}"

    def placeholder(self) -> str:
        """A value that somebody fills in, in quotes, perhaps with text around it."""
        before, after = self.chance.choice([("", ""), ("", ""), ("a-", ""), ("", "-b"), ("x", "y")])
        return f'"{before}{self.chance.choice(DIALECTS)}{after}"'

    def value(self, plain: str) -> str:
        """A value as it is, or what is filled in for it."""
        return self.placeholder() if self.chance.random() < 0.4 else plain

    def deployment(self, name: str, *, selector: bool = True, image: str = "registry.example/web:1.2") -> str:
        """A Deployment, some of its values to come."""
        label = self.value(name)
        lines = [
            "apiVersion: apps/v1", "kind: Deployment", f"metadata: {{name: {name}, labels: {{app: {label}}}}}", "spec:",
            f"  replicas: {self.value('2')}", f"  strategy: {{type: {self.value('Recreate')}}}",
            f"  selector: {{matchLabels: {{app: {label}}}}}" if selector else "  revisionHistoryLimit: 2",
            f"  template:\n    metadata: {{labels: {{app: {label}}}}}" if selector else "  template:", "    spec:",
            f"      hostNetwork: {self.value('false')}", "      containers:", f"        - name: {name}",
            f"          image: {self.value(image)}", f"          imagePullPolicy: {self.value('Always')}",
            f"          ports: [{{containerPort: {self.value('8080')}, protocol: {self.value('TCP')}}}]",
            f"          resources: {{limits: {{memory: {self.value('64Mi')}}}}}",
        ]  # fmt: skip
        return "\n".join(lines) + "\n"

    def service(self, name: str, *, selector: bool = True) -> str:
        """A Service, some of its values to come."""
        picked = f"selector: {{app: {self.value(name)}}}, " if selector else ""
        ports = f"ports: [{{port: {self.value('80')}, targetPort: {self.value('web')}}}]"
        spec = f"{{type: {self.value('ClusterIP')}, {picked}{ports}}}"
        return f"apiVersion: v1\nkind: Service\nmetadata: {{name: {name}}}\nspec: {spec}\n"


def placeholders(maker: Maker) -> None:
    """Manifests for envsubst, Flux, Argo, build scripts; some are no YAML before."""
    name = maker.name()
    maker.files[f"apps/{name}.yaml"] = maker.deployment(name) + "---\n" + maker.service(name)
    broken = maker.chance.choice(
        ["@IMAGE@", "{{ image }}", "{{image}}", "{REGISTRY}/web", "%IMAGE%", "{% if x %}a{% endif %}"]
    )
    maker.files[f"templates/{name}.yaml"] = (
        f"apiVersion: v1\nkind: Pod\nmetadata: {{name: p}}\nspec:\n  containers:\n    - name: c\n      image: {broken}\n"
    )
    block = "{{- if .on }}\n  a: 1\n{{- else }}\n  - b\n{{- end }}\n"
    maker.files[f"jinja/{name}.yml"] = f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: c}}\ndata:\n{block}"


def encrypted(maker: Maker) -> None:
    """What SOPS left: Secrets, ConfigMaps, whole files."""
    name = maker.name()
    field, kind = maker.chance.choice([("data", "Secret"), ("stringData", "Secret"), ("data", "ConfigMap")])
    head = f"apiVersion: v1\nkind: {kind}\nmetadata:\n  name: {name}\n{field}:\n  DB_PASSWORD: {ENC}\n  url: {ENC}\n"
    maker.files[f"secrets/{name}.sops.yaml"] = head + SOPS
    maker.files[f"secrets/{name}.json"] = json.dumps({"data": ENC, "sops": {"mac": ENC, "version": "3.9.0"}}, indent=1)
    maker.files[".sops.yaml"] = "creation_rules: [{path_regex: secrets/.*, age: age1x}]\n"


def flux(maker: Maker) -> None:
    """A cluster of Flux: sources, releases, inline patches, substitution."""
    name = maker.name()
    maker.files[f"clusters/{name}/flux-system/kustomization.yaml"] = (
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [gotk-sync.yaml]\n"
    )
    maker.files[f"clusters/{name}/flux-system/gotk-sync.yaml"] = (
        "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps}\nspec:\n  interval: 10m\n  prune: true\n"
        "  sourceRef: {kind: GitRepository, name: flux-system}\n"
        "  postBuild: {substitute: {name: x}}\n  patches:\n    - target: {kind: Deployment}\n      patch: |\n"
        "        - op: add\n          path: /spec/x\n          value: 1\n"
    )
    maker.files[f"clusters/{name}/release.yaml"] = (
        "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: r}\nspec:\n  interval: 5m\n"
        "  chart: {spec: {chart: web, sourceRef: {kind: HelmRepository, name: shop}}}\n  values:\n"
        f"    image: {{tag: {maker.placeholder()}}}\n    podTemplate: {{spec: {{containers: [{{name: a, own: b}}]}}}}\n"
    )
    maker.files[f"clusters/{name}/app.yaml"] = maker.deployment(name) + "---\n" + maker.service(name)


def argo(maker: Maker) -> None:
    """Applications, workflows and analyses of Argo."""
    maker.files["argocd/app.yaml"] = (
        "apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: all}\nspec:\n  generators: [{clusters: {}}]\n  template:\n"
        "    metadata: {name: '{{cluster}}-x'}\n    spec: {source: {repoURL: '{{url}}', targetRevision: '{{rev}}'}, destination: {namespace: shop}, project: default}\n"
    )
    maker.files["workflows/build.yaml"] = (
        "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: {generateName: b-}\nspec:\n  templates:\n"
        "    - name: main\n      containerSet:\n        volumeMounts: [{name: w, mountPath: /w}]\n"
        "        containers: [{name: a, image: 'a:1'}, {name: b, image: 'b:1', dependencies: [a]}]\n"
    )
    maker.files["workflows/analysis.yaml"] = (
        "apiVersion: argoproj.io/v1alpha1\nkind: AnalysisTemplate\nmetadata: {name: a}\nspec:\n  metrics:\n    - name: m\n"
        "      provider: {job: {metadata: {labels: {rev: '{{ args.rev }}'}}, spec: {template: {spec: {restartPolicy: Never,\n"
        "        containers: [{name: c, image: 'busybox:1.36', args: ['{{args.x}}']}]}}}}}\n"
    )


def kustomize(maker: Maker) -> None:
    """A base that its kustomization completes, overlays, components, patches, transformers as files."""
    name = maker.name()
    labels = maker.chance.choice(
        [f"commonLabels: {{app: {name}}}", f"labels: [{{pairs: {{app: {name}}}, includeSelectors: true}}]"]
    )
    base, over = f"{name}/base", f"{name}/overlays/prod"
    where = maker.chance.choice([base, over])
    maker.files[f"{base}/kustomization.yaml"] = "resources: [web.yaml]\n" + (f"{labels}\n" if where == base else "")
    maker.files[f"{base}/web.yaml"] = (
        maker.deployment(name, selector=False, image="web") + "---\n" + maker.service(name, selector=False)
    )
    maker.files[f"{over}/kustomization.yaml"] = (
        "resources: [../../base]\nnamespace: shop\nimages: [{name: web, newTag: v1}]\nreplicas: [{name: x, count: 2}]\n"
        "components: [../../tags]\npatches: [{path: piece.yaml}, {path: ops.yaml, target: {kind: Deployment}}]\n"
        "configMapGenerator: [{name: settings, literals: [a=b]}]\ntransformers: [prefix.yaml]\n"
        + (f"{labels}\n" if where == over else "")
    )
    piece = maker.chance.choice(["$patch: delete", "$setElementOrder/ports: []", "resources: {limits: {memory: 1Gi}}"])
    maker.files[f"{over}/piece.yaml"] = (
        f"apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: {name}}}\nspec:\n  template:\n    spec:\n"
        f"      containers:\n        - name: {name}\n          {piece}\n"
    )
    maker.files[f"{over}/ops.yaml"] = "- {op: remove, path: /spec/replicas}\n"
    maker.files[f"{over}/prefix.yaml"] = (
        "apiVersion: builtin\nkind: PrefixTransformer\nmetadata: {name: p}\nprefix: prod-\nfieldSpecs: [{path: metadata/name}]\n"
    )
    maker.files[f"{name}/tags/kustomization.yaml"] = (
        "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nlabels: [{pairs: {tier: a}}]\n"
    )
    maker.files[f"{name}/loose/patch.yaml"] = (
        f"apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {{name: {name}}}\nspec: {{template: {{spec: {{containers: "
        "[{name: c, $patch: delete}]}}}\n"
    )


def operators(maker: Maker) -> None:
    """Custom resources with and without definitions, some defined twice, some with Pods in them."""
    name = maker.name()
    small = "{type: object, required: [mode], properties: {mode: {type: string, default: fast}}}"
    large = "{type: object, properties: {mode: {type: string}, size: {type: integer}, tags: {type: array, items: {type: string}}}}"
    for folder, schema in zip(("stable", "experimental"), maker.chance.sample([small, large], 2), strict=True):
        maker.files[f"crds/{folder}/widgets.yaml"] = (
            "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: widgets.example.com}\nspec:\n"
            "  group: example.com\n  scope: Namespaced\n  names: {kind: Widget, plural: widgets, singular: widget}\n"
            "  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {spec: "
            f"{schema}}}}}}}}}]\n"
        )
    body = maker.chance.choice(["{size: 3}", "{}", "{tags: [a]}", "{mode: slow}"])
    maker.files[f"widgets/{name}.yaml"] = (
        f"apiVersion: example.com/v1\nkind: Widget\nmetadata: {{name: w}}\nspec: {body}\n"
    )
    maker.files["operators/allow.yaml"] = (
        "apiVersion: auto.gke.io/v1\nkind: WorkloadAllowlist\nmetadata: {name: a}\n"
        "matchingCriteria: {containers: [{name: c, image: registry.example/agent, securityContext: {privileged: true}}]}\n"
    )
    maker.files["operators/search.yaml"] = (
        "apiVersion: elasticsearch.k8s.elastic.co/v1\nkind: Elasticsearch\nmetadata: {name: e}\nspec:\n  version: 9.0.0\n  nodeSets:\n"
        "    - name: default\n      count: 1\n      podTemplate: {spec: {containers: [{name: elasticsearch, env: [{name: A, value: '1'}]}]}}\n"
    )
    maker.files["operators/serving.yaml"] = (
        "apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: {name: k}\n"
        "spec: {template: {spec: {containerConcurrency: 3, containers: [{image: 'k:1'}]}}}\n"
    )


def helm(maker: Maker) -> None:
    """The sources of a chart, which are no manifests."""
    chart = f"charts/{maker.name()}"
    maker.files[f"{chart}/Chart.yaml"] = "apiVersion: v2\nname: web\nversion: 1.0.0\n"
    maker.files[f"{chart}/values.yaml"] = "kind: Deployment\nmetadata: {name: a}\nreplicas: many\n"
    maker.files[f"{chart}/values-prod.yaml"] = "metadata: {name: a}\napiVersion: v1\n"
    maker.files[f"{chart}/templates/web.yaml"] = (
        "{{- range .Values.all }}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .name }}\n{{- end }}\n"
    )
    maker.files[f"{chart}/templates/plain.yaml"] = "apiVersion: v1\nkind: ConfigMap\ndata: [1]\n"


def others(maker: Maker) -> None:
    """Files of other programs, streams put together, and settings of the node's programs."""
    maker.files["tsconfig.json"] = '{\n  // of the editor\n  "compilerOptions": {"strict": true,}\n}\n'
    maker.files["data/rows.json"] = '{"a": 1}\n{"a": 2}\n'
    maker.files["dashboards/web.json"] = '/* made by hand */ {"panels": [], "title": "x"}'
    maker.files["stream.json"] = "\n".join(
        json.dumps({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}}) for name in "ab"
    )
    maker.files["marks.yaml"] = (
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\n\ufeffapiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\n"
    )
    maker.files["kubeadm/patches/etcd.yaml"] = (
        "apiVersion: v1\nkind: Pod\nmetadata: {name: etcd, namespace: kube-system}\nspec: {containers: [{name: etcd, resources: {}}]}\n"
    )
    maker.files["kind/patch.yaml"] = (
        "kind: ClusterConfiguration\nmetadata: {name: config}\napiServer: {extraArgs: {v: '4'}}\n"
    )
    maker.files["pipeline.yml"] = "kind: pipeline\ntype: docker\nname: default\nsteps: []\n"
    maker.files["provisioning/sources.yaml"] = "apiVersion: 1\ndatasources: []\n"


FEATURES: list[Callable[[Maker], None]] = [placeholders, encrypted, flux, argo, kustomize, operators, helm, others]


def repository(seed: int) -> Files:
    """The files of one repository, by path: a few of the features, in whatever order."""
    maker = Maker(seed)
    for feature in maker.chance.sample(FEATURES, maker.chance.randint(3, len(FEATURES))):
        for _ in range(maker.chance.randint(1, 2)):
            feature(maker)
    return maker.files
