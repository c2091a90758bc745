"""How long page 图谱 takes: the answer of the server, and frames while its largest drawing is moved.

    python -m benchmarks.graph [--store FOLDER] [--frames ADDRESS]

Answers are those behind the page: neighbours (the most frequent things of each kind as starts), the statements behind
the line with most of them, and the shortest path between two actors; each is the fastest of three. ``--store`` times
another graph than the default one. ``--frames`` opens the page of an app at this address in Chromium, with eight
things opened and 300 drawn, drags and zooms it, and prints the times between frames.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from kg.edge_evidence import edge_evidence
from kg.graph_paths import shortest_paths
from kg.neighbourhood import EVERYTHING, MAX_THINGS, edges_of, neighbourhood
from kg.settings import Settings
from kg.store import GraphStore
from tests.browser.servers import launch_chromium

PROPERTIES = {
    "actor": "kp:agent|kp:bearer|kp:target|kp:namesActor",
    "document": "kp:inDocument",
    "programme": "kp:programme",
    "topic": "kp:topic",
}
STARTS = 10
"""Most frequent things of each kind."""
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
    rows = store.select(
        f"SELECT ?thing (COUNT(*) AS ?number) {{ ?statement {path} ?thing }} GROUP BY ?thing ORDER BY DESC(?number)"
        f" LIMIT {STARTS}"
    )
    return [str(row["thing"]) for row in rows]


def time_answers(store: GraphStore) -> None:
    actors: list[str] = []
    for kind, path in PROPERTIES.items():
        starts = frequent(store, path)
        actors = actors or starts
        times = [fastest(lambda start=start: neighbourhood(store, [start])) for start in starts]  # type: ignore[misc]
        print(f"neighbours of one {kind}: median {statistics.median(times):.0f} ms, slowest {max(times):.0f} ms")
    edge = edges_of(store, actors[:1])[0]
    took = fastest(lambda: edge_evidence(store, edge, EVERYTHING))
    print(f"statements behind a line ({edge.number}): {took:.0f} ms")
    for first, second in (actors[:2], actors[-2:]):
        took = fastest(lambda first=first, second=second: shortest_paths(store, first, second, seconds=600))  # type: ignore[misc]
        print(f"path between two actors: {took:.0f} ms")


def record_frames(page: Page, address: str, starts: list[str]) -> None:
    opened = "".join(f"&open={'/'.join(start.rsplit('/', 2)[1:])}" for start in starts[1:])
    page.goto(f"{address}/graph?start={'/'.join(starts[0].rsplit('/', 2)[1:])}{opened}&limit={MAX_THINGS // 4}")
    chart = page.get_by_test_id("stEChartsChart")
    chart.locator("canvas").first.wait_for()
    page.wait_for_timeout(3000)
    box = chart.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] - 12
    for name in ("drag", "zoom"):
        page.mouse.move(x, y)
        page.evaluate(_RECORD)
        if name == "drag":
            page.mouse.down()
        for step in range(90):
            if name == "drag":
                page.mouse.move(x + 5 * (step % 30), y - 6 * (step % 20))
            else:
                page.mouse.wheel(0, 60 if step % 2 else -60)
            page.wait_for_timeout(16)
        page.mouse.up()
        times = sorted(page.evaluate("window.recorded()"))
        slow = times[int(0.95 * len(times))]
        print(f"{name}: {len(times)} frames, median {statistics.median(times):.1f} ms, 95% within {slow:.1f} ms")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--store", type=Path, default=Settings.from_environment().knowledge_base / "current" / "store")
    parser.add_argument("--frames", metavar="ADDRESS")
    arguments = parser.parse_args()
    store = GraphStore.open(arguments.store)
    time_answers(store)
    if arguments.frames:
        with sync_playwright() as playwright:
            browser = launch_chromium(playwright)
            page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="zh-CN")
            record_frames(page, arguments.frames, frequent(store, PROPERTIES["actor"])[:8])
            browser.close()


if __name__ == "__main__":
    main()
