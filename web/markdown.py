"""Putting text that is not ours into Streamlit elements that read Markdown."""

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])")


def plain(text: str) -> str:
    """``text`` as Markdown that shows it unchanged: no link, image, formula or colour comes of it."""
    return _SPECIAL.sub(r"\\\1", text)
