"""Settings: everything that decides a run, under the names a configuration file has for it (dashes for underscores)."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from kexplain.api.release import NEWEST, Release, parse_release

if TYPE_CHECKING:
    from kexplain.objects.manifest import Manifest


class Settings(NamedTuple):
    """What a run reads, which rules it applies, for which version, and what it leaves out."""

    paths: tuple[str, ...] = (".",)
    text: str | None = None
    """Read instead of standard input where a path is ``-``."""
    stdin_filename: str = "<stdin>"
    files_from: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    respect_gitignore: bool = True
    force_exclude: bool = False
    render: bool = False
    helm_values: tuple[str, ...] = ()
    cluster: bool = False
    context: str = ""
    namespaces: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    crds: tuple[str, ...] = ()
    schema_locations: tuple[str, ...] = ()
    schema_cache: str = ""
    skip: tuple[str, ...] = ()
    ignore_missing_schemas: bool = False
    kubernetes_version: Release = NEWEST
    profile: str = "recommended"
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, str] = {}
    parameters: Mapping[str, Mapping[str, Any]] = {}
    rule_folders: tuple[str, ...] = ()
    complete: bool | None = None
    min_severity: str = "info"
    suppress: bool = True
    overrides: tuple[Mapping[str, Any], ...] = ()
    baseline: str = ""
    update_baseline: bool = False
    diff_base: str = ""
    config: str = ""
    """The configuration file that these come from; empty where there is none."""
    extended: tuple[str, ...] = ()
    """The files that it builds on."""
    track: "Callable[[list[Manifest]], Iterable[Manifest]]" = iter

    @property
    def files(self) -> tuple[str, ...]:
        """The configuration file and those it extends; empty where there is none."""
        return (*filter(None, (self.config,)), *self.extended)


def settings_of(values: Mapping[str, Any]) -> Settings:
    """Settings from loose values: lists for tuples, text for a version; None leaves the default.

    Raises ReleaseError for a version that is none, TypeError for a name that is no setting.
    """
    given = {name: value for name, value in values.items() if value is not None}
    for name, value in given.items():
        if isinstance(value, list):
            given[name] = tuple(value)
    version = given.get("kubernetes_version")
    if isinstance(version, str):
        given["kubernetes_version"] = parse_release(version)
    return Settings(**given)
