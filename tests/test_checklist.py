"""The checklist of what concerns an organization, in every format opened again with the library that reads it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import Workbook, load_workbook

from kg.checklist import FORMATS, checklist_csv, write_checklist
from kg.checklist_document import checklist_document
from kg.checklist_rows import HEADER, checklist_rows
from kg.checklist_workbook import checklist_workbook
from kg.errors import InputError
from kg.extract import extract_statements
from kg.graph import document_quads, vocabulary_quads
from kg.namespaces import Iris
from kg.organization_profile import describe_organization
from kg.organizations import OrganizationAnswer, OrganizationMatcher
from kg.parse import parse_document
from kg.spreadsheet import csv_bytes
from kg.store import GraphStore
from kg.types import Source
from tests.factories import DATED_TEXT

IRIS = Iris("https://kece.example/")
DUTY = "全国学会应当于2025年6月30日前报送年度工作总结"
FORMULAS = ["=1+1", "+86", "-x", "@SUM(A1)"]


@pytest.fixture(scope="module")
def answer() -> OrganizationAnswer:
    document = parse_document(Source(name="dated.txt", text=DATED_TEXT))
    quads = [*vocabulary_quads(IRIS), *document_quads(document, extract_statements(document), IRIS)]
    profile = describe_organization("中国化学会", "我们有分支机构\x07")
    return OrganizationMatcher(GraphStore.in_memory(quads)).measures_for(profile)


@pytest.fixture(scope="module")
def formulas(answer: OrganizationAnswer) -> OrganizationAnswer:
    """An answer whose quotes a spreadsheet would compute."""
    concern = answer.results[0]
    return replace(answer, results=tuple(replace(concern, text=text, conditions=(text,)) for text in FORMULAS))


def read_csv(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def test_rows_say_role_force_words_place_and_deadline(answer: OrganizationAnswer) -> None:
    rows = [dict(zip(HEADER, row, strict=True)) for row in checklist_rows(answer)]
    assert [row["序号"] for row in rows] == list(range(1, len(answer.results) + 1))
    duty = next(row for row in rows if row["原文"] == DUTY)
    assert (duty["角色"], duty["效力"]) == ("必须做", "义务（应当）")
    assert duty["期限"] == "于2025年6月30日前（2025-06-30）"
    assert (duty["文件"], duty["位置"]) == ("关于做好全国学会年度工作的通知", "第2段")
    assert duty["完成情况"] == ""
    assert all(DATED_TEXT[row["起"] : row["止"]] == row["原文"] for row in rows)  # type: ignore[misc]


def test_csv_holds_the_rows(answer: OrganizationAnswer) -> None:
    rows = read_csv(checklist_csv(answer))
    assert tuple(rows[0]) == HEADER
    assert [tuple(row.values()) for row in rows] == [tuple(map(str, row)) for row in checklist_rows(answer)]


def test_csv_has_no_formulas_and_leaves_numbers_alone(formulas: OrganizationAnswer) -> None:
    rows = read_csv(checklist_csv(formulas))
    assert [row["原文"] for row in rows] == [row["条件"] for row in rows] == [f"'{text}" for text in FORMULAS]
    assert csv_bytes(["数"], [[-1], [-0.5]]).decode("utf-8-sig").split() == ["数", "-1", "-0.5"]


def test_workbook_lists_what_to_do_under_a_frozen_head(answer: OrganizationAnswer) -> None:
    sheet = opened(checklist_workbook(answer))["清单"]
    head, *rows = sheet.iter_rows(values_only=True)
    assert head == HEADER
    assert [tuple("" if value is None else value for value in row) for row in rows] == list(checklist_rows(answer))
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions == f"A1:N{len(answer.results) + 1}"
    assert all(cell.alignment.wrap_text for row in sheet.iter_rows() for cell in row)
    (states,) = sheet.data_validations.dataValidation
    assert str(states.sqref) == f"K2:K{len(answer.results) + 1}" and "已完成" in states.formula1


def test_workbook_says_who_was_understood_and_why(answer: OrganizationAnswer) -> None:
    rows = list(opened(checklist_workbook(answer))["单位"].iter_rows(min_row=2, values_only=True))
    assert ("单位", "中国化学会", None) in rows
    assert ("说明", "我们有分支机构", None) in rows  # without the character that XML cannot hold
    assert ("类别", "全国学会", answer.profile.kinds[0].reason) in rows
    assert ("必须做", f"{answer.counts['必须做']} 条", None) in rows


def test_workbook_has_no_formulas(formulas: OrganizationAnswer) -> None:
    sheet = opened(checklist_workbook(formulas))["清单"]
    quotes = [row[HEADER.index("原文")] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in quotes] == FORMULAS
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert all(cell.quotePrefix for cell in quotes)


def test_document_has_a_heading_for_each_role_and_a_box_for_each_quote(answer: OrganizationAnswer) -> None:
    document = Document(io.BytesIO(checklist_document(answer)))
    headings = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name.startswith("Heading")]
    roles = [f"{role}（{count} 条）" for role, count in answer.counts.items() if count]
    assert headings == ["单位", *roles]
    assert document.paragraphs[0].style.name == "Title"
    assert document.paragraphs[0].text == "与中国化学会有关的举措与规范"
    boxes = [paragraph.text for paragraph in document.paragraphs if paragraph.text.startswith("☐")]
    assert boxes == [f"☐ {concern.rank}. {concern.text}" for concern in answer.results]
    notes = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "出处：《关于做好全国学会年度工作的通知》 第2段" in notes
    assert "期限：于2025年6月30日前（2025-06-30）" in notes
    who = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert ["类别", "全国学会", answer.profile.kinds[0].reason] in who


def test_document_names_chinese_fonts(answer: OrganizationAnswer) -> None:
    styles = Document(io.BytesIO(checklist_document(answer))).styles
    fonts = {name: styles[name].element.rPr.rFonts for name in ("Normal", "Title", "Heading 1")}
    assert {name: font.get(qn("w:eastAsia")) for name, font in fonts.items()} == {
        "Normal": "宋体",
        "Title": "黑体",
        "Heading 1": "黑体",
    }
    assert not any(font.get(qn("w:eastAsiaTheme")) for font in fonts.values())


def test_organization_that_nothing_concerns_gets_files_that_say_so(answer: OrganizationAnswer) -> None:
    nothing = replace(answer, results=(), counts=dict.fromkeys(answer.counts, 0))
    assert read_csv(checklist_csv(nothing)) == []
    assert opened(checklist_workbook(nothing))["清单"].max_row == 1
    texts = [paragraph.text for paragraph in Document(io.BytesIO(checklist_document(nothing))).paragraphs]
    assert "没有找到与它有关的举措或规范。" in texts


@pytest.mark.parametrize("write", [checklist_workbook, checklist_document])
def test_files_hold_no_time_of_writing(answer: OrganizationAnswer, write) -> None:  # type: ignore[no-untyped-def]
    content = write(answer)
    assert write(answer) == content
    with ZipFile(io.BytesIO(content)) as archive:
        assert {part.date_time[:3] for part in archive.infolist()} == {(1980, 1, 1)}
        core = archive.read("docProps/core.xml").decode()
    assert "与中国化学会有关的举措与规范" in core
    assert not [year for year in range(2020, 2100) if f"{year}-" in core]


@pytest.mark.parametrize("ending", sorted(FORMATS))
def test_checklist_is_written_whole_and_alone(answer: OrganizationAnswer, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"清单{ending.upper()}"
    path.write_bytes(b"old")
    write_checklist(answer, path)
    assert path.read_bytes() == FORMATS[ending](answer)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(("name", "message"), [("清单.pdf", "结尾"), ("清单", "结尾"), ("没有/清单.csv", "无法写入")])
def test_unusable_path_is_refused(answer: OrganizationAnswer, tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        write_checklist(answer, tmp_path / name)
    assert list(tmp_path.iterdir()) == []
