"""Pod Security: pss-baseline and pss-restricted answer as the standard does, by control and version.

The expected answers are those of k8s.io/pod-security-admission, whose fixtures these cases condense.
"""

import json
from copy import deepcopy
from typing import Any

import pytest
from support import for_each

from kexplain.api.release import Release
from kexplain.catalogue.rule import Rule, rules
from kexplain.engine.linter import Options, lint
from kexplain.syntax.source import Source

CONTROLS = {
    "baseline/appArmorProfile": {"apparmor-profile-disallowed"},
    "baseline/capabilities_baseline": {"non-default-capability-added"},
    "baseline/hostNamespaces": {"host-ipc", "host-network", "host-pid"},
    "baseline/hostPathVolumes": {"host-path-volume"},
    "baseline/hostPorts": {"host-port"},
    "baseline/hostProbesAndHostLifecycle": {"probe-or-lifecycle-host"},
    "baseline/privileged": {"privileged-container"},
    "baseline/procMount": {"unmasked-proc-mount"},
    "baseline/seLinuxOptions": {"selinux-options-disallowed"},
    "baseline/seccompProfile_baseline": {"seccomp-profile-unconfined"},
    "baseline/sysctls": {"unsafe-sysctl"},
    "baseline/windowsHostProcess": {"windows-host-process"},
    "restricted/allowPrivilegeEscalation": {"privilege-escalation-allowed"},
    "restricted/capabilities_restricted": {"any-capability-added", "capabilities-not-dropped"},
    "restricted/procMount_restricted": {"unmasked-proc-mount", "unmasked-proc-mount-in-user-namespace"},
    "restricted/restrictedVolumes": {"restricted-volume-type"},
    "restricted/runAsNonRoot": {"non-root-not-enforced", "run-as-root-allowed"},
    "restricted/runAsUser": {"root-user-id"},
    "restricted/seccompProfile_restricted": {"seccomp-profile-missing"},
}
"""Every check of the standard, by level and name, and the rules that are its equivalents."""
REPLACED = {"non-default-capability-added", "host-path-volume"}
"""Baseline rules whose control a stricter one of restricted takes the place of."""

FINE: dict[str, Any] = {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {"name": "fine", "annotations": {}},
    "spec": {
        "securityContext": {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}},
        "containers": [
            {
                "name": "main",
                "image": "registry.example/main:1.0.0",
                "securityContext": {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}},
            }
        ],
    },
}
"""A Pod that every version of restricted admits."""
POD, ONE = "spec.securityContext", "spec.containers.0.securityContext"
SECCOMP = "seccomp.security.alpha.kubernetes.io"
APPARMOR = "container.apparmor.security.beta.kubernetes.io"
WINDOWS = {"spec.os": {"name": "windows"}, "spec.securityContext.seccompProfile": None, ONE: None}
OWN_USERS = {"spec.hostUsers": False}

Case = tuple[str, dict[str, Any], list[int], str, str]
"""What it shows; what is changed in FINE; minor versions; rules under baseline; rules under restricted."""

BOTH: list[tuple[str, dict[str, Any], list[int], str]] = [
    ("privileged", {f"{ONE}.privileged": True}, [0, 37], "privileged-container"),
    ("not privileged", {f"{ONE}.privileged": False}, [0, 37], ""),
    ("hostNetwork", {"spec.hostNetwork": True}, [0, 37], "host-network"),
    ("hostPID", {"spec.hostPID": True}, [0, 37], "host-pid"),
    ("hostIPC", {"spec.hostIPC": True}, [0, 37], "host-ipc"),
    ("host namespaces off", {"spec.hostNetwork": False, "spec.hostPID": None, "spec.hostIPC": False}, [0, 37], ""),
    ("hostPort", {"spec.containers.0.ports": [{"containerPort": 80, "hostPort": 80}]}, [0, 37], "host-port"),
    ("hostPort 0", {"spec.containers.0.ports": [{"containerPort": 80, "hostPort": 0}]}, [0, 37], ""),
    ("hostProcess of the Pod", {f"{POD}.windowsOptions": {"hostProcess": True}, "spec.hostNetwork": True}, [0, 37],
     "windows-host-process"),
    ("hostProcess of a container", {f"{ONE}.windowsOptions": {"hostProcess": True}}, [0, 37], "windows-host-process"),
    ("other Windows options", {f"{ONE}.windowsOptions": {"hostProcess": False, "runAsUserName": "x"}}, [0, 37], ""),
    ("AppArmor of the Pod", {f"{POD}.appArmorProfile": {"type": "Unconfined"}}, [37], "apparmor-profile-disallowed"),
    ("AppArmor of a container", {f"{ONE}.appArmorProfile": {"type": "Unconfined"}}, [37],
     "apparmor-profile-disallowed"),
    ("AppArmor field allowed", {f"{ONE}.appArmorProfile": {"type": "Localhost", "localhostProfile": "x"}}, [37], ""),
    ("AppArmor annotation", {"metadata.annotations": {f"{APPARMOR}/main": "unconfined"}}, [0, 37],
     "apparmor-profile-disallowed"),
    ("AppArmor annotation of nobody", {"metadata.annotations": {f"{APPARMOR}/x": "unconfined"}}, [0, 37],
     "apparmor-profile-disallowed"),
    ("AppArmor annotations allowed", {"metadata.annotations": {
        f"{APPARMOR}/a": "", f"{APPARMOR}/b": "runtime/default", f"{APPARMOR}/c": "localhost/x"}}, [0, 37], ""),
    ("SELinux type", {f"{POD}.seLinuxOptions": {"type": "spc_t"}}, [0, 30, 31, 37], "selinux-options-disallowed"),
    ("SELinux user", {f"{ONE}.seLinuxOptions": {"user": "system_u"}}, [0, 37], "selinux-options-disallowed"),
    ("SELinux role", {f"{ONE}.seLinuxOptions": {"role": "system_r"}}, [0, 37], "selinux-options-disallowed"),
    ("SELinux type of engines", {f"{ONE}.seLinuxOptions": {"type": "container_engine_t"}}, [0, 30],
     "selinux-options-disallowed"),
    ("SELinux type of engines", {f"{ONE}.seLinuxOptions": {"type": "container_engine_t"}}, [31, 37], ""),
    ("SELinux allowed", {f"{ONE}.seLinuxOptions": {"type": "container_kvm_t", "user": "", "level": "s0"}}, [0, 37], ""),
    ("unknown sysctl", {f"{POD}.sysctls": [{"name": "net.core.somaxconn", "value": "1"}]}, [0, 27, 29, 32, 37],
     "unsafe-sysctl"),
    *[("sysctl", {f"{POD}.sysctls": [{"name": name, "value": "1"}]}, versions, found)
      for minor, names in {
          0: ("kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_unprivileged_port_start",
              "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range"),
          27: ("net.ipv4.ip_local_reserved_ports",),
          29: ("net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl",
               "net.ipv4.tcp_keepalive_probes"),
          32: ("net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"),
          37: ("net.ipv4.tcp_slow_start_after_idle", "net.ipv4.tcp_notsent_lowat"),
      }.items() for name in names
      for versions, found in (([minor, 37], ""), ([minor - 1] if minor else [], "unsafe-sysctl"))],
    ("procMount", {f"{ONE}.procMount": "Unmasked"}, [0, 34, 35, 37], "unmasked-proc-mount"),
    ("procMount with hostUsers", {f"{ONE}.procMount": "Unmasked", "spec.hostUsers": True}, [35, 37],
     "unmasked-proc-mount"),
    ("procMount Default", {f"{ONE}.procMount": "Default"}, [0, 37], ""),
    ("procMount in a user namespace", {f"{ONE}.procMount": "Unmasked", **OWN_USERS}, [0, 34], "unmasked-proc-mount"),
    *[(f"host of {where}", {f"spec.containers.0.{where}": {action: {"host": "x.example", "port": 80}}}, versions, found)
      for where in ("livenessProbe", "readinessProbe", "startupProbe", "lifecycle.postStart", "lifecycle.preStop")
      for action in ("httpGet", "tcpSocket")
      for versions, found in (([0, 33], ""), ([34, 37], "probe-or-lifecycle-host"))],
    ("empty host of a probe", {"spec.containers.0.livenessProbe": {"tcpSocket": {"host": "", "port": 80}}},
     [34, 37], ""),
    ("seccomp annotation of the Pod", {"metadata.annotations": {f"{SECCOMP}/pod": "unconfined"}}, [0, 18],
     "seccomp-profile-unconfined"),
    ("seccomp annotation of a container", {"metadata.annotations": {f"container.{SECCOMP}/main": "unconfined"}},
     [0, 18],
     "seccomp-profile-unconfined"),
    ("seccomp annotation of nobody", {"metadata.annotations": {f"container.{SECCOMP}/x": "unconfined"}}, [0, 18], ""),
    ("seccomp annotations allowed", {"metadata.annotations": {
        f"{SECCOMP}/pod": "docker/default", f"container.{SECCOMP}/main": "localhost/x"}}, [0, 18], ""),
    ("seccomp annotation ignored", {"metadata.annotations": {f"{SECCOMP}/pod": "unconfined"}}, [19, 37], ""),
    ("seccomp field ignored", {f"{ONE}.seccompProfile": {"type": "Unconfined"}}, [0, 18], ""),
    ("seccomp of a container", {f"{ONE}.seccompProfile": {"type": "Unconfined"}}, [19, 37],
     "seccomp-profile-unconfined"),
    ("seccomp of the Pod", {f"{POD}.seccompProfile": {"type": "Unconfined"},
     f"{ONE}.seccompProfile": {"type": "RuntimeDefault"}},
     [19, 37], "seccomp-profile-unconfined"),
    ("volume without a source", {"spec.volumes": [{"name": "x"}]}, [0, 37], ""),
]  # fmt: skip
"""The same answer at both levels."""

CASES: list[Case] = [
    ("hostPath", {"spec.volumes": [{"name": "x", "hostPath": {"path": "/x"}}]}, [0, 37],
     "host-path-volume", "restricted-volume-type"),
    ("other volume types", {"spec.volumes": [{"name": "x", "nfs": {"server": "x", "path": "/"}}]}, [0, 37],
     "", "restricted-volume-type"),
    *[("allowed volume types", {"spec.volumes": [{"name": "x", source: value}]}, [0, 37], "", "")
      for source, value in {
          "configMap": {"name": "x"}, "csi": {"driver": "x"}, "downwardAPI": {}, "emptyDir": {},
          "image": {"reference": "x"},
          "ephemeral": {"volumeClaimTemplate": {"spec": {}}}, "persistentVolumeClaim": {"claimName": "x"},
          "projected": {"sources": []}, "secret": {"secretName": "x"}}.items()],
    ("capability beyond the default", {f"{ONE}.capabilities.add": ["NET_RAW"]}, [0, 21, 22, 37],
     "non-default-capability-added", "any-capability-added"),
    ("capability with CAP_", {f"{ONE}.capabilities.add": ["CAP_CHOWN"]}, [0, 37],
     "non-default-capability-added", "any-capability-added"),
    ("default capability", {f"{ONE}.capabilities.add": ["MKNOD"]}, [0, 21], "", ""),
    ("default capability", {f"{ONE}.capabilities.add": ["MKNOD"]}, [22, 37], "", "any-capability-added"),
    ("NET_BIND_SERVICE", {f"{ONE}.capabilities.add": ["NET_BIND_SERVICE"]}, [0, 21, 22, 37], "", ""),
    ("nothing dropped", {f"{ONE}.capabilities": None}, [0, 21], "", ""),
    ("nothing dropped", {f"{ONE}.capabilities": None}, [22, 37], "", "capabilities-not-dropped"),
    ("all in small letters", {f"{ONE}.capabilities.drop": ["all"]}, [22, 37], "", "capabilities-not-dropped"),
    ("ALL and others", {f"{ONE}.capabilities.drop": ["NET_RAW", "ALL"]}, [22, 37], "", ""),
    ("escalation not set", {f"{ONE}.allowPrivilegeEscalation": None}, [0, 7], "", ""),
    ("escalation not set", {f"{ONE}.allowPrivilegeEscalation": None}, [8, 37], "", "privilege-escalation-allowed"),
    ("escalation", {f"{ONE}.allowPrivilegeEscalation": True}, [8, 37], "", "privilege-escalation-allowed"),
    ("no seccomp", {f"{POD}.seccompProfile": None}, [0, 18], "", ""),
    ("no seccomp", {f"{POD}.seccompProfile": None}, [19, 37], "", "seccomp-profile-missing"),
    ("seccomp of each container", {f"{POD}.seccompProfile": None, f"{ONE}.seccompProfile": {"type": "RuntimeDefault"}},
     [19, 37], "", ""),
    ("Windows before its exemptions", WINDOWS, [24],
     "", "capabilities-not-dropped privilege-escalation-allowed seccomp-profile-missing"),
    ("Windows", WINDOWS, [25, 37], "", ""),
    ("Windows by node selector", {**WINDOWS, "spec.os": None, "spec.nodeSelector": {"kubernetes.io/os": "windows"}},
     [25, 37], "",
     "capabilities-not-dropped privilege-escalation-allowed seccomp-profile-missing"),
    ("capability on Windows", {**WINDOWS, ONE: {"capabilities": {"add": ["NET_RAW"]}}}, [25, 37],
     "non-default-capability-added", ""),
    ("root and host volumes on Windows", {**WINDOWS, f"{POD}.runAsNonRoot": None, "spec.volumes": [
        {"name": "x", "nfs": {"server": "x", "path": "/"}}]}, [25, 37],
     "", "restricted-volume-type run-as-root-allowed"),
    ("root not ruled out", {f"{POD}.runAsNonRoot": None}, [0, 37], "", "run-as-root-allowed"),
    ("a user is no substitute", {f"{POD}.runAsNonRoot": None, f"{POD}.runAsUser": 1000}, [0, 37],
     "", "non-root-not-enforced"),
    ("an ordinary user and no", {f"{POD}.runAsNonRoot": False, f"{ONE}.runAsUser": 1000}, [0, 37],
     "", "non-root-not-enforced"),
    ("root of one container", {f"{POD}.runAsNonRoot": False, f"{POD}.runAsUser": 1000, f"{ONE}.runAsUser": 0}, [0],
     "", "run-as-root-allowed"),
    ("each container says it", {f"{POD}.runAsNonRoot": None, f"{ONE}.runAsNonRoot": True}, [0, 37], "", ""),
    ("the Pod says no", {f"{POD}.runAsNonRoot": False, f"{ONE}.runAsNonRoot": True}, [0, 37],
     "", "run-as-root-allowed"),
    ("a container says no", {f"{ONE}.runAsNonRoot": False}, [0, 37], "", "run-as-root-allowed"),
    ("root allowed in a user namespace", {f"{POD}.runAsNonRoot": None, **OWN_USERS}, [0, 34],
     "", "run-as-root-allowed"),
    ("root allowed in a user namespace", {f"{POD}.runAsNonRoot": None, **OWN_USERS}, [35, 37], "", ""),
    ("user 0 of the Pod", {f"{POD}.runAsUser": 0, f"{ONE}.runAsUser": 1000}, [0, 22], "", ""),
    ("user 0 of the Pod", {f"{POD}.runAsUser": 0, f"{ONE}.runAsUser": 1000}, [23, 37], "", "root-user-id"),
    ("user 0 of a container", {f"{ONE}.runAsUser": 0}, [0, 22], "", ""),
    ("user 0 of a container", {f"{ONE}.runAsUser": 0}, [23, 34, 35, 37], "", "root-user-id"),
    ("user 0 in a user namespace", {f"{ONE}.runAsUser": 0, **OWN_USERS}, [23, 34], "", "root-user-id"),
    ("user 0 in a user namespace", {f"{ONE}.runAsUser": 0, **OWN_USERS}, [35, 37], "", ""),
    ("procMount in a user namespace", {f"{ONE}.procMount": "Unmasked", **OWN_USERS}, [35, 37],
     "", "unmasked-proc-mount-in-user-namespace"),
    *[(name, change, minors, found, found) for name, change, minors, found in BOTH],
]  # fmt: skip


def changed(change: dict[str, Any]) -> dict[str, Any]:
    """FINE with values put at paths; None takes a field away."""
    pod = deepcopy(FINE)
    for path, value in change.items():
        *above, last = path.split(".")
        node: Any = pod
        for name in above:
            node = node[int(name)] if isinstance(node, list) else node.setdefault(name, {})
        if value is None:
            node.pop(last, None)
        else:
            node[last] = value
    return pod


def profile(level: str) -> dict[str, Rule]:
    wanted = f"pss-{level}"
    return {name: rule for name, rule in rules().items() if wanted in rule.profiles and rule.category == "security"}


def findings(pod: dict[str, Any], level: str, minor: int) -> list[str]:
    report = lint([Source("pod.yaml", json.dumps(pod, indent=1))], Options(profile(level), Release(1, minor)))
    return [finding.rule.id for finding in report.findings]


@for_each(
    [
        (name, change, minor, baseline, restricted)
        for name, change, minors, baseline, restricted in CASES
        for minor in minors
    ],
    ["baseline", "restricted"],
)
def test_control(case: str, change: dict[str, Any], minor: int, baseline: str, restricted: str, level: str) -> None:
    expected = restricted if level == "restricted" else baseline
    assert sorted(findings(changed(change), level, minor)) == expected.split(), case


@pytest.mark.parametrize("minor", range(38))
@pytest.mark.parametrize("level", ["baseline", "restricted"])
def test_a_pod_that_conforms_is_clean(level: str, minor: int) -> None:
    assert findings(FINE, level, minor) == []


@pytest.mark.parametrize("place", ["initContainers", "ephemeralContainers"])
def test_every_container_list_is_looked_at(place: str) -> None:
    container = {
        "name": "other",
        "image": "registry.example/other:1.0.0",
        "ports": [{"containerPort": 80, "hostPort": 80}],
        "livenessProbe": {"tcpSocket": {"host": "example.com", "port": 80}},
        "securityContext": {
            "privileged": True,
            "runAsUser": 0,
            "runAsNonRoot": False,
            "procMount": "Unmasked",
            "capabilities": {"add": ["SYS_ADMIN"]},
            "seLinuxOptions": {"type": "spc_t"},
            "seccompProfile": {"type": "Unconfined"},
            "appArmorProfile": {"type": "Unconfined"},
            "windowsOptions": {"hostProcess": True},
        },
    }
    assert set(findings(changed({f"spec.{place}": [container]}), "restricted", 37)) == {
        "any-capability-added", "apparmor-profile-disallowed", "capabilities-not-dropped", "host-port",
        "privilege-escalation-allowed", "privileged-container", "probe-or-lifecycle-host", "root-user-id",
        "run-as-root-allowed", "seccomp-profile-unconfined", "selinux-options-disallowed", "unmasked-proc-mount",
        "windows-host-process",
    }  # fmt: skip


def test_a_bare_container_misses_what_restricted_asks() -> None:
    pod = changed({"spec.initContainers": [{"name": "bare", "image": "registry.example/bare:1.0.0"}]})
    assert sorted(findings(pod, "restricted", 37)) == ["capabilities-not-dropped", "privilege-escalation-allowed"]


def test_templates_are_looked_at() -> None:
    pod = changed({"spec.hostPID": True, "metadata.annotations": {f"{APPARMOR}/main": "unconfined"}})
    template = {"metadata": pod["metadata"], "spec": pod["spec"]}
    deployment = {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "x", "annotations": {f"{APPARMOR}/main": "unconfined"}},
        "spec": {"selector": {"matchLabels": {"a": "b"}}, "template": template},
    }
    assert sorted(findings(deployment, "baseline", 37)) == ["apparmor-profile-disallowed", "host-pid"]


def test_equivalents_name_every_control() -> None:
    named: dict[str, set[str]] = {}
    for name, rule in rules().items():
        for equivalent in rule.equivalents:
            tool, _, control = equivalent.partition(":")
            if tool == "pss":
                named.setdefault(control, set()).add(name)
    assert named == CONTROLS


def test_profiles_are_made_of_the_controls() -> None:
    baseline, restricted = (
        {rule for control, names in CONTROLS.items() if control.startswith(level) for rule in names}
        for level in ("baseline", "restricted")
    )
    assert set(profile("baseline")) == baseline
    assert set(profile("restricted")) == (baseline | restricted) - REPLACED
