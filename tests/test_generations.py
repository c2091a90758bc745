import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.generations import current_generation, new_generation, share_files
from kg.settings import PROJECT_ROOT


def put(folder: Path, content: str) -> None:
    with new_generation(folder) as building:
        (building / "content").write_text(content)


def content(folder: Path) -> str:
    return (current_generation(folder) / "content").read_text()


def test_nothing_built_yet_says_how_to_build(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"cli\.py build"):
        current_generation(tmp_path)


def test_new_generation_replaces_the_old_and_keeps_one_before(tmp_path: Path) -> None:
    for number in range(4):
        put(tmp_path, f"build {number}")
        assert content(tmp_path) == f"build {number}"
    assert len(list(tmp_path.glob("generation-*"))) == 2


def test_reader_of_the_old_generation_keeps_reading_it(tmp_path: Path) -> None:
    put(tmp_path, "old")
    opened = current_generation(tmp_path)
    put(tmp_path, "new")
    assert (opened / "content").read_text() == "old"


def test_failed_build_leaves_the_old_one_and_no_remains(tmp_path: Path) -> None:
    put(tmp_path, "old")
    with pytest.raises(RuntimeError), new_generation(tmp_path) as building:
        (building / "content").write_text("half")
        raise RuntimeError
    assert content(tmp_path) == "old"
    assert not list(tmp_path.glob("building-*"))


def test_killed_build_leaves_the_old_one_and_the_next_succeeds(tmp_path: Path) -> None:
    put(tmp_path, "old")
    script = (
        "import sys, time; from pathlib import Path; from kg.generations import new_generation\n"
        "with new_generation(Path(sys.argv[1])) as building:\n"
        "    (building / 'content').write_text('half'); print('building', flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], cwd=PROJECT_ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "building\n"
        with pytest.raises(StoreError, match="另一个建库进程"):
            put(tmp_path, "second")
        os.kill(process.pid, signal.SIGKILL)
    assert content(tmp_path) == "old"
    put(tmp_path, "new")
    assert content(tmp_path) == "new"
    assert not list(tmp_path.glob("building-*"))


def test_shared_files_are_the_same_until_they_are_replaced(tmp_path: Path) -> None:
    (tmp_path / "old" / "part").mkdir(parents=True)
    (tmp_path / "old" / "part" / "content").write_text("old")
    share_files(tmp_path / "old", tmp_path / "new")
    copy = tmp_path / "new" / "part" / "content"
    assert copy.samefile(tmp_path / "old" / "part" / "content")
    (tmp_path / "new" / "replacement").write_text("new")
    (tmp_path / "new" / "replacement").replace(copy)
    assert (tmp_path / "old" / "part" / "content").read_text() == "old"
