"""What became of each document of a run: checked, partly checked or skipped, and why."""

from collections.abc import Collection, Iterator
from typing import Protocol

from kexplain.api.schema import Api
from kexplain.objects.kustomization import PATCH
from kexplain.objects.manifest import Manifest
from kexplain.objects.outcome import Outcome, Status
from kexplain.objects.reading import File
from kexplain.objects.unresolved import unresolved_words
from kexplain.syntax.cause import Reason, joined
from kexplain.syntax.source import Unread, normal
from kexplain.words import count


class Lenience(Protocol):
    """What a run leaves out or does not ask for."""

    @property
    def skip(self) -> tuple[str, ...]:
        """Kinds that are not checked."""

    @property
    def ignore_missing_schemas(self) -> bool:
        """Whether an object without a schema counts as checked."""


def status_of(unread: Unread) -> Status:
    """What became of a path that gave no text."""
    return Status.SKIPPED if unread.skipped else Status.UNREADABLE


def outcomes_of(file: File, patches: frozenset[str], options: Lenience, api: Api) -> Iterator[Outcome]:
    """What became of the documents of a file; one that a kustomization applies as a patch is only part of an object."""
    yield from file.outcomes
    is_patch = normal(file.source.path) in patches
    for manifest in file.objects:
        yield manifest.outcome(Status.SKIPPED, PATCH) if is_patch else outcome_of(manifest, options, api)


def skipped(manifest: Manifest, kinds: Collection[str]) -> bool:
    """Whether an object is of one of the kinds that are left out."""
    if not kinds:
        return False
    names = {manifest.kind.lower(), f"{manifest.api_version}/{manifest.kind}".lower()}
    return any(kind.lower() in names for kind in kinds)


def outcome_of(manifest: Manifest, options: Lenience, api: Api) -> Outcome:
    """Whether an object is checked whole, or only what is common to all objects, and what is not there yet."""
    if skipped(manifest, options.skip):
        return manifest.outcome(Status.SKIPPED, "a kind that --skip leaves out")
    status, reason = standing(manifest, options)
    encrypted = "encrypted by SOPS: its encrypted values are not checked" if manifest.encrypted else ""
    words = list(filter(None, (reason, encrypted, unresolved_words(manifest, api))))
    return manifest.outcome(status, joined(words))


def standing(manifest: Manifest, options: Lenience) -> tuple[Status, str]:
    """What became of an object by what is known of its kind, and why."""
    if manifest.definition is not None:
        from kexplain.objects.validation_rules import hold  # here: most runs have no custom objects

        manifest.held = hold(manifest.definition, manifest.root)
        if manifest.held.left:
            number = count(manifest.held.left, "rule")
            left = f"{number} of its definition in CEL not evaluated"
            return Status.CHECKED, Reason(left, "kexplain[cel] evaluates most")
    if manifest.exact:
        return Status.CHECKED, ""
    if not manifest.type.open and not manifest.lenient:
        return Status.CHECKED, f"read as {manifest.type.name}, its successor"
    if options.ignore_missing_schemas:
        return Status.CHECKED, "without a schema, as --ignore-missing-schemas allows"
    return Status.PARTLY, no_schema(manifest)


def no_schema(manifest: Manifest) -> str:
    """That an object has no schema, and what to do."""
    named = f"no schema for {manifest.api_version} {manifest.kind}"
    if manifest.builtin:
        return Reason(named, "Kubernetes has no such kind")
    custom = manifest.api.custom if manifest.api else None
    versions = dict.fromkeys(d.version for d in custom.definitions(manifest.group, manifest.kind)) if custom else {}
    others = f"only for {', '.join(versions)}" if versions else ""
    return Reason(named, "add its CustomResourceDefinition to the run, or name it with --crd", detail=others)
