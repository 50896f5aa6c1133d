"""The language server: what an editor sends, given to the project, and the answers in the words of the protocol."""

import asyncio
from collections.abc import Callable, Iterable
from typing import Any

from lsprotocol import types as lsp
from pygls import uris
from pygls.lsp.server import LanguageServer

from kexplain.config.settings import Settings
from kexplain.engine.finding import Finding
from kexplain.server.acting import suppression
from kexplain.server.completing import choices
from kexplain.server.hovering import hover
from kexplain.server.navigating import Symbol, Target, folds, growing, leading, leading_here, links, outline
from kexplain.server.places import UTF_16, offset_of, range_of
from kexplain.server.project import Project, name_of
from kexplain.syntax.edit import Edit
from kexplain.syntax.source import Source
from kexplain.syntax.tree import Span
from kexplain.version import __version__

PAUSE = 0.4
"""Seconds without a change after which the whole project is judged again."""
SEVERITIES = {"error": lsp.DiagnosticSeverity.Error, "warning": lsp.DiagnosticSeverity.Warning,
              "info": lsp.DiagnosticSeverity.Information}  # fmt: skip
KINDS = {"field": lsp.CompletionItemKind.Field, "value": lsp.CompletionItemKind.EnumMember,
         "name": lsp.CompletionItemKind.Reference}  # fmt: skip
EXPLAIN = "kexplain.explain"
MOST = 5
"""Findings at a place for which fixes are looked for."""


class Server(LanguageServer):
    """The server with the project that an editor opened."""

    def __init__(self, settings: Callable[[str], Settings]) -> None:
        super().__init__("kexplain", __version__, lsp.TextDocumentSyncKind.Full)
        self.settings = settings
        self.project: Project | None = None
        self.shown: dict[str, list[Finding]] = {}
        self.later: asyncio.TimerHandle | None = None

    @property
    def encoding(self) -> str:
        """In which units columns are counted."""
        return str(getattr(self.workspace.position_encoding, "value", None) or UTF_16)

    def begin(self, root: str) -> None:
        """Opens a folder."""
        self.project = Project(self.settings(root))

    def file(self, uri: str) -> tuple[Project, str, Source] | None:
        """The project, the name of a file in it, and its text; None for a file that it does not hold."""
        path = path_of(uri)
        file = self.project.current(path) if self.project else None
        return (self.project, path, file.source) if self.project and file else None

    def offset(self, source: Source, position: lsp.Position) -> int:
        """The offset of a position."""
        return offset_of(source, (position.line, position.character), self.encoding)

    def range(self, source: Source, span: Span) -> lsp.Range:
        """A span as the editor counts."""
        begin, end = range_of(source, span, self.encoding)
        return lsp.Range(lsp.Position(*begin), lsp.Position(*end))

    def location(self, target: Target) -> lsp.Location:
        """A place of a file."""
        return lsp.Location(uri_of(target.source.path), self.range(target.source, target.span))

    def edit(self, source: Source, edits: Iterable[Edit]) -> lsp.WorkspaceEdit:
        """Edits of a file."""
        found = [lsp.TextEdit(self.range(source, Span(e.offset, e.offset + e.cut)), e.text) for e in edits]
        return lsp.WorkspaceEdit({uri_of(source.path): found})

    def publish(self, path: str, findings: list[Finding]) -> None:
        """Shows the findings of a file, where they are other than before."""
        file = self.project.current(path) if self.project else None
        if self.shown.get(path) == findings:
            return
        self.shown[path] = findings
        found = [self.diagnostic(file.source, finding) for finding in findings] if file else []
        params = lsp.PublishDiagnosticsParams(uri_of(path), found)
        self.text_document_publish_diagnostics(params)

    def diagnostic(self, source: Source, finding: Finding) -> lsp.Diagnostic:
        """A finding as the editor shows it."""
        related = [
            lsp.DiagnosticRelatedInformation(
                lsp.Location(uri_of(other.place.path), self.range(other_source, span_of(other_source, other.place))),
                other.message,
            )
            for other in finding.related
            if (other_source := self.source_of(other.place.path)) is not None
        ]
        rule = finding.rule
        return lsp.Diagnostic(
            self.range(source, span_of(source, finding.place)), finding.message, SEVERITIES[finding.severity.value],
            code=rule.id, code_description=lsp.CodeDescription(rule.source) if rule.source else None,
            source="kexplain", related_information=related or None,
        )  # fmt: skip

    def source_of(self, path: str) -> Source | None:
        """The text of a file."""
        file = self.project.current(path) if self.project else None
        return file.source if file else None

    def changed(self, path: str) -> None:
        """Shows what is wrong in one file at once, and what has to do with others after a pause."""
        if self.project is None:
            return
        self.publish(path, self.project.quick(path))
        if self.later:
            self.later.cancel()
        self.later = asyncio.get_running_loop().call_later(PAUSE, self.judge)

    def judge(self) -> None:
        """Judges everything, and shows what is new."""
        if self.project is None:
            return
        report = self.project.whole()
        by_path: dict[str, list[Finding]] = {path: [] for path in self.shown}
        for finding in report.findings:
            by_path.setdefault(finding.place.path, []).append(finding)
        for path, findings in by_path.items():
            self.publish(path, findings)


def path_of(uri: str) -> str:
    """A file of the protocol as reports name it."""
    return name_of(uris.to_fs_path(uri) or uri)


def uri_of(path: str) -> str:
    """A file as the protocol names it."""
    import os

    return uris.from_fs_path(os.path.abspath(path)) or path  # noqa: PTH100 - resolve() would follow links


def span_of(source: Source, place: Any) -> Span:
    """Where a place is in a text, which may have become shorter since."""
    last = len(source.starts)
    if place.line > last:
        return Span(len(source.text), len(source.text))
    start = source.starts[place.line - 1] + place.column - 1
    end = source.starts[min(place.end_line, last) - 1] + place.end_column - 1
    return Span(min(start, len(source.text)), min(max(end, start), len(source.text)))


def serve(settings: Callable[[str], Settings]) -> None:
    """Speaks with an editor over standard input and output until it hangs up."""
    server = Server(settings)
    of_files(server)
    of_places(server)
    of_actions(server)
    of_structure(server)
    server.start_io()


def of_files(server: Server) -> None:
    """What happens to files."""

    @server.feature(lsp.INITIALIZED)
    def initialized(_: lsp.InitializedParams) -> None:
        folders = server.workspace.folders
        root = next(iter(folders.values())).uri if folders else server.workspace.root_uri
        server.begin((uris.to_fs_path(root) if root else None) or ".")
        server.judge()

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: lsp.DidOpenTextDocumentParams) -> None:
        document = params.text_document
        write(server, document.uri, document.text)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        write(server, params.text_document.uri, params.content_changes[-1].text)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: lsp.DidCloseTextDocumentParams) -> None:
        if server.project:
            path = path_of(params.text_document.uri)
            server.project.close(path)
            server.changed(path)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: lsp.DidSaveTextDocumentParams) -> None:
        reread(server, params.text_document.uri)

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def watched(params: lsp.DidChangeWatchedFilesParams) -> None:
        for change in params.changes:
            if change.uri.endswith((".yaml", ".yml", ".json")):
                reread(server, change.uri)


def write(server: Server, uri: str, text: str) -> None:
    """A file gets a text in the editor."""
    if server.project:
        path = path_of(uri)
        server.project.write(path, text)
        server.changed(path)


def reread(server: Server, uri: str) -> None:
    """A file of the disk changed."""
    if server.project:
        path = path_of(uri)
        server.project.saved(path)
        server.changed(path)


def of_places(server: Server) -> None:
    """What is asked about a place."""

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    def hovered(params: lsp.HoverParams) -> lsp.Hover | None:
        if (there := server.file(params.text_document.uri)) is None:
            return None
        project, path, source = there
        field, words = hover(project, path, server.offset(source, params.position), server.shown.get(path, []))
        where = server.range(source, field.span) if field else None
        return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, words), where) if words else None

    @server.feature(lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=[":", " ", "-"]))
    def completed(params: lsp.CompletionParams) -> lsp.CompletionList | None:
        if (there := server.file(params.text_document.uri)) is None:
            return None
        project, path, source = there
        offset = server.offset(source, params.position)
        begin, found = choices(project, path, offset)
        place = server.range(source, Span(begin, offset))
        return lsp.CompletionList(is_incomplete=False, items=[
            lsp.CompletionItem(
                one.text, kind=KINDS[one.kind], detail=one.detail or None,
                documentation=lsp.MarkupContent(lsp.MarkupKind.Markdown, one.words) if one.words else None,
                text_edit=lsp.TextEdit(place, f"{one.text}: " if one.kind == "field" else one.text),
            )
            for one in found
        ])  # fmt: skip

    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    def defined(params: lsp.DefinitionParams) -> list[lsp.Location]:
        return located(server, params, leading)

    @server.feature(lsp.TEXT_DOCUMENT_REFERENCES)
    def referred(params: lsp.ReferenceParams) -> list[lsp.Location]:
        return located(server, params, leading_here)


def of_actions(server: Server) -> None:
    """What can be done at a place."""

    @server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION)
    def acted(params: lsp.CodeActionParams) -> list[lsp.CodeAction | lsp.Command]:
        return actions(server, params)

    @server.command(EXPLAIN)
    def explained(rule: str) -> str:
        found = server.project.rules.get(rule) if server.project else None
        words = (
            "\n\n".join(filter(None, (found.article[part] for part in ("what", "why", "fix", "ignore"))))
            if found
            else ""
        )
        if found:
            server.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Info, f"{found.title}\n\n{words}"))
        return words


def located(server: Server, params: Any, asked: Callable[[Project, str, int], Iterable[Target]]) -> list[lsp.Location]:
    """The places that something at a position leads to, or that lead to it."""
    if (there := server.file(params.text_document.uri)) is None:
        return []
    project, path, source = there
    found = [server.location(one) for one in asked(project, path, server.offset(source, params.position))]
    return list({(one.uri, one.range.start.line, one.range.start.character): one for one in found}.values())


def actions(server: Server, params: lsp.CodeActionParams) -> list[lsp.CodeAction | lsp.Command]:
    """What can be done about the findings on the lines of a range: fix, suppress with a reason, explain."""
    if (there := server.file(params.text_document.uri)) is None:
        return []
    project, path, source = there
    first, last = params.range.start.line + 1, params.range.end.line + 1
    here = [f for f in server.shown.get(path, []) if f.place.line <= last and f.place.end_line >= first]
    found: list[lsp.CodeAction | lsp.Command] = []
    for offer in project.offers(path, here[:MOST]):
        title = offer.words if offer.safe else f"{offer.words} (changes what it does)"
        found.append(lsp.CodeAction(
            f"kexplain: {title}", lsp.CodeActionKind.QuickFix, [server.diagnostic(source, offer.finding)],
            is_preferred=offer.safe, edit=server.edit(source, offer.edits),
        ))  # fmt: skip
    for finding in here:
        about = [server.diagnostic(source, finding)]
        if edits := suppression(project, path, finding):
            title = f"kexplain: suppress {finding.rule.id} here"
            found.append(lsp.CodeAction(title, lsp.CodeActionKind.QuickFix, about, edit=server.edit(source, edits)))
        found.append(lsp.Command(f"kexplain: explain {finding.rule.id}", EXPLAIN, arguments=[finding.rule.id]))
    return found


def of_structure(server: Server) -> None:
    """How a file is built."""

    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def outlined(params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
        there = server.file(params.text_document.uri)
        return [symbol(server, there[2], one) for one in outline(there[0], there[1])] if there else []

    @server.feature(lsp.TEXT_DOCUMENT_FOLDING_RANGE)
    def folded(params: lsp.FoldingRangeParams) -> list[lsp.FoldingRange]:
        there = server.file(params.text_document.uri)
        ranges = [server.range(there[2], span) for span in folds(there[0], there[1])] if there else []
        return [lsp.FoldingRange(one.start.line, one.end.line) for one in ranges if one.end.line > one.start.line]

    @server.feature(lsp.TEXT_DOCUMENT_SELECTION_RANGE)
    def selected(params: lsp.SelectionRangeParams) -> list[lsp.SelectionRange]:
        if (there := server.file(params.text_document.uri)) is None:
            return []
        project, path, source = there
        found = []
        for position in params.positions:
            around: lsp.SelectionRange | None = None
            for span in reversed(growing(project, path, server.offset(source, position))):
                around = lsp.SelectionRange(server.range(source, span), around)
            found.append(around or lsp.SelectionRange(lsp.Range(position, position)))
        return found

    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_LINK)
    def linked(params: lsp.DocumentLinkParams) -> list[lsp.DocumentLink]:
        there = server.file(params.text_document.uri)
        return (
            [lsp.DocumentLink(server.range(there[2], span), target=to) for span, to in links(*there[:2])]
            if there
            else []
        )


def symbol(server: Server, source: Source, one: Symbol) -> lsp.DocumentSymbol:
    """A part of an outline."""
    kind = lsp.SymbolKind.Object if one.detail else lsp.SymbolKind.Field
    below = [symbol(server, source, inner) for inner in one.below]
    span, grip = server.range(source, one.span), server.range(source, one.grip)
    return lsp.DocumentSymbol(one.name, kind, span, grip, one.detail or None, children=below)
