"""Office files: ZIP archives of XML (ISO/IEC 29500-2) whose bytes depend on what they hold alone."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters outside ``Char`` of XML 1.0, which the libraries refuse."""


def xml_text(text: str) -> str:
    """``text`` without the characters that XML cannot hold."""
    return _NOT_IN_XML.sub("", text)


def repacked(content: bytes, replaced: Mapping[str, bytes] | None = None) -> bytes:
    """The archive with its parts in the same order, without the time of writing; ``replaced`` parts by their names."""
    buffer = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as source, ZipFile(buffer, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = (replaced or {}).get(name)
            # A ZipInfo without a time is of 1980-01-01, the first that the format can say.
            info = ZipInfo(name)
            info.compress_type = ZIP_DEFLATED
            target.writestr(info, source.read(name) if part is None else part)
    return buffer.getvalue()
