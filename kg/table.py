"""Tables as files: CSV and XLSX with the same header and rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook

from kg.files import check_ending, write_whole
from kg.spreadsheet import csv_bytes
from kg.workbook import fill_sheet, workbook_bytes

Value = str | int | float

_MIN_WIDTH, _MAX_WIDTH = 8, 64  # characters


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table; every row has as many values as the header."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def table_csv(table: Table) -> bytes:
    """CSV for spreadsheets (:func:`kg.spreadsheet.csv_bytes`)."""
    return csv_bytes(table.header, table.rows)


def table_workbook(table: Table) -> bytes:
    """XLSX with one sheet, frozen header and filters; the same table gives the same bytes."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "表"
    fill_sheet(sheet, table.header, table.rows, _widths(table.header, table.rows))
    sheet.auto_filter.ref = sheet.dimensions
    return workbook_bytes(workbook, table.title)


def _widths(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> list[int]:
    """For each column the width of its longest value, in characters of which a Chinese one takes two."""
    widths = [2 * len(name) + 4 for name in header]  # room for the filter's arrow
    for row in rows:
        widths = [max(width, 2 * len(str(value))) for width, value in zip(widths, row, strict=True)]
    return [min(max(width, _MIN_WIDTH), _MAX_WIDTH) for width in widths]


TABLE_FORMATS: dict[str, Callable[[Table], bytes]] = {".csv": table_csv, ".xlsx": table_workbook}
"""By the ending of the file."""


def write_table(table: Table, path: Path) -> None:
    """Write ``table`` in the format that the ending of ``path`` names; raises ``InputError`` as ``kg.files`` does."""
    check_ending(path, TABLE_FORMATS)
    write_whole(TABLE_FORMATS[path.suffix.lower()](table), path)
