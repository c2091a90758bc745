"""Page 对比 in a real browser: choosing two documents, filtering, reading on in the text, and the file."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

GENERAL, HIGHER = "中华人民共和国教育法", "中华人民共和国高等教育法"


def choose(page: Page, box: str, title: str) -> None:
    # What is chosen while the page before is still drawn is lost.
    expect(page.locator("[data-testid=stApp]")).to_have_attribute("data-test-script-state", "notRunning")
    field = page.get_by_role("combobox", name=box)
    field.fill(title)
    page.get_by_role("option", name=title, exact=True).click()


def test_two_documents_are_chosen_compared_and_taken_along(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/compare")
    choose(page, "第一份文件", GENERAL)
    expect(page).to_have_url(re.compile(r"/compare\?first=\w+$"))
    choose(page, "第二份文件", HIGHER)
    figure = page.locator(".figure", has_text="字句相近")
    count = int(figure.locator(".count").inner_text())
    figure.press("Enter")
    rows = page.locator(".comparison")
    expect(rows).to_have_count(count)
    first = rows.filter(has=page.locator("del")).first
    assert "line-through" in first.locator("del").first.evaluate("node => getComputedStyle(node).textDecorationLine")
    assert "underline" in rows.locator("ins").first.evaluate("node => getComputedStyle(node).textDecorationLine")
    with page.expect_download() as download:
        page.get_by_role("button", name="下载 XLSX").click()
    sheet = load_workbook(io.BytesIO(Path(download.value.path()).read_bytes())).active
    head, *lines = sheet.iter_rows(values_only=True)
    assert [line[head.index("类别")] for line in lines] == ["字句相近"] * count
    words = first.locator(".here .quote").inner_text()
    assert words in [line[head.index("甲：原文")] for line in lines]
    first.locator(".here .open").click()
    expect(page.locator(".body .target").first).to_be_in_viewport()
    assert "".join(page.locator(".body .target").all_text_contents()) == words
    page.go_back()
    expect(rows).to_have_count(count)
