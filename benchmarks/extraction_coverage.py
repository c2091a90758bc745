"""How many operative paragraphs with an action verb yield a statement, folder by folder of a collection of texts.

    python -m benchmarks.extraction_coverage COLLECTION [--missed N]

A paragraph counts when it is operative text (tasks, articles, safeguards, requests), a whole sentence (it
ends with 。 or ； and does not go on a broken line), commits somebody (no definition, purpose, scope, entry into force,
composition, address to an assembly, report of a meeting, line of a table or a glossary), is no case, condition or
thing of a list (…的；), and has an action verb outside relative clauses.
``--missed N`` prints N of those that yield nothing, the same ones on every run.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator
from pathlib import Path

from kg.extract import extract_statements
from kg.extract.lexicon import Lexicon, load_lexicon
from kg.parse import parse_document
from kg.read import read_source
from kg.types import Document, Level, Provision

BROKEN_LENGTH = 20
"""A line from this length on that ends without a stop is broken: what follows is no whole sentence, in characters."""
_STOPS = tuple("。；：！？:;）)”")
_COMMITS_NOBODY = re.compile(
    r"所称|是指|系指|简称|制定本|适用(?:于|本)|施行|同时废止|各位代表|此件|本标准|规定了|如下[：:]|具有[^。]{0,12}意义"
    r"|主要?包括|包括[：:]|标准(?:主要)?用于|^计算方法|由[^。]{1,60}组成[。；]|召开|举行|参加会议"
    r"|^为了?[^。]{0,200}，根据|^[（(]?\d+分[）)]?|\d{4}-\d{2,4}|GB/T|(?:已|正在|取得|实现了|得到|达到|增长|下降)[^。]{0,40}[。；]$"
)
"""What states, reports or defines, by its words: such a paragraph lays nothing on anybody."""
_CASE = re.compile(r"^[^，。；]{0,40}[；;]$")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("collection", type=Path)
    parser.add_argument("--missed", type=int, default=0)
    arguments = parser.parse_args()
    for folder in sorted(path.parent for path in arguments.collection.glob("*/docs")):
        counted, missed = 0, []
        for path in sorted((folder / "docs").glob("*.txt")):
            document = parse_document(read_source(path))
            for words, yields in _paragraphs(document, load_lexicon()):
                counted += 1
                if not yields:
                    missed.append(f"{path.stem}: {words}")
        share = (counted - len(missed)) / counted if counted else 1.0
        print(f"{folder.name:22} {counted - len(missed):6} of {counted:6}  {share:.3f}")
        for line in random.Random(0).sample(missed, min(arguments.missed, len(missed))):
            print("   ", line)


def _paragraphs(document: Document, lexicon: Lexicon) -> Iterator[tuple[str, bool]]:
    """Operative paragraphs with an action verb, and whether a measure or norm stands in each."""
    statements = extract_statements(document)
    spans = [measure.span for measure in statements.measures] + [norm.span for norm in statements.norms]
    before = ""
    for provision in document.provisions:
        words = provision.body.slice(document.text).strip()
        is_whole = len(before) < BROKEN_LENGTH or before.endswith(_STOPS)
        if is_whole and _counts(provision, words) and _has_act(words, lexicon):
            yield words, any(span.overlaps(provision.body) for span in spans)
        before = words or before


def _counts(provision: Provision, words: str) -> bool:
    ends = words.endswith(("。", "；"))
    is_item = provision.level in (Level.ITEM, Level.SUBITEM)
    is_case = words.endswith(("的；", "的。")) or (is_item and _CASE.search(words) is not None)
    return provision.operative and ends and not is_case and _COMMITS_NOBODY.search(words) is None


def _has_act(words: str, lexicon: Lexicon) -> bool:
    """Whether a verb of the lexicon that is always a predicate stands outside a relative clause."""
    tokens = lexicon.words(words)
    for position, word in enumerate(tokens[:-1]):
        entry = lexicon.entry(word)
        if entry.strong and "act" in entry.classes and tokens[position + 1] != "的":
            return True
    return False


if __name__ == "__main__":
    main()
