"""Versions both ways: what a target has not yet, what it has no more, and what replaces what in the end."""

import pytest

from kexplain.api.lifecycle import lifecycle, table
from kexplain.api.release import NEWEST, Release
from kexplain.catalogue.rule import rules
from kexplain.engine.linter import Options, lint
from kexplain.syntax.source import Source

RULES = {name: rules()[name] for name in ("unknown-kind-version", "removed-api-version")}


def told(version: str, kind: str, minor: int) -> list[tuple[str, str]]:
    source = Source("a.yaml", f"apiVersion: {version}\nkind: {kind}\nmetadata: {{name: a}}\n")
    return [(f.rule.id, f.message) for f in lint([source], Options(RULES, Release(1, minor))).findings]


@pytest.mark.parametrize(
    ("version", "kind", "since", "last"),
    [
        ("flowcontrol.apiserver.k8s.io/v1beta3", "PriorityLevelConfiguration", 26, 31),
        ("flowcontrol.apiserver.k8s.io/v1", "FlowSchema", 29, 37),
        ("resource.k8s.io/v1beta1", "DeviceClass", 32, 37),
        ("resource.k8s.io/v1", "DeviceClass", 34, 37),
        ("admissionregistration.k8s.io/v1beta1", "ValidatingAdmissionPolicy", 28, 33),
    ],
)
def test_a_kind_is_told_before_its_time_and_after(version: str, kind: str, since: int, last: int) -> None:
    for minor in range(25, 38):
        found = told(version, kind, minor)
        if minor < since:
            assert [rule for rule, _ in found] == ["unknown-kind-version"], minor
            assert found[0][1].endswith(f"; it exists since 1.{since}")
        elif minor <= last:
            assert found == [], minor
        else:
            assert [rule for rule, _ in found] == ["removed-api-version"], minor


@pytest.mark.parametrize(
    ("version", "kind", "minor"),
    [
        ("policy/v1beta1", "PodDisruptionBudget", 24),
        ("extensions/v1beta1", "Deployment", 15),
        ("batch/v1beta1", "CronJob", 20),
    ],
)
def test_what_a_target_before_the_bundled_ones_had_is_let_be(version: str, kind: str, minor: int) -> None:
    assert told(version, kind, minor) == []


@pytest.mark.parametrize(
    ("version", "kind", "replacement"),
    [
        ("certmanager.k8s.io/v1alpha1", "Certificate", "cert-manager.io/v1"),
        ("certmanager.k8s.io/v1alpha1", "Order", "acme.cert-manager.io/v1"),
        ("cert-manager.io/v1alpha2", "Issuer", "cert-manager.io/v1"),
        ("extensions/v1beta1", "Deployment", "apps/v1"),
        ("authentication.istio.io/v1alpha1", "Policy", "security.istio.io/v1beta1"),
        ("flowcontrol.apiserver.k8s.io/v1beta1", "FlowSchema", "flowcontrol.apiserver.k8s.io/v1"),
    ],
)
def test_a_replacement_is_one_that_lives(version: str, kind: str, replacement: str) -> None:
    found = lifecycle(version, kind)
    assert found is not None
    assert found.replacement == replacement


def test_no_replacement_was_removed_itself() -> None:
    for name in table():
        version, _, kind = name.partition(" ")
        row = lifecycle(version, kind)
        assert row is not None
        after = lifecycle(*row.successor) if row.successor[0] else None
        if after is not None and after.removed_in is not None and after.replacement:
            assert after.is_kubernetes, name
            assert after.removed_in > NEWEST, name
