"""Files that a user asks for by name."""

from __future__ import annotations

import tempfile
from collections.abc import Collection
from pathlib import Path

from kg.errors import InputError


def check_ending(path: Path, endings: Collection[str]) -> None:
    """Raises ``InputError`` where ``path`` ends with none of the ``endings`` (``.csv``)."""
    if path.suffix.lower() not in endings:
        raise InputError(f"不能写成“{path.name}”。文件名请以 {'、'.join(endings)} 结尾。")


def write_whole(content: bytes, path: Path) -> None:
    """Write ``content`` to ``path`` at once or not at all; raises ``InputError`` where it cannot be written."""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as draft:
            draft.write(content)
        Path(draft.name).chmod(0o644)
        Path(draft.name).replace(path)
    except OSError as error:
        raise InputError(f"无法写入“{path}”：{error.strerror}。请换一个可写的位置。") from error
