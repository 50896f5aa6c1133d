"""The language server, asked by a real client over standard input and output: one session, many questions."""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pygls", reason="needs kexplain[server]")

from lsprotocol import types as lsp
from pygls.lsp.client import BaseLanguageClient

DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web # 🛒 the shop
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: registry.example/web:1.2.0
          imagePullPolicy: Always
          env:
            - name: SIZE
              value: 64
            - name: LEVEL
              valueFrom:
                configMapKeyRef:
                  name: web-settings
                  key: level
"""
OTHERS = """\
apiVersion: v1
kind: ConfigMap
metadata:
  name: web-settings
data:
  level: info
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports: [{port: 80}]
"""


class Editor:
    """A client with one folder open."""

    def __init__(self, client: BaseLanguageClient, folder: Path) -> None:
        self.client, self.folder = client, folder
        self.published: dict[str, list[lsp.Diagnostic]] = {}
        self.news = asyncio.Event()
        self.version = 0
        self.text = DEPLOYMENT

        @client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def published(params: lsp.PublishDiagnosticsParams) -> None:
            self.published[params.uri.rpartition("/")[2]] = list(params.diagnostics)
            self.news.set()

    @property
    def web(self) -> lsp.TextDocumentIdentifier:
        return lsp.TextDocumentIdentifier((self.folder / "web.yaml").as_uri())

    def codes(self, name: str = "web.yaml") -> set[object]:
        return {one.code for one in self.published.get(name, [])}

    async def until(self, asked: Callable[[], bool]) -> None:
        async with asyncio.timeout(30):
            while not asked():
                self.news.clear()
                await self.news.wait()

    def write(self, text: str) -> None:
        self.text, self.version = text, self.version + 1
        self.client.text_document_did_change(
            lsp.DidChangeTextDocumentParams(
                lsp.VersionedTextDocumentIdentifier(self.version, self.web.uri),
                [lsp.TextDocumentContentChangeWholeDocument(text)],
            )
        )

    def at(self, piece: str, more: int = 0) -> lsp.Position:
        before = self.text[: self.text.index(piece) + more]
        line = before.rpartition("\n")[2]
        return lsp.Position(before.count("\n"), len(line.encode("utf-16-le")) // 2)


def session(tmp_path: Path, asked: Callable[[Editor], Coroutine[Any, Any, None]]) -> None:
    (tmp_path / "web.yaml").write_text(DEPLOYMENT, encoding="utf-8")
    (tmp_path / "others.yaml").write_text(OTHERS, encoding="utf-8")

    async def run() -> None:
        client = BaseLanguageClient("test", "1")
        await client.start_io(sys.executable, "-m", "kexplain", "server", "--stdio")
        editor = Editor(client, tmp_path)
        folder = lsp.WorkspaceFolder(tmp_path.as_uri(), "shop")
        await client.initialize_async(
            lsp.InitializeParams(lsp.ClientCapabilities(), root_uri=tmp_path.as_uri(), workspace_folders=[folder])
        )
        client.initialized(lsp.InitializedParams())
        item = lsp.TextDocumentItem(editor.web.uri, "yaml", 0, DEPLOYMENT)
        client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
        await editor.until(lambda: "wrong-type" in editor.codes())
        await asked(editor)
        await client.shutdown_async(None)
        client.exit(None)
        await client.stop()

    asyncio.run(run())


def test_findings_as_typed(tmp_path: Path) -> None:
    async def asked(editor: Editor) -> None:
        wrong = next(one for one in editor.published["web.yaml"] if one.code == "wrong-type")
        assert (wrong.range.start, wrong.range.end) == (lsp.Position(15, 21), lsp.Position(15, 23))
        assert wrong.severity == lsp.DiagnosticSeverity.Error
        editor.write(
            editor.text.replace("value: 64", 'value: "64"').replace("app: web}}\n    spec", "app: shop}}\n    spec")
        )
        await editor.until(lambda: "mismatching-selector" in editor.codes())
        assert "wrong-type" not in editor.codes()
        await editor.until(lambda: "dangling-service" in editor.codes("others.yaml"))  # the others, after a pause
        editor.write(DEPLOYMENT)
        await editor.until(lambda: "dangling-service" not in editor.codes("others.yaml"))

    session(tmp_path, asked)


def test_places(tmp_path: Path) -> None:
    async def asked(editor: Editor) -> None:
        client, web = editor.client, editor.web
        hover = await client.text_document_hover_async(lsp.HoverParams(web, editor.at("imagePullPolicy")))
        assert hover
        assert "spec.template.spec.containers[0].imagePullPolicy" in hover.contents.value
        hover = await client.text_document_hover_async(lsp.HoverParams(web, editor.at("value: 64", 8)))
        assert hover
        assert "wrong-type" in hover.contents.value
        there = await client.text_document_definition_async(lsp.DefinitionParams(web, editor.at("web-settings")))
        assert [(one.uri.rpartition("/")[2], one.range.start.line) for one in there] == [("others.yaml", 3)]
        context = lsp.ReferenceContext(include_declaration=False)
        here = await client.text_document_references_async(lsp.ReferenceParams(context, web, editor.at("web #")))
        assert ("others.yaml", 12) in {(one.uri.rpartition("/")[2], one.range.start.line) for one in here}
        outline = await client.text_document_document_symbol_async(lsp.DocumentSymbolParams(web))
        assert [one.name for one in outline] == ["Deployment web"]
        assert [one.name for one in outline[0].children] == ["apiVersion", "kind", "metadata", "spec"]
        folds = await client.text_document_folding_range_async(lsp.FoldingRangeParams(web))
        assert (9, 20) in {(one.start_line, one.end_line) for one in folds}
        (grown,) = await client.text_document_selection_range_async(lsp.SelectionRangeParams(web, [editor.at("SIZE")]))
        assert grown.range.start == editor.at("SIZE")
        assert grown.parent.parent
        links = await client.text_document_document_link_async(lsp.DocumentLinkParams(web))
        assert links[0].target.startswith("https://kubernetes.io/")

    session(tmp_path, asked)


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("          imagePullPolicy: Always\n", "          re\n", {"resources", "readinessProbe"}),
        ("imagePullPolicy: Always", "imagePullPolicy: ", {"Always", "IfNotPresent", "Never"}),
        ("name: web-settings", "name: web-s", {"web-settings"}),
        ("key: level", "key: ", {"level"}),
        ("kind: Deployment", "kind: ", {"Deployment", "StatefulSet"}),
    ],
)
def test_completion(tmp_path: Path, old: str, new: str, wanted: set[str]) -> None:
    async def asked(editor: Editor) -> None:
        editor.write(editor.text.replace(old, new))
        params = lsp.CompletionParams(editor.web, editor.at(new, len(new.rstrip("\n"))))
        found = await editor.client.text_document_completion_async(params)
        assert wanted <= {one.label for one in found.items}
        if "re\n" in new:
            one = next(one for one in found.items if one.label == "resources")
            assert one.text_edit.new_text == "resources: "
            assert one.text_edit.range.start.character == 10
            assert one.documentation

    session(tmp_path, asked)


def test_actions(tmp_path: Path) -> None:
    async def asked(editor: Editor) -> None:
        place = lsp.Range(editor.at("value: 64", 7), editor.at("value: 64", 9))
        params = lsp.CodeActionParams(editor.web, place, lsp.CodeActionContext([]))
        found = {one.title: one for one in await editor.client.text_document_code_action_async(params)}
        fix = found["kexplain: quote value"].edit.changes[editor.web.uri]
        assert [(one.range.start.character, one.new_text) for one in fix] == [(21, '"'), (23, '"')]
        (comment,) = found["kexplain: suppress wrong-type here"].edit.changes[editor.web.uri]
        assert comment.new_text == " # kexplain: ignore[wrong-type] say why"
        explain = found["kexplain: explain wrong-type"]
        params = lsp.ExecuteCommandParams(explain.command, explain.arguments)
        words = await editor.client.workspace_execute_command_async(params)
        assert "quote" in words

    session(tmp_path, asked)
