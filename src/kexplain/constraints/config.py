"""Constraints of ConfigMaps and Secrets that no general kind can say. A message never tells a value.

Source: pkg/apis/core/validation, as of Kubernetes 1.37.
"""

import json
from collections.abc import Iterator

from kexplain.constraints.nodes import Violation, is_set, scalar_text, unresolved, value_at
from kexplain.syntax.tree import Mapping, Node, Scalar, descend

LARGEST = 1024 * 1024
NEEDED = {"kubernetes.io/tls": ("tls.crt", "tls.key"), "kubernetes.io/dockerconfigjson": (".dockerconfigjson",),
          "kubernetes.io/dockercfg": (".dockercfg",), "kubernetes.io/ssh-auth": ("ssh-privatekey",)}  # fmt: skip
JSON_KEYS = (".dockerconfigjson", ".dockercfg")
ACCOUNT = "kubernetes.io/service-account.name"


def same_keys(config: Mapping, arguments: str) -> Iterator[Violation]:
    """A key that both data and binaryData hold."""
    data, binary = config.get("data"), config.get("binaryData")
    if isinstance(data, Mapping) and isinstance(binary, Mapping):
        for key in data.fields.keys() & binary.fields.keys():
            yield Violation(("binaryData", key), f'the key "{key}" stands in data and in binaryData', at_key=True)


def too_large(holder: Mapping, arguments: str) -> Iterator[Violation]:
    """More than a mebibyte of values; base64 counts as what it holds."""
    size = 0
    for field in arguments.split():
        found = holder.get(field)
        for entry in found.fields.values() if isinstance(found, Mapping) else ():
            text = scalar_text(entry.value)
            is_base64 = field == "binaryData" or len(arguments.split()) == 1
            size += len(text.rstrip("=")) * 3 // 4 if is_base64 else len(text.encode())
    if size > LARGEST:
        yield Violation((), f"the values are {size} bytes together, {LARGEST} are allowed")


def of_type(secret: Mapping, arguments: str) -> Iterator[Violation]:
    """The keys that the type of a Secret asks for."""
    kind = value_at(secret, ("type",))
    if type(kind) is not str or unresolved(secret.get("type")):
        return
    for key in NEEDED.get(kind, ()):
        node = value_of(secret, key)
        if node is None or (kind == "kubernetes.io/ssh-auth" and not is_set(node)):
            yield Violation(holder(secret), f"a Secret of type {kind} has no {key}", missing=key)
        elif key in JSON_KEYS and not is_json_object(secret, key):
            yield Violation(
                ("stringData" if in_strings(secret, key) else "data", key), f"the value of {key} is no JSON object"
            )
    if kind == "kubernetes.io/basic-auth" and not (value_of(secret, "username") or value_of(secret, "password")):
        yield Violation(
            holder(secret), f"a Secret of type {kind} has neither username nor password", missing="username"
        )
    if kind == "kubernetes.io/service-account-token" and not is_set(
        descend(secret, "metadata", "annotations", ACCOUNT)
    ):
        what = f"a Secret of type {kind} does not name its ServiceAccount in the annotation {ACCOUNT}"
        where = (
            ("metadata", "annotations")
            if isinstance(descend(secret, "metadata", "annotations"), Mapping)
            else ("metadata",)
        )
        yield Violation(where, what, missing=ACCOUNT)


def holder(secret: Mapping) -> tuple[str, ...]:
    """Where a missing key belongs: into data, or what stands there in its place."""
    return next(((name,) for name in ("data", "stringData") if isinstance(secret.get(name), Mapping)), ())


def in_strings(secret: Mapping, key: str) -> bool:
    """Whether stringData has a key; it goes before data."""
    return descend(secret, "stringData", key) is not None


def value_of(secret: Mapping, key: str) -> Node | None:
    """The node of a key, in stringData or in data."""
    return descend(secret, "stringData", key) or descend(secret, "data", key)


def is_json_object(secret: Mapping, key: str) -> bool:
    """Whether a value is JSON; what cannot be decoded is told elsewhere."""
    import base64
    import binascii

    node = value_of(secret, key)
    if type(node) is not Scalar or type(node.value) is not str or unresolved(node):
        return True
    try:
        content = node.value.encode() if in_strings(secret, key) else base64.b64decode(node.value)
    except (binascii.Error, ValueError):
        return True
    if unresolved(Scalar(0, 0, "", content.decode("utf-8", "replace"), False)):
        return True
    try:
        return isinstance(json.loads(content), dict)
    except (ValueError, RecursionError):
        return False
