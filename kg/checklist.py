"""All that concerns an organization as a file to work through: CSV, XLSX or DOCX."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from kg.checklist_document import checklist_document
from kg.checklist_rows import HEADER, checklist_rows
from kg.checklist_workbook import checklist_workbook
from kg.errors import InputError
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


def check_ending(path: Path) -> None:
    """Raises ``InputError`` where ``path`` ends like none of the ``FORMATS``."""
    if path.suffix.lower() not in FORMATS:
        raise InputError(f"不能写成“{path.name}”。文件名请以 {'、'.join(FORMATS)} 结尾。")


def write_checklist(answer: OrganizationAnswer, path: Path) -> None:
    """Write the results of ``answer`` to ``path``, in the format that its ending names; at once or not at all.

    Raises:
        InputError: the ending names no format, or the file cannot be written.
    """
    check_ending(path)
    content = FORMATS[path.suffix.lower()](answer)
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as draft:
            draft.write(content)
        Path(draft.name).chmod(0o644)
        Path(draft.name).replace(path)
    except OSError as error:
        raise InputError(f"无法写入“{path}”：{error.strerror}。请换一个可写的位置。") from error
