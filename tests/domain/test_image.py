"""Image references are read as distribution/reference reads them."""

import pytest

from kexplain.domain.image import Image, parse_image

SHA = "a" * 64
NO_DIGEST = "… is not a digest: sha256 with 64, sha384 with 96, sha512 with 128 lower-case hexadecimal digits"


@pytest.mark.parametrize(
    ("text", "image", "implicit"),
    [
        ("nginx", Image("docker.io", "library/nginx", "", ""), "latest"),
        ("nginx:1.27", Image("docker.io", "library/nginx", "1.27", ""), "1.27"),
        ("nginx:latest", Image("docker.io", "library/nginx", "latest", ""), "latest"),
        ("bitnami/redis", Image("docker.io", "bitnami/redis", "", ""), "latest"),
        ("docker.io/nginx", Image("docker.io", "library/nginx", "", ""), "latest"),
        ("index.docker.io/nginx", Image("docker.io", "library/nginx", "", ""), "latest"),
        ("registry:5000/app", Image("registry:5000", "app", "", ""), "latest"),
        ("registry:5000/app:1", Image("registry:5000", "app", "1", ""), "1"),
        ("localhost/app", Image("localhost", "app", "", ""), "latest"),
        ("localhost:5000", Image("docker.io", "library/localhost", "5000", ""), "5000"),
        ("registry.k8s.io/pause:3.9", Image("registry.k8s.io", "pause", "3.9", ""), "3.9"),
        ("[::1]:5000/a/b", Image("[::1]:5000", "a/b", "", ""), "latest"),
        ("Registry/app", Image("Registry", "app", "", ""), "latest"),
        ("a__b/c--d.e", Image("docker.io", "a__b/c--d.e", "", ""), "latest"),
        (f"app@sha256:{SHA}", Image("docker.io", "library/app", "", f"sha256:{SHA}"), ""),
        (f"x.y/app:v1@sha256:{SHA}", Image("x.y", "app", "v1", f"sha256:{SHA}"), "v1"),
        (f"app@sha512:{SHA}{SHA}", Image("docker.io", "library/app", "", f"sha512:{SHA}{SHA}"), ""),
    ],
)
def test_parts(text, image, implicit):
    found = parse_image(text)
    assert found == image
    assert found.implicit_tag == implicit


def test_name_is_complete():
    assert parse_image("nginx:1").name == "docker.io/library/nginx"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the image is empty"),
        ("my app", "'my app' has a space; an image reference has none"),
        ("nginx\n", r"'nginx\n' has a space; an image reference has none"),
        ("Nginx", "the repository 'library/Nginx' must be lower case"),
        ("x.y/Team/app:1", "the repository 'Team/app' must be lower case"),
        ("https://x.y/app", "'https://x.y/app' begins like a URL; leave out https://"),
        ("a" * 64, "64 hexadecimal digits are an image ID; a reference needs a name before @sha256:"),
        ("a_b.c/app", "'a_b.c' is not the host name of a registry"),
        ("nginx:", "'nginx:' is not an image reference"),
        ("nginx:-1", "'nginx:-1' is not an image reference"),
        ("a//b", "'a//b' is not an image reference"),
        ("a:b:c", "'a:b:c' is not an image reference"),
        ("-a", "'-a' is not an image reference"),
        ("äpfel", "'äpfel' is not an image reference"),
        ("a:" + "t" * 129, f"'a:{'t' * 129}' is not an image reference"),
        (f"app@sha256:{SHA[1:]}", f"'sha256:aaaaaaaaaaaaa'{NO_DIGEST}"),
        (f"app@sha256:{SHA.upper()}", f"'sha256:AAAAAAAAAAAAA'{NO_DIGEST}"),
        (f"app@md5:{SHA[:32]}", f"'md5:aaaaaaaaaaaaaaaa'{NO_DIGEST}"),
        ("x.y/" + "a" * 256, "the repository is longer than 255 characters"),
        ("a" * 1025, "an image reference of 1,025 characters is too long"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(text, message):
    with pytest.raises(ValueError) as raised:  # noqa: PT011 - the message is compared in full
        parse_image(text)
    assert str(raised.value) == message


HOSTILE = ["a-" * 500, "a." * 500 + "/", "a" * 10**6, "/" * 1000, ":" * 1000, "[" + ":" * 1000,
           "a" + "_" * 1000, "A.a" * 340 + "-/x", "x.y/" + "a--" * 330 + "!"]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_ends(text):
    """An expression that tries every way to divide one of these does not end."""
    with pytest.raises(ValueError):  # noqa: PT011 - any message
        parse_image(text)
