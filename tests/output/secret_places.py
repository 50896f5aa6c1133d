"""Every place where a secret can stand in a file: what a Secret holds and how it is written, times what is around it.

``§`` stands for a secret, ``¤`` for one of digits alone.
"""

import json
from collections.abc import Iterator
from functools import partial
from textwrap import indent

as_json = partial(json.dumps, ensure_ascii=False)
HEAD = "apiVersion: v1\nkind: Secret\nmetadata: {name: keys}\n"
POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n  - name: web\n    image: nginx:latest\n"
MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n"

VALUES = {
    "plain": "password: §", "single": "password: '§'", "double": 'password: "§"', "escaped": 'password: "\\u0041§"',
    "literal": "password: |\n  first\n  §", "folded": "password: >-\n  § and\n  more", "next line": "password:\n  §",
    "number": "password: ¤", "octal": "password: 0¤", "float": "password: ¤.5", "alias": "password: *§",
    "anchor": "password: &§ x", "anchored": "password: &a §", "tag": "password: !§ x", "tagged": "password: !!str §",
    "wrong tag": "password: !!int §", "binary": "password: !!binary §!", "list": "password: [§, ¤]",
    "block list": "password:\n- §\n- ¤", "map": "password: {a: §}", "braces": "password: {§}",
    "braces twice": "password: {{§}}", "deep": "password:\n  a:\n    b: [{c: §}]", "key below": "password:\n  §: x",
    "twice": "password: §\npassword: §2", "twice, a number": "password: ¤\npassword: ¤1", "comment": "password: x # §",
    "commented out": "# old: §\npassword: x", "below it": "password: x\n# §", "yes": "password: yes\ntoken: §",
    "null key": "? password\n: §", "other name": "a: §", "odd name": "a b: §", "long": f"password: §{'x' * 80}",
    "many words": "password: one two § three", "colon": "password: '§: x'", "two lines": "password: 'x\n\n  § y'",
    "merged": "<<: {password: §}", "template": "password: '{{ § }}'", "base64": "password: §==", "tab": "password:\t§",
    "key twice": "a: §\nb: x\na: ¤", "of data": "data: §", "of kind": "kind: §", "of a list": "- §", "text": "§",
}  # fmt: skip
"""What may stand below ``data`` or ``stringData``."""
FIELDS = ("data", "stringData", "stringdata", "Data", "string_data", "strngData", "values")


def secrets() -> Iterator[tuple[str, str]]:
    """Secrets as block YAML, by what is special about them."""
    for name, value in VALUES.items():
        for field in ("data", "stringData"):
            yield f"{field}, {name}", f"{HEAD}{field}:\n{indent(value, '  ')}\n"
    for field in FIELDS:
        yield f"in {field}", f"{HEAD}{field}:\n  password: §\n  count: ¤\n"
        yield f"in {field}, flow", f"{HEAD}{field}: {{password: §, count: ¤, list: [§]}}\n"
        yield f"in {field}, a text", f"{HEAD}{field}: §\n"
        yield f"in {field}, a list", f"{HEAD}{field}: [§, {{name: a, value: ¤}}]\n"
        yield f"{field} twice", f"{HEAD}{field}: {{a: §}}\n{field}: {{a: ¤}}\n"
        yield f"{field} first", f"{field}:\n  a: §\n{HEAD}"
    for kind in ("secret", "SECRET", "Secrets", "'Secret'", '"Secret"', "!!str Secret", "&k Secret", "\n  Secret", "[Secret]"):
        yield f"kind {kind!r}", f"apiVersion: v1\nkind: {kind}\nmetadata: {{name: keys}}\ndata:\n  a: §\n"
    yield "kind twice", f"{HEAD}kind: ConfigMap\ndata:\n  a: §\n"
    yield "kind after all", "apiVersion: v1\ndata: {a: §}\nmetadata: {name: keys}\nkind: Secret\n"
    yield "Kind", HEAD.replace("kind", "Kind") + "data:\n  a: §\n"
    yield "no kind, stringData", "apiVersion: v1\nmetadata: {name: keys}\nstringData:\n  a: §\n"
    yield "no kind, a type", "apiVersion: v1\nmetadata: {name: keys}\ntype: Opaque\ndata:\n  a: §\n"
    yield "at the top", HEAD + "password: §\n"
    copy = as_json({"apiVersion": "v1", "kind": "Secret", "data": {"a": "§"}})
    last = f"annotations: {{kubectl.kubernetes.io/last-applied-configuration: '{copy}'}}"
    yield "last applied", HEAD.replace("{name: keys}", f"{{name: keys, {last}}}") + "data: {}\n"
    yield "an anchor used in it", f"{HEAD.replace('{name: keys}', '{name: keys, labels: {x: &a §}}')}data:\n  a: *a\n"
    yield "an alias out of it", HEAD + "data:\n  a: &a §\nimmutable: *a\n"
    yield "CRLF", (HEAD + "data:\n  a: §\n  a: ¤\n").replace("\n", "\r\n")
    yield "BOM", "\ufeff" + HEAD + "data:\n  a: §\n"
    yield "directive", f"%YAML 1.1\n---\n{HEAD}data:\n  a: §\n"
    yield "wide text", HEAD + "data:\n  é𝒜: §\n  b: ¤\n"


WRAPPERS = {
    "alone": "{}", "second document": MAP + "data: {a: b}\n---\n{}", "before a broken one": "{}---\na: [\n",
}  # fmt: skip
AROUND = {
    "List": "apiVersion: v1\nkind: List\nitems:\n-", "SecretList": "apiVersion: v1\nkind: SecretList\nitems:\n-",
    "list in a List": "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: List\n  items:\n  -",
    "List without items": "apiVersion: v1\nkind: List\nobjects:\n-", "a bare list": "-",
    "Template": "apiVersion: template.openshift.io/v1\nkind: Template\nmetadata: {name: t}\nobjects:\n-",
    "ResourceQuota": "apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: q}\nspec:\n ",
    "custom": "apiVersion: example.org/v1\nkind: Bundle\nmetadata: {name: b}\nspec:\n  manifests:\n  -",
    "custom, one": "apiVersion: example.org/v1\nkind: Bundle\nmetadata: {name: b}\nspec:\n  template:\n   ",
    "SealedSecret": "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: s}\nspec:\n  template:\n   ",
    "a Deployment's field": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nextra:\n ",
    "ConfigMap text": f"{MAP}data:\n  secret.yaml: |\n   ", "folded text": f"{MAP}data:\n  secret.yaml: >\n   ",
    "annotation": "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: n\n  annotations:\n    secret: |\n     ",
}  # fmt: skip
"""What may be around a Secret: its first line goes behind this, all others as deep."""
BROKEN = {
    "bad line after": "{}oops\n", "bad indent after": "{}   x: y\n z: [\n", "bracket": "{}x: [\n", "quote": "{}x: 'y\n",
    "tab": "{}\tx: y\n", "percent": "{}x: %y\n", "alias": "{}x: *nothing\n", "inf": "{}x: .inf\n", "bad line before": "oops\n{}",
    "nested": "{}x: " + "[" * 250 + "\n", "control": "{}x: \x07\n", "template": "{}x: {{ if }}\n {{ end }}\n",
}  # fmt: skip
LINES = {
    "colon twice": "a: §: x", "unclosed": 'a: "§', "unclosed single": "a: '§", "percent": "a: %§", "at": "a: @§", "backtick": "a: `§",
    "bar": "a: |§", "greater": "a: >§", "no key": "§", "escape": 'a: "\\q§"', "bracket": "a: [§", "brace": "a: {§", "tag": "a: !<§ x",
    "undefined tag": "a: !h!§ x", "alias": "a: *§", "tab": "\ta: §", "less": "a:\n§\n  b: ¤", "dash": "a: - §", "comma": "a: {x: §,, y: ¤}",
    "close": "a: §]", "amp": "a: & §", "star": "a: * §", "excl": "a: !!int §", "bin": "a: !!binary §", "float": "a: !!float §",
    "merge": "<<: §", "key list": "? [§]\n: x", "key null": "a: §\n: x", "null": "a: !!null §", "bool": "a: !!bool §", "dup": "a: §\na: [",
}  # fmt: skip
"""What below ``data`` breaks a document, or may."""


def around(text: str, before: str) -> str:
    """A text behind the last line of another, as deep as that ends."""
    depth = len(before.rpartition("\n")[2]) + 1
    return before + indent(text, " " * depth)[depth - 1 :]


def wrapped() -> Iterator[tuple[str, str]]:
    """Secrets in what may be around them, or broken."""
    few = {"several": "a: §\n  b: ¤\n  c: |\n    x\n    §\n  a: ¤", "alias": "a: *§", "flow": "{a: §}"}
    for name, value in few.items():
        for field in ("data", "stringData", "stringdata"):
            secret = f"{HEAD}{field}:\n  {value}\n"
            for wrapper, text in WRAPPERS.items():
                yield f"{wrapper}, {field}, {name}", text.replace("{}", secret)
            for wrapper, text in AROUND.items():
                yield f"{wrapper}, {field}, {name}", around(secret, text)
            for breaking, text in BROKEN.items():
                yield f"{breaking}, {field}, {name}", text.replace("{}", secret)
    for name, lines in LINES.items():
        for field in ("data", "stringData", "stringdata", "strngData"):
            yield f"{field} broken, {name}", f"{HEAD}{field}:\n{indent(lines, '  ')}\n"
        yield f"kind below, {name}", f"apiVersion: v1\nkind:\n  Secret\ndata:\n{indent(lines, '  ')}\n"
        yield f"kind last, {name}", f"data:\n{indent(lines, '  ')}\nkind: Secret\n"
        yield f"in ConfigMap text, {name}", around(f"{HEAD}data:\n{indent(lines, '  ')}\n", AROUND["ConfigMap text"])
    secret = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "k"}, "stringData": {"a": "§", "n": ["§"]}}
    for spaces in (None, 2):
        text = as_json(secret, indent=spaces)
        yield f"JSON {spaces}", text
        yield f"JSON List {spaces}", as_json({"apiVersion": "v1", "kind": "List", "items": [secret]}, indent=spaces)
        yield f"JSON twice {spaces}", text + text
        yield f"JSON broken {spaces}", text[:-1]
        yield f"JSON comma {spaces}", text.replace("{", "{,", 1)
        yield f"JSON in text {spaces}", f"{MAP}data:\n  a.json: {as_json(text)}\n"
        yield f"JSON in an annotation {spaces}", POD.replace("name: web}", f"name: web, annotations: {{a: {as_json(text)}}}}}")
    yaml = f"{HEAD}data:\n  a: §\n"
    yield "YAML in quotes", f"{MAP}data:\n  a.yaml: {as_json(yaml)}\n"
    yield "YAML in single quotes", f"{MAP}data:\n  a.yaml: '{yaml.replace(chr(10), chr(10) * 2 + '    ')}'\n"


NAMES = ("PASSWORD", "db_password", "API_KEY", "clientSecret", "token", "DB_PASS")
CREDENTIALS = {
    "plain": "§", "quoted": "'§'", "number": "¤", "octal": "0¤", "alias": "*§", "tag": "!§ x", "list": "[§]", "map": "{value: §}",
    "literal": "|\n        §", "anchor": "&§ x", "braces": "{§}", "more": "§\n      value: ¤", "comment": "x # §", "float": "¤.25",
    "int": "!!int §", "spaces": "'a § b'", "comma": "§,x", "bang": "'!§'", "at": "'@§'", "slash": "/§/x+y",
}  # fmt: skip
"""What may stand as the value of a variable that is named as a credential."""
WIDELY = ("env", "custom field", "broken", "ConfigMap")
BRIEFLY = ("plain", "number", "alias", "list", "braces", "more")
"""The places where all of them are tried, and those of them that are tried at all places."""
ENVS = {
    "env": POD + "    env:\n    - name: <name>\n      value: <value>\n",
    "value first": POD + "    env:\n    - value: <value>\n      name: <name>\n",
    "init": POD.replace("containers", "initContainers") + "    env:\n    - name: <name>\n      value: <value>\n",
    "template": (
        "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: r}\nspec:\n  template:\n    spec:\n      containers:\n"
        "      - name: web\n        image: nginx:latest\n        env:\n        - name: <name>\n          value: <value>\n"
    ),
    "parameter": (
        "apiVersion: template.openshift.io/v1\nkind: Template\nmetadata: {name: t}\nobjects: []\nparameters:\n- name: <name>\n"
        "  value: <value>\n"
    ),
    "custom": "apiVersion: example.org/v1\nkind: App\nmetadata: {name: a}\nspec:\n  env:\n    - name: <name>\n      value: <value>\n",
    "custom field": "apiVersion: example.org/v1\nkind: App\nmetadata: {name: a}\nspec:\n  auth:\n      <name>: <value>\n",
    "broken": POD + "    env:\n    - name: <name>\n      value: <value>\noops\n",
    "broken map": "apiVersion: example.org/v1\nkind: App\nspec:\n  auth:\n      <name>: <value>\n oops\n",
    "values": "image: nginx\nauth:\n      <name>: <value>\n",
    "ConfigMap": MAP + "data:\n      <name>: <value>\n",
    "map of env": POD + "    env:\n      <name>: <value>\n",
    "annotation": "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: n\n  annotations:\n      <name>: <value>\n",
    "mistyped": POD + "    resources:\n      <name>: <value>\n",
    "unknown": POD + "    env:\n    - nmae: x\n      name: <name>\n      value: <value>\n      velue: x\n",
}  # fmt: skip
TEXTS = {
    "command": POD + "    args: ['--password=§', --token, '§', '--db-pass', ¤]\n",
    "shell": POD + "    command: [sh, -c, 'PASSWORD=§ run']\n",
    "env as texts": POD + "    env: ['DB_PASSWORD=§']\n",
    "properties": MAP + "data:\n  app.properties: |\n    a=b\n    db.password=§\n    c=d\n",
    "ini": MAP + "data:\n  app.ini: |\n    [db]\n    password = §\n",
    "env file": MAP + "data:\n  .env: |\n    export DB_PASSWORD='§'\n    B=c\n",
    "YAML text": MAP + "data:\n  app.yaml: |\n    db:\n      password: §\n      user: x\n",
    "JSON text": MAP + "data:\n  app.json: '{\"db\": {\"password\": \"§\"}}'\n",
    "URL": POD + "    env:\n    - name: DATABASE\n      value: postgres://shop:§@db/shop\n",
    "URL in args": POD + "    args: [--db, 'postgres://shop:§@db/shop']\n",
    "URL in ConfigMap": MAP + "data:\n  url: redis://:§@db:6379\n  url: redis://:¤@db:6379\n",
    "private key": MAP + "data:\n  a: |\n    -----BEGIN " + "PRIVATE KEY-----\n    §\n    -----END PRIVATE KEY-----\n",
    "private key, broken": MAP + "data:\n  a: |\n    -----BEGIN " + "RSA PRIVATE KEY-----\n    §\n    -----END RSA PRIVATE KEY-----\n oops\n",
    "generator": "kind: Kustomization\nsecretGenerator:\n- name: a\n  literals: [a=§, 'b=¤']\n",
    "patch in it": "kind: Kustomization\npatches:\n- patch: |\n    kind: Secret\n    metadata: {name: a}\n    data:\n      a: §\n",
    "patch of operations": "kind: Kustomization\npatches:\n- target: {kind: Secret}\n  patch: |\n    - op: add\n      path: /data/a\n      value: §\n",
    "operations": "- op: add\n  path: /data/a\n  value: §\n- op: add\n  path: /stringData\n  value: {a: ¤}\n",
    "operation of a credential": "- {op: add, path: /spec/password, value: §}\n",
    "two documents": MAP + "data: {password: §}\n---\n" + MAP + "data: {password: ¤}\n",
    "ExternalName": "apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {type: ExternalName, externalName: x, password: §}\n",
    "broken, JSON": '{"kind": "App", "spec": {"password": "§", "token": ¤},,}',
    "Helm": "kind: App\n{{ if }}\nspec:\n  password: §\n  env:\n  - name: TOKEN\n    value: ¤\n{{ end }}\n",
    "docker": MAP + "data:\n  config.json: '{\"auths\": {\"r\": {\"auth\": \"x\", \"password\": \"§\"}}}'\n",
}  # fmt: skip


def credentials() -> Iterator[tuple[str, str]]:
    """What stands beside the name of a credential, or gives itself away."""
    for place, text in ENVS.items():
        for name, value in CREDENTIALS.items():
            if (name == "more" and "name: <name>" not in text) or (place not in WIDELY and name not in BRIEFLY):
                continue
            yield f"{place}, {name}", text.replace("<name>", NAMES[0]).replace("<value>", value)
        for name in NAMES[1:]:
            yield f"{place}, {name}", text.replace("<name>", name).replace("<value>", "§")
    yield from TEXTS.items()


def places() -> Iterator[tuple[str, str]]:
    """Every place, with a text that has secrets there; each secret is one of its own."""
    for number, (name, text) in enumerate((*secrets(), *wrapped(), *credentials())):
        yield f"{number:04} {name}", text.replace("§", f"hunt{number:04}er").replace("¤", f"7700{number:04}")
