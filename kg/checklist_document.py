"""A checklist as a text to be printed and ticked off (DOCX): who was understood, then the results under their roles."""

from __future__ import annotations

import io
from itertools import groupby
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from kg.archives import repacked, xml_text
from kg.checklist_rows import checklist_title, force_in_words, times_in_words
from kg.concerns import Concern
from kg.organizations import OrganizationAnswer
from kg.understanding import understandings

_BODY_FONT, _HEADING_FONT = "宋体", "黑体"
_LATIN_FONT = "Times New Roman"
_HEADINGS = ("Title", "Heading 1", "Heading 2")


def checklist_document(answer: OrganizationAnswer) -> bytes:
    """The checklist of ``answer`` as DOCX; the same answer gives the same bytes."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    quote_style, note_style = _styles(document)
    title = xml_text(checklist_title(answer))
    document.core_properties.title, document.core_properties.author = title, "科策"
    document.add_heading(title, level=0)
    document.add_heading("单位", level=1)
    _add_who(document, answer)
    for role, concerns in groupby(answer.results, key=lambda concern: concern.role):
        document.add_heading(f"{role}（{answer.counts[role]} 条）", level=1)
        for concern in concerns:
            document.add_paragraph(xml_text(f"☐ {concern.rank}. {concern.text}"), quote_style)
            notes = (f"{name}：{value}" for name, value in _facts(concern).items() if value)
            document.add_paragraph(xml_text("\n".join(notes)), note_style)
    if not answer.results:
        document.add_paragraph("没有找到与它有关的举措或规范。")
    buffer = io.BytesIO()
    document.save(buffer)
    return repacked(buffer.getvalue())


def _add_who(document: Any, answer: OrganizationAnswer) -> None:
    profile = answer.profile
    said = [("单位", profile.title, "")]
    said += [("说明", profile.description, "")] if profile.description else []
    said += [(known.aspect, known.value, known.reason) for known in understandings(profile)]
    said += [("不清楚", unknown, "") for unknown in profile.unknown]
    table = document.add_table(rows=0, cols=3, style="Table Grid")
    for row in said:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = xml_text(text)


def _facts(concern: Concern) -> dict[str, str]:
    """Where it stands, what is to be kept to, and why it is here."""
    return {
        "出处": f"《{concern.document}》 {concern.place}",
        "效力": force_in_words(concern),
        "期限": times_in_words(concern),
        "条件": "；".join(concern.conditions),
        "数量": "；".join(concern.quantities),
        "为什么": concern.path,
    }


def _styles(document: Any) -> tuple[Any, Any]:
    """The paragraph styles of a quote with its box, and of what is said of it; sets the fonts of all."""
    styles = document.styles
    _set_font(styles["Normal"], _BODY_FONT)
    styles["Normal"].font.size = Pt(11)
    for name in _HEADINGS:
        _set_font(styles[name], _HEADING_FONT)
        styles[name].font.color.rgb = RGBColor(0x1D, 0x27, 0x33)
    quote = styles.add_style("清单", WD_STYLE_TYPE.PARAGRAPH)
    quote.base_style = styles["Normal"]
    quote.paragraph_format.left_indent, quote.paragraph_format.first_line_indent = Cm(0.7), Cm(-0.7)
    quote.paragraph_format.space_before, quote.paragraph_format.space_after = Pt(8), Pt(2)
    quote.paragraph_format.keep_with_next = True
    note = styles.add_style("清单说明", WD_STYLE_TYPE.PARAGRAPH)
    note.base_style = styles["Normal"]
    note.paragraph_format.left_indent, note.paragraph_format.space_after = Cm(0.7), Pt(0)
    note.font.size, note.font.color.rgb = Pt(9), RGBColor(0x55, 0x60, 0x6C)
    return quote, note


def _set_font(style: Any, east_asian: str) -> None:
    """Fonts by name for both scripts; the template's headings name those of its theme, which would win."""
    style.font.name = _LATIN_FONT
    fonts = style.element.rPr.rFonts
    fonts.set(qn("w:eastAsia"), east_asian)
    for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{attribute}"), None)
