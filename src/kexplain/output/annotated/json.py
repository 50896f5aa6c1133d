"""JSON: one entry for every field walked (version 1 of the public interface)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kexplain.output.report_format import View
from kexplain.syntax.safe import json_text
from kexplain.syntax.source import Source

if TYPE_CHECKING:
    from kexplain.engine.annotation import Annotated, AnnotatedObject


def render(files: "list[Annotated]", view: View) -> Iterator[str]:
    """``[{path, objects: [{apiVersion, kind, name, namespace, annotations: […]}]}]``."""
    document = [
        {"path": file.source.path, "objects": [object_json(o, file.source) for o in file.objects]} for file in files
    ]
    yield json_text(document)


def object_json(annotated: "AnnotatedObject", source: Source) -> dict[str, object]:
    """One object."""
    who = annotated.identity
    annotations = []
    for a in annotated.annotations:
        (line, column), (end_line, end_column) = source.place(a.span.start), source.place(a.span.end)
        annotations.append({
            "line": line, "column": column, "endLine": end_line, "endColumn": end_column, "fieldPath": a.field_path,
            "value": a.value, "type": a.type, "term": a.term or None, "text": a.text, "detail": a.detail,
            "provenance": a.provenance,
        })  # fmt: skip
    return {"apiVersion": who.api_version, "kind": who.kind, "name": who.name, "namespace": who.namespace,
            "annotations": annotations}  # fmt: skip
