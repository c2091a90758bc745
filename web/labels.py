"""What the pages call things."""

from kg.labels import KINDS as STATEMENT_KINDS

KINDS = STATEMENT_KINDS | {"actor": "主体"}

COUNTS = {
    "documents": "文件",
    "characters": "字",
    "measures": "举措",
    "norms": "规范",
    "actors": "主体提及",
    "passages": "可检索",
}
"""Counts of the manifest that the pages show."""
