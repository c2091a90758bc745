"""Hostile queries: refused or stopped, and others are answered meanwhile."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import psutil
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Store

from embeddings.knowledge_base import STORE, KnowledgeBase
from embeddings.sparql import query_pool
from kg.errors import BusyError, QueryError, QueryStoppedError, StoreError, TooLargeError
from kg.export import READABLE_FORMATS
from kg.namespaces import PREFIXES
from kg.query_pool import Query
from kg.query_queue import QueryQueue
from kg.settings import PROJECT_ROOT, QueryLimits
from kg.sparql import check_query
from kg.store import build_store
from tests.hostile_queries import OUTSIDE, REFUSED, STOPPED
from tests.sparql_service import NAME, chain, graph_knowledge_base, graphs_of_names, served_on_a_port

Workers = Callable[[], list[psutil.Process]]
LIMITS = QueryLimits(seconds=2, memory_megabytes=200, result_megabytes=1, at_once=3, waiting=60)
LOOKUP = f"SELECT ?name {{ <http://nodes.example/7> <{NAME}> ?name }}"
ENDLESS = STOPPED["product counted"]
COUNTED_AT_ONCE = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture(scope="module")
def knowledge_base(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    return graph_knowledge_base(tmp_path_factory.mktemp("limits"), chain(2000))


@contextmanager
def listener() -> Iterator[tuple[str, list[object]]]:
    """The address of a server, and what has connected to it."""
    called: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept() -> None:
            while True:
                try:
                    connection, caller = server.accept()
                except OSError:
                    return
                called.append(caller)
                connection.close()

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/", called
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


def workers_of_all() -> list[psutil.Process]:
    children = psutil.Process().children()
    return [child for child in children if child.is_running() and "kg.query_worker" in " ".join(child.cmdline())]


@pytest.fixture
def workers() -> Workers:
    """Asks for the workers that the test has started; those of pages tested before may still wait."""
    before = {worker.pid for worker in workers_of_all()}
    return lambda: [worker for worker in workers_of_all() if worker.pid not in before]


def test_hostile_queries_end_and_others_are_answered(knowledge_base: KnowledgeBase, workers: Workers) -> None:
    assert len(STOPPED) + len(REFUSED) >= 30
    statuses: dict[str, int] = {}
    texts: dict[str, str] = {}
    with served_on_a_port(knowledge_base, LIMITS) as address, listener() as (outside, called):

        def ask(name: str, query: str) -> None:
            headers = {"content-type": "application/sparql-query"}
            content = query.replace(OUTSIDE, outside).encode()
            answer = httpx.post(f"{address}/sparql", content=content, headers=headers, timeout=60)
            statuses[name], texts[name] = answer.status_code, answer.text

        second = httpx.Client(transport=httpx.HTTPTransport(local_address="127.0.0.2"), timeout=60)
        with ThreadPoolExecutor(4) as first, second:
            asked = [first.submit(ask, *item) for item in {**STOPPED, **REFUSED}.items()]
            lookups = []
            while not all(task.done() for task in asked):
                lookups.append(second.get(f"{address}/sparql", params={"query": LOOKUP}))
                time.sleep(0.05)
            for task in asked:
                task.result()
    assert {name: status for name, status in statuses.items() if name in STOPPED and status not in (413, 503)} == {}
    # What asks outside is refused; what only takes long to read may be stopped while others compute.
    refused = {name: (400,) if OUTSIDE in query else (400, 413, 503) for name, query in REFUSED.items()}
    assert {name: statuses[name] for name, allowed in refused.items() if statuses[name] not in allowed} == {}
    assert [text for text in texts.values() if not text.endswith("。") or len(text) > 400] == []
    assert called == []
    assert lookups and {answer.status_code for answer in lookups} == {200}
    assert {answer.json()["results"]["bindings"][0]["name"]["value"] for answer in lookups} == {"第7个结点"}
    assert workers() == []  # the pool is closed


def test_a_stopped_worker_is_replaced(knowledge_base: KnowledgeBase, workers: Workers) -> None:
    pool = query_pool(QueryLimits(seconds=1, memory_megabytes=200, result_megabytes=1))
    query = Query(COUNTED_AT_ONCE, READABLE_FORMATS)
    before = pool.answer(knowledge_base.folder, query).content
    first = {worker.pid for worker in workers()}
    with pytest.raises(QueryStoppedError, match="用时超过 1 秒"):
        pool.answer(knowledge_base.folder, Query(ENDLESS, READABLE_FORMATS))
    assert pool.answer(knowledge_base.folder, query).content == before
    assert len({worker.pid for worker in workers()} - first) == 1
    pool.close()
    assert workers() == []


def test_a_cancelled_query_is_stopped_at_once_and_its_worker_replaced(
    knowledge_base: KnowledgeBase, workers: Workers
) -> None:
    pool = query_pool(QueryLimits(seconds=600))
    cancelled = threading.Event()
    with ThreadPoolExecutor() as clients:
        answer = clients.submit(
            pool.answer, knowledge_base.folder, Query(ENDLESS, READABLE_FORMATS), cancelled=cancelled
        )
        time.sleep(0.5)
        assert not answer.done()
        cancelled.set()
        with pytest.raises(QueryStoppedError, match="查询已取消"):
            answer.result(timeout=60)
    assert pool.answer(knowledge_base.folder, Query(COUNTED_AT_ONCE, READABLE_FORMATS)).content
    pool.close()
    assert workers() == []


@pytest.mark.parametrize(
    ("query", "error", "message"),
    [
        (STOPPED["string that doubles"], QueryStoppedError, "内存超过 300 MB"),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f }", TooLargeError, "超过 1 MB"),
        ("CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f }", TooLargeError, "超过 1 MB"),
        (REFUSED["deep brackets"], QueryError, "嵌套过深"),
        ("SELECT (<urn:f>(1) AS ?x) { }", QueryError, "没有的函数"),
    ],
)
def test_each_limit_says_what_was_exceeded(
    knowledge_base: KnowledgeBase, query: str, error: type[Exception], message: str
) -> None:
    pool = query_pool(QueryLimits(seconds=30, memory_megabytes=300, result_megabytes=1))
    with pytest.raises(error, match=message):
        pool.answer(knowledge_base.folder, Query(query, READABLE_FORMATS))
    pool.close()


def test_a_worker_that_somebody_ended_is_not_asked(knowledge_base: KnowledgeBase, workers: Workers) -> None:
    pool = query_pool(QueryLimits(seconds=30))
    query = Query(COUNTED_AT_ONCE, READABLE_FORMATS)
    before = pool.answer(knowledge_base.folder, query).content
    ended = workers()
    for worker in ended:
        worker.kill()
    psutil.wait_procs(ended)
    assert pool.answer(knowledge_base.folder, query).content == before
    pool.close()


def test_long_queries_make_room_for_the_next(knowledge_base: KnowledgeBase, workers: Workers) -> None:
    pool = query_pool(QueryLimits(seconds=20, at_once=2))
    endless, short = Query(ENDLESS, READABLE_FORMATS), Query(LOOKUP, READABLE_FORMATS)
    with ThreadPoolExecutor(2) as threads:
        running = [threads.submit(pool.answer, knowledge_base.folder, endless, "same") for _ in range(2)]
        while len(workers()) < 2:
            time.sleep(0.01)
        assert "第7个结点" in pool.answer(knowledge_base.folder, short, "same").content.decode()
        errors = []
        pool.close()
        for task in running:
            with pytest.raises((BusyError, QueryStoppedError)) as caught:
                task.result()
            errors.append(str(caught.value))
    assert workers() == []
    assert any("让给别的查询" in error for error in errors)


def test_a_full_queue_turns_away_and_says_when_to_come_again(knowledge_base: KnowledgeBase) -> None:
    limits = QueryLimits(seconds=3, at_once=1, waiting=2)
    with served_on_a_port(knowledge_base, limits) as address, ThreadPoolExecutor(6) as threads:

        def ask(_: int) -> httpx.Response:
            return httpx.get(f"{address}/sparql", params={"query": ENDLESS}, timeout=60)

        answers = list(threads.map(ask, range(6)))
    assert {answer.status_code for answer in answers} == {503}
    assert [answer for answer in answers if answer.headers.get("retry-after") == "5" and "排队" in answer.text]


def test_clients_take_turns() -> None:
    queue = QueryQueue(QueryLimits(seconds=30, at_once=1, waiting=10))
    order: list[str] = []
    entered = threading.Semaphore(0)

    def wait(client: str) -> None:
        entered.release()
        with queue.turn(client):
            order.append(client)

    with queue.turn("greedy"):
        threads = [threading.Thread(target=wait, args=(client,)) for client in ("greedy", "greedy", "modest")]
        for thread in threads:
            thread.start()
            entered.acquire()
            time.sleep(0.05)  # until it waits
    for thread in threads:
        thread.join()
    assert sorted(order) == ["greedy", "greedy", "modest"] and order[0] == "modest"


def test_workers_follow_a_new_generation(tmp_path: Path) -> None:
    pool = query_pool(QueryLimits(seconds=30))
    counts = []
    for name, quads in (("generation-1", graphs_of_names()), ("generation-2", chain(10))):
        build_store(quads, tmp_path / name / STORE)
        answer = pool.answer(tmp_path / name, Query(COUNTED_AT_ONCE, READABLE_FORMATS))
        counts.append([solution["n"].value for solution in answer.result()])  # type: ignore[union-attr,index]
    assert counts == [["4"], ["19"]]
    with pytest.raises(StoreError, match="没有图谱"):
        pool.answer(tmp_path / "generation-3", Query("ASK {}", READABLE_FORMATS))
    pool.close()


def test_no_worker_outlives_a_killed_server(knowledge_base: KnowledgeBase) -> None:
    code = (
        "import sys; from pathlib import Path; from embeddings.sparql import query_pool;"
        "from kg.export import READABLE_FORMATS; from kg.query_pool import Query; from kg.settings import QueryLimits;"
        "pool = query_pool(QueryLimits(seconds=5)); pool.prepare(Path(sys.argv[1])); print('started', flush=True);"
        "pool.answer(Path(sys.argv[1]), Query(sys.argv[2], READABLE_FORMATS))"
    )
    arguments = [sys.executable, "-c", code, str(knowledge_base.folder), ENDLESS]
    with subprocess.Popen(arguments, cwd=PROJECT_ROOT, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None and server.stdout.readline() == b"started\n"
        children: list[psutil.Process] = []
        while not any(child.cpu_times().user > 0.3 for child in children):  # until one is at work
            assert server.poll() is None
            children = psutil.Process(server.pid).children()
            time.sleep(0.1)
        os.kill(server.pid, signal.SIGKILL)
    gone, alive = psutil.wait_procs(children, timeout=30)
    assert len(gone) == 2 and alive == []


TRICKS = [
    "FILTER(1<2)",
    "OPTIONAL { ?s ?p ( '''x' ) }",
    "?s ?p '''\\'''''' .",
    "BIND('{' AS ?x)",
    "?s ?p <#> .",
    "?s ?p ?o .",
    "{ } UNION",
    "OPTIONAL",
    "MINUS",
    "GRAPH ?g",
    "LATERAL",
    "FILTER EXISTS",
    "FILTER(?x<?y&&?z>?y)",
    "VALUES ?x { 1 }",
    "SERVICE",
    "SILENT",
    "# {\r",
    "# }\n",
    "{",
    "}",
    "'''",
    '"',
    "\\",
    "#",
    "\r",
    "<",
    ">",
    "(",
    "\\u0053",
]
"""What may make a parser see a word where there is none, or none where there is one."""


def test_the_engine_itself_would_call() -> None:
    with listener() as (outside, called), suppress(OSError):
        Store().query(f"ASK {{ SERVICE <{outside}> {{ ?s ?p ?o }} }}")
    assert called


@settings(max_examples=500, deadline=None, derandomize=True, database=None)
@given(
    before=st.lists(st.sampled_from(TRICKS), max_size=4),
    between=st.sampled_from(["", " ", "#>\n", "# {\r", "\n", " SILENT", "#'''\n"]),
    after=st.lists(st.sampled_from(TRICKS), max_size=4),
)
def test_what_passes_the_check_calls_nobody(before: list[str], between: str, after: list[str]) -> None:
    with listener() as (outside, called):
        text = f"ASK {{ {' '.join(before)} SERVICE{between}<{outside}> {{ ?s ?p ?o }} {' '.join(after)} }}"
        try:
            check_query(text)
        except QueryError:
            return
        with suppress(OSError, SyntaxError, RuntimeError, ValueError):
            Store().query(text, prefixes=PREFIXES)
        assert called == []
