"""All that concerns an organization as a file to work through: CSV, XLSX or DOCX."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kg.checklist_document import checklist_document
from kg.checklist_rows import HEADER, checklist_rows
from kg.checklist_workbook import checklist_workbook
from kg.files import check_ending, write_whole
from kg.organizations import OrganizationAnswer
from kg.spreadsheet import csv_bytes


def checklist_csv(answer: OrganizationAnswer) -> bytes:
    """The checklist of ``answer`` as CSV for spreadsheets (:func:`kg.spreadsheet.csv_bytes`)."""
    return csv_bytes(HEADER, checklist_rows(answer))


FORMATS: dict[str, Callable[[OrganizationAnswer], bytes]] = {
    ".csv": checklist_csv,
    ".xlsx": checklist_workbook,
    ".docx": checklist_document,
}
"""By the ending of the file."""


def write_checklist(answer: OrganizationAnswer, path: Path) -> None:
    """Write the results of ``answer`` to ``path``, in the format that its ending names; at once or not at all.

    Raises:
        InputError: the ending names no format, or the file cannot be written.
    """
    check_ending(path, FORMATS)
    write_whole(FORMATS[path.suffix.lower()](answer), path)
