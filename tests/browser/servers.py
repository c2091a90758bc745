"""Starting what the browser tests drive: a server and Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Playwright

from kg.settings import PROJECT_ROOT

STARTING_SECONDS = 120
SERVE = ("cli.py", "serve", "--port", "{port}")
"""What Python is told to run the app, as ``make run`` does."""
CHROMIUM_FLAGS = ["--no-sandbox", "--disable-background-networking", "--no-first-run"]


@contextmanager
def running_app(
    environment: dict[str, str], log: Path, health_path: str = "/healthz", command: Sequence[str] = SERVE
) -> Iterator[str]:
    """The address of the app, once ``health_path`` answers 200; ended with the block.

    ``command``: what Python is told to run in the project's folder, with ``{port}`` where the port belongs.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, *(part.format(port=port) for part in command)],
            cwd=PROJECT_ROOT,
            env={**os.environ, "KECE_KNOWLEDGE_BASE": "", **environment},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_until_healthy(f"http://127.0.0.1:{port}{health_path}", process, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_until_healthy(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=STARTING_SECONDS):
                return
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{address} answered {error.code}: {error.read().decode()}") from error
        except OSError:
            time.sleep(0.2)  # not listening yet
    raise RuntimeError(f"{address} did not answer:\n{log.read_text(encoding='utf-8')}")


def launch_chromium(playwright: Playwright) -> Browser:
    """The Chromium or Chrome that is installed."""
    names = ("chromium", "chromium-browser", "google-chrome")
    executable = next((path for name in names if (path := shutil.which(name))), None)
    if executable is None:
        raise RuntimeError("no Chromium found: run tests/browser/install")
    return playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
