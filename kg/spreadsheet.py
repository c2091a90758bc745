"""Tables for spreadsheet users."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""With which a spreadsheet takes a text for a formula (OWASP, CSV Injection)."""


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """CSV (RFC 4180) in UTF-8 with a byte order mark, without which spreadsheets misread Chinese.

    An apostrophe stands before a text that would be taken for a formula; numbers stay as they are.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(header)
    writer.writerows([_as_text(value) for value in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def _as_text(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value
