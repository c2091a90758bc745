"""The files of the SPARQL editor (YASQE): one package of npm, pinned by its hash, unpacked beside this file.

``python -m web.editor.files`` fetches them. They are not part of the repository.
"""

import base64
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import TypedDict

from kg.errors import KeceError

HERE = Path(__file__).parent
FOLDER = HERE / "installed"
ADDRESS = "sparql-editor"
"""Where the app serves them."""
FETCH_SECONDS = 120


class Package(TypedDict):
    """``package.json``: which package, its hash as npm writes it (``sha512-…``), and the files that are used of it."""

    name: str
    version: str
    licence: str
    integrity: str
    files: list[str]


class EditorFilesError(KeceError):
    """The package that was fetched is not the one that is pinned."""


PACKAGE: Package = json.loads((HERE / "package.json").read_text(encoding="utf-8"))


def is_installed() -> bool:
    """Whether the editor can be used; if not, page SPARQL says so and offers a plain text field."""
    return all((FOLDER / Path(file).name).is_file() for file in PACKAGE["files"])


def install() -> str:
    """Fetch the package, check its hash, unpack its files, and say what came of it.

    Raises:
        EditorFilesError: the hash is another one.
    """
    npm = shutil.which("npm")
    if npm is None:
        return missing("这台机器上没有 npm")
    with tempfile.TemporaryDirectory() as folder:
        command = [npm, "pack", "--silent", f"--pack-destination={folder}", f"{PACKAGE['name']}@{PACKAGE['version']}"]
        try:
            subprocess.run(command, check=True, timeout=FETCH_SECONDS, capture_output=True, cwd=folder)
        except (subprocess.SubprocessError, OSError) as error:
            return missing(f"npm 没有取到 {PACKAGE['name']} {PACKAGE['version']}（{error}）")
        unpack(next(Path(folder).glob("*.tgz")))
    return f"SPARQL 编辑器已装好：{PACKAGE['name']} {PACKAGE['version']}。"


def missing(reason: str) -> str:
    """What the lack of the package means, and what to do."""
    return f"{reason}，SPARQL 页改用普通文本框。装好 npm、能连上它的软件源之后，再运行 make run 即可换成编辑器。"


def unpack(archive: Path) -> None:
    """The files that are used, with the licences beside them. Raises as :func:`install`."""
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if PACKAGE["integrity"] != f"sha512-{digest}":
        raise EditorFilesError(
            f"取到的 {PACKAGE['name']} 校验和是 sha512-{digest}，应为 {PACKAGE['integrity']}。没有安装；请检查软件源。"
        )
    FOLDER.mkdir(exist_ok=True)
    shutil.copy(HERE / "LICENCES.txt", FOLDER)
    with tarfile.open(archive) as package:
        for file in PACKAGE["files"]:
            content = package.extractfile(f"package/{file}")
            if content is None:
                raise EditorFilesError(f"{PACKAGE['name']} 里没有文件 {file}。请检查 package.json 的 files。")
            (FOLDER / Path(file).name).write_bytes(content.read())


if __name__ == "__main__":
    try:
        print(install())
    except EditorFilesError as error:
        sys.exit(str(error))
