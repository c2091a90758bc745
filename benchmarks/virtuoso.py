"""A Virtuoso 7 of one's own for a comparison: a fresh database in a folder, on loopback only, ended with the block.

Debian has it: apt-get install --no-install-recommends virtuoso-opensource-7-bin virtuoso-opensource-7-common
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PROGRAM, CONSOLE = "virtuoso-t", "isql-vt"
STARTING_SECONDS = 120
BUFFERS = 170_000
"""Pages of 8 KB that it may keep in memory, as its manual advises for 2 GB."""

_SETTINGS = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200

[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx

[Parameters]
ServerPort = 127.0.0.1:{console_port}
DirsAllowed = {folder}
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
ResultSetMaxRows = 10000000

[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerThreads = 8

[SPARQL]
ResultSetMaxRows = 10000000
MaxQueryCostEstimationTime = 0
MaxQueryExecutionTime = {seconds}
"""


@contextmanager
def running_virtuoso(folder: Path, quads: Path, query_seconds: int) -> Iterator[str]:
    """The address of its SPARQL endpoint, with the N-Quads in the file ``quads`` loaded; ``folder`` is empty."""
    port, console_port = _free_port(), _free_port()
    settings = folder / "virtuoso.ini"
    settings.write_text(
        _SETTINGS.format(
            folder=folder,
            port=port,
            console_port=console_port,
            buffers=BUFFERS,
            dirty=BUFFERS * 3 // 4,
            seconds=query_seconds,
        )
    )
    (folder / "load").mkdir()
    os.link(quads, folder / "load" / "all.nq")
    server = subprocess.Popen(
        [PROGRAM, "+foreground", "+configfile", str(settings)], cwd=folder, stderr=subprocess.DEVNULL
    )
    try:
        _wait(port, server)
        for command in (f"ld_dir('{folder}/load', 'all.nq', 'urn:default')", "rdf_loader_run()", "checkpoint"):
            console = [CONSOLE, f"127.0.0.1:{console_port}", "dba", "dba", f"exec={command};"]
            subprocess.run(console, check=True, capture_output=True)
        yield f"http://127.0.0.1:{port}/sparql"
    finally:
        server.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            server.wait(timeout=60)
        server.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.2)
    raise RuntimeError("Virtuoso did not start")
