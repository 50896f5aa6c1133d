"""How types, descriptions and lifecycles are put into words."""

from kexplain.api.lifecycle import Lifecycle
from kexplain.api.release import Release
from kexplain.catalogue.compiler import first_sentence


def lifecycle_words(row: Lifecycle, release: Release) -> str:
    """When an API version was deprecated and removed, and what replaces it."""
    by = "" if row.is_kubernetes else f"{row.product} "
    parts = [f"deprecated since {by}{row.deprecated_in}"] if row.deprecated_in else []
    if row.removed_in:
        gone = not row.is_kubernetes or row.removed_in <= release
        parts.append(f"{'removed in' if gone else 'to be removed in'} {by}{row.removed_in}")
    instead = f"; use {row.replacement}" if row.replacement else ""
    words = " and ".join(parts)
    return f"{words[:1].upper()}{words[1:]}{instead}." if words else ""


def words_for(ref: str) -> str:
    """A type as a person reads it: ``string``, ``Container``, ``list of EnvVar``, ``map of string``."""
    if ref[:2] in {"[]", "{}"}:
        return f"{'list' if ref[0] == '[' else 'map'} of {words_for(ref[2:])}"
    short = ref.rpartition(" ")[2]
    # below a custom resource, types have no names of their own
    return "object" if " " in ref and "." in short else short


def brief(description: str) -> str:
    """The first sentence of an API description."""
    return first_sentence(" ".join(description.split("\n\n", maxsplit=1)[0].split()))
