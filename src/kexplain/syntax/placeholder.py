"""Whether a value is only a mark for what a tool fills in later: then nothing can be said about it."""

from kexplain.syntax.tree import Node, Scalar

PLACEHOLDERS = ("${", "{{", "$(", "ENC[", "<path:")
"""envsubst and Flux, Helm and Jinja, kustomize and make, SOPS, argocd-vault-plugin."""


def unresolved(node: Node | None) -> bool:
    """Whether a scalar holds a placeholder that a tool is to fill in."""
    return type(node) is Scalar and type(node.value) is str and any(sign in node.value for sign in PLACEHOLDERS)
