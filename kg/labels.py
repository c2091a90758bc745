"""Chinese names of what the graph's codes stand for, as commands and pages show them."""

KINDS = {"measure": "举措", "norm": "规范", "provision": "条文"}

MODALITIES = {"obligation": "义务", "prohibition": "禁止", "permission": "许可", "encouragement": "倡导"}

CITATION_RELATIONS = {"based_on": "依据", "implements": "贯彻", "amends": "修改", "repeals": "废止", "cites": "引用"}

LEVELS = {"national": "国家", "provincial": "省级", "municipal": "市级", "county": "县级", "township": "乡镇"}


def force(modality: str, strength: str | None) -> str:
    """A norm's modality with its strength: 义务（要）."""
    name = MODALITIES[modality]
    return f"{name}（{strength}）" if strength and strength != name else name
