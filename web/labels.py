"""What the pages call things."""

KINDS = {"measure": "举措", "norm": "规范", "provision": "条文", "actor": "主体"}

MODALITIES = {"obligation": "应当", "prohibition": "禁止", "permission": "可以", "encouragement": "鼓励"}

COUNTS = {
    "documents": "文件",
    "characters": "字",
    "measures": "举措",
    "norms": "规范",
    "actors": "主体提及",
    "passages": "可检索",
}
"""Counts of the manifest that the pages show."""
