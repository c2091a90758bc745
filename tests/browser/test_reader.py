"""原文 in a real browser, over the default corpus."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PLAN = "4510761917c72c05"
"""Key of the 方案 of 2021: what its text is determines it."""


def open_plan(page: Page, address: str, more: str = "") -> None:
    page.goto(f"{address}/document?document={PLAN}{more}")
    expect(page.locator(".body .line").first).to_be_visible()


def words_of_target(page: Page) -> str:
    target = page.locator(".body .target")
    expect(target.first).to_be_in_viewport()
    return "".join(target.all_text_contents())


def test_marks_are_hidden_by_kind_and_stay_so_in_the_address(page: Page, app_address: str) -> None:
    open_plan(page, app_address)
    measure, programme = page.locator(".body .measure").first, page.locator(".body .programme").first
    expect(measure).to_have_css("border-bottom-style", "solid")
    expect(programme).to_have_css("outline-style", "solid")
    page.get_by_label("举措", exact=True).uncheck()
    expect(measure).to_have_css("border-bottom-style", "none")
    expect(page).to_have_url(re.compile("hide=measure"))
    page.goto(page.url)
    expect(page.locator(".body .measure").first).to_have_css("border-bottom-style", "none")
    expect(page.get_by_label("举措", exact=True)).not_to_be_checked()
    expect(page.locator(".body .programme").first).to_have_css("outline-style", "solid")
    page.locator(".body .norm", has_text="支持").first.click()
    page.locator(".panel .fact", has_text="所在条款").get_by_role("link").first.click()
    expect(page.locator(".body .target").first).to_be_in_viewport()
    expect(page).to_have_url(re.compile("start=.*hide=measure"))


def test_mark_opens_its_facts_its_neighbours_and_the_same_thing_elsewhere(page: Page, app_address: str) -> None:
    open_plan(page, app_address)
    sentence = page.locator(".body .sentence", has_text="支持学会参与").first
    norm = sentence.locator(".norm[role=button]", has_text="支持").first
    norm.focus()
    expect(page.locator(".tip")).to_contain_text("承担者：学会")
    norm.press("Enter")
    expect(page.get_by_role("button", name="关闭")).to_be_focused()
    page.keyboard.press("Escape")
    expect(norm).to_be_focused()
    norm.press("Enter")
    section = page.locator(".panel section.norm")
    expect(section.locator(".fact", has_text="承担者").locator("li")).to_have_text(["学会写明"])
    expect(section.locator(".fact", has_text="所在条款").get_by_role("link")).to_have_text("三、重点举措 4.")
    section.get_by_role("button", name="别处的相近表述").click()
    expect(section.locator(".elsewhere li")).to_have_count(3)
    expect(section.get_by_role("link", name="涉及哪些单位")).to_be_visible()
    section.get_by_role("link", name="学会", exact=True).click()
    expect(page.get_by_label("单位", exact=True)).to_have_value("学会")


def test_programme_and_outline_lead_on(page: Page, app_address: str) -> None:
    open_plan(page, app_address)
    page.locator(".outline button", has_text="重点举措").click()
    expect(page.locator(".body .line", has_text="三、重点举措").first).to_be_in_viewport()
    page.locator(".body .programme", has_text="科创中国").first.click()
    expect(page.locator(".panel section.programme")).to_contain_text("见于")


def test_link_of_a_sentence_leads_back_to_it(page: Page, app_address: str) -> None:
    open_plan(page, app_address)
    sentence = page.locator(".body .sentence", has_text="支持学会参与").first
    words = sentence.text_content()
    sign = sentence.get_by_role("link", name="这一句的链接")
    sign.focus()
    sign.press("Enter")
    expect(page.get_by_label("出处", exact=True)).to_have_value(re.compile("重点任务工作方案》三、重点举措 4."))
    link = page.get_by_label("链接", exact=True).input_value()
    page.goto(link)
    assert words_of_target(page) == words


def test_selected_words_are_linked_by_code_points(page: Page, app_address: str) -> None:
    open_plan(page, app_address)
    line = page.locator(".body .line", has_text="二、总体要求").first
    line.dblclick(position={"x": 40, "y": 16})
    page.get_by_role("button", name="复制此处链接").click()
    words = page.locator(".panel .place .quote").inner_text()
    link = page.get_by_label("链接", exact=True).input_value()
    start, end = (int(parse_qs(urlsplit(link).query)[name][0]) for name in ("start", "end"))
    page.goto(link)
    assert words_of_target(page) == words and end - start == len(words)


def test_paper_holds_the_text_and_nothing_to_click_on(page: Page, app_address: str) -> None:
    open_plan(page, app_address, "&hide=actor")
    page.emulate_media(media="print")
    for part in (".outline", ".ways", ".legend input >> nth=0", "[data-testid=stHeader]", "[data-testid=stSelectbox]"):
        expect(page.locator(part)).to_be_hidden()
    expect(page.locator("h1")).to_contain_text("重点任务工作方案")
    expect(page.locator(".about")).to_contain_text("科协发智字〔2021〕41号")
    expect(page.locator(".legend label")).to_have_count(4)
    expect(page.locator(".legend label", has_text="主体")).to_be_hidden()
    expect(page.locator(".body .measure").first).to_have_css("border-bottom-style", "solid")
    heights = page.locator("[data-testid=stMain]").evaluate("node => [node.clientHeight, node.scrollHeight]")
    assert heights[0] == heights[1]  # it is not cut where the window ends
