"""ingress-without-tls: an Ingress that serves everything in clear text."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, missing
from kexplain.objects.visit import Visit

ELSEWHERE = (
    "alb.ingress.kubernetes.io/certificate-arn", "alb.ingress.kubernetes.io/listen-ports",
    "appgw.ingress.kubernetes.io/appgw-ssl-certificate", "ingress.gcp.kubernetes.io/pre-shared-cert",
    "networking.gke.io/managed-certificates", "nginx.ingress.kubernetes.io/ssl-passthrough",
    "route.openshift.io/termination", "traefik.ingress.kubernetes.io/router.tls",
)  # fmt: skip
"""Annotations by which a controller gets its certificate, or its TLS, from elsewhere than ``spec.tls``."""


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """An Ingress with neither ``tls`` nor an annotation that stands for it."""
    if visit.get("spec") is None or visit.items("spec", "tls"):
        return
    if not any(visit.get("metadata", "annotations", name) for name in ELSEWHERE):
        yield missing(visit.child("spec"), "tls")
