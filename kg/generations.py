"""Generations of a knowledge base: built aside, put in place by one atomic rename, the old one kept until then.

    knowledge-base/
        current -> generation-3f2a…/      a symbolic link, replaced atomically (rename(2), POSIX.1-2017)
        generation-3f2a…/                 a complete build
        building-…/                       a build under way, or what a killed one left

An update begins with what the current generation holds: files that are never changed are shared by hard links.

A reader resolves ``current`` once and keeps reading that folder. The generation before the current one is kept, so
that readers who opened it may finish; older ones and remains of killed builds are removed by the next build.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StoreError

CURRENT = "current"
_BUILDING = "building-"
_GENERATION = "generation-"


def current_generation(folder: Path) -> Path:
    """Folder of the complete build that is in place.

    Raises:
        StoreError: nothing has been built in ``folder`` yet.
    """
    link = folder / CURRENT
    if not link.exists():
        raise StoreError(f"“{folder}”里还没有知识库。请先运行 python cli.py build（或 make run）建库。")
    return link.resolve()


@contextmanager
def new_generation(folder: Path) -> Iterator[Path]:
    """An empty folder to build in; put in place as current when the block ends without an exception.

    Raises:
        StoreError: another build is under way in ``folder``, or it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "build.lock").open("w")
    except OSError as error:
        raise StoreError(f"不能写入“{folder}”：{error.strerror}。请检查权限，或用 --out 另选文件夹。") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StoreError(f"“{folder}”正在被另一个建库进程使用。请等它结束再试。") from error
        for remains in folder.glob(_BUILDING + "*"):
            shutil.rmtree(remains)
        building = folder / f"{_BUILDING}{uuid.uuid4().hex[:12]}"
        building.mkdir()
        try:
            yield building
        except BaseException:
            shutil.rmtree(building, ignore_errors=True)
            raise
        _put_in_place(folder, building)


def share_files(source: Path, target: Path) -> None:
    """Make ``target`` a copy of the folder ``source`` that shares its files (hard links).

    What is changed in ``target`` must be replaced, never written over.

    Raises:
        StoreError: the file system has no hard links, or ``target`` cannot be written.
    """
    try:
        shutil.copytree(source, target, copy_function=os.link)
    except OSError as error:  # shutil.Error, which names each file, is one
        raise StoreError(
            f"不能把“{source}”的文件链接到“{target}”。请检查权限和文件系统（须支持硬链接），"
            "或重新建库：python cli.py build"
        ) from error


def _put_in_place(folder: Path, building: Path) -> None:
    generation = building.rename(folder / building.name.replace(_BUILDING, _GENERATION))
    previous = (folder / CURRENT).resolve() if (folder / CURRENT).exists() else None
    link = folder / f"{CURRENT}.new"
    link.unlink(missing_ok=True)
    link.symlink_to(generation.name, target_is_directory=True)
    link.replace(folder / CURRENT)
    for old in folder.glob(_GENERATION + "*"):
        if old.resolve() not in (generation.resolve(), previous):
            shutil.rmtree(old, ignore_errors=True)
