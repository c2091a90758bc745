from pathlib import Path

import pytest

from kg.errors import InputError, NotFoundError
from kg.read import decode, read_source


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_in_every_usual_encoding_decodes_to_the_same(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "通知.txt"
    path.write_bytes("关于科普工作的通知\r\n第一段。\r第二段。".encode(encoding))
    source = read_source(path)
    assert source.text == "关于科普工作的通知\n第一段。\n第二段。"
    assert source.name == "通知"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "是空的"),
        (b" \n\t", "是空的"),
        (b"\x7fELF\x02\x01\x00\x00" + bytes(range(256)), "不是文本文件"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "不是文本文件"),
        (bytes(range(128, 256)) * 9, "编码无法识别"),
    ],
)
def test_unusable_content_says_what_is_wrong(content: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        decode(content, "坏文件.txt")


def test_missing_file_and_folder_say_so(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="找不到文件"):
        read_source(tmp_path / "没有.txt")
    with pytest.raises(InputError, match="是文件夹"):
        read_source(tmp_path)
