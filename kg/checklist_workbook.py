"""A checklist as a workbook (XLSX): sheet 清单 to be ticked off, and sheet 单位 with who was understood, and why."""

from __future__ import annotations

from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from kg.checklist_rows import HEADER, checklist_rows, checklist_title
from kg.organizations import OrganizationAnswer
from kg.understanding import understandings
from kg.workbook import fill_sheet, workbook_bytes

# In characters, of which a Chinese one takes two.
_LIST_WIDTHS = (6, 16, 14, 64, 34, 20, 22, 26, 18, 48, 12, 8, 8, 24)
_WHO_WIDTHS = (14, 40, 70)
_STATES = ("已完成", "进行中", "未开始", "不适用")


def checklist_workbook(answer: OrganizationAnswer) -> bytes:
    """The checklist of ``answer`` as XLSX; the same answer gives the same bytes."""
    workbook = Workbook()
    listed = workbook.active
    listed.title = "清单"
    fill_sheet(listed, HEADER, checklist_rows(answer), _LIST_WIDTHS)
    listed.auto_filter.ref = listed.dimensions
    _offer_states(listed)
    fill_sheet(workbook.create_sheet("单位"), ("项目", "内容", "为什么"), _who(answer), _WHO_WIDTHS)
    return workbook_bytes(workbook, checklist_title(answer))


def _who(answer: OrganizationAnswer) -> Iterable[tuple[str, str, str]]:
    profile = answer.profile
    yield "单位", profile.title, ""
    if profile.description:
        yield "说明", profile.description, ""
    for known in understandings(profile):
        yield known.aspect, known.value, known.reason
    for unknown in profile.unknown:
        yield "不清楚", unknown, ""
    for role, count in answer.counts.items():
        yield role, f"{count} 条", ""


def _offer_states(sheet: Worksheet) -> None:
    """What may be chosen under 完成情况; anything else may be written, too."""
    if sheet.max_row < 2:
        return
    states = DataValidation("list", formula1=f'"{",".join(_STATES)}"', allow_blank=True, showErrorMessage=False)
    letter = get_column_letter(HEADER.index("完成情况") + 1)
    states.add(f"{letter}2:{letter}{sheet.max_row}")
    sheet.add_data_validation(states)
