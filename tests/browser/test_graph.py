"""Page 图谱 in a real browser: from a start by clicks to the words behind a line, and out as files."""

from __future__ import annotations

import re
from pathlib import Path

import networkx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.measuring import overflow

pytestmark = pytest.mark.browser

CLICKS = 5
ANSWER_MILLISECONDS = 6_000


def drawn(page: Page, words: str) -> Locator:
    """A name or the label of a line in the drawing, which is SVG here."""
    return page.locator("[data-testid=stEChartsChart] svg text").get_by_text(words, exact=True).first


def click_drawn(page: Page, words: str, shown: Locator) -> None:
    """Click on a name or label until ``shown`` appears: a click on a drawing that is just being replaced is lost."""
    for _ in range(CLICKS):
        drawn(page, words).click()
        try:
            expect(shown).to_be_visible(timeout=ANSWER_MILLISECONDS)
        except AssertionError:
            continue
        return
    expect(shown).to_be_visible()


def test_start_line_words_and_expansion_by_click_and_a_cold_link(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/graph")
    page.get_by_role("link", name="科创中国（计划与平台）").click()
    page.get_by_role("radio", name="矢量图").click()
    quotes = page.locator(".card .quote")
    click_drawn(page, "涉及计划或平台 2", quotes.first)
    shown = quotes.all_inner_texts()
    assert len(shown) == 2 and all("科创中国" in quote for quote in shown)
    page.goto(page.url)
    expect(quotes).to_have_text(shown)
    page.locator(".card .open").first.click()
    expect(page.locator(".body .target").first).to_be_in_viewport()
    assert "".join(page.locator(".body .target").all_text_contents()) == shown[0]
    page.go_back()
    close = page.get_by_role("link", name="收起“学会治理”")
    click_drawn(page, "学会治理", close)
    expect(page).to_have_url(re.compile(r"open=topic%2F"))
    expect(page.get_by_text("没有画出的邻居：“学会治理”")).to_be_visible()
    close.click()
    expect(page).not_to_have_url(re.compile("open="))


def test_table_and_files_hold_the_same_edges_as_the_drawing(page: Page, app_address: str, tmp_path: Path) -> None:
    page.goto(f"{app_address}/graph?start=programme/科创中国&look=svg")
    expect(drawn(page, "学会治理")).to_be_visible()
    box = page.get_by_test_id("stEChartsChart").bounding_box()
    assert box is not None
    with page.expect_download() as picture:
        page.mouse.click(box["x"] + box["width"] - 32, box["y"] + 24)
    assert picture.value.suggested_filename == "科策图谱.svg"
    assert "学会治理" in Path(picture.value.path()).read_text(encoding="utf-8")
    with page.expect_download() as download:
        page.get_by_role("button", name="下载 GraphML").click()
    download.value.save_as(tmp_path / "graph.graphml")
    graph = networkx.read_graphml(tmp_path / "graph.graphml", force_multigraph=True)
    page.get_by_role("radio", name="表", exact=True).click()
    rows = page.get_by_role("region", name="关系").locator("tbody tr")
    expect(rows).to_have_count(graph.number_of_edges())
    in_table = {row.locator("th, td").nth(3).inner_text() for row in rows.all()}
    assert in_table == {graph.nodes[target]["label"] for _, target in graph.edges()}


@pytest.mark.parametrize("width", [390, 1440])
def test_path_fits_the_screen_and_each_step_leads_to_its_words(page: Page, app_address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{app_address}/graph?start=actor/国际组织&end=programme/科创中国")
    expect(page.get_by_test_id("stEChartsChart").locator("canvas")).to_be_visible()
    expect(page.get_by_text(re.compile(r"^最短的路径有 \d+ 步"))).to_be_visible()
    page.get_by_role("link", name="科创中国（").first.click()
    expect(page.locator(".card .quote").first).to_contain_text("科创中国")
    assert overflow(page) <= 0


def test_name_of_several_things_is_asked_about_and_an_unknown_one_is_said(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/graph?start=科普法")
    page.get_by_role("link", name="中华人民共和国科学技术普及法（文件）").click()
    expect(page.get_by_test_id("stEChartsChart").locator("canvas")).to_be_visible()
    page.goto(f"{app_address}/graph?start=不存在的东西")
    expect(page.get_by_text("图谱里没有名称含有“不存在的东西”")).to_be_visible()
