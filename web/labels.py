"""What the pages call things."""

from kg.labels import KINDS as STATEMENT_KINDS

KINDS = STATEMENT_KINDS | {"actor": "主体", "programme": "计划与平台"}

FACET_TITLES = {
    "kind": "类型",
    "modality": "效力",
    "strength": "强度",
    "actor_kinds": "主体类别",
    "actors": "主体",
    "document": "文件",
    "document_kind": "文种",
    "level": "层级",
    "year": "年份",
    "issuers": "发文机关",
    "topics": "主题",
    "instruments": "政策工具",
    "programmes": "计划与平台",
}
"""Facets of :mod:`embeddings.facets`, in the order of the page."""

COUNTS = {
    "documents": "文件",
    "characters": "字",
    "measures": "举措",
    "norms": "规范",
    "actors": "主体提及",
    "passages": "可检索",
}
"""Counts of the manifest that the pages show."""

NAME_KINDS = {
    "document": "文件",
    "actor": "主体",
    "programme": "计划与平台",
    "instrument": "政策工具",
    "topic": "主题",
}
"""Kinds of :class:`embeddings.suggestions.Name`."""

ORDERS = {"relevance": "相关程度", "force": "效力", "date": "日期"}
"""Orders of :class:`embeddings.hit_order.HitOrder`."""
