"""JSON: one entry for every field walked, and the findings of each file (version 1 of the public interface)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kexplain.output.report_format import View
from kexplain.output.reports._common import dumps, listed
from kexplain.output.reports.json import finding_record
from kexplain.syntax.source import Source

if TYPE_CHECKING:
    from kexplain.engine.annotation import Annotated, AnnotatedObject
    from kexplain.engine.report import Report


def render(files: "list[Annotated]", view: View, report: "Report") -> Iterator[str]:
    """``[{path, objects: [{apiVersion, kind, name, namespace, annotations: […]}], findings: […]}]``."""
    lead = "["
    for file in files:
        yield f'{lead}{{"path":{dumps(file.source.path)},"objects":['
        lead = ",\n"
        for number, one in enumerate(file.objects):
            record = object_json(one, file.source)
            annotations = record.pop("annotations")
            yield f'{"," if number else ""}\n{dumps(record)[:-1]},"annotations":'
            yield from listed(annotations)
            yield "}"
        yield '],"findings":'
        yield from listed(finding_record(finding) for finding in file.findings)
        yield "}"
    yield "]\n" if files else "[]\n"


def object_json(annotated: "AnnotatedObject", source: Source) -> dict[str, Any]:
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
