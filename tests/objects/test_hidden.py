"""What is hidden of a text and what is not: values, not their names; secrets, not what only speaks of them."""

import pytest
from support import growth

from kexplain.objects.hidden import hidden_in
from kexplain.objects.reading import read
from kexplain.rendering.masked import blacked_out
from kexplain.syntax.parse import parse
from kexplain.syntax.source import Source

SECRET = "apiVersion: v1\nkind: Secret\nmetadata: {name: keys}\n"


def shown(text: str) -> str:
    """A text as reports show it."""
    return blacked_out(text, hidden_in(text, parse(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{SECRET}type: Opaque\ndata:\n  a: YQ==\n", f"{SECRET}type: Opaque\ndata:\n  a: ••••\n"),
        (f"{SECRET}stringData: {{a: b, c: [d]}}\n", f"{SECRET}stringData: {{a: •, c: [•]}}\n"),
        (f"{SECRET}data:\n  a: |\n    b\n\n    c\nimmutable: true\n", f"{SECRET}data:\n  a: •\n    •\n\n    •\nimmutable: true\n"),
        ("name: DB_PASSWORD\nvalue: hunter2\nother: x\n", "name: DB_PASSWORD\nvalue: •••••••\nother: x\n"),
        ("a: {clientSecret: hunter2, b: c}\n", "a: {clientSecret: •••••••, b: c}\n"),
        ('{"apiKey": "hunter2", "b": 1}', '{"apiKey": •••••••••, "b": 1}'),
        ("# password: hunter2\na: b\n", "# password: •••••••\na: b\n"),
        ("a: |\n  password=hunter2\n  user=x\n", "a: |\n  password=•••••••\n  user=x\n"),
        ("url: redis://:hunter2@db:6379\n", "url: redis://••••••••@db:6379\n"),
        ("a: [\npassword: hunter2\n", "a: [\npassword: •••••••\n"),
    ],
)  # fmt: skip
def test_values_are_hidden_and_nothing_else(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "kind: Pod\nspec:\n  containers:\n  - env:\n    - name: DB_PASSWORD\n      valueFrom: {secretKeyRef: {name: db, key: password}}\n",
        "kind: Pod\nspec: {volumes: [{name: a, secret: {secretName: keys}}]}\n", "ref: {apiVersion: v1, kind: Secret, name: keys}\n",
        "kind: Gateway\nspec: {tls: {certificateRefs: [{kind: Secret, name: web-tls}]}}\n", "a: [{name: TOKEN_TTL, value: 10m}]\n",
        "rules:\n- apiGroups: ['']\n  resources: [secrets, serviceaccounts/token]\n  verbs: [get]\n", "token: true\n",
        "password: ${DB_PASSWORD}\ntoken: '{{ .Values.token }}'\nsecret: <your secret>\n", "privateKey:\n  rotationPolicy: Always\n",
        "# The token: which one is used, the documentation tells.\na: b\n", "authSecret: shop/web-auth\n", "a: https://host:80/x@y\n",
        "kind: CustomResourceDefinition\nspec: {token: {default: x1}}\n", "- name: MODE\n  value: debug\n- name: TOKEN_FILE\n  value: /a\n",
    ],
)  # fmt: skip
def test_what_only_speaks_of_secrets_is_shown(text: str) -> None:
    assert shown(text) == text


def test_a_message_is_silent_about_hidden_words_alone() -> None:
    text = "kind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n  - env: [{name: TOKEN, value: hunter2}, {name: PASS, value: web}]\n"
    veil = read(Source("a.yaml", text)).veil()
    assert veil is not None
    assert veil.over('value "hunter2" of *hunter2, hunter… in web') == 'value "(hidden)" of *(hidden), (hidden)… in web'
    assert veil.over("hunters2 hunter22 pods") == "hunters2 hunter22 pods"


@pytest.mark.parametrize(
    "text",
    [
        "x: {" + "token: token: " * 1_000, "a: " + "-eyJaaaaaaaaa" * 1_000, "# kind: Secret\n" * 1_000 + "a: b\n",
        "x: " + "password=' token=\" " * 300, "---\nkind: Secret\ndata: {a: b}\n" * 100, "a: '" + "x://a:" * 2_000 + "@'",
        "env: [" + "{name: DB_PASSWORD, value: y}, " * 90 + "]", "a: |\n" + "  -----BEGIN " + "PRIVATE KEY-----\n" * 2_000,
    ],
    ids=lambda text: text[:12],
)  # fmt: skip
def test_a_larger_text_takes_no_longer_for_its_size(text: str) -> None:
    assert growth(lambda times: hidden_in(text * times, parse(text)), 1, 8) < 32
