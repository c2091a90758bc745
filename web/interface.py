"""The words of Streamlit's own widgets in Chinese; it has no setting for another language."""

import csv
import json
from functools import cache
from pathlib import Path

WEB = Path(__file__).parent


@cache
def interface_script() -> str:
    """A script element that keeps the page's words Chinese, those of ``interface.tsv``."""
    with (WEB / "interface.tsv").open(encoding="utf-8", newline="") as file:
        words = [(row["english"], row["chinese"]) for row in csv.DictReader(file, delimiter="\t")]
    script = (WEB / "static" / "interface.js").read_text(encoding="utf-8").rstrip()
    return f"<script>{script}({json.dumps(words, ensure_ascii=False)})</script>"
