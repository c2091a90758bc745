"""SPARQL from outside, answered in processes that only read and can be killed (:mod:`kg.query_worker`).

The engine has no time limit and cannot be interrupted. So each query has a process; one that takes too long is killed
with it, and another takes its place.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from multiprocessing.connection import Pipe
from pathlib import Path
from typing import Any

from pyoxigraph import QueryBoolean, QuerySolutions, Triple

from kg import errors
from kg.errors import BusyError, KeceError, QueryError, QueryStoppedError, StoreError
from kg.export import ResultKind, read_result
from kg.query_queue import GRACE_SHARE, QueryQueue
from kg.query_worker import WorkerSetup, memory_message
from kg.settings import PROJECT_ROOT, QueryLimits
from kg.store import Dataset

LATE_NICENESS = 10  # of a query that has had its grace: short ones come first
CANCEL_SECONDS = 0.2  # until a cancelled query is stopped
START_SECONDS = 60.0  # a store of millions of quads opens in less than one


@dataclass(frozen=True, slots=True)
class Query:
    """A query from outside; ``formats`` gives for each kind of result its format, None where none is acceptable."""

    sparql: str
    formats: Mapping[ResultKind, str | None]
    dataset: Dataset | None = None

    def to_json(self) -> bytes:
        """What the worker reads."""
        graphs = self.dataset and {"default": self.dataset.default_graphs, "named": self.dataset.named_graphs}
        formats = {kind.name: name for kind, name in self.formats.items()}
        return json.dumps({"sparql": self.sparql, "formats": formats, "dataset": graphs}).encode()


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole result in the format of its kind, UTF-8."""

    kind: ResultKind
    format: str
    content: bytes

    def result(self) -> QuerySolutions | QueryBoolean | list[Triple]:
        """The result read back, where it was asked for in ``kg.export.READABLE_FORMATS``."""
        return read_result(self.content, self.kind)


class QueryPool:
    """Workers over the stores of knowledge bases; may be used by several threads at once, which wait for answers.

    ``store`` is the store's name in the folder of a knowledge base, ``functions`` as in
    :class:`kg.query_worker.WorkerSetup`.
    """

    def __init__(self, limits: QueryLimits, store: str, functions: Mapping[str, str]) -> None:
        self.limits = limits
        self._store = store
        self._functions = dict(functions)
        self._idle: list[_Worker] = []
        self._queue = QueryQueue(limits)
        self._lock = threading.Lock()
        atexit.register(self.close)

    def answer(
        self,
        folder: Path,
        query: Query,
        client: str = "",
        rewrite: Callable[[str], str] = lambda sparql: sparql,
        cancelled: threading.Event | None = None,
    ) -> Answer:
        """The answer of the knowledge base in ``folder``; its process is stopped once it is ``cancelled``.

        ``rewrite`` makes of the query's text what the worker is asked. It is called in this process once the query has
        its turn, so that one client's do not crowd out another's.

        Raises:
            InputError: what :meth:`kg.store.GraphStore.query` or :func:`kg.export.serialize_result` refuses.
            QueryStoppedError: the query took more time or memory than it may, or was cancelled.
            BusyError: too many queries are running and waiting, or this one had to make room.
            StoreError: the store cannot be opened.
        """
        with self._queue.turn(client) as run:
            rewritten = replace(query, sparql=rewrite(query.sparql))
            worker = self._take(folder)
            try:
                worker.wait_until_open()
                run.begin(worker.kill)
                answer = worker.answer(rewritten.to_json(), self.limits, run.until, cancelled or threading.Event())
            except BaseException as error:
                worker.kill()
                if not run.closed:
                    self.prepare(folder)
                if run.made_room:
                    raise BusyError(
                        "服务器正忙，这条查询用时较长，已停下，让给别的查询。请稍后再试，或缩小条件。"
                    ) from error
                raise
            self._put_back(worker)
        if isinstance(answer, KeceError):
            raise answer
        return answer

    def prepare(self, folder: Path) -> None:
        """Start a worker for ``folder`` where none waits for work."""
        with self._lock:
            if not any(worker.folder == folder for worker in self._idle):
                self._idle.append(self._start(folder))

    def close(self) -> None:
        """End all workers."""
        with self._lock:
            for worker in self._idle:
                worker.kill()
            self._idle.clear()
        self._queue.stop_all()

    def _take(self, folder: Path) -> _Worker:
        with self._lock:
            for worker in [worker for worker in self._idle if worker.folder != folder or worker.has_ended]:
                self._idle.remove(worker)
                worker.kill()
            worker = self._idle.pop() if self._idle else self._start(folder)
            if not self._idle:
                self._idle.append(self._start(folder))  # opens its store before the next query comes
            return worker

    def _put_back(self, worker: _Worker) -> None:
        if worker.is_worn:
            worker.kill()
            self.prepare(worker.folder)
        else:
            with self._lock:
                self._idle.append(worker)

    def _start(self, folder: Path) -> _Worker:
        limits = self.limits
        return _Worker(
            folder,
            WorkerSetup(
                folder=str(folder.resolve()),
                store=self._store,
                functions=self._functions,
                seconds=limits.seconds,
                memory_megabytes=limits.memory_megabytes,
                result_megabytes=limits.result_megabytes,
            ),
        )


class _Worker:
    """A process with a store open."""

    def __init__(self, folder: Path, setup: WorkerSetup) -> None:
        self.folder = folder
        self.is_worn = False
        self._is_open = False
        self._connection, theirs = Pipe()
        # A module of its own, not multiprocessing's spawn: that would import the program's main module again.
        self._process = subprocess.Popen(
            [sys.executable, "-m", "kg.query_worker", str(theirs.fileno())],
            cwd=PROJECT_ROOT,
            env=os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "RUST_BACKTRACE": "0"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
        )
        theirs.close()
        self._connection.send_bytes(json.dumps(asdict(setup)).encode())

    def wait_until_open(self) -> None:
        """Raises ``StoreError`` when the store cannot be opened."""
        if self._is_open:
            return
        try:
            header = json.loads(self._connection.recv_bytes()) if self._connection.poll(START_SECONDS) else None
        except (EOFError, OSError):
            header = None
        if header is None:
            raise StoreError("查询进程没有启动。请查看服务日志，并重新启动服务。")
        if "error" in header:
            raise _error(header)
        self._is_open = True

    def answer(
        self, request: bytes, limits: QueryLimits, until: float, cancelled: threading.Event
    ) -> Answer | KeceError:
        """The answer, or what is wrong with the query.

        Raises ``QueryError`` and ``QueryStoppedError`` when the process has ended, when the time ``until`` has come,
        and once it is ``cancelled``.
        """
        try:
            self._connection.send_bytes(request)
            if not self._answers(min(time.monotonic() + GRACE_SHARE * limits.seconds, until), cancelled):
                os.setpriority(os.PRIO_PROCESS, self._process.pid, LATE_NICENESS)
                self.is_worn = True  # nobody may raise its priority again
                if not self._answers(until, cancelled):
                    raise QueryStoppedError(
                        f"查询用时超过 {limits.seconds:g} 秒，已停止。请加上 LIMIT，缩小条件，或拆成几条查询。"
                    )
            header = json.loads(self._connection.recv_bytes())
            content = self._connection.recv_bytes()
        except (EOFError, OSError) as error:
            if self._process.wait() == -signal.SIGSEGV:  # the parser goes into brackets by calling itself
                raise QueryError("查询嵌套过深，无法解析。请减少括号和子查询的层数。") from error
            raise QueryStoppedError(memory_message(limits.memory_megabytes)) from error
        self.is_worn |= header["last"]
        return _error(header) if "error" in header else Answer(ResultKind[header["kind"]], header["format"], content)

    def _answers(self, until: float, cancelled: threading.Event) -> bool:
        """Whether there is an answer when the time comes; raises ``QueryStoppedError`` once it is ``cancelled``."""
        while not self._connection.poll(min(CANCEL_SECONDS, _left(until))):
            if cancelled.is_set():
                raise QueryStoppedError("查询已取消。")
            if not _left(until):
                return False
        return True

    @property
    def has_ended(self) -> bool:
        """Whether the process is gone, by its own doing or somebody else's."""
        return self._process.poll() is not None

    def kill(self) -> None:
        """End the process; may be called again, and from another thread than the one that waits for an answer."""
        self._process.kill()
        self._process.wait()


def _left(until: float) -> float:
    return max(until - time.monotonic(), 0.0)


def _error(header: Mapping[str, Any]) -> KeceError:
    error: KeceError = getattr(errors, header["error"])(header["message"])
    return error
