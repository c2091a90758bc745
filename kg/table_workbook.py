"""A table as a workbook (XLSX) of one sheet."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from kg.archives import xml_text
from kg.spreadsheet import FORMULA_STARTS

CELL_CHARACTERS = 32_767
"""That a cell of a workbook can hold."""


def workbook_bytes(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """XLSX of one sheet, its header frozen; texts are never formulas.

    A sheet holds 1,048,576 rows, and a cell 32,767 characters: a longer text is cut.
    """
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("结果")
    sheet.freeze_panes = "A2"

    def cell(value: object) -> object:
        if not isinstance(value, str):
            return value
        text = WriteOnlyCell(sheet, xml_text(value)[:CELL_CHARACTERS])
        if value.startswith(FORMULA_STARTS):
            text.data_type = "s"
            text.quotePrefix = True
        return text

    for row in (header, *rows):
        sheet.append([cell(value) for value in row])
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()
