"""The words of Streamlit's own widgets in Chinese."""

import json
from functools import cache
from pathlib import Path

WEB = Path(__file__).parent


@cache
def interface_script() -> str:
    """A script element that keeps the page's words Chinese, those of ``interface.tsv``."""
    lines = (WEB / "interface.tsv").read_text(encoding="utf-8").splitlines()
    words = [line.split("\t") for line in lines if line and not line.startswith("#")]
    script = (WEB / "static" / "interface.js").read_text(encoding="utf-8").rstrip()
    return f"<script>{script}({json.dumps(words, ensure_ascii=False)})</script>"
