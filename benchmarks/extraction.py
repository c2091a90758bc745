"""Speed of parsing and extraction beside jieba alone on the same texts, in CPU time of one process.

python -m benchmarks.extraction TEXT.txt…

Quality against gold annotations: ``python cli.py evaluate-extraction GOLD.jsonl…``.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import jieba

from kg.extract import extract_statements
from kg.extract.lexicon import load_lexicon
from kg.parse import parse_document
from kg.read import read_source


def print_speed(paths: list[Path]) -> None:
    sources = [read_source(path) for path in paths]
    character_count = sum(len(source.text) for source in sources)
    load_lexicon()
    jieba.initialize()
    started = time.process_time()
    for source in sources:
        jieba.lcut(source.text, HMM=False)
    segmented = time.process_time()
    documents = [parse_document(source) for source in sources]
    parsed = time.process_time()
    for document in documents:
        extract_statements(document)
    extracted = time.process_time()
    print(f"{len(sources)} texts, {character_count} characters; characters per second of CPU time:")
    print(f"jieba alone      {character_count / (segmented - started):9.0f}")
    print(f"parse            {character_count / (parsed - segmented):9.0f}")
    print(f"parse + extract  {character_count / (extracted - segmented):9.0f}")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    print_speed([Path(argument) for argument in sys.argv[1:]])
