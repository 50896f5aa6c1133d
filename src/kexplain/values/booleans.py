"""What a field does that says ``false``, where its words tell what ``true`` does."""

from kexplain.objects.walk import Visit

FALSE: dict[str, str] = {
    "PodSpec.hostNetwork": "the Pod has a network of its own",
    "PodSpec.hostPID": "the Pod sees its own processes only",
    "PodSpec.hostIPC": "the Pod shares no memory with its node",
    "PodSpec.hostUsers": "root in the Pod is no root on the node",
    "PodSpec.shareProcessNamespace": "each container sees its own processes only",
    "PodSpec.automountServiceAccountToken": "no container gets the token unasked",
    "PodSpec.enableServiceLinks": "no variables about Services are set",
    "PodSpec.setHostnameAsFQDN": "the Pod's short name is its host name",
    "ServiceAccount.automountServiceAccountToken": "Pods that run as it get no token unless they ask",
    "SecurityContext.runAsNonRoot": "the container may start as root",
    "PodSecurityContext.runAsNonRoot": "containers may start as root",
    "SecurityContext.readOnlyRootFilesystem": "the container can write into the files of its image",
    "SecurityContext.allowPrivilegeEscalation": "no process gets more rights than the one that started it",
    "Container.stdin": "nothing can be typed into the container",
    "Container.tty": "the container gets no terminal",
    "ServiceSpec.publishNotReadyAddresses": "only Pods that are ready get traffic",
    "ServiceSpec.allocateLoadBalancerNodePorts": "no node opens a port for it",
    "DeploymentSpec.paused": "changes are rolled out",
    "JobSpec.suspend": "the Job runs",
    "CronJobSpec.suspend": "Jobs are started on schedule",
    "StorageClass.allowVolumeExpansion": "claims cannot be made larger",
    "ConfigMap.immutable": "the data can be changed",
    "Secret.immutable": "the data can be changed",
}
READ_ONLY = "it can be written to"
READ_ONLY_AT = ("VolumeMount", "AWSElasticBlockStoreVolumeSource", "AzureDiskVolumeSource", "AzureFileVolumeSource",
                "CephFSVolumeSource", "CinderVolumeSource", "CSIVolumeSource", "FCVolumeSource", "FlexVolumeSource",
                "GCEPersistentDiskVolumeSource", "GlusterfsVolumeSource", "ISCSIVolumeSource", "NFSVolumeSource",
                "PersistentVolumeClaimVolumeSource", "PortworxVolumeSource", "QuobyteVolumeSource", "RBDVolumeSource",
                "ScaleIOVolumeSource", "StorageOSVolumeSource", "CSIPersistentVolumeSource")  # fmt: skip
OPTIONAL = "without it no container starts"
OPTIONAL_AT = ("ConfigMapEnvSource", "ConfigMapKeySelector", "ConfigMapProjection", "ConfigMapVolumeSource",
               "SecretEnvSource", "SecretKeySelector", "SecretProjection", "SecretVolumeSource")  # fmt: skip
GROUPS = {"DeploymentSpec": "apps/v1", "JobSpec": "batch/v1", "CronJobSpec": "batch/v1",
          "StorageClass": "storage.k8s.io/v1"}  # fmt: skip


def position(place: str) -> str:
    """The typed position of a place in the tables above."""
    return f"{GROUPS.get(place.partition('.')[0], 'core/v1')} {place}"


WORDS = {
    **{position(place): words for place, words in FALSE.items()},
    **{position(f"{owner}.readOnly"): READ_ONLY for owner in READ_ONLY_AT},
    **{position(f"{owner}.optional"): OPTIONAL for owner in OPTIONAL_AT},
}
ANNOTATIONS = "meta/v1 ObjectMeta.annotations[]"
DEFAULT_CLASSES = ("storageclass.kubernetes.io/is-default-class", "ingressclass.kubernetes.io/is-default-class")
AT = (*WORDS, ANNOTATIONS)


def explain(visit: Visit) -> str:
    """What it means that the field is off."""
    if visit.position == ANNOTATIONS:
        is_off = visit.name in DEFAULT_CLASSES and visit.value == "false"
        return "Off: what names no class does not get this one." if is_off else ""
    return f"Off: {WORDS[visit.position]}." if visit.value is False else ""
