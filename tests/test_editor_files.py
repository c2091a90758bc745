"""Fetching the editor: the pinned package is unpacked, another one is refused, and lack of npm is said."""

from __future__ import annotations

import base64
import hashlib
import io
import tarfile
from pathlib import Path

import pytest

from web.editor import files
from web.editor.files import EditorFilesError, Package


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of two files, pinned, to be unpacked beside it."""
    path = tmp_path / "package.tgz"
    with tarfile.open(path, "w:gz") as package:
        for name, content in {"package/build/a.js": b"js", "package/../../evil": b"evil"}.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            package.addfile(entry, io.BytesIO(content))
    digest = base64.b64encode(hashlib.sha512(path.read_bytes()).digest()).decode()
    pinned = Package(name="a", version="1", licence="MIT", integrity=f"sha512-{digest}", files=["build/a.js"])
    monkeypatch.setattr(files, "PACKAGE", pinned)
    monkeypatch.setattr(files, "FOLDER", tmp_path / "installed")
    return path


def test_pinned_files_are_unpacked_with_their_licences_and_nothing_else(archive: Path) -> None:
    assert not files.is_installed()
    files.unpack(archive)
    assert files.is_installed()
    assert sorted(path.name for path in files.FOLDER.iterdir()) == ["LICENCES.txt", "a.js"]


def test_other_package_is_refused(archive: Path) -> None:
    archive.write_bytes(archive.read_bytes() + b"\0")
    with pytest.raises(EditorFilesError, match="校验和"):
        files.unpack(archive)
    assert not files.is_installed()


def test_lack_of_npm_is_said_and_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert "没有 npm" in files.install()
    assert "普通文本框" in files.install()
