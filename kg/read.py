"""From a file to canonical text: decoded to Unicode, line ends as ``\\n``, nothing else changed."""

from __future__ import annotations

from pathlib import Path

from kg.errors import InputError, NotFoundError
from kg.types import Source

BYTE_LIMIT = 50 * 1024 * 1024
"""Larger than any policy text (the longest code of law has 0.5 MB); guards memory."""


def read_source(path: Path) -> Source:
    """Read one text file.

    UTF-8 (with or without a byte order mark) is tried first, then UTF-16 if it is marked as such,
    then GB 18030, all strictly.

    Raises:
        NotFoundError: there is no such file.
        InputError: a folder, an empty or too large file, binary content, or an unknown encoding.
    """
    if not path.exists():
        raise NotFoundError(f"找不到文件“{path}”。请检查路径是否写对。")
    if path.is_dir():
        raise InputError(f"“{path}”是文件夹，这里需要一个文本文件（.txt）。")
    try:
        size_bytes = path.stat().st_size
        if size_bytes > BYTE_LIMIT:
            raise InputError(f"文件“{path}”有 {size_bytes} 字节，超过上限 {BYTE_LIMIT} 字节。请拆分后再导入。")
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"文件“{path}”无法读取：{error.strerror}。请检查权限。") from error
    return Source(text=decode(content, str(path)), name=path.stem, origin=path.name)


def decode(content: bytes, name: str) -> str:
    """Canonical text of ``content``; ``name`` is used in messages only.

    Raises:
        InputError: empty, binary or undecodable content.
    """
    if not content.strip():
        raise InputError(f"文件“{name}”是空的。请换一个有正文的文本文件。")
    text = _decode_bytes(content, name)
    if "\x00" in text:
        raise InputError(f"文件“{name}”不是文本文件（含有二进制内容）。请先转换成纯文本（.txt，UTF-8）。")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode_bytes(content: bytes, name: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\x00" in content[:8192]:
        raise InputError(f"文件“{name}”不是文本文件（含有二进制内容）。请先转换成纯文本（.txt，UTF-8）。")
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        # GB 18030 maps almost any bytes to private-use or control characters; text of a person has none.
        if encoding != "gb18030" or _looks_like_text(text):
            return text
    raise InputError(f"文件“{name}”的编码无法识别。请另存为 UTF-8 或 GB 18030 编码的纯文本。")


def _looks_like_text(text: str) -> bool:
    odd = sum(1 for character in text if _is_odd(character))
    return odd * 100 <= len(text)


def _is_odd(character: str) -> bool:
    code = ord(character)
    return (code < 32 and character not in "\n\r\t\f") or 0x7F <= code < 0xA0 or 0xE000 <= code < 0xF900
