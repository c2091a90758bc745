"""What stands before and around the operative text: title, number, salutation, signature, dates.

Layout of official documents after GB/T 9704-2012: title, document number 文号, addressees 主送 (a line that ends
with a colon), text, signature and date; a plan that a notice promulgates follows the notice's date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kg.lexicon import load_rows
from kg.numbering import find_marker
from kg.segment import segment_sentences, trimmed
from kg.types import Span

HEAD_LINES = 60
"""A notice in front of a plan is short: salutation, request and signature lie within the first lines."""
TITLE_LIMIT = 120

_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,15}[〔［\[（(【]\d{4}[〕］\]）)】]\s*第?\d{1,4}号")
_DATE_LINE = re.compile(
    r"[（(]?(?:(\d{4})年(\d{1,2})月(\d{1,2})日|([二〇○零一九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日)[）)]?"
)
_IN_FORCE = re.compile(r"自(\d{4})年(\d{1,2})月(\d{1,2})日起(?:施行|实施|执行|生效)")
_ENACTED = re.compile(r"[（(](\d{4})-(\d{2})-(\d{2})[^（）()]{0,60}?[,，](\d{4})-(\d{2})-(\d{2})\s*施行[）)]")
_SKIP_LINE = re.compile(r"【法宝引证码】|原文链接|https?://|索\s*引\s*号|发文字号[：:]|来源[：:]|目\s*录$")
_TITLE_PREFIX = re.compile(r"(?P<issuers>[\u4e00-\u9fff、 \u3000]{2,80}?)(?:关于|印发)")
_DIGITS = {"〇": 0, "○": 0, "零": 0, **{digit: value for value, digit in enumerate("一二三四五六七八九", start=1)}}


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Where the parts in front of the operative text lie; ``body_start`` is the first offset after them."""

    title: Span | None
    number: str | None
    addressees: tuple[Span, ...]
    notice: Span | None
    issuers: tuple[str, ...]
    issued: date | None
    in_force: date | None
    body_start: int


def read_front_matter(text: str) -> FrontMatter:
    """Find title, number, salutation, notice, signature and dates; whatever is missing stays empty."""
    lines = _head_lines(text)
    first_marker = next((i for i, line in enumerate(lines) if find_marker(text, line.start, line.end)), len(lines))
    head = lines[:first_marker]
    number_line = next((i for i, line in enumerate(head) if _NUMBER.fullmatch(line.slice(text))), None)
    salutation = next((i for i, line in enumerate(head) if _is_salutation(text, line)), None)
    signed = _signature(text, head, salutation)
    title = _title(text, head)
    issuers = _issuers_in_title(text, title)
    notice = attached = None
    if signed is not None and salutation is not None:
        notice = Span(head[salutation].start, head[signed].end)
        attached = _title(text, head[signed + 1 :])
        issuers = _signatories(text, head, signed) or issuers
    enacted = _ENACTED.search(text, 0, min(len(text), 2000))
    taken = [span for span in (title, attached, notice) if span is not None]
    taken += [head[number_line]] if number_line is not None else []
    taken += [line for line in head if _ENACTED.fullmatch(line.slice(text))]
    in_force = _IN_FORCE.search(text)
    after_front = max((span.end for span in taken), default=0)
    return FrontMatter(
        title=attached or title,
        number=head[number_line].slice(text) if number_line is not None else None,
        addressees=_addressees(text, head[salutation]) if salutation is not None else (),
        notice=notice,
        issuers=issuers,
        issued=_iso(enacted, 1) or (_date_in(text, head[signed]) if signed is not None else _last_date(text)),
        in_force=_iso(enacted, 4) or _iso(in_force, 1),
        # A title alone is still read as text.
        body_start=after_front if notice is not None or text[after_front:].strip() else 0,
    )


def document_kind(title: str, level: str | None) -> str | None:
    """Kind of document by the last words of its title (kg/lexicon/document_kinds.tsv), or None.

    A notice that promulgates another text has that text's kind. ``level`` tells a local 条例 from a national one.
    """
    bare = title.strip()
    without_notice = re.sub(r"(?:[（(][^（）()]*[）)]|的通知|》)+$", "", bare)
    for candidate in (without_notice, bare):
        matching = [row for row in load_rows("document_kinds.tsv") if candidate.endswith(row[0])]
        if matching:
            _, kind, local_kind = max(matching, key=lambda row: len(row[0]))
            return kind if level in (None, "national") else local_kind
    return None


def level_and_region(issuers: tuple[str, ...], title: str) -> tuple[str | None, str | None]:
    """Level of government and region, by the names of the issuers, else of the title."""
    for name in (*issuers, title):
        for short, full, level, *_ in load_rows("regions.tsv"):
            if name.startswith((short, full)):
                rest = name.removeprefix(full).removeprefix(short)
                local = re.match(r"[\u4e00-\u9fff]{1,6}?(?:自治州|盟|地区|市|县|区|旗)(?!级)", rest)
                return ("municipal" if local else level), full
        if re.match(
            r"(?:中共中央|国务院|全国|中国|国家|中华人民共和国|最高人民|[\u4e00-\u9fff]{2,8}部(?:$|[、 办]))", name
        ):
            return "national", None
        if re.match(r"[\u4e00-\u9fff]{2,8}(?:市|州|盟)", name):
            return "municipal", None
        if re.match(r"[\u4e00-\u9fff]{2,8}(?:县|旗)", name):
            return "county", None
    return None, None


def _head_lines(text: str) -> list[Span]:
    lines: list[Span] = []
    position = 0
    while position < len(text) and len(lines) < HEAD_LINES:
        newline = text.find("\n", position)
        stop = len(text) if newline < 0 else newline
        line = trimmed(text, position, stop)
        if line is not None:
            lines.append(line)
        position = stop + 1
    return lines


def _is_salutation(text: str, line: Span) -> bool:
    content = line.slice(text)
    return (
        content[-1] in "：:"
        and 3 <= len(content) <= 400
        and "。" not in content
        and not re.search(r"如下|以下|下列|附件|是$|包括|通知", content)
    )


def _signature(text: str, head: list[Span], salutation: int | None) -> int | None:
    """The date line that ends a notice: after its salutation, before the first number, with text after it."""
    if salutation is None:
        return None
    for i in range(salutation + 1, len(head)):
        if _DATE_LINE.fullmatch(head[i].slice(text)):
            return i if text[head[i].end :].strip() else None
    return None


def _signatories(text: str, head: list[Span], signed: int) -> tuple[str, ...]:
    """The short lines without punctuation right above the date."""
    names: list[str] = []
    for line in reversed(head[max(0, signed - 20) : signed]):
        content = line.slice(text)
        if len(content) > 60 or re.search(r"[，。：；,:;！？]", content):
            break
        names[:0] = [name for name in re.split(r"[ \u3000]+", content) if len(name) > 1]
    return tuple(names)


def _title(text: str, head: list[Span]) -> Span | None:
    """Leading lines without closing punctuation, joined while the title is not complete."""
    title: Span | None = None
    for line in head:
        content = line.slice(text)
        if title is None and (_SKIP_LINE.search(content) or content[0] in "（(【"):
            continue
        is_text = "。" in content or content[-1] in "；;：:！" or len(content) > TITLE_LIMIT or content[0] in "（(【"
        if (
            is_text
            or _NUMBER.fullmatch(content)
            or _DATE_LINE.fullmatch(content)
            or find_marker(text, line.start, line.end)
        ):
            break
        if title is not None and (_is_complete(title.slice(text)) or line.end - title.start > TITLE_LIMIT):
            break
        title = line if title is None else Span(title.start, line.end)
    return title


def _is_complete(title: str) -> bool:
    """Whether a title names its kind and leaves no 《 open at the line's end."""
    return document_kind(title, None) is not None and title.count("《") == title.count("》")


def _issuers_in_title(text: str, title: Span | None) -> tuple[str, ...]:
    prefix = _TITLE_PREFIX.match(title.slice(text)) if title is not None else None
    if prefix is None or prefix.end("issuers") < 3:
        return ()
    return tuple(name for name in re.split(r"[ \u3000]+", prefix["issuers"].strip()) if len(name) > 1)


def _addressees(text: str, line: Span) -> tuple[Span, ...]:
    return tuple(clause for sentence in segment_sentences(text, line) for clause in sentence.clauses)


def _date_in(text: str, line: Span) -> date | None:
    match = _DATE_LINE.search(text, line.start, line.end)
    return _calendar_date(match) if match else None


def _last_date(text: str) -> date | None:
    """The date that stands alone on one of the last lines."""
    for line in reversed(text.rstrip().splitlines()[-12:]):
        match = _DATE_LINE.fullmatch(line.strip())
        if match:
            return _calendar_date(match)
    return None


def _calendar_date(match: re.Match[str]) -> date | None:
    if match[1]:
        year, month, day = (int(match[group]) for group in (1, 2, 3))
    else:
        year = int("".join(str(_DIGITS[character]) for character in match[4]))
        month, day = _small_number(match[5]), _small_number(match[6])
    return _valid_date(year, month, day)


def _small_number(figures: str) -> int:
    """一 … 三十一 as a number."""
    head, ten, tail = figures.rpartition("十")
    tens = (_DIGITS.get(head, 1) if head else 1) if ten else 0
    return tens * 10 + (_DIGITS.get(tail, 0) if tail else 0)


def _iso(match: re.Match[str] | None, first_group: int) -> date | None:
    if match is None:
        return None
    return _valid_date(*(int(match[first_group + offset]) for offset in range(3)))


def _valid_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # a slip in the text, such as 2月30日: the document has no usable date
        return None
