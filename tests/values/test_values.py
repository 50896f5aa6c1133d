"""Values are explained where they stand, by exactly these sentences."""

import json
import re
from functools import partial

import pytest
from support import calls

from kexplain.api import schema
from kexplain.api.lifecycle import is_builtin_group, table
from kexplain.catalogue.custom_words import is_custom
from kexplain.catalogue.value import explain_value, explainers, names, relaters
from kexplain.objects.manifest import Manifest, identify
from kexplain.objects.typed import assign_type
from kexplain.objects.walk import walk
from kexplain.syntax.parse import parse
from kexplain.syntax.source import Source

SHA = "a" * 64
LONGEST = 110

POD = "apiVersion: v1\nkind: Pod\nspec: {%s}"
CONTAINER = POD % "containers: [{%s}]"
REQUESTS = CONTAINER % "resources: {requests: {%s}}"
LIMITS = CONTAINER % "resources: {limits: {%s}}"
SECURITY = CONTAINER % "securityContext: {%s}"
CAPABILITIES = SECURITY % "capabilities: {%s}"
PROBE = CONTAINER % "ports: [{name: web, containerPort: 8080}], livenessProbe: {%s}"
VOLUME = POD % "volumes: [{%s}]"
DEPLOYMENT = "apiVersion: apps/v1\nkind: Deployment\nspec: {%s}"
ROLLOUT = DEPLOYMENT % "replicas: 3, strategy: {rollingUpdate: {%s}}"
ROLLOUT_OF_ONE = DEPLOYMENT % "strategy: {rollingUpdate: {%s}}"
DAEMON_SET = "apiVersion: apps/v1\nkind: DaemonSet\nspec: {updateStrategy: {rollingUpdate: {%s}}}"
STATEFUL_SET = DAEMON_SET.replace("DaemonSet", "StatefulSet").replace("spec: {", "spec: {replicas: 5, ")
BUDGET = "apiVersion: policy/v1\nkind: PodDisruptionBudget\nspec: {%s}"
QUOTA = "apiVersion: v1\nkind: ResourceQuota\nspec: {hard: {%s}}"
LIMIT_RANGE = "apiVersion: v1\nkind: LimitRange\nspec: {limits: [{%s}]}"
CLAIM = "apiVersion: v1\nkind: PersistentVolumeClaim\nspec: {resources: {requests: {%s}}}"
AUTOSCALER = "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nspec: {%s}"
CRON_JOB = "apiVersion: batch/v1\nkind: CronJob\nspec: {%s}"
JOB = "apiVersion: batch/v1\nkind: Job\nspec: {%s}"
SERVICE = "apiVersion: v1\nkind: Service\nspec: {ports: [{%s}]}"
OBJECT = "kind: %s"

NORMALLY_UTC = "(time zone of the kube-controller-manager, normally UTC)"
HUB = "From Docker Hub (docker.io/library/nginx)"
NEVER_EVICTED = "No Pod may be evicted, so draining a node waits until somebody steps in."
ALWAYS_EVICTED = "The budget protects nothing: every Pod may be evicted at once."


def visits(text):
    """Every visit of the objects in a text."""
    api, source = schema.load(), Source("test.yaml", text)
    for document in parse(text):
        for manifest in identify(source, document):
            assert isinstance(manifest, Manifest), manifest
            assign_type(manifest, api)
            yield from walk(manifest, api)


def explained(template, fields):
    """The sentence about the first of the fields written into the template, or about its first item."""
    first = fields.partition(":")[0]
    found = [v for v in visits(template % fields) if v.parent and first in (v.name, v.parent.name)]
    assert found, "the field is not in the manifest"
    return next(filter(None, map(explain_value, found)), "")


def check(template, fields, sentence):
    found = explained(template, fields)
    assert found == sentence
    assert len(found) <= LONGEST


@pytest.mark.parametrize(
    ("template", "fields", "sentence"),
    [
        (REQUESTS, "cpu: 250m", "0.25 CPU cores, a quarter of one core."),
        (REQUESTS, "cpu: 0.1", "0.1 CPU cores, a tenth of one core."),
        (REQUESTS, "cpu: 750m", "0.75 CPU cores, three quarters of one core."),
        (REQUESTS, "cpu: 333m", "0.333 CPU cores, 33.3 % of one core."),
        (REQUESTS, "cpu: 1", "1 CPU core."),
        (LIMITS, "cpu: 1500m", "1.5 CPU cores."),
        (LIMITS, "cpu: 0.1m", "Rounded up to 1m, a thousandth of one core."),
        (LIMITS, "cpu: 500", "500 CPU cores; 500m would be 0.5 CPU cores."),
        (LIMITS, "cpu: 128Mi", "134 million CPU cores: Mi is a suffix for bytes."),
        (QUOTA, "requests.cpu: 1000", "1,000 CPU cores."),
        (REQUESTS, "cpu: 0", "Reserves nothing."),
        (LIMITS, "cpu: 0", ""),
        (REQUESTS, "memory: 512Mi", "512 MiB (537 million bytes)."),
        (REQUESTS, "memory: 1.5Gi", "1.5 GiB (1.61 billion bytes)."),
        (REQUESTS, "memory: 1024Mi", "1,024 MiB, which is 1 GiB (1.07 billion bytes)."),
        (REQUESTS, "memory: 64Ki", "64 KiB (65,536 bytes)."),
        (LIMITS, "memory: 128M", "128,000,000 bytes, about 122 MiB; 128Mi would be 128 MiB."),
        (LIMITS, "memory: 1k", "1,000 bytes; 1Ki would be 1 KiB."),
        (LIMITS, "memory: 1E", "1,000,000,000,000,000,000 bytes, about 888 PiB; 1Ei would be 1 EiB."),
        (LIMITS, "memory: 100m", "A tenth of a byte: m means thousandths; 100Mi would be 100 MiB."),
        (LIMITS, "memory: 33m", "3.3 % of a byte: m means thousandths; 33Mi would be 33 MiB."),
        (LIMITS, "memory: 128974848000m", "128,974,848 bytes (123 MiB), as m means thousandths."),
        (LIMITS, "memory: 134217728", "134,217,728 bytes (128 MiB)."),
        (LIMITS, "memory: 512", "512 bytes; 512Mi would be 512 MiB."),
        (LIMITS, "memory: 1e3", "1,000 bytes."),
        (LIMITS, "memory: 512MB", ""),
        (LIMITS, "memory: -1Gi", ""),
        (LIMITS, "memory: 1e999999999", ""),
        (REQUESTS, "ephemeral-storage: 1Gi", "1 GiB (1.07 billion bytes)."),
        (LIMITS, "hugepages-2Mi: 100Mi", "100 MiB: 50 huge pages of 2 MiB each."),
        (LIMITS, "hugepages-1Gi: 1Gi", "1 GiB: 1 huge page of 1 GiB."),
        (LIMITS, "nvidia.com/gpu: 2", "2 of them are for this container alone."),
        (LIMITS, "example.com/token: 2k", "2,000."),
        (QUOTA, "limits.memory: 10Gi", "10 GiB (10.7 billion bytes)."),
        (QUOTA, "gold.storageclass.storage.k8s.io/requests.storage: 500Gi", "500 GiB (537 billion bytes)."),
        (QUOTA, "pods: 10", "At most 10 in the namespace."),
        (QUOTA, "count/jobs.batch: 1k", "1,000."),
        (LIMIT_RANGE, "max: {cpu: 2}", "2 CPU cores."),
        (LIMIT_RANGE, "default: {memory: 1Gi}", "1 GiB (1.07 billion bytes)."),
        (LIMIT_RANGE, "maxLimitRequestRatio: {cpu: 4}", "A limit may be at most 4 times the request."),
        (CLAIM, "storage: 8Gi", "8 GiB (8.59 billion bytes)."),
        (VOLUME, "emptyDir: {sizeLimit: 500Mi}", "500 MiB (524 million bytes)."),
        ("apiVersion: v1\nkind: PersistentVolume\nspec: {%s}", "capacity: {storage: 1Ti}",
         "1 TiB (1.1 trillion bytes)."),
        (CONTAINER % "env: [{valueFrom: {resourceFieldRef: {%s}}}]", "divisor: 1Mi, resource: limits.memory",
         "Counts in units of 1 MiB, rounded up."),
        (CONTAINER % "env: [{valueFrom: {resourceFieldRef: {%s}}}]", "divisor: 1m, resource: limits.cpu",
         "Counts in units of 0.001 CPU cores, rounded up."),
        (AUTOSCALER, "metrics: [{pods: {target: {averageValue: 500m}}}]", ""),
        (AUTOSCALER % "metrics: [{pods: {target: {%s}}}]", "averageValue: 500m", "0.5: m means thousandths."),
        (AUTOSCALER % "metrics: [{pods: {target: {%s}}}]", "averageValue: 10k", "10,000."),
        (AUTOSCALER % "metrics: [{resource: {name: memory, target: {%s}}}]", "averageValue: 500Mi",
         "500 MiB (524 million bytes)."),
        (AUTOSCALER % "metrics: [{resource: {name: cpu, target: {%s}}}]", "averageValue: 500m",
         "0.5 CPU cores, half of one core."),
        (AUTOSCALER % "behavior: {scaleUp: {%s}}", "tolerance: 50m",
         "No scaling while the metric is within 5 % of its target."),
    ],
)  # fmt: skip
def test_quantities(template, fields, sentence):
    check(template, fields, sentence)


@pytest.mark.parametrize(
    ("template", "fields", "sentence"),
    [
        (ROLLOUT, "maxSurge: 25%",
         "During a rollout up to 1 Pod more than the 3 wanted may exist (25 % of 3, rounded up)."),
        (ROLLOUT, "maxSurge: 2", "During a rollout up to 2 Pods more than the 3 wanted may exist."),
        (ROLLOUT, "maxSurge: 200%",
         "During a rollout up to 6 Pods more than the 3 wanted may exist (200 % of 3)."),
        (ROLLOUT, "maxSurge: 0", "A rollout never runs more Pods than the 3 wanted: an old one goes first."),
        (ROLLOUT, "maxSurge: 0, maxUnavailable: 0", ""),
        (ROLLOUT_OF_ONE, "maxSurge: 25%",
         "During a rollout as many Pods more may exist as are 25 % of those wanted, rounded up."),
        (ROLLOUT, "maxUnavailable: 25%",
         "During a rollout all 3 Pods wanted must stay available (25 % of 3 rounds down to 0)."),
        (ROLLOUT, "maxUnavailable: 50%",
         "During a rollout up to 1 of the 3 Pods wanted may be unavailable (50 % of 3, rounded down)."),
        (ROLLOUT, "maxUnavailable: 0", "During a rollout all 3 Pods wanted must stay available."),
        (ROLLOUT, "maxUnavailable: 100%",
         "During a rollout all 3 Pods wanted may be unavailable (100 % of 3)."),
        (ROLLOUT, "maxUnavailable: 25%, maxSurge: 0",
         "During a rollout up to 1 of the 3 Pods wanted may be unavailable (25 % of 3 is 0, taken as 1)."),
        (ROLLOUT_OF_ONE, "maxUnavailable: 1", "During a rollout up to 1 Pod may be unavailable."),
        (ROLLOUT_OF_ONE, "maxUnavailable: 25%",
         "During a rollout as many may be unavailable as are 25 % of those wanted, rounded down."),
        (ROLLOUT, "maxUnavailable: 101%", ""),
        (ROLLOUT, "maxUnavailable: half", ""),
        (ROLLOUT, "maxUnavailable: -1", ""),
        (ROLLOUT, 'maxUnavailable: "1"', ""),
        (DEPLOYMENT % "replicas: 0, strategy: {rollingUpdate: {%s}}", "maxSurge: 25%", ""),
        (DEPLOYMENT % "replicas: 2147483647, strategy: {rollingUpdate: {%s}}", "maxUnavailable: 99%", ""),
        (DAEMON_SET, "maxUnavailable: 10%",
         "During an update up to 10 % of the nodes, rounded up, may be without a Pod."),
        (DAEMON_SET, "maxUnavailable: 1", "During an update up to 1 node may be without a Pod."),
        (DAEMON_SET, "maxUnavailable: 0, maxSurge: 1",
         "On each node the new Pod is ready before the old one goes."),
        (DAEMON_SET, "maxUnavailable: 0", ""),
        (DAEMON_SET, "maxSurge: 0", "No node runs an old and a new Pod at once."),
        (DAEMON_SET, "maxSurge: 2, maxUnavailable: 0",
         "During an update up to 2 nodes may run an old and a new Pod at once."),
        (STATEFUL_SET, "maxUnavailable: 50%",
         "In an update up to 2 of the 5 Pods wanted may be missing (50 % of 5, rounded down); fewer if OrderedReady."),
        (STATEFUL_SET, "maxUnavailable: 10%",
         "In an update up to 1 of the 5 Pods wanted may be missing (10 % of 5 is 0, taken as 1); fewer if OrderedReady."),
        (STATEFUL_SET, "maxUnavailable: 0", ""),
    ],
)  # fmt: skip
def test_rollouts(template, fields, sentence):
    check(template, fields, sentence)


def test_the_longest_sentence_about_a_rollout_fits():
    sentence = (
        "During a rollout up to 989,999 of the 999,999 Pods wanted may be unavailable (99 % of 999,999, rounded down)."
    )
    check(DEPLOYMENT % "replicas: 999999, strategy: {rollingUpdate: {%s}}", "maxUnavailable: 99%", sentence)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ("minAvailable: 2", "An eviction must leave 2 of the selected Pods healthy."),
        ("minAvailable: 50%", "An eviction must leave 50 % of the Pods wanted, rounded up, healthy."),
        ("minAvailable: 100%", NEVER_EVICTED),
        ("minAvailable: 0", ALWAYS_EVICTED),
        ("maxUnavailable: 1", "No eviction while 1 of the selected Pods is unavailable."),
        ("maxUnavailable: 2", "No eviction while 2 of the selected Pods are unavailable."),
        ("maxUnavailable: 30%", "No eviction while 30 % of the Pods wanted, rounded up, are unavailable."),
        ("maxUnavailable: 0%", NEVER_EVICTED),
        ("maxUnavailable: 100%", ALWAYS_EVICTED),
        ("maxUnavailable: 150%", ""),
    ],
)
def test_disruptions(fields, sentence):
    check(BUDGET, fields, sentence)


@pytest.mark.parametrize(
    ("schedule", "sentence"),
    [
        ("0 2 * * *", f"At 02:00, every day {NORMALLY_UTC}."),
        ("*/5 * * * *", f"Every 5 minutes {NORMALLY_UTC}."),
        ("0 * * * *", f"Every hour {NORMALLY_UTC}."),
        ("1 * * * *", f"At 1 minute past the hour {NORMALLY_UTC}."),
        ("0 22 * * ?", f"At 22:00, every day {NORMALLY_UTC}."),
        ("30 3 * * SUN", f"At 03:30, only on Sunday {NORMALLY_UTC}."),
        ("0 0 1 * 1", f"At 00:00, on day 1 of the month, or on Monday {NORMALLY_UTC}."),
        ("0 0 1 */3 *",
         "At 00:00, on day 1 of the month, only in January, April, July, and October (normally UTC)."),
        ("0 0 */2 * *", f"At 00:00, every 2 days from day 1 of the month {NORMALLY_UTC}."),
        ("*/45 * * * *", f"At 0 and 45 minutes past the hour {NORMALLY_UTC}."),
        ("0 */5 * * *", f"At 00:00, 05:00, 10:00, 15:00 and 20:00 {NORMALLY_UTC}."),
        ("10-20/7 1-3 * */2 0,6", f"6 times on the days it names, from 01:10 to 03:17 {NORMALLY_UTC}."),
        ("*/60 */24 * * *", f"At 00:00, every day {NORMALLY_UTC}."),
        ("0 0 1-27/2 1,3,5 *", f"Once on the days it names, at 00:00 {NORMALLY_UTC}."),
        ("@daily", f"At 00:00, every day {NORMALLY_UTC}."),
        ("@hourly", f"Every hour {NORMALLY_UTC}."),
        ("@weekly", f"At 00:00, only on Sunday {NORMALLY_UTC}."),
        ("@every 1h30m", "Every 1 hour 30 minutes, counted from the creation of the CronJob."),
        ("@every 1h", "Every hour, counted from the creation of the CronJob."),
        ("0 0 31 2 *", "Never: none of its months has such a day."),
        ("TZ=Europe/Berlin 0 3 * * *",
         "At 03:00, every day, Europe/Berlin time; from 1.29 on Kubernetes refuses TZ in a schedule."),
        ("0 0 * * 7", ""), ("0 0 0 * *", ""), ("60 * * * *", ""), ("* * * *", ""), ("* * * * * *", ""),
        ("0 0 L * *", ""),
        ("5-1 * * * *", ""), ("*/0 * * * *", ""), ("@reboot", ""), ("@Daily", ""), ("", ""), ("TZ=0", ""),
    ],
)  # fmt: skip
def test_schedules(schedule, sentence):
    check(CRON_JOB, f"schedule: {json.dumps(schedule)}", sentence)


def test_a_schedule_names_its_time_zone():
    in_berlin = "At 02:00, every day, Europe/Berlin time."
    check(CRON_JOB, 'schedule: "0 2 * * *", timeZone: Europe/Berlin', in_berlin)
    check(CRON_JOB, 'schedule: "TZ=UTC 0 2 * * *", timeZone: Europe/Berlin', "")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ("image: nginx", f"{HUB}, tag latest as none is written; imagePullPolicy defaults to Always."),
        ("image: 'nginx:1.27'", f"{HUB}, tag 1.27; imagePullPolicy defaults to IfNotPresent."),
        (f"image: 'nginx@sha256:{SHA}'",
         f"{HUB}, fixed by its digest; imagePullPolicy defaults to IfNotPresent."),
        (f"image: 'reg:5000/app:v1@sha256:{SHA}'",
         "From reg:5000, fixed by its digest (tag v1 is ignored); imagePullPolicy defaults to IfNotPresent."),
        ("image: 'registry:5000/app:latest', imagePullPolicy: Always", "From registry:5000, tag latest."),
        ("image: 'registry:5000/app', imagePullPolicy: Never",
         "From registry:5000, tag latest as none is written."),
        (f"image: 'x.io/a:{'t' * 60}'",
         f"From x.io, tag {'t' * 39}…; imagePullPolicy defaults to IfNotPresent."),
        (f"image: '{'x' * 80}.io/{'a' * 80}:1'",
         f"From {'x' * 54}…, tag 1; imagePullPolicy defaults to IfNotPresent."),
        ("image: Nginx", ""), ("image: ''", ""), ("image: 5", ""), ("image: null", ""),
    ],
)  # fmt: skip
def test_images(fields, sentence):
    check(CONTAINER, fields, sentence)


def test_an_image_volume_has_another_pull_policy():
    sentence = "From quay.io, tag latest as none is written; pullPolicy defaults to Always."
    check(VOLUME % "image: {%s}", "reference: quay.io/x/y", sentence)


@pytest.mark.parametrize(
    ("template", "fields", "sentence"),
    [
        (PROBE, "initialDelaySeconds: 90", "1 minute 30 seconds."),
        (PROBE, "periodSeconds: 10", ""),
        (POD, "activeDeadlineSeconds: 3600", "1 hour."),
        (POD, "activeDeadlineSeconds: 86400", "1 day."),
        (POD, "activeDeadlineSeconds: 100000", "About 1 day 3 hours."),
        (POD, "activeDeadlineSeconds: 2147483647", "About 68 years."),
        (POD, "activeDeadlineSeconds: -60", ""),
        (POD, "activeDeadlineSeconds: '3600'", ""),
        (POD, "activeDeadlineSeconds: 1e3", "16 minutes 40 seconds."),
        (POD, "terminationGracePeriodSeconds: 0",
         "Containers are killed at once, with no time to shut down."),
        (POD, "tolerations: [{tolerationSeconds: 300}]", ""),
        (POD % "tolerations: [{%s}]", "tolerationSeconds: 300", "5 minutes."),
        (POD % "tolerations: [{%s}]", "tolerationSeconds: 0",
         "Pods are evicted at once, as if they did not tolerate the taint."),
        (DEPLOYMENT, "minReadySeconds: 0", "A Pod counts as available as soon as it is ready."),
        (DEPLOYMENT, "progressDeadlineSeconds: 600", "10 minutes."),
        (DEPLOYMENT, "progressDeadlineSeconds: 2147483647",
         "No deadline: a rollout that is stuck is never reported as failed."),
        (JOB, "ttlSecondsAfterFinished: 0", "The Job is deleted as soon as it finishes."),
        (JOB, "ttlSecondsAfterFinished: 604800", "7 days."),
        (CRON_JOB, "startingDeadlineSeconds: 200", "3 minutes 20 seconds."),
        (AUTOSCALER % "behavior: {scaleDown: {%s}}", "stabilizationWindowSeconds: 0",
         "Each new recommendation is followed at once."),
    ],
)  # fmt: skip
def test_durations(template, fields, sentence):
    check(template, fields, sentence)


@pytest.mark.parametrize(
    ("kind", "fields", "sentence"),
    [
        ("livenessProbe", "failureThreshold: 3",
         "Fails after 3 misses, 10 s apart: about 30 s, then the container is restarted."),
        ("readinessProbe", "failureThreshold: 3, periodSeconds: 5",
         "Fails after 3 misses, 5 s apart: about 15 s, then Services stop sending it traffic."),
        ("startupProbe", "failureThreshold: 30, periodSeconds: 10",
         "Fails after 30 misses, 10 s apart: about 5 minutes, then the container is restarted."),
        ("livenessProbe", "failureThreshold: 1", "Fails at the first miss, then the container is restarted."),
        ("livenessProbe", "failureThreshold: 0", ""),
        ("livenessProbe", "failureThreshold: 3, periodSeconds: x", ""),
        ("readinessProbe", "failureThreshold: 9999, periodSeconds: 99999",
         "Fails after 9,999 misses, 99,999 s apart: about 31 years, then Services stop sending it traffic."),
        ("livenessProbe", "failureThreshold: 2147483647", ""),
    ],
)  # fmt: skip
def test_probes(kind, fields, sentence):
    check(CONTAINER % f"{kind}: {{%s}}", fields, sentence)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ("add: [NET_ADMIN]", "Given: the right to change network interfaces, routes and firewall rules."),
        ("drop: [NET_RAW]",
         "Taken away: the right to use raw sockets, for ping but also for forged packets."),
        ("add: [ALL]", "Given: every capability, which is close to being root on the node."),
        ("drop: [ALL]", "Taken away: every capability."),
        ("drop: [ALL], add: [CHOWN]", "Taken away: every capability but those under add."),
        ("add: [CAP_CHOWN]", ""), ("add: [WEB]", ""), ("add: [1]", ""), ("add: [[CHOWN]]", ""),
    ],
)  # fmt: skip
def test_capabilities(fields, sentence):
    check(CAPABILITIES, fields, sentence)


def test_every_capability_of_linux_is_known():
    from kexplain.values.capabilities import RIGHTS

    assert len(RIGHTS) == 41
    for name in RIGHTS:
        check(CAPABILITIES, f"add: [{name}]", f"Given: the right to {RIGHTS[name]}.")


@pytest.mark.parametrize(
    ("mode", "sentence"),
    [
        ("420", "0644: owner reads and writes, group and others read."),
        ("0644", "0644: owner reads and writes, group and others read."),
        ("0400", "0400: owner reads, group and others have no access."),
        ("0750", "0750: owner reads, writes and executes, group reads and executes, others have no access."),
        ("0660", "0660: owner and group read and write, others have no access."),
        ("0777", "0777: everyone reads, writes and executes."),
        ("0", "0000: nobody has access."),
        ("644", "Decimal 644 is octal 1204, more than 0777 allows; for mode 0644 write 0644 or 420."),
        ("440", "Decimal 440 is octal 0670; for mode 0440 write 0440 or 288."),
        ("01777", ""), ("-1", ""), ("'0644'", ""), ("0.5", ""),
    ],
)  # fmt: skip
def test_modes(mode, sentence):
    check(VOLUME % "secret: {%s}", f"defaultMode: {mode}", sentence)


@pytest.mark.parametrize(
    ("template", "fields", "sentence"),
    [
        (SECURITY, "runAsUser: 0", "0 is root."),
        (SECURITY, "runAsUser: 1000", "User 1000, not root."),
        (SECURITY, "runAsUser: 65534", "65534 is nobody, by convention."),
        (SECURITY, "runAsUser: -1", ""),
        (SECURITY, "runAsGroup: 0", "0 is the group of root."),
        (SECURITY, "runAsGroup: 3000", ""),
        (POD % "securityContext: {%s}", "fsGroup: 2000",
         "Files of volumes that allow it belong to group 2000, which processes join."),
        (POD % "securityContext: {%s}", "supplementalGroups: [4]", "Processes are members of group 4."),
        (POD % "securityContext: {%s}", "supplementalGroups: [0]",
         "Processes are members of the group of root."),
    ],
)  # fmt: skip
def test_identities(template, fields, sentence):
    check(template, fields, sentence)


@pytest.mark.parametrize(
    ("version", "kind", "sentence"),
    [
        ("apps/v1", "Deployment", "Stable API, group apps."),
        ("v1", "Service", "Stable API, core group."),
        ("v1", "Endpoints",
         "Stable API, core group."),
        ("policy/v1beta1", "PodDisruptionBudget",
         "Beta API, group policy."),
        ("resource.k8s.io/v1beta1", "ResourceClaim",
         "Beta API, group resource.k8s.io."),
        ("cert-manager.io/v1", "Certificate",
         "Stable API, group cert-manager.io, not part of Kubernetes itself."),
        ("x.io/v1beta2", "X",
         "Beta API, group x.io, not part of Kubernetes itself."),
        ("x.io/v1alpha1", "X", "Alpha API, group x.io, not part of Kubernetes itself."),
        ("scheduling.k8s.io/v1alpha3", "PodGroup",
         "Alpha API, group scheduling.k8s.io: off by default, may change or disappear in any release."),
        ("apps/1", "Deployment", ""), ("Apps/v1", "Deployment", ""), ("a/b/v1", "X", ""), ("latest", "X", ""),
    ],
)  # fmt: skip
def test_api_versions(version, kind, sentence):
    check(OBJECT % kind + "\n%s", f"apiVersion: {version}", sentence)


def test_every_known_api_version_is_explained_in_short():
    for row in table():
        version, kind = row.split()
        if is_builtin_group(version) and re.search("(^|/)v[0-9]", version):
            sentence = explained(f"kind: {kind}\n%s", f"apiVersion: {version}")
            assert 0 < len(sentence) <= LONGEST, sentence


@pytest.mark.parametrize(
    ("template", "fields", "sentence"),
    [
        (PROBE % "httpGet: {%s}", "port: web", "Port 8080, which this container names web."),
        (PROBE % "httpGet: {%s}", "port: 8080", "The port that this container names web."),
        (PROBE % "tcpSocket: {%s}", "port: other", ""),
        (PROBE % "grpc: {%s}", "port: 9000", ""),
        (SERVICE, "targetPort: web, port: 80",
         "Port 80 of the Service leads to the port that each Pod names web."),
        (SERVICE, "targetPort: 8080, port: 80", "Port 80 of the Service leads to port 8080 of the Pods."),
        (SERVICE, "targetPort: 80, port: 80", "Port 80 of the Service leads to the same port of the Pods."),
        (SERVICE, "targetPort: '8080', port: 80", ""), (SERVICE, "targetPort: 0, port: 80", ""),
        (SERVICE, "targetPort: 8080", ""),
    ],
)  # fmt: skip
def test_ports(template, fields, sentence):
    check(template, fields, sentence)


def test_every_position_is_in_the_api_and_has_one_module():
    from importlib import import_module

    api = schema.load()
    modules = [import_module(f"kexplain.values.{name}") for name in names()]
    for interface, found in (("explain", explainers()), ("relate", relaters())):
        asked = [position for module in modules if hasattr(module, interface) for position in module.AT]
        assert len(asked) == len(set(asked)) == len(found)
    assert all(hasattr(module, "explain") != hasattr(module, "relate") for module in modules)
    for position in explainers().keys() | relaters().keys():
        owner, _, field = position.rpartition(".")
        if owner == "*":
            assert all(field in api.type(name).fields for name in api.kinds.values())
            continue
        if owner == "custom " or is_custom(position):  # tests/values/test_custom_values.py
            continue
        known = api.type(owner).fields[field.removesuffix("[]")]
        assert known.ref.startswith(("[]", "{}")) or not field.endswith("[]"), position


def test_every_module_says_what_it_is():
    from importlib import import_module

    for name in names():
        module = import_module(f"kexplain.values.{name}")
        assert re.fullmatch(r"[A-Z].*\.", (module.__doc__ or "").strip()), name


HOSTILE = [
    "1e999999999", "1e-999999999", "9" * 10_000, "-1", "1" + "0" * 300 + "%", "x" * 10_000,
    "٣", "٣%", "", " ", "\x00",
    "*/1 " * 2500, "1," * 5000, "TZ=" + "x" * 10_000 + " * * * * *", "@every " + "9" * 5000 + "h",
    "1-" * 5000,
    "a/" * 5000, "a-" * 5000 + ":" + "b" * 200, "\u202eevil", "0x" + "f" * 1000, "%",
    "100%" * 1000, "1Mi" * 3000,
    "v1beta" + "1" * 5000, "a" * 5000 + "/v1", "é" * 300, "1e99", "9" * 199, "* * * * " + "1," * 200 + "1",
    -1, 0, 2**63 - 1, -(2**63), 2**64 - 1, 0.5, -0.0, 1e300, 1e-300, 5e-324, True, False, None,
    [], {}, [None], {"a": [1]},
]  # fmt: skip


NEIGHBOURS = ("periodSeconds", "replicas", "timeZone", "imagePullPolicy", "port", "resource", "maxSurge")


KEYS = ("cpu", "memory", "hugepages-0", "hugepages-2Mi", "x" * 10_000)


def hostile_visit(value):
    """The visit of a value that has itself as every neighbour."""
    inner = json.dumps({**dict.fromkeys(NEIGHBOURS, value), "value": value})
    text = f'{{"apiVersion": "v1", "kind": "X", "parent": {{"parent": {inner}}}}}'
    return next(visit for visit in visits(text) if visit.name == "value")


MOST_CALLS = 30_000
"""That all meanings of one value together may lead to; a great number takes the most, some 10,000."""


def explain_everywhere(visit):
    for position, explain in explainers().items():
        owner, _, field = position.rpartition(".")
        visit.position = position.replace("custom .", "example.org Thing.spec.")
        visit.parent.type = None if owner == "*" or is_custom(visit.position) else schema.load().type(owner)
        for visit.name in KEYS if field[-1] == "]" else (field,):
            sentence = explain(visit)
            assert isinstance(sentence, str)
            assert len(sentence) <= LONGEST, (position, sentence)
            assert not sentence or (sentence.endswith(".") and sentence.isprintable())


def test_no_value_raises_or_takes_long():
    explain_everywhere(hostile_visit("*/5 * * * *"))  # what is imported late is not counted
    counts = {str(value)[:20]: calls(partial(explain_everywhere, hostile_visit(value))) for value in HOSTILE}
    assert max(counts.values()) < MOST_CALLS, counts


def test_hostile_neighbours_do_not_raise():
    for value in HOSTILE:
        container = {
            "ports": value, "image": value, "resources": {"limits": {"cpu": value, "hugepages-x": "1Gi"}},
            "livenessProbe": {"failureThreshold": 3, "periodSeconds": value, "httpGet": {"port": value}},
        }  # fmt: skip
        rollout = {"maxSurge": value, "maxUnavailable": "25%"}
        template = {"spec": {"containers": [container]}}
        spec = {"replicas": value, "strategy": {"rollingUpdate": rollout}, "template": template}
        text = json.dumps({"apiVersion": "apps/v1", "kind": "Deployment", "spec": spec})
        for visit in visits(text):
            assert len(explain_value(visit)) <= LONGEST
