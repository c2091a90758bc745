"""From the command to the answer: start, search, page, on the built default corpus.

    python -m benchmarks.end_to_end [--rounds N]

Writes benchmarks/end_to_end.md. Seconds are those of this machine; each stands beside a baseline of the same run:
starting beside `python -c "import streamlit"`, searching beside the word index alone and beside reading every quote.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median, quantiles

from embeddings.index import Index
from embeddings.knowledge_base import INDEX, KnowledgeBase
from embeddings.query import load_synonyms, understand
from embeddings.types import SearchFilters
from kg.settings import PROJECT_ROOT, Settings

REPORT = PROJECT_ROOT / "benchmarks" / "end_to_end.md"
PORT = 8599
QUESTIONS = [
    "外国科学家能不能在学会担任职务",
    "私营公司怎么建立科协",
    "办得不好的学会会不会被撤销",
    "科研机构把专利成果作价入股怎么奖励发明人",
    "中小学要不要开设科学课",
    "农技推广人员有什么待遇",
    "数据出境要做什么评估",
    "标准由谁制定",
    "科普经费",
    "高校教师 离岗创业",
]


def milliseconds(call: Callable[[str], object], rounds: int) -> list[float]:
    """Duration of each call, for every question in every round, after one round that is not counted."""
    durations = []
    for round_number in range(rounds + 1):
        for question in QUESTIONS:
            begin = time.perf_counter()
            call(question)
            if round_number:
                durations.append((time.perf_counter() - begin) * 1000)
    return durations


def seconds_to_first_search() -> float:
    """From the command that starts the app to the answer of its first search."""
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "cli.py", "serve", "--port", str(PORT)]
    begin = time.perf_counter()
    with subprocess.Popen(
        command, cwd=PROJECT_ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            url = f"http://127.0.0.1:{PORT}/api/search?limit=3&q=" + urllib.parse.quote(QUESTIONS[0])
            while True:
                try:
                    with urllib.request.urlopen(url, timeout=60) as response:
                        hits = json.load(response)["hits"]
                    break
                except OSError:
                    if time.perf_counter() - begin > 120:
                        raise
                    time.sleep(0.05)
            assert hits
            return time.perf_counter() - begin
        finally:
            process.terminate()


def seconds_of_import() -> float:
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import streamlit"], check=True)
    return time.perf_counter() - begin


def report(rounds: int) -> str:
    knowledge_base = KnowledgeBase.open(Settings.from_environment())
    searcher = knowledge_base.searcher
    index = Index.open(knowledge_base.folder / INDEX)
    synonyms = load_synonyms()
    quotes = [str(row["quote"]) for row in knowledge_base.store.select("SELECT ?quote { ?m oa:exact ?quote }")]
    rows = [
        ("search (words, meaning, fusion, reasons)", milliseconds(searcher.search, rounds)),
        (
            "word index alone",
            milliseconds(lambda q: index.search_words(understand(q, synonyms), 100, SearchFilters()), rounds),
        ),
        ("reading every quote for the question's first two characters", milliseconds(
            lambda q: [quote for quote in quotes if q[:2] in quote], rounds)),
    ]  # fmt: skip
    base = median(rows[0][1])
    start, imported = median(seconds_to_first_search() for _ in range(3)), median(seconds_of_import() for _ in range(3))
    lines = [
        "# From the command to the answer",
        "",
        f"{date.today()}, commit {commit()}, {os.cpu_count()} cores; default corpus, "
        f"{knowledge_base.manifest['counts']['passages']} passages; {rounds} rounds of {len(QUESTIONS)} questions, "
        "after one round that is not counted. Command: `make bench`.",
        "",
        "| warm, in the process | p50 ms | p95 ms | of search |",
        "| --- | --- | --- | --- |",
        *(f"| {name} | {median(d):.1f} | {quantiles(d, n=20)[-1]:.1f} | {median(d) / base:.2f} |" for name, d in rows),
        "",
        "| start, median of 3 | s | ratio |",
        "| --- | --- | --- |",
        f"| `python cli.py serve` to the answer of the first search | {start:.1f} | {start / imported:.1f} |",
        f"| `import streamlit` alone | {imported:.1f} | 1 |",
        "",
    ]
    return "\n".join(lines)


def commit() -> str:
    command = ["git", "rev-parse", "--short", "HEAD"]
    done = subprocess.run(command, cwd=PROJECT_ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--output", type=Path, default=REPORT)
    arguments = parser.parse_args()
    text = report(arguments.rounds)
    arguments.output.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
