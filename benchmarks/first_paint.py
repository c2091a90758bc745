"""How soon a reader sees the first hit, and what the box suggests while a question is typed.

    python -m benchmarks.first_paint [--rounds N]

Over the built default corpus and a warm server, in Chromium: asks in an open page, and opens links to searches, each in
a session of its own, in a browser that was here before and in new ones. The baseline are links without a question: what
Streamlit takes to start in the browser. Asks ``/api/suggest`` for what stands in the box after each character. Writes
benchmarks/first_paint.md.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from datetime import date
from pathlib import Path
from statistics import median
from urllib.parse import quote

import httpx
from playwright.sync_api import BrowserContext, Page, sync_playwright

from benchmarks.end_to_end import commit
from benchmarks.reader import DRAWN, new_reader, seconds_for_a_stranger, seconds_to_open
from benchmarks.sessions import p95, questions
from kg.settings import PROJECT_ROOT, Settings
from tests.browser.servers import launch_chromium, running_app

REPORT = PROJECT_ROOT / "benchmarks" / "first_paint.md"
START, HIT = ".links a", ".card"
"""What is waited for."""
MOST_TYPED = 12
"""Characters of a question that are typed."""


def seconds_to_suggest(client: httpx.Client, question: str) -> list[float]:
    """Of the answer after each character."""
    taken = []
    for end in range(1, min(len(question), MOST_TYPED) + 1):
        begin = time.perf_counter()
        client.get("/api/suggest", params={"q": question[:end]}).raise_for_status()
        taken.append(time.perf_counter() - begin)
    return taken


def seconds_to_answer(page: Page, question: str) -> float:
    """From Enter in the box of an open page to hits that are painted and are others than before."""
    hits = page.locator(".cards")
    before = hits.text_content()
    box = page.get_by_label("问题", exact=True)
    box.fill(question)
    begin = time.perf_counter()
    box.press("Enter")
    hits.filter(has_not_text=before).wait_for()
    page.evaluate(DRAWN)
    return time.perf_counter() - begin


def answers_in_one_session(reader: BrowserContext, link: str, questions: list[str]) -> list[float]:
    """Seconds of each question, asked one after the other in a page opened by the link."""
    page = reader.new_page()
    page.goto(link)
    page.locator(HIT).first.wait_for()
    return [seconds_to_answer(page, question) for question in questions]


def measure(questions: list[str]) -> dict[str, list[float]]:
    """Seconds by what is waited for; the first of each, which warms the server, is left out."""
    home = {"KECE_HOME": str(Settings.from_environment(os.environ).home)}
    log = Path(tempfile.gettempdir()) / "kece-first-paint.log"
    with running_app(home, log) as address, sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        links = [f"{address}/?q={quote(question)}" for question in questions]
        with new_reader(browser) as reader:
            bare = [seconds_to_open(reader, address, START) for _ in questions]
            hits = [seconds_to_open(reader, link, HIT) for link in links]
            asked = answers_in_one_session(reader, links[0], questions[1:])
        first_bare = [seconds_for_a_stranger(browser, address, START) for _ in questions]
        first_hits = [seconds_for_a_stranger(browser, link, HIT) for link in links]
        browser.close()
        with httpx.Client(base_url=address) as client:
            suggested = [seconds for question in questions for seconds in seconds_to_suggest(client, question)]
    return {
        "the first hit, asked in an open page": asked,
        "a link without a question": bare[1:],
        "the first hit of a link": hits[1:],
        "a link without a question, empty cache": first_bare[1:],
        "the first hit of a link, empty cache": first_hits[1:],
        "suggestions, on a kept connection": suggested[1:],
    }


def main() -> None:
    """Measure and write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    measured = measure(questions()[: rounds + 1])
    lines = [
        "# First paint",
        "",
        f"{date.today()}, commit {commit()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; {rounds} "
        "questions, each in a session of its own in Chromium, the server warm. "
        f"Command: `python -m benchmarks.first_paint --rounds {rounds}`.",
        "",
        "| waited for | times | median ms | p95 ms |",
        "| --- | --- | --- | --- |",
        *(
            f"| {name} | {len(seconds)} | {1000 * median(seconds):.1f} | {1000 * p95(seconds):.1f} |"
            for name, seconds in measured.items()
        ),
        "",
    ]
    REPORT.write_text("\n".join(lines), encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
