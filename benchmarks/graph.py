"""How long page 图谱 takes: the answer of the server, and frames while its largest drawing is moved.

    python -m benchmarks.graph [--store FOLDER]

Answers are those behind the page: neighbours (the most frequent things of each kind as starts), the statements behind
the line with most of them, and the shortest path between two actors; each is the fastest of three. For the frames the
page is opened in Chromium with eight things opened and 300 drawn, then dragged and zoomed; the baseline are the frames
of the same page at rest. ``--store`` times the answers of another graph than the default one, without frames. Writes
benchmarks/graph.md.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.end_to_end import commit
from kg.edge_evidence import edge_evidence
from kg.graph_paths import shortest_paths
from kg.neighbourhood import EVERYTHING, MAX_THINGS, edges_of, neighbourhood
from kg.settings import PROJECT_ROOT, Settings
from kg.store import GraphStore
from tests.browser.servers import launch_chromium, running_app

PROPERTIES = {
    "actor": "kp:agent|kp:bearer|kp:target|kp:namesActor",
    "document": "kp:inDocument",
    "programme": "kp:programme",
    "topic": "kp:topic",
}
STARTS = 10
"""Most frequent things of each kind."""
OPENED = 8
STEPS = 90
FRAME_MILLISECONDS = 16
SETTLING_MILLISECONDS = 3000
REPORT = PROJECT_ROOT / "benchmarks" / "graph.md"
_RECORD = """() => { const times = []; let last = performance.now(); let on = true
  const tick = (now) => { times.push(now - last); last = now; if (on) requestAnimationFrame(tick) }
  requestAnimationFrame(tick); window.recorded = () => { on = false; return times } }"""


def fastest(answer: Callable[[], object]) -> float:
    """Milliseconds of the fastest of three."""
    times = []
    for _ in range(3):
        began = time.perf_counter()
        answer()
        times.append(1000 * (time.perf_counter() - began))
    return min(times)


def frequent(store: GraphStore, path: str) -> list[str]:
    """IRIs of the things with most statements that lead to them by ``path``."""
    rows = store.select(
        f"SELECT ?thing (COUNT(*) AS ?number) {{ ?statement {path} ?thing }} GROUP BY ?thing ORDER BY DESC(?number)"
        f" LIMIT {STARTS}"
    )
    return [str(row["thing"]) for row in rows]


def time_answers(store: GraphStore) -> Iterator[str]:
    """Rows of the report: what is asked, median and slowest in milliseconds."""
    actors: list[str] = []
    for kind, path in PROPERTIES.items():
        starts = frequent(store, path)
        actors = actors or starts
        times = [fastest(partial(neighbourhood, store, [start])) for start in starts]
        yield f"| neighbours of one {kind} ({len(times)}) | {statistics.median(times):.0f} | {max(times):.0f} |"
    edge = edges_of(store, actors[:1])[0]
    took = fastest(partial(edge_evidence, store, edge, EVERYTHING))
    yield f"| {edge.number} statements behind a line | {took:.0f} | {took:.0f} |"
    times = [
        fastest(partial(shortest_paths, store, start, end, seconds=600)) for start, end in (actors[:2], actors[-2:])
    ]
    yield f"| path between two actors ({len(times)}) | {statistics.median(times):.0f} | {max(times):.0f} |"


def open_largest(page: Page, address: str, starts: list[str]) -> tuple[float, float]:
    """Open the page with these things; where on its drawing nothing is."""
    first, *others = ("/".join(start.rsplit("/", 2)[1:]) for start in starts)
    opened = "".join(f"&open={other}" for other in others)
    page.goto(f"{address}/graph?start={first}{opened}&limit={MAX_THINGS // 4}")
    chart = page.get_by_test_id("stEChartsChart")
    chart.locator("canvas").first.wait_for()
    page.wait_for_timeout(SETTLING_MILLISECONDS)
    box = chart.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] - 12


def frames(page: Page, x: float, y: float, what: str) -> str:
    """A row of the report: times between frames while ``what`` is done at a place of the drawing."""
    page.mouse.move(x, y)
    page.evaluate(_RECORD)
    if what == "dragged":
        page.mouse.down()
    for step in range(STEPS):
        if what == "dragged":
            page.mouse.move(x + 5 * (step % 30), y - 6 * (step % 20))
        elif what == "zoomed":
            page.mouse.wheel(0, 60 if step % 2 else -60)
        page.wait_for_timeout(FRAME_MILLISECONDS)
    page.mouse.up()
    times = sorted(page.evaluate("window.recorded()"))
    return f"| {what} | {statistics.median(times):.1f} | {times[int(0.95 * len(times))]:.1f} |"


def record_frames(starts: list[str]) -> list[str]:
    """Rows of the report for a drawing round these things."""
    home = {"KECE_HOME": str(Settings.from_environment(os.environ).home)}
    log = Path(tempfile.gettempdir()) / "kece-graph.log"
    with running_app(home, log) as address, sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="zh-CN")
        x, y = open_largest(page, address, starts)
        rows = [frames(page, x, y, what) for what in ("at rest", "dragged", "zoomed")]
        browser.close()
    return rows


def report(store: GraphStore, options: str, with_frames: bool) -> str:
    """The figures as Markdown."""
    lines = [
        "# Page 图谱",
        "",
        f"{date.today()}, commit {commit()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}. Command: "
        f"`python -m benchmarks.graph{options}`.",
        "",
        "| answer | median ms | slowest ms |",
        "| --- | --- | --- |",
        *time_answers(store),
    ]
    if with_frames:
        drawn = f"{MAX_THINGS} things drawn"
        rows = record_frames(frequent(store, PROPERTIES["actor"])[:OPENED])
        lines += ["", f"| {drawn} | median frame ms | 95 % of frames within ms |", "| --- | --- | --- |", *rows]
    return "\n".join([*lines, ""])


def main() -> None:
    """Measure and write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path)
    chosen = parser.parse_args().store
    folder = chosen or Settings.from_environment(os.environ).knowledge_base / "current" / "store"
    text = report(GraphStore.open(folder), " --store FOLDER" if chosen else "", with_frames=chosen is None)
    REPORT.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
