"""Workbooks (XLSX) of tables that people read and sort."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.constants import ARC_CORE
from openpyxl.xml.functions import tostring

from kg.archives import repacked, xml_text
from kg.spreadsheet import FORMULA_STARTS

_UNDATED = datetime(1980, 1, 1)
_WRAPPED = Alignment(wrap_text=True, vertical="top")


def fill_sheet(
    sheet: Worksheet, header: Sequence[str], rows: Iterable[Sequence[str | int | float]], widths: Sequence[int]
) -> None:
    """The header, frozen, and the rows; texts are wrapped and never formulas.

    Widths are in characters, of which a Chinese one takes two.
    """
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, row in enumerate((header, *rows), start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column, value if isinstance(value, int | float) else xml_text(value))
            cell.alignment = _WRAPPED
            if isinstance(value, str) and value.startswith(FORMULA_STARTS):
                cell.data_type = "s"
                cell.quotePrefix = True  # it stays text where its reader edits it
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E3EDF3")
    sheet.freeze_panes = "A2"


def workbook_bytes(workbook: Workbook, title: str) -> bytes:
    """The file, which depends on its content only."""
    buffer = io.BytesIO()
    workbook.save(buffer)
    workbook.properties.title, workbook.properties.creator = xml_text(title), "科策"
    workbook.properties.created = workbook.properties.modified = _UNDATED
    return repacked(buffer.getvalue(), {ARC_CORE: tostring(workbook.properties.to_tree())})
