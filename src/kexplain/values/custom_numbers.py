"""What numbers of custom objects say: ports by the service that is usual there, Pods, shares, attempts."""

from kexplain.catalogue.value import Near
from kexplain.objects.visit import Visit
from kexplain.values._shared import called, fit, place

PORTS = ("port", "number", "targetPort", "peerPort", "metricsPort", "containerPort", "servicePort", "localPort",
         "destinationPort")  # fmt: skip
PODS = ("replicas", "instances")
AT = tuple(f"custom .{name}" for name in (*PORTS, *PODS, "maxRetries", "retries", "attempts", "backoffLimit"))

USUAL = {
    22: "SSH", 25: "SMTP", 53: "DNS", 80: "HTTP", 123: "NTP", 179: "BGP", 389: "LDAP", 443: "HTTPS", 587: "SMTP",
    465: "SMTP over TLS", 636: "LDAP over TLS", 853: "DNS over TLS", 1433: "SQL Server", 1883: "MQTT", 2379: "etcd",
    2049: "NFS", 3000: "Grafana", 3306: "MySQL", 3100: "Loki", 4317: "OTLP over gRPC", 4318: "OTLP over HTTP",
    5432: "PostgreSQL", 5672: "RabbitMQ", 6379: "Redis", 6443: "the Kubernetes API server", 8200: "Vault",
    8443: "HTTPS without root", 8080: "HTTP without root", 9090: "Prometheus", 9092: "Kafka", 9093: "Alertmanager",
    9100: "the node exporter", 9200: "Elasticsearch", 10250: "the kubelet", 11211: "Memcached",
    15672: "RabbitMQ's page", 27017: "MongoDB",
}  # fmt: skip
"""What listens at a port as a rule. Source: IANA's registry, and the defaults of each program."""
MOST = 100_000


def relate(visit: Visit, near: Near) -> str:
    """A port by name in a Service of the set; what a number says."""
    value, field = visit.value, visit.position.rpartition(".")[2].removesuffix("[]")
    if visit.unresolved:
        return ""
    if field in PORTS:
        return named(value, near) if isinstance(value, str) and not value.isdigit() else of_port(value)
    if type(value) is not int or not 0 <= value <= MOST:
        return ""
    if field in PODS:
        return pods(value)
    return "Never tried again." if value == 0 else f"Tried again {'once' if value == 1 else f'{value} times'} at most."


def of_port(value: object) -> str:
    """What usually listens at a port."""
    number = int(value) if isinstance(value, str) and value.isdigit() and len(value) < 6 else value
    return f"The usual port of {USUAL[number]}." if type(number) is int and number in USUAL else ""


def named(name: str, near: Near) -> str:
    """The Services of the set that have a port of that name."""
    for one in near.workspace.by_kind.get("Service", ()):
        if near.is_beside(one) and (door := next((d for d in one.doors if d.name == name), None)):
            return fit(f"Port {door.number} of the {called(one)}, {place(one, near)}, has this name.")
    return ""


def pods(number: int) -> str:
    """So many Pods."""
    if number == 0:
        return "None runs."
    if number == 1:
        return "One Pod: while it is replaced or its node fails, nobody takes over."
    return f"{number} Pods run at the same time."
