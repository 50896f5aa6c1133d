"""Suppressions for other tools, where the settings want them honoured: they keep back what the same checks find here.

A check means the rules that name it among their equivalents; one without such a rule means nothing.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator

from kexplain.catalogue.peers import equivalents
from kexplain.config.settings import Settings
from kexplain.engine.finding import Finding
from kexplain.engine.report import Ground, KeptBack, Report
from kexplain.filters._trivy_files import trivy_files
from kexplain.objects.foreign_suppressions import EVERY, Foreign, foreign_suppressions
from kexplain.syntax.source import Source

ALLOWED = {
    "allow-automount-service-account-token": "asat/", "allow-privilege-escalation": "privesc/",
    "allow-privileged": "privileged/", "allow-read-only-root-filesystem-false": "rootfs/",
    "allow-run-as-root": "nonroot/", "allow-namespace-host-network": "hostns/NamespaceHostNetworkTrue",
    "allow-namespace-host-IPC": "hostns/NamespaceHostIPCTrue",
    "allow-namespace-host-PID": "hostns/NamespaceHostPIDTrue",
    "allow-disabled-apparmor": "apparmor/", "allow-seccomp": "seccomp/", "allow-image-tag": "image/",
    "allow-capability": "capabilities/", "allow-host-path-mount": "mounts/",
    "allow-non-default-deny": "netpols/MissingDefaultDeny",
}  # fmt: skip
"""What labels of kubeaudit begin with → the results that they let be."""


def apply(report: Report, settings: Settings) -> Report:
    """Keeps back what people told other tools to let be."""
    checks = Checks(equivalents(report.rules.values()))
    dropped: dict[Finding, KeptBack] = {}
    in_file = [(checks.rules("trivy", one.check), one) for one in trivy_files()]
    grouped: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in report.findings:
        grouped[key_of(finding.source)].append(finding)
        for ids, one in in_file:
            if finding.rule.id in ids and one.covers(finding.source.path):
                dropped.setdefault(finding, KeptBack(finding, Ground.FOREIGN, one.why))
    for file in report.files:
        found = sorted(grouped.get(key_of(file.source), ()), key=lambda finding: finding.span.start)
        for foreign in foreign_suppressions(file) if found else ():
            why = f"{foreign.tool}: {foreign.reason or 'no reason given'}"
            for finding in kept_back(foreign, found, checks):
                dropped.setdefault(finding, KeptBack(finding, Ground.FOREIGN, why))
    return report.keeping_back(dropped.values())


def key_of(source: Source) -> tuple[str, str]:
    """What tells a text apart from others."""
    return source.path, source.text


def kept_back(foreign: Foreign, found: list[Finding], checks: "Checks") -> Iterator[Finding]:
    """The findings, in the order of their places, that a suppression covers."""
    ids = frozenset().union(*(checks.rules(foreign.tool, check) for check in foreign.checks))
    first = bisect_left(found, foreign.covers.start, key=lambda finding: finding.span.start)
    last = bisect_left(found, foreign.covers.end, key=lambda finding: finding.span.start)
    for finding in found[first:last] if ids else ():
        if finding.rule.id in ids and foreign.container in {"", finding.container}:
            yield finding


class Checks:
    """Which rules a check of another tool means."""

    def __init__(self, named: dict[str, list[str]]) -> None:
        self._named: dict[tuple[str, str], set[str]] = defaultdict(set)
        for name, rules in named.items():
            tool, _, check = name.partition(":")
            self._named[tool, EVERY] |= set(rules)
            self._named[tool, normal(tool, check)] |= set(rules)

    def rules(self, tool: str, check: str) -> frozenset[str]:
        """The ids of the rules; none for a check without one."""
        if tool == "kubeaudit":
            results = tuple(result.lower() for label, result in ALLOWED.items() if check.startswith(label))
            keys: Iterable[str] = [known for of, known in self._named if of == tool and known.startswith(results)]
        else:
            keys = [EVERY if check == EVERY else normal(tool, check)]
        return frozenset().union(*(self._named.get((tool, key), ()) for key in keys))


def normal(tool: str, check: str) -> str:
    """A check as it is looked up: Trivy writes one as ``KSV-0012``, ``KSV012`` or ``AVD-KSV-0012``."""
    if tool == "trivy" and (match := re.fullmatch(r"(?:avd-)?([a-z]+)-?0*(\d+)", check.lower())):
        return f"{match[1]}-{match[2]}"
    return check.lower()
