"""Fifty researchers at once: how long an interaction takes in sessions of the real app over real WebSockets.

    python -m benchmarks.sessions [--sessions 50] [--seconds 60]

Each session opens the app, then goes on as a reader does: a question, a document, an organization, with a pause of 5 s
in the mean (exponential) after each. No question is asked twice in the same way, so that no search is answered from
what was kept; but each is asked of everything, of measures and of norms, as readers narrow theirs, and its vector is
kept. Documents and organizations come again. An interaction lasts from the message that the browser sends to
the one that says the page is drawn. The same is done over an app that does not freeze what it has loaded. Writes
benchmarks/sessions.md.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import cycle
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from benchmarks.end_to_end import commit
from embeddings.knowledge_base import KnowledgeBase
from kg.questions import run_question
from kg.settings import PROJECT_ROOT, Settings
from tests.browser.servers import SERVE, running_app
from web.links import document_key

REPORT = PROJECT_ROOT / "benchmarks" / "sessions.md"
QUESTIONS = PROJECT_ROOT / "benchmarks" / "questions.jsonl"
ORGANIZATIONS = PROJECT_ROOT / "benchmarks" / "organizations.jsonl"
NARROWED: tuple[tuple[tuple[str, str], ...], ...] = ((), (("kind", "measure"),), (("kind", "norm"),))
"""A question is asked of everything, of measures alone and of norms alone."""
THINKING_SECONDS = 5.0
LONGEST_SECONDS = 60.0
SHARES = {"search": 70, "document": 15, "organizations": 15}
"""Of a hundred interactions, how many are on which page."""
UNFROZEN = ("-c", "import gc; gc.freeze = lambda: None; from web.server import serve; serve('127.0.0.1', {port})")
"""The same server in a process where nothing is frozen."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A page with the parameters of its address."""

    page: str
    parameters: tuple[tuple[str, str], ...] = ()


@dataclass
class Timed:
    """Seconds of the interactions by page, and how many failed."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    failures: Counter[str] = field(default_factory=Counter)

    def all(self) -> list[float]:
        return [each for page in self.seconds.values() for each in page]


def questions() -> list[str]:
    """The questions of the search benchmark."""
    return [json.loads(line)["question"] for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]


def visits() -> dict[str, Iterator[Visit]]:
    """What is looked at on each page of ``SHARES``, in the default corpus: all once, in a random order, then again."""
    store = KnowledgeBase.open(Settings.from_environment(os.environ)).store
    organizations = [json.loads(line) for line in ORGANIZATIONS.read_text(encoding="utf-8").splitlines()]
    looked_at = {
        "search": [Visit("", (("q", question), *narrowed)) for question in questions() for narrowed in NARROWED],
        "document": [
            Visit("document", (("document", document_key(str(row["iri"]))),))
            for row in run_question(store, "documents")
        ],
        "organizations": [Visit("organizations", (("name", row["name"]),)) for row in organizations if row.get("name")],
    }
    for each in looked_at.values():
        random.Random(0).shuffle(each)
    return {page: cycle(each) for page, each in looked_at.items()}


async def interact(socket: ClientConnection, visit: Visit) -> float:
    """Ask for a page and wait until it is drawn, in seconds. Raises ``RuntimeError`` where it shows an exception."""
    message = BackMsg()
    message.rerun_script.page_name = visit.page
    message.rerun_script.query_string = urlencode(visit.parameters)
    begin = time.perf_counter()
    await socket.send(message.SerializeToString())
    while True:
        answer = ForwardMsg()
        answer.ParseFromString(bytes(await asyncio.wait_for(socket.recv(decode=False), LONGEST_SECONDS)))
        if answer.delta.new_element.HasField("exception"):
            raise RuntimeError(answer.delta.new_element.exception.message)
        if answer.WhichOneof("type") == "script_finished":
            if answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                return time.perf_counter() - begin
            raise RuntimeError(ForwardMsg.ScriptFinishedStatus.Name(answer.script_finished))


async def session(
    address: str, number: int, seconds: float, looked_at: dict[str, Iterator[Visit]], timed: Timed
) -> None:
    """One reader, who starts at a time of their own within the first pause."""
    choose = random.Random(number)
    pages, weights = list(SHARES), list(SHARES.values())
    await asyncio.sleep(choose.random() * THINKING_SECONDS)
    begin = time.monotonic()
    stream = f"ws{address.removeprefix('http')}/_stcore/stream"
    async with connect(stream, subprotocols=[Subprotocol("streamlit")], max_size=None) as socket:
        await interact(socket, Visit(""))
        while time.monotonic() < begin + seconds:
            await asyncio.sleep(choose.expovariate(1 / THINKING_SECONDS))
            page = choose.choices(pages, weights)[0]
            try:
                taken = await interact(socket, next(looked_at[page]))
            except (RuntimeError, TimeoutError) as error:
                timed.failures[f"{page}: {error}"] += 1
            else:
                timed.seconds.setdefault(page, []).append(taken)


async def measure(address: str, sessions: int, seconds: float, looked_at: dict[str, Iterator[Visit]]) -> Timed:
    """All sessions at once, after each page was asked for once."""
    timed = Timed()
    await session(address, sessions, 3 * THINKING_SECONDS, looked_at, Timed())
    await asyncio.gather(*(session(address, number, seconds, looked_at, timed) for number in range(sessions)))
    return timed


def p95(values: Sequence[float]) -> float:
    """The 95th percentile of at least two values."""
    return quantiles(values, n=20, method="inclusive")[-1]


def rows(label: str, timed: Timed, baseline: Timed) -> list[str]:
    """Lines of the report's table; ratios are to ``baseline``."""
    lines = []
    for page, values in {"all": timed.all(), **timed.seconds}.items():
        others = baseline.all() if page == "all" else baseline.seconds.get(page, [])
        ratio = f"{p95(values) / p95(others):.2f}" if len(others) > 1 else "–"
        lines.append(
            f"| {label} | {page} | {len(values)} | {1000 * median(values):.0f} | {1000 * p95(values):.0f} | {ratio} |"
        )
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    options = parser.parse_args()
    home = {"KECE_HOME": str(Settings.from_environment(os.environ).home)}
    results = {}
    for label, command in {"as it is": SERVE, "without gc.freeze": UNFROZEN}.items():
        with (
            tempfile.TemporaryDirectory() as folder,
            running_app(home, Path(folder) / "app.log", command=command) as address,
        ):
            results[label] = asyncio.run(measure(address, options.sessions, options.seconds, visits()))
    frozen = results["as it is"]
    REPORT.write_text(report(options.sessions, options.seconds, results, frozen), encoding="utf-8")
    print(REPORT.read_text(encoding="utf-8"))


def report(sessions: int, seconds: float, results: dict[str, Timed], frozen: Timed) -> str:
    """The page of figures."""
    failures = [
        f"{label}: {count} × {what}" for label, timed in results.items() for what, count in timed.failures.items()
    ]
    return "\n".join(
        [
            "# Sessions at once",
            "",
            f"{date.today()}, commit {commit()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; clients on the "
            f"same machine. Command: `python -m benchmarks.sessions --sessions {sessions} --seconds {seconds:g}`.",
            "",
            f"{sessions} sessions over WebSockets, {THINKING_SECONDS:g} s of thinking in the mean; an interaction "
            "lasts until the page is drawn. "
            + ", ".join(f"{share} % {page}" for page, share in SHARES.items())
            + "; default corpus. No search is asked twice; each question is asked of everything, of measures and of "
            "norms.",
            "",
            "| app | page | interactions | p50 ms | p95 ms | p95 / as it is |",
            "| --- | --- | --- | --- | --- | --- |",
            *(line for label, timed in results.items() for line in rows(label, timed, frozen)),
            "",
            *(failures or ["No interaction failed."]),
            "",
        ]
    )


if __name__ == "__main__":
    main()
