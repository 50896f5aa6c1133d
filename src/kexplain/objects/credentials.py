"""What looks like a credential: by its name, or by its own form. Nothing here returns the value itself."""

import re
from functools import lru_cache

NAMES = re.compile(
    r"password$|passwd$|passphrase$|(?:^|_)(?:pwd|pass|secret|credentials?|jwt|bearer|(?:access|auth|refresh|bot|api)?token)$"
    r"|(?:^|_)(?:api|access|secret|private|encryption|signing|account|storage|master|auth)_?key(?:_base)?$"
    r"|(?:^|_)azure_(?:\w+_)?key$|(?:^|_)oci_cli_key_content$"
)
HARMLESS_NAMES = re.compile(
    r"^(?:old)?pwd$|(?:^|_)(?:max|min|num|public|next)_|^(?:allow|no|require|use|enable|disable)_"
)
REFERENCES = re.compile(
    r"^(?:\.{0,2}/|~/|[a-z]:\\|file:|https?://[^@]*$)"
    r"|^(?:vault:|ref\+|arn:|op://|sm://|ssm:|aws[-_]?ssm|secret(?:ref|s)?[:/]|projects/)"
    r"|^ENC\[|^\$|\$[({]|\{\{|\}\}|^<.*>$|^%.*%$|^\[.*\]$|^@|^!",
    re.IGNORECASE,
)
PLACEHOLDERS = re.compile(
    r"^(?:true|false|yes|no|on|off|[01]|none|null|nil|string|str|bytes|text|enabled?|disabled?|required|optional|redacted|empty"
    r"|unused|dummy|todo|x+|\*+|\.+|-+)$|\b(?:replace|placeholder|your)(?:\b|[-_])|^(?:my|insert)[-_]|example$",
    re.IGNORECASE,
)
CAPITALS = re.compile(r"[A-Z]+(?:_[A-Z]+)+")
OBJECT_NAME = re.compile(r"[a-z][a-z0-9]*(?:[-.][a-z0-9]+)+|[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9.-]*")
"""The name of an object, perhaps with its namespace."""
NAME_SERVICES = frozenset({"compat", "db", "files", "hesiod", "ldap", "nis", "sss", "systemd", "winbind"})
"""Where nsswitch.conf looks up the users that it calls ``passwd``."""
SECRETS = re.compile(r"(?:secret|credentials?)$", re.IGNORECASE)
LONGEST_TOLD = 300
PLAINLY_NONE = re.compile(
    r"true|false|yes|no|on|off|null|nil|none|~|\{\}|\[\]"
    r"|\$\{\{?[^{}]*\}\}?|\$\([\w.-]+\)|\{\{[^{}]*\}\}|<[\w .:/-]+>|%\w+%|ENC\[.*"
    r"|(?:vault|ref\+|arn|op|sm|ssm|file):.*|https?://[^@\s]*|redacted|placeholder|todo|x+|\*+",
    re.IGNORECASE | re.DOTALL,
)
"""What is shown beside the name of a credential: a reference, a placeholder or a switch."""
FORMS = {
    "a private key": re.compile(r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----"),
    "an AWS access key": re.compile(r"\b(?:AKIA|ASIA)(?![0-9A-Z]*EXAMPLE\b)[0-9A-Z]{16}\b"),
    "a GitHub token": re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{50})"),
    "a GitLab token": re.compile(r"\bglpat-[\w-]{20}"),
    "a Slack token": re.compile(r"\bxox[abprs]-[A-Za-z0-9-]{10}"),
    "a Google API key": re.compile(r"\bAIza[\w-]{35}\b"),
    "a Stripe key": re.compile(r"\b[sr]k_live_[A-Za-z0-9]{16}"),
    "a JSON Web Token": re.compile(r"(?<![\w-])eyJ[\w-]{8,}+\.eyJ[\w-]{8,}+\.[\w-]{8}"),
    "a password in a URL": re.compile(
        r"\b[a-z][a-z0-9+.-]{1,20}://[^\s:/@'\"<>{}$]*:(?![*x]+@)[^\s/@'\"<>{}$(]{3,}@[\w\[]"
    ),
}


def form(value: str) -> str:
    """What a text gives away by its form, such as ``a private key``; empty where it gives away nothing."""
    return next((words for words, pattern in FORMS.items() if pattern.search(value)), "")


def is_named(name: str, value: str) -> bool:
    """Whether a name says that its value is a credential, and the value is one line that could be it.

    References (``$(VAR)``, ``{{ … }}``, paths, vault addresses), booleans, placeholders are none.
    """
    if not is_name(name):
        return False
    value = value.strip()
    if len(value) < 3 or "\n" in value or CAPITALS.fullmatch(value):
        return False
    if REFERENCES.search(value) or PLACEHOLDERS.search(value) or set(value.split()) <= NAME_SERVICES:
        return False
    return not names_object(name, value)


@lru_cache(4096)
def is_name(name: str) -> bool:
    """Whether a name says that what it names is a credential; most files repeat their names."""
    words = re.sub(r"[-.\s]+", "_", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)).lower()
    return bool(NAMES.search(words)) and not HARMLESS_NAMES.search(words)


def names_object(name: str, value: str) -> bool:
    """Whether what is called a secret or credentials is the name of an object that holds them."""
    return bool(SECRETS.search(name)) and bool(OBJECT_NAME.fullmatch(value))


def may_be(name: str, value: str) -> bool:
    """Whether the value beside the name of a credential is to be hidden: it is, unless it plainly is none."""
    value = value[:LONGEST_TOLD].strip()
    return bool(value) and not PLAINLY_NONE.fullmatch(value) and not names_object(name, value)
