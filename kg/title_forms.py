"""Forms in which one document's title and number are written, brought to one for comparison.

《中华人民共和国科学技术进步法（2021年修订）》 and 《科学技术进步法》 have the same core; so have
《国务院关于印发新一代人工智能发展规划的通知》 and 《新一代人工智能发展规划》. Nothing is compared by likeness: cores
are equal or they are not.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from kg.lexicon import load_rows

_IGNORED = re.compile(r"[\s《》〈〉<>「」『』“”\"‘’'＂]")
_DASHES = re.compile(r"[‐‑‒–—―－~〜-]+")
STATE = "中华人民共和国"
"""With which titles of laws and full names of ministries begin, and which is often left out."""
_EDITION = re.compile(
    r"\((?P<words>(?:(?P<year>\d{4})年?)?(?:第[一二三四五六七八九十]次)?(?:试行|暂行|修订|修正|修改|版|本)(?:草?版|本|文本|稿)?)\)$"
)
_DRAFT = re.compile(r"草案|征求意见|送审|讨论稿|建议稿")
_ISSUING_NOTICE = re.compile(
    r"(?P<issuer>.*?)(?:关于)?(?:印发|发布|公布|下达)(?P<content>.{4,}?)的(?:通知|公告|通告|函|令)$"
)
_NUMBER = re.compile(r"(?P<issuer>.*?)[〔\[(【](?P<year>\d{4})[〕\])】]第?(?P<serial>\d+)号?")


@dataclass(frozen=True, slots=True)
class TitleForm:
    """A title taken apart: ``plain`` is without 中华人民共和国 and edition, ``core`` that of the text issued."""

    plain: str
    core: str
    edition: str  # "2021年修订", "试行"; "" if none is named
    year: int | None  # of the edition
    issuer: str  # in the title of an issuing notice: 国务院; "" else
    state: bool  # whether it begins with 中华人民共和国

    @property
    def generic(self) -> bool:
        """Whether many documents bear the title (政府工作报告, 实施方案)."""
        return self.core in _generic_titles()


@cache
def title_form(title: str) -> TitleForm:
    """Take a title apart; full and half width, brackets, quotation marks and white space make no difference."""
    normal = _normal(title)
    state = normal.startswith(STATE) and len(normal) > len(STATE)
    plain, edition, year = _without_edition(normal.removeprefix(STATE) if state else normal)
    notice = _ISSUING_NOTICE.fullmatch(plain)
    if notice is None:
        return TitleForm(plain, plain, edition, year, "", state)
    core, inner_edition, inner_year = _without_edition(notice["content"].removeprefix(STATE))
    return TitleForm(plain, core, edition or inner_edition, year or inner_year, notice["issuer"], state)


@cache
def number_form(number: str) -> str:
    """A number with its brackets as 〔〕 and without 第: 国发[2015] 第32号 is 国发〔2015〕32号."""
    normal = re.sub(r"\s", "", unicodedata.normalize("NFKC", number))
    match = _NUMBER.fullmatch(normal)
    return f"{match['issuer']}〔{match['year']}〕{int(match['serial'])}号" if match else normal.replace("第", "")


def _normal(title: str) -> str:
    return _DASHES.sub("-", _IGNORED.sub("", unicodedata.normalize("NFKC", title)))


def _without_edition(title: str) -> tuple[str, str, int | None]:
    """A title without the edition in brackets at its end; a draft is another document and keeps its brackets."""
    match = _EDITION.search(title)
    if match is None or _DRAFT.search(match["words"]):
        return title, "", None
    return title[: match.start()], match["words"], int(match["year"]) if match["year"] else None


@cache
def _generic_titles() -> frozenset[str]:
    return frozenset(row[0] for row in load_rows("generic_titles.tsv"))
