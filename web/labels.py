"""What the pages call things."""

KINDS = {"measure": "举措", "norm": "规范", "provision": "条文", "actor": "主体"}

MODALITIES = {"obligation": "义务", "prohibition": "禁止", "permission": "许可", "encouragement": "倡导"}

COUNTS = {
    "documents": "文件",
    "characters": "字",
    "measures": "举措",
    "norms": "规范",
    "actors": "主体提及",
    "passages": "可检索",
}
"""Counts of the manifest that the pages show."""


def force(modality: str, strength: str | None) -> str:
    """A norm's modality with its strength: 义务（要）."""
    name = MODALITIES[modality]
    return f"{name}（{strength}）" if strength and strength != name else name
