"""Where what kustomize built comes from: which original a name has, and whom a patch concerns."""

import pytest

from kexplain.rendering.kustomize_origin import Text, closeness, concerns, is_image
from kexplain.syntax.parse import parse
from kexplain.syntax.source import Source
from kexplain.syntax.tree import Node


def node(text: str) -> Node:
    root = parse(text)[0].root
    assert root is not None
    return root


def test_the_original_of_a_name_is_the_longest_that_is_in_it() -> None:
    names = ["web", "web-api", "api", "other", "dev-web-api-x", ""]
    assert max(names, key=lambda name: closeness(name, "dev-web-api-x")) == "dev-web-api-x"
    assert max(names[:4], key=lambda name: closeness(name, "dev-web-api-x")) == "web-api"
    assert [closeness(name, "web") for name in ("web", "we", "eb", "webs", "")] == [4, 2, 2, -1, 0]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("{kind: Deployment, name: web}", True),
        ("{kind: Deployment, name: api}", False),
        ("{kind: Service, name: web}", False),
        ("{kind: Deployment}", True),
        ("{name: web}", True),
        ("{name: we}", False),
        ("{name: w.*}", True),
        ("{name: .*b}", True),
        ("{name: .*}", True),
        ("{name: a.*}", False),
        ("{}", True),
    ],
)
def test_a_target_says_whom_a_patch_concerns(target: str, expected: bool) -> None:
    patch = Text(Source("p.yaml", ""), node("[{op: remove, path: /a}]"), target=node(target))
    assert concerns(patch, "Deployment", "web") is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{kind: Deployment, metadata: {name: web}}", True),
        ("{kind: Deployment, metadata: {name: api}}", False),
        ("{kind: Service, metadata: {name: web}}", False),
        ("{kind: Deployment}", False),
    ],
)
def test_a_patch_without_target_names_whom_it_concerns(text: str, expected: bool) -> None:
    assert concerns(Text(Source("p.yaml", text), node(text)), "Deployment", "web") is expected


@pytest.mark.parametrize(
    ("written", "name", "expected"),
    [
        ("nginx", "nginx", True),
        ("nginx:1", "nginx", True),
        ("nginx@sha256:0", "nginx", True),
        ("nginx-x:1", "nginx", False),
        ("a/nginx", "nginx", False),
        ("nginx", "", False),
    ],
)
def test_an_image_of_a_name(written: str, name: str, expected: bool) -> None:
    assert is_image(written, name) is expected
