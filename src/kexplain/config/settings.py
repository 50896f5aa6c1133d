"""Settings: everything that decides a run, under the names a configuration file has for it (dashes for underscores)."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from kexplain.api.release import NEWEST, Release, parse_release

if TYPE_CHECKING:
    from kexplain.config.file import Config
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
    jobs: int = 0
    """Processes that judge the objects; 0 stands for one on each core."""
    min_severity: str = "info"
    suppress: bool = True
    honor_foreign_suppressions: bool = False
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


def settings_of(
    chosen: Mapping[str, Any], config: "Config | None" = None, only: Iterable[str] = Settings._fields
) -> Settings:
    """What somebody chose, and where that is None what a configuration says, or ``only`` some of that.

    Values are loose: lists for tuples, text for a version. Raises ReleaseError for a version that is none, TypeError
    for a name that is no setting.
    """
    given = {name: value for name, value in chosen.items() if value is not None}
    if config is not None:
        said = {name: config.values.get(name.replace("_", "-")) for name in only}
        said |= {"config": config.path, "extended": config.extended}
        given = {name: value for name, value in said.items() if value is not None} | given
    for name, value in given.items():
        if isinstance(value, list):
            given[name] = tuple(value)
    version = given.get("kubernetes_version")
    if isinstance(version, str):
        given["kubernetes_version"] = parse_release(version)
    return Settings(**given)
