"""The tables of built-in types say what the published schemas say, and no more than each version has."""

from pathlib import Path

import pytest

from kexplain.api.packed import Records


def test_they_are_those_of_the_published_schemas(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("kubernetes_validate")
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "tools"))
    import renew_types

    read = {path.stem: path.read_text(encoding="utf-8") for path in renew_types.TYPES.glob("*.tsv")}
    written = renew_types.tables()
    assert read.keys() == written.keys()
    assert [group for group in read if read[group] != written[group]] == []


@pytest.mark.parametrize(
    ("name", "field", "first", "last"),
    [
        ("core/v1 Container", "image", 25, 37),
        ("core/v1 Container", "restartPolicy", 28, 37),
        ("core/v1 PodSpec", "resources", 32, 37),
        ("autoscaling/v2beta2 HorizontalPodAutoscaler", "spec", 25, 25),
        ("flowcontrol.apiserver.k8s.io/v1beta2 FlowSchema", "spec", 25, 28),
    ],
)
def test_a_field_is_there_in_the_versions_that_have_it(name: str, field: str, first: int, last: int) -> None:
    versions = {minor: Records(f"types-1.{minor}.records") for minor in range(25, 38)}
    have = [minor for minor, types in versions.items() if name in types and field in types[name]["f"]]
    assert have == list(range(first, last + 1))
