"""The process that answers SPARQL queries one by one: ``python -m kg.query_worker DESCRIPTOR``.

Started and, where a query takes too long, killed by :mod:`kg.query_pool`, to which the descriptor of a socket leads.
What is said over it are JSON objects and, after an answer's object, the bytes of the result; nothing that a query could
bring about here is run there.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode

from kg.errors import KeceError, QueryStoppedError
from kg.export import result_kind, serialize_result
from kg.sparql import Term
from kg.store import Dataset, GraphStore

MEGABYTE = 1_000_000
MARGIN_SECONDS = 1.0  # after which a worker ends by itself, should whoever started it be gone
NICENESS = 2  # the pages and the search come first
WORN_SHARE = 0.25  # of a query's memory: who keeps more after an answer is replaced


@dataclass(frozen=True, slots=True)
class WorkerSetup:
    """What a worker opens, and its limits (:class:`kg.settings.QueryLimits`).

    ``functions``: IRI → "module:name" of what gives the function for ``folder``; imported when it is first called.
    """

    folder: str
    store: str
    functions: dict[str, str]
    seconds: float
    memory_megabytes: int
    result_megabytes: int


def main(descriptor: int) -> None:
    """Answer until whoever asks is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asks
    connection = Connection(descriptor)
    try:
        setup = WorkerSetup(**json.loads(connection.recv_bytes()))
        answerer = _Answerer(setup)
        connection.send_bytes(answerer.opened())
        while not answerer.worn:
            request = json.loads(connection.recv_bytes())
            # The kernel ends the process when this runs out: no handler, so it needs nothing of the process.
            signal.setitimer(signal.ITIMER_REAL, setup.seconds + MARGIN_SECONDS)
            header, content = answerer.answer(request)
            connection.send_bytes(json.dumps(header).encode())
            connection.send_bytes(content)
            signal.setitimer(signal.ITIMER_REAL, 0)
    except (EOFError, ConnectionError):
        return


class _Answerer:
    """A store and functions, opened with a limit to what memory a query may take beside them."""

    def __init__(self, setup: WorkerSetup) -> None:
        os.nice(NICENESS)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        self._setup = setup
        folder = Path(setup.folder)
        self._functions = {NamedNode(iri): _extension_function(path, folder) for iri, path in setup.functions.items()}
        self._store: GraphStore | None = None
        self._data_at_start = 0
        self.worn = False

    def opened(self) -> bytes:
        """Open the store; what is wrong with it, as the header of an answer."""
        try:
            self._store = GraphStore.open(Path(self._setup.folder) / self._setup.store)
        except KeceError as error:
            return json.dumps(_error_header(error)).encode()
        self._store.query("ASK {}")  # what is made when first needed is no query's memory
        self._data_at_start = _data_bytes()
        limit = self._data_at_start + self._setup.memory_megabytes * MEGABYTE
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
        return b"{}"

    def answer(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Header and content of the answer."""
        try:
            header, content = self._answer(request)
        except KeceError as error:
            header, content = _error_header(error), b""
        except MemoryError:
            message = memory_message(self._setup.memory_megabytes)
            header, content = _error_header(QueryStoppedError(message)), b""
        self.worn = _data_bytes() - self._data_at_start > WORN_SHARE * self._setup.memory_megabytes * MEGABYTE
        return header | {"last": self.worn}, content

    def _answer(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        assert self._store is not None
        graphs = request["dataset"]
        dataset = None if graphs is None else Dataset(tuple(graphs["default"]), tuple(graphs["named"]))
        result = self._store.query(request["sparql"], dataset, self._functions)
        format_name = request["formats"][result_kind(result).name]
        content = serialize_result(result, format_name, self._setup.result_megabytes * MEGABYTE)
        return {"format": format_name, "kind": result_kind(result).name}, content


def _extension_function(path: str, folder: Path) -> Callable[..., Term | None]:
    @cache
    def function() -> Callable[..., Term | None]:
        module, _, name = path.partition(":")
        found: Callable[..., Term | None] = getattr(importlib.import_module(module), name)(folder)
        return found

    def call(*terms: Term) -> Term | None:
        return function()(*terms)

    return call


def _error_header(error: KeceError) -> dict[str, Any]:
    return {"error": type(error).__name__, "message": str(error)}


def memory_message(megabytes: int) -> str:
    """What is said of a query that took more memory."""
    return f"查询占用的内存超过 {megabytes} MB，已停止。请加上 LIMIT，缩小条件，或拆成几条查询。"


def _data_bytes() -> int:
    """Writable private memory of this process, which RLIMIT_DATA limits: VmData of proc(5)."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmData:"):
            return int(line.split()[1]) * 1024
    raise RuntimeError("/proc/self/status has no VmData")


if __name__ == "__main__":
    main(int(sys.argv[1]))
