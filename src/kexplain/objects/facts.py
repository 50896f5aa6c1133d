"""What other objects may ask of one: its names, labels, keys and what it makes."""

from kexplain.objects.manifest import Manifest
from kexplain.syntax.tree import Mapping, string

TOKEN_TYPE, TOKEN_KEYS = "kubernetes.io/service-account-token", {"token", "ca.crt", "namespace"}


def keys_of(manifest: Manifest) -> set[str]:
    """The keys of a ConfigMap or Secret, those that a controller adds included."""
    maps = (manifest.root.get(field) for field in ("data", "binaryData", "stringData"))
    keys = {name for entries in maps if isinstance(entries, Mapping) for name in entries.fields}
    return keys | TOKEN_KEYS if string(manifest.root.get("type")) == TOKEN_TYPE else keys
