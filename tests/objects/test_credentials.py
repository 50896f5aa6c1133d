"""What is taken for a credential, and what is not: every name, form and way out."""

import pytest

from kexplain.objects.credentials import FORMS, form, is_named


@pytest.mark.parametrize(
    "name",
    [
        "password", "DB_PASSWORD", "dbPassword", "db.password", "db-passwd", "passphrase", "MYSQL_PWD", "pass", "db_pass",
        "SECRET", "client-secret", "clientSecret", "credential", "aws_credentials", "jwt", "BEARER", "token", "accessToken",
        "refresh_token", "bot-token", "api_token", "authToken", "apiKey", "API_KEY", "access_key", "secretKey", "private_key",
        "encryptionKey", "signing-key", "account_key", "storageKey", "master_key", "auth_key", "SECRET_KEY_BASE",
    ],
)  # fmt: skip
def test_a_name_of_a_credential(name: str) -> None:
    assert is_named(name, "hunter22")


@pytest.mark.parametrize(
    "name",
    [
        "PWD", "OLDPWD", "public_key", "max_token", "min-password", "num_token", "next_token", "allow_password",
        "no-password", "require_token", "useSecret", "enable_jwt", "disable-auth-token", "password_file", "token_ttl", "keys",
        "monkey", "bypass", "compass", "secretName", "tokens", "authorization", "key",
    ],
)  # fmt: skip
def test_a_name_of_something_else(name: str) -> None:
    assert not is_named(name, "hunter22")


@pytest.mark.parametrize(
    "value", ["abc", "abcde", "a1b2c3", "hunter22", "  spaced  ", "p@ss,w0rd", "Zx81aQ", "https://u:pw@h/x"]
)
def test_a_value_that_can_be_one(value: str) -> None:
    assert is_named("password", value)


@pytest.mark.parametrize(
    "value",
    [
        "", "ab", "a\nb c d", "DB_PASSWORD", "/run/secrets/db", "./db", "../db", "~/.pgpass", "c:\\db", "file:/db",
        "https://vault.example/db", "vault:db", "ref+awsssm://db", "arn:aws:x", "op://vault/db", "sm://db", "ssm:db", "aws_ssm",
        "secretRef:db", "secret/db", "projects/p/secrets/db", "$oidc.clientSecret", "pre$(DB)", "a${DB}", "{{ .db }}", "<db>",
        "%db%", "[db]", "@db", "!db", "true", "False", "yes", "no", "on", "OFF", "0", "none", "null", "nil", "string", "str",
        "bytes", "text", "enabled", "disable", "required", "optional", "redacted", "empty", "unused", "dummy", "TODO", "xxxx",
        "****", "....", "----", "replace-me", "a placeholder", "your-password", "my-password", "insert_here", "an-example",
    ],
)  # fmt: skip
def test_a_value_that_is_none(value: str) -> None:
    assert not is_named("password", value)


@pytest.mark.parametrize("name", ["client-secret", "aws_credentials", "credential"])
def test_the_name_of_an_object_is_no_secret(name: str) -> None:
    assert not is_named(name, "orders-db")
    assert is_named(name, "orders")
    assert is_named("password", "orders-db")


# In parts, so that no scanner takes them for real.
WRITTEN = {
    "a private key": [
        "-----BEGIN " + "PRIVATE KEY-----",
        "x\n-----BEGIN " + "RSA PRIVATE KEY-----",
        "-----BEGIN " + "OPENSSH PRIVATE KEY-----",
    ],
    "an AWS access key": ["AKIA" + "ABCDEFGH12345678", "id=ASIA" + "ABCDEFGH12345678"],
    "a GitHub token": ["ghp_" + "a1B2" * 9, "ghs_" + "a1B2" * 9, "github_pat_" + "a1B2c" * 10],
    "a GitLab token": ["glpat-" + "a1B2-" * 4],
    "a Slack token": ["xoxb-" + "1234567890", "xoxp-" + "1234567890"],
    "a Google API key": ["AIza" + "a1B2-c3" * 5],
    "a Stripe key": ["sk_live_" + "a1B2" * 4, "rk_live_" + "a1B2" * 4],
    "a JSON Web Token": ["eyJ" + "hbGciOiJI.eyJ" + "zdWIiOiIx.c2lnbmF0dXJl"],
    "a password in a URL": ["postgres://shop:hunter22@db/shop", "redis://:hunter22@cache:6379", "amqp://u:abc@[::1]"],
}


def test_every_form_is_tried() -> None:
    assert WRITTEN.keys() == FORMS.keys()


@pytest.mark.parametrize(
    ("expected", "value"), [(words, value) for words, values in WRITTEN.items() for value in values]
)
def test_a_form(expected: str, value: str) -> None:
    assert form(value) == expected
    assert form(f"before {value} after") == expected


@pytest.mark.parametrize(
    "value",
    [
        "-----BEGIN CERTIFICATE-----", "-----BEGIN PUBLIC KEY-----", "AKIA" + "ABCDEFGHEXAMPLE", "AKIA" + "ABC", "ghp_short", "glpat-short",
        "xoxb-1", "AIza-short", "sk_test_" + "a1B2" * 4, "eyJ.eyJ.x", "postgres://shop@db/shop", "postgres://shop:@db", "postgres://shop:xxxx@db",
        "postgres://shop:***@db", "postgres://shop:${PASSWORD}@db", "postgres://shop:ab@db", "http://host:80/a@b", "",
    ],
)  # fmt: skip
def test_no_form(value: str) -> None:
    assert form(value) == ""
