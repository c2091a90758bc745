"""Statements as JSON-lines records."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from kg.extract import extract_statements
from kg.parse import parse_document
from kg.records import statement_records
from kg.types import Source

TEXT = "某条例\n第一条 高等学校应当支持教师开展科普，提升能力。"


def test_records_have_the_fields_of_their_kind_with_offsets_into_the_text() -> None:
    document = parse_document(Source(text=TEXT, name="样例"))
    records = list(statement_records(extract_statements(document), document))
    by_kind = {kind: [r for r in records if r["kind"] == kind] for kind in ("actor", "measure", "norm")}
    school = TEXT.index("高等学校")
    assert by_kind["actor"][0] == {"kind": "actor", "start": school, "end": school + 4, "text": "高等学校"}
    (measure,) = by_kind["measure"]
    support = TEXT.index("支持")
    assert measure["head"] == [["支持", support, support + 2]]
    assert measure["agents"] == [[school, school + 4]]
    assert [TEXT[start:end] for start, end in measure["targets"]] == ["教师"]
    assert [TEXT[start:end] for start, end in measure["aims"]] == ["提升能力"]
    (norm,) = by_kind["norm"]
    assert norm["modality"] == "obligation"
    assert norm["marker"][0] == "应当"
    assert norm["bearers"] == [[school, school + 4]]
    assert json.loads(json.dumps(records, ensure_ascii=False)) == records


def test_records_are_in_text_order() -> None:
    document = parse_document(Source(text=TEXT, name="样例"))
    places = [(r["start"], r["end"], r["kind"]) for r in statement_records(extract_statements(document), document)]
    assert places == sorted(places)


def test_a_quote_that_is_not_the_slice_is_refused() -> None:
    document = parse_document(Source(text=TEXT, name="样例"))
    statements = extract_statements(document)
    spoilt = replace(statements, actors=(replace(statements.actors[0], text="别的"),))
    with pytest.raises(ValueError, match="differs"):
        list(statement_records(spoilt, document))
