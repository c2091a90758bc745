"""Opening a document of 200,000 characters on page 原文, in Chromium.

    python -m benchmarks.reader [--rounds N] [--folder DIR]

Joins texts of the built default corpus to one document, builds a knowledge base of it, opens it in new sessions of the
browser and writes benchmarks/reader.md. The baseline is the page without a document: what Streamlit takes to start in
the browser. With ``--folder`` the knowledge base is kept there and used again.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from benchmarks.end_to_end import commit
from embeddings.knowledge_base import KnowledgeBase, build_knowledge_base
from kg.questions import run_question
from kg.settings import PROJECT_ROOT, Settings
from kg.types import Source
from tests.browser.servers import launch_chromium, running_app
from web.links import document_key

REPORT = PROJECT_ROOT / "benchmarks" / "reader.md"
CHARACTERS = 200_000
WAIT_MILLISECONDS = 60_000
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""Settles when what is on the page has been painted."""
SHOWN = """(selector) => {
  const shown = (root) =>
    root.querySelector(selector)?.checkVisibility() ||
    [...root.querySelectorAll("*")].some((node) => node.shadowRoot && shown(node.shadowRoot))
  return shown(document)
}"""
"""Whether a selector (CSS) fits something that is laid out, in the page or within a component."""


def texts_by_length(settings: Settings) -> list[tuple[str, str]]:
    """IRI and text of each document, the longest text first."""
    store = KnowledgeBase.open(settings).store
    iris = [str(row["iri"]) for row in run_question(store, "documents")]
    texts = [(iri, str(run_question(store, "document", document=iri)[0]["text"])) for iri in iris]
    return sorted(texts, key=lambda pair: -len(pair[1]))


def long_source(settings: Settings) -> Source:
    """Texts of the default corpus, the longest first, up to ``CHARACTERS``."""
    joined = "\n".join(text for _, text in texts_by_length(settings))[:CHARACTERS]
    return Source(text=joined, name="长文件", origin="长文件.txt")


@contextmanager
def new_reader(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that has nothing of ours in its cache."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    context.set_default_timeout(WAIT_MILLISECONDS)
    yield context
    context.close()


def seconds_to_open(reader: BrowserContext, address: str, awaited: str) -> float:
    """From the address to the painted page, in a session of its own."""
    page = reader.new_page()
    begin = time.perf_counter()
    page.goto(address, wait_until="commit")
    # Each frame: a locator looks again after up to half a second.
    page.wait_for_function(SHOWN, arg=awaited, polling="raf")
    page.evaluate(DRAWN)
    seconds = time.perf_counter() - begin
    page.close()
    return seconds


def seconds_for_a_stranger(browser: Browser, address: str, awaited: str) -> float:
    """The same for somebody who comes for the first time."""
    with new_reader(browser) as reader:
        return seconds_to_open(reader, address, awaited)


def measure(settings: Settings, rounds: int) -> list[tuple[str, list[float]]]:
    """Seconds of each round by what is opened."""
    iri, text = texts_by_length(settings)[0]
    view = f"document?document={document_key(iri)}"
    place = f"&start={len(text) - 3_000}&end={len(text) - 2_980}"
    opened = {
        "the page without a document": ("document?document=none", "[role=alert]"),
        "the document": (view, ".body .sentence"),
        "a place near its end": (view + place, ".body .target"),
    }
    home = {"KECE_HOME": str(settings.home), "KECE_KNOWLEDGE_BASE": str(settings.knowledge_base)}
    log = Path(tempfile.gettempdir()) / "kece-reader.log"
    with running_app(home, log) as address, sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        seconds = {
            name: [seconds_for_a_stranger(browser, f"{address}/{path}", awaited) for _ in range(rounds)]
            for name, (path, awaited) in opened.items()
        }
        browser.close()
    return list(seconds.items())


def report(seconds: list[tuple[str, list[float]]], rounds: int) -> str:
    """The figures as Markdown."""
    lines = [
        "# Opening a long document",
        "",
        f"{date.today()}, commit {commit()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; one document of "
        f"{CHARACTERS:,} characters, {rounds} rounds, each in a new session of Chromium with an empty cache. "
        "Command: `python -m benchmarks.reader`.",
        "",
        "| opened | first s | median s | beyond the page itself s |",
        "| --- | --- | --- | --- |",
    ]
    baseline = median(seconds[0][1])
    for name, found in seconds:
        lines.append(f"| {name} | {found[0]:.1f} | {median(found):.1f} | {median(found) - baseline:.1f} |")
    note = "The first time, the marks are read from the graph; later they are remembered."
    return "\n".join([*lines, "", note, ""])


def main() -> None:
    """Build or find the knowledge base, measure, write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    default = Settings.from_environment(os.environ)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        settings = replace(default, knowledge_base_folder=folder)
        if not (folder / "current").exists():
            build_knowledge_base([long_source(default)], settings, lambda *_: None)
        REPORT.write_text(report(measure(settings, options.rounds), options.rounds), encoding="utf-8")
    print(REPORT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
