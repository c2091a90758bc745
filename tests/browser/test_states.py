"""Every page as a link opened cold, where it has nothing to show, and where its address is wrong; what widgets say."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from web.links import LINKED_VIEWS, VIEWS

pytestmark = pytest.mark.browser

COLD = {
    "/?q=科普经费&kind=norm&sort=force": (".chips", "类型：规范"),
    "/document?document=4510761917c72c05&start=3074&end=3092": (
        ".panel",
        "探索吸纳外籍及港澳台科学家在学会任职",
    ),
    "/organizations?name=某县科协&role=必须做": (".known", "县级科协"),
    "/graph?start=actor/学会&look=table": (".frame", "学会治理"),
    "/overview": (".frame", "2021"),
    "/documents?year=2021&document_kind=方案": (".chips", "年份：2021"),
    "/compare?first=中华人民共和国教育法&second=中华人民共和国高等教育法": (".figures", "字句相近"),
    f"/query?query={quote('SELECT (1 AS ?one) {}')}": ("[data-testid=stMain]", "1 行"),
    "/about": (".frame", "规范的承担者"),
    "/similar?iri=https://kece.example/id/document/4510761917c72c05/measure/3074-3092": (".comparison", "接近度"),
    "/concerned?iri=https://kece.example/id/document/4510761917c72c05/measure/3074-3092": (".card", "学会"),
    "/together?first=企业&second=高等学校": (".card", "企业"),
}
"""Address → what it must show, and words of it."""
EMPTY = {
    "/": "检索政策原文里的举措、规范与条文",
    "/?q=科普&kind=measure&modality=prohibition": "没有一条同时符合所选的筛选",
    "/document?title=没有这样的文件": "没有题名或文号含有这些词的文件",
    "/organizations": "写出单位的名称或类别",
    "/organizations?name=甲乙丙": "没有找到与它有关的举措或规范",
    "/graph": "从一个主体、文件、计划、主题、类别或政策工具开始",
    "/graph?start=actor/学会&from=1900&to=1901": "没有符合条件的连线",
    "/documents?year=1900": "没有符合筛选的文件",
    "/compare": "选两份文件，逐条对照它们的举措和规范",
    f"/query?query={quote('SELECT * { ?s a <urn:nothing> }')}": "查询没有结果",
    "/similar": "请从检索结果里点“相近表述”进入",
    "/concerned": "请从",
    "/together?first=甲&second=乙": "没有哪条举措或规范的原文同时写到它们",
}
"""Address → what the page says where there is nothing to show."""
WRONG = {
    "/?q=，。": "检索词是空的",
    "/document?document=0000": "知识库里没有编号为“0000”的文件",
    "/document?document=4510761917c72c05&start=9&end=3": "不在这份文件里",
    "/organizations?name=中国化学会&kind=无此类": "没有“无此类”这一类别",
    "/graph?start=无此事物": "无此事物",
    "/graph?start=actor/学会&relation=x": "没有“x”这种关系",
    "/documents?document=0000": "知识库里没有编号为“0000”的文件",
    "/compare?first=无此文件&second=中华人民共和国专利法": "知识库里没有“无此文件”",
    f"/query?query={quote('SELECT * {')}": "SPARQL 语法错误：第 1 行",
    "/similar?iri=urn:x": "没有编号为“urn:x”的",
    "/concerned?iri=urn:x": "没有编号为“urn:x”的陈述",
    "/nowhere": "网址里的页面不存在，这里是首页",
}
"""Address → what the page says of it."""


def test_each_page_is_opened_cold() -> None:
    opened = {address.partition("?")[0].strip("/") or "search" for address in COLD}
    assert opened == VIEWS.keys() | LINKED_VIEWS.keys()


@pytest.mark.parametrize("address", COLD)
def test_link_opened_cold_shows_its_view(page: Page, app_address: str, address: str) -> None:
    shown, words = COLD[address]
    page.goto(app_address + address)
    expect(page.locator(shown).filter(has_text=words).first).to_be_visible()
    expect(page.locator("[data-testid=stAlertContentError]")).to_have_count(0)


@pytest.mark.parametrize(("address", "words"), [*EMPTY.items(), *WRONG.items()])
def test_empty_page_and_wrong_address_are_said_in_chinese(
    page: Page, app_address: str, address: str, words: str
) -> None:
    page.goto(app_address + address)
    expect(page.get_by_text(words).first).to_be_visible()
    expect(page.locator("[data-testid=stException]")).to_have_count(0)


@pytest.mark.parametrize("address", ["/overview", "/documents", "/graph?start=actor/学会"])
def test_table_of_a_page_is_taken_along(page: Page, app_address: str, address: str) -> None:
    page.goto(app_address + address)
    with page.expect_download() as download:
        page.get_by_role("button", name="下载 CSV").first.click()
    head, *rows = csv.reader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig")))
    assert len(rows) > 5 and all(len(row) == len(head) for row in rows)


def test_widgets_speak_chinese(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/compare")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(page.locator("[data-testid=stApp]")).to_have_attribute("data-test-script-state", "notRunning")
    page.get_by_role("combobox", name="第一份文件").fill("没有这样的文件")
    expect(page.get_by_text("没有符合的选项")).to_be_visible()
    page.goto(f"{app_address}/query?query={quote('SELECT ?title { ?document dcterms:title ?title }')}")
    toolbar = page.get_by_test_id("stElementToolbar")
    expect(page.locator("[data-testid=stApp]")).to_have_attribute("data-test-script-state", "notRunning")
    page.get_by_test_id("stDataFrame").hover()
    for name in ("下载 CSV", "查找", "全屏"):
        expect(toolbar.get_by_label(name, exact=True)).to_be_attached()
    page.goto(f"{app_address}/graph?start=actor/学会")
    expect(page.locator("[data-testid=stApp]")).to_have_attribute("data-test-script-state", "notRunning")
    page.get_by_test_id("stEChartsChart").hover()
    expect(toolbar.get_by_label("全屏：学会的关系图")).to_be_attached()
