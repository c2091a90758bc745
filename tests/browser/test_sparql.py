"""Page SPARQL in Chromium: the editor completes and runs, the cookbook fills it, results are drawn and taken along.

That no request leaves this machine is checked by the fixture ``page``.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from kg.questions import fill_question
from tests.browser.measuring import overflow
from web.editor.files import is_installed

LONG = """SELECT (COUNT(*) AS ?number) {
  ?one kp:inDocument ?first . ?other kp:inDocument ?second FILTER(STRLEN(CONCAT(STR(?one), STR(?other))) < 0) }"""
"""Takes minutes, and little memory."""
needs_editor = pytest.mark.skipif(not is_installed(), reason="the editor is not installed: npm was missing at `make`")


def open_editor(page: Page, address: str) -> None:
    page.goto(f"{address}/query")
    expect(page.get_by_role("button", name="运行", exact=True)).to_be_enabled()


def written(page: Page) -> str:
    return str(page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()"))


def write(page: Page, text: str) -> None:
    page.locator(".CodeMirror-scroll").click()
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


@needs_editor
def test_editor_completes_by_name_and_by_chinese_label_and_runs_by_the_keyboard(page: Page, app_address: str) -> None:
    open_editor(page, app_address)
    hints = page.locator(".CodeMirror-hints li")
    write(page, "SELECT * { ?m a ")
    page.keyboard.insert_text("Meas")  # at once: Enter is lost while a list is being renewed for one more letter
    expect(hints.first).to_have_text("kp:Measure　举措")
    page.keyboard.press("Enter")
    page.keyboard.type(" ; ")
    page.keyboard.insert_text("期限")
    expect(hints.first).to_have_text("kp:deadline　期限")
    page.keyboard.press("Enter")
    page.keyboard.type(" ?when } LIMIT 5")
    assert re.fullmatch(r"SELECT \* \{ \?m a kp:Measure ; kp:deadline \?when \} LIMIT 5", written(page))
    expect(page.locator(".parseErrorIcon")).to_have_count(0)  # prefixes need no declaration
    page.keyboard.press("Control+Enter")
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/query\?query=SELECT"))
    page.reload()
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    assert "kp:deadline" in written(page)


@needs_editor
def test_editor_marks_what_is_wrong_and_the_page_says_it(page: Page, app_address: str) -> None:
    open_editor(page, app_address)
    write(page, "SELECT * WHERE { ?s unknown:name ?o }")
    expect(page.locator(".parseErrorIcon")).to_have_count(1)
    expect(page.locator(".parseErrorIcon")).to_have_attribute("title", "这一行有没有声明的前缀。")
    write(page, "SELECT * WHERE { ?s }")
    expect(page.locator(".parseErrorIcon")).to_have_attribute("title", re.compile("^这一行不合语法，此处可以是："))
    write(page, "SELECT * WHERE { ?s unknown:name ?o }")
    page.get_by_role("button", name="运行", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("语法错误")
    assert "unknown:name" in written(page)


@needs_editor
def test_cookbook_fills_the_editor_then_runs_and_back_returns(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/query?question=document_kind_norms")
    page.get_by_role("button", name="放进编辑器", exact=True).click()
    expect(page.locator(".CodeMirror-code")).to_contain_text("一份文件给一类主体定了什么")
    expect(page.get_by_test_id("stDataFrame")).to_have_count(0)
    page.get_by_role("button", name="放进编辑器并运行").click()
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    page.go_back()
    expect(page.get_by_test_id("stDataFrame")).to_have_count(0)


@pytest.mark.parametrize(
    ("question", "chart", "width"),
    [
        ("policy_instruments", "条形图", 390),
        ("topic_years", "折线图", 1440),
        ("partners", "关系网", 390),
        ("documents", "时间线", 1440),
    ],
)
def test_result_is_drawn_in_the_page(page: Page, app_address: str, question: str, chart: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{app_address}/query?query={quote(fill_question(question))}")
    page.get_by_text(chart, exact=True).click()
    expect(page.get_by_test_id("stEChartsChart").locator("canvas").first).to_be_visible()
    expect(page.get_by_test_id("stDataFrame")).to_have_count(0)
    assert overflow(page) <= 0


def test_result_is_taken_along_as_files(page: Page, app_address: str, tmp_path: Path) -> None:
    page.goto(f"{app_address}/query?query={quote(fill_question('most_charged_actors'))}")
    for name in ("CSV", "XLSX", "JSON"):
        with page.expect_download() as download:
            page.get_by_role("button", name=f"下载 {name}").click()
        assert download.value.suggested_filename == f"科策查询结果.{name.lower()}"
        download.value.save_as(tmp_path / f"result.{name.lower()}")
    table = tmp_path / "result.csv"
    assert table.read_bytes().startswith(b"\xef\xbb\xbfiri,actor,obligations")
    sheet = load_workbook(tmp_path / "result.xlsx").active
    assert sheet.max_row == len(table.read_text(encoding="utf-8-sig").splitlines())


def test_long_query_says_so_is_cancelled_and_begun_again(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/query?query={quote(LONG)}")
    page.get_by_role("button", name="取消").click()
    expect(page.get_by_text("查询已取消。")).to_be_visible()
    page.get_by_role("button", name="重新开始").click()
    expect(page.get_by_text(re.compile("查询……已用 [0-9]+ 秒"))).to_be_visible()
    page.goto(f"{app_address}/query?query={quote(fill_question('most_charged_actors'))}")
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()


def test_search_and_document_lead_to_their_queries(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/?q=科普经费")
    quote_shown = page.locator(".card .quote").first.inner_text()
    page.get_by_role("link", name="看这一结果的 SPARQL").click()
    expect(page).to_have_url(re.compile("kp%3Asearch"))
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    assert quote_shown
    page.goto(f"{app_address}/document?document=4510761917c72c05")
    page.get_by_role("link", name="看这份文件的举措和规范的 SPARQL").click()
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()


def test_row_of_a_statement_opens_its_words_in_the_text(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/query?query={quote(fill_question('unborne_norms'))}")
    table = page.get_by_test_id("stDataFrame")
    expect(table).to_be_visible()
    table.scroll_into_view_if_needed()
    expect(page.locator("[data-testid=stApp]")).to_have_attribute("data-test-script-state", "notRunning")
    box = table.bounding_box()
    assert box is not None
    link = (box["x"] + 24, box["y"] + 52)  # the first row's first cell: the table is drawn, its cells are no elements
    with page.context.expect_page() as opened:
        page.mouse.move(*link)
        page.mouse.move(link[0] + 1, link[1])
        page.mouse.click(*link)
    expect(opened.value.locator(".body .target").first).to_be_visible()
