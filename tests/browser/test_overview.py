"""Pages 概览 and 文档 in a real browser, wide and narrow."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from tests.browser.measuring import overflow

pytestmark = pytest.mark.browser

WIDTHS = {1440: 900, 390: 844}


def table(page: Page, title: str) -> Locator:
    return page.get_by_role("region", name=title, exact=True)


@pytest.mark.parametrize("width", WIDTHS)
def test_figure_leads_to_the_statements_behind_it(page: Page, app_address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})
    page.goto(f"{app_address}/overview")
    pairs = table(page, "谁与谁写在一起").locator("tbody tr")
    expect(pairs.first).to_be_visible()
    expect(page.get_by_test_id("stVegaLiteChart").first).to_be_visible()
    assert overflow(page) <= 0
    link = pairs.nth(1).locator("td .open").nth(1)
    number = int(link.inner_text())
    link.click()
    expect(page).to_have_title("写在一起 · 科策")
    expect(page.locator(".card")).to_have_count(number)
    assert overflow(page) <= 0
    page.go_back()
    expect(pairs.first).to_be_visible()


def test_year_leads_to_its_documents(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/overview")
    row = table(page, "各年份的文件").locator("tbody tr").first
    number = int(row.locator("td").inner_text())
    row.locator("th .open").click()
    expect(page).to_have_title("文档 · 科策")
    expect(table(page, "收录的文件").locator("tbody tr")).to_have_count(number)


def test_table_is_sorted_by_its_header_and_unfolded(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/documents")
    documents = table(page, "收录的文件")
    documents.get_by_role("button", name="举措").click()
    expect(documents.get_by_role("columnheader", name="举措")).to_have_attribute("aria-sort", "descending")
    page.get_by_role("button", name="显示全部").first.click()
    names = documents.locator("thead th").all_inner_texts()
    at = next(index for index, name in enumerate(names) if name.startswith("举措"))
    measures = [int(row.locator("th, td").nth(at).inner_text()) for row in documents.locator("tbody tr").all()]
    assert len(measures) > 10 and measures == sorted(measures, reverse=True)


@pytest.mark.parametrize("width", WIDTHS)
def test_coding_table_of_a_chosen_document_is_downloaded(page: Page, app_address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})
    page.goto(f"{app_address}/documents")
    coded = table(page, "编码表").locator("tbody tr")
    expect(coded.first).to_be_visible()
    expect(page.locator("[data-testid=stApp]")).to_have_attribute("data-test-script-state", "notRunning")
    choice = page.get_by_role("combobox", name="要编码的文件")
    choice.evaluate("node => node.scrollIntoView({ block: 'center' })")  # the list closes when the page scrolls
    choice.fill("科学技术普及法")
    expect(page.get_by_role("option", name="中华人民共和国科学技术普及法")).to_be_visible()
    choice.press("ArrowDown")
    choice.press("Enter")
    page.keyboard.press("Escape")  # the list stays open for further documents
    expect(coded.first).to_contain_text("科学技术普及法")
    assert overflow(page) <= 0
    files = {}
    for ending in ("CSV", "XLSX"):
        with page.expect_download() as download:
            page.get_by_role("button", name=f"下载编码表 {ending}").click()
        files[ending] = Path(download.value.path()).read_bytes()
    head, *rows = csv.reader(io.StringIO(files["CSV"].decode("utf-8-sig")))
    assert load_workbook(io.BytesIO(files["XLSX"])).active.max_row == len(rows) + 1
    assert {row[head.index("文件")] for row in rows} == {"中华人民共和国科学技术普及法"}
    first = coded.first.locator("th .open")
    assert first.inner_text() == rows[0][0]
    first.click()
    expect(page.locator(".body .target").first).to_be_in_viewport()
    assert "".join(page.locator(".body .target").all_text_contents()) == rows[0][head.index("内容")]


def test_coding_table_of_all_documents_is_made_while_the_page_tells_how_far_it_is(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/documents")
    page.get_by_role("button", name=re.compile("生成编码表文件")).click()
    expect(page.get_by_text(re.compile("生成编码表：[0-9]+／49"))).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="下载编码表 CSV").click(timeout=60_000)
    head, *rows = csv.reader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig")))
    assert len({row[head.index("文件")] for row in rows}) == 47 and len(rows) > 13_000
