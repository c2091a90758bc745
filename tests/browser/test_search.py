"""检索 and 原文 in a real browser, over the default corpus."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.measuring import overflow

pytestmark = pytest.mark.browser

QUESTION = "外国科学家能不能在学会担任职务"
expect.set_options(timeout=20_000)


def ask(page: Page, question: str) -> None:
    box = page.get_by_label("问题", exact=True)
    box.fill(question)
    box.press("Enter")


def facet(page: Page, title: str) -> Locator:
    return page.locator(f'.facet[data-title="{title}"]')


def test_question_typed_in_gives_the_measure_among_the_first_three(page: Page, app_address: str) -> None:
    page.goto(app_address)
    ask(page, QUESTION)
    cards = page.locator(".card")
    expect(cards.first).to_be_visible()
    assert any("外籍" in text for text in cards.locator(".quote").all_inner_texts()[:3])
    expect(cards.locator("mark").first).to_be_visible()
    expect(cards.first.locator(".source")).to_contain_text("《")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")


def test_example_on_the_empty_page_is_a_link_to_its_search(page: Page, app_address: str) -> None:
    page.goto(app_address)
    page.get_by_role("link", name="私营公司怎么建立科协").click()
    expect(page.get_by_label("问题", exact=True)).to_have_value("私营公司怎么建立科协")
    expect(page.locator(".card").first).to_be_visible()
    assert "q=" in page.url


def test_filter_keeps_one_kind_and_is_taken_away_again(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/?q={QUESTION}")
    expect(page.locator(".card.norm").first).to_be_visible()
    facet(page, "类型").locator(".option", has_text="举措").click()
    expect(page.locator(".card.norm")).to_have_count(0)
    assert set(page.locator(".badge").all_inner_texts()) == {"举措"}
    assert "kind=measure" in page.url
    page.locator(".option.selected").click()
    expect(page.locator(".card.norm").first).to_be_visible()
    assert "kind=" not in page.url


def test_filters_of_several_groups_are_combined_kept_in_the_address_and_cleared(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/?q={QUESTION}")
    group = facet(page, "主题")
    group.locator("summary").click()
    group.get_by_role("button", name="更多").click()
    group.locator(".option", has_text="学会治理").click()
    expect(page.locator(".chip")).to_have_text(["主题：学会治理×"])
    expect(group.locator(".option.selected")).to_be_visible()
    facet(page, "类型").locator(".option", has_text="规范").click()
    expect(page.locator(".chip")).to_have_text(["类型：规范×", "主题：学会治理×"])
    expect(page.locator(".card.measure")).to_have_count(0)
    # Unfolded by hand, it stays so where another filter is chosen.
    expect(group.get_by_role("button", name="收起")).to_be_visible()
    quotes = page.locator(".card .quote").all_inner_texts()
    page.goto(page.url)
    expect(page.locator(".chip")).to_have_text(["类型：规范×", "主题：学会治理×"])
    expect(page.locator(".card .quote")).to_have_text(quotes)
    page.get_by_role("link", name="清除筛选").click()
    expect(page.locator(".card.measure").first).to_be_visible()
    expect(page.locator(".chip")).to_have_count(0)
    assert page.url.endswith(f"?q={quote(QUESTION)}")


def test_long_group_shows_its_first_values_and_more_on_demand(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/?q={QUESTION}")
    group = facet(page, "主体类别")
    shown = group.locator(".option:visible")
    expect(shown).to_have_count(6)
    group.get_by_role("button", name="更多").click()
    expect(shown.nth(7)).to_be_visible()
    group.get_by_role("button", name="收起").click()
    expect(shown).to_have_count(6)


def test_reason_is_opened_and_says_how_the_score_came_about(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/?q={QUESTION}")
    note = page.locator(".card").first.locator(".note")
    note.locator("summary").click()
    expect(note.locator("p")).to_contain_text("得分")
    expect(note.locator("p")).to_contain_text("字词")


def test_document_that_a_question_names_is_said(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/?q=科普法对经费怎么规定")
    expect(page.get_by_text("“科普法”指《中华人民共和国科学技术普及法》。")).to_be_visible()


def test_question_that_is_not_answered_is_told_so(page: Page, app_address: str) -> None:
    question = "糖醋排骨的糖和醋按什么比例放"
    answered = page.request.get(f"{app_address}/api/search?q={quote(question)}").json()["answered"]
    page.goto(f"{app_address}/?q={question}")
    expect(page.locator(".card").first).to_be_visible()
    expect(page.get_by_text("没有直接回答")).to_have_count(int(answered is False))


def test_similar_statements_are_compared_and_lead_to_their_places(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/?q={QUESTION}&kind=measure")
    card = page.locator(".card").first
    quote_here = card.locator(".quote").inner_text()
    card.get_by_role("link", name="相近表述").click()
    comparisons = page.locator(".comparison")
    expect(comparisons).to_have_count(10)
    expect(page.locator(".card .quote")).to_have_text([quote_here])
    expect(page).to_have_title("相近表述 · 科策")
    expect(comparisons.locator(".here mark").first).to_be_visible()
    expect(comparisons.locator(".there mark").first).to_be_visible()
    expect(comparisons.locator(".verdict", has_text="同").first).to_be_visible()
    quotes = comparisons.locator(".there .quote").all_inner_texts()
    page.goto(page.url)
    expect(comparisons.locator(".there .quote")).to_have_text(quotes)
    comparisons.first.locator(".open").click()
    expect(page.locator(".body .target").first).to_be_in_viewport()
    assert "".join(page.locator(".body .target").all_text_contents()) == quotes[0]
    page.go_back()
    expect(comparisons).to_have_count(10)


def test_similar_statements_of_an_unknown_iri_are_said_in_chinese(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/similar?iri=https://kece.example/id/nothing")
    expect(page.get_by_role("alert")).to_contain_text("没有编号为“https://kece.example/id/nothing”的陈述")


@pytest.mark.parametrize("width", [390, 1440])
def test_search_with_all_unfolded_and_comparison_fit_the_screen(page: Page, app_address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{app_address}/?q={QUESTION}&actor_kinds=单位&topics=学会治理&kind=measure&kind=norm")
    expect(page.locator(".card").first).to_be_visible()
    page.locator(".all, .facet, .note, .citations").evaluate_all("nodes => nodes.forEach((node) => (node.open = true))")
    expect(page.locator(".note p").first).to_be_visible()
    assert overflow(page) <= 0
    page.get_by_role("link", name="相近表述").first.click()
    expect(page.locator(".comparison").first).to_be_visible()
    assert overflow(page) <= 0


def test_click_on_a_quote_opens_the_source_there_and_back_returns(page: Page, app_address: str) -> None:
    page.goto(app_address)
    ask(page, QUESTION)
    link = page.locator(".card .open").first
    quote = link.inner_text()
    link.click()
    target = page.locator(".body .target")
    expect(target.first).to_be_in_viewport()
    assert "".join(target.all_text_contents()) == quote
    page.go_back()
    expect(page.locator(".card .open").first).to_have_text(quote)
    expect(page.get_by_label("问题", exact=True)).to_have_value(QUESTION)


def test_link_opened_cold_shows_the_same_search_and_the_same_place(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/?q={QUESTION}&kind=measure")
    expect(page.get_by_label("问题", exact=True)).to_have_value(QUESTION)
    expect(page.locator(".option.selected")).to_contain_text("举措")
    link = page.locator(".card .open").first
    quote, address = link.inner_text(), link.get_attribute("href")
    page.goto(f"{app_address}/{address}")
    target = page.locator(".body .target")
    expect(target.first).to_be_in_viewport()
    assert "".join(target.all_text_contents()) == quote
    expect(page.locator(".panel section").first).to_contain_text("举措")


def test_search_without_a_hit_leads_to_one_with_fewer_filters(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/?q={QUESTION}&document=0000000000000000&kind=norm")
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text("没有找到")
    page.get_by_role("link", name="不限文件").click()
    expect(page.locator(".card.norm").first).to_be_visible()
    expect(page.locator(".chip")).to_have_text(["类型：规范×"])


def test_names_are_chosen_by_keyboard_and_past_questions_offered_and_cleared(page: Page, app_address: str) -> None:
    page.goto(app_address)
    box = page.get_by_role("combobox", name="问题")
    options = page.get_by_role("option")
    box.press_sequentially("ｚｇｋｘ")
    expect(options.first).to_have_text("中国科协主体")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("Escape")
    expect(options).to_have_count(0)
    expect(box).to_have_value("ｚｇｋｘ")
    box.press("ArrowDown")
    expect(options.first).to_be_visible()
    box.press("ArrowDown")
    active = box.get_attribute("aria-activedescendant")
    expect(page.locator(f"#{active}")).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    expect(page.locator(".card").first).to_be_visible()
    expect(box).to_have_value("中国科协")
    box.fill("科普法")
    box.press("ArrowDown")
    expect(options).to_have_text(["中华人民共和国科学技术普及法文件"])
    box.press("ArrowDown")
    box.press("Enter")
    expect(page.locator(".body .line").first).to_be_visible()
    page.goto(app_address)
    expect(page.get_by_role("link", name="中国科协", exact=True)).to_be_visible()
    box.focus()
    expect(options).to_have_text(["中国科协搜过"])
    page.get_by_role("button", name="清除搜过的").first.click()
    expect(options).to_have_count(0)
    expect(page.get_by_role("link", name="中国科协", exact=True)).to_have_count(0)


def test_order_and_groups_are_in_the_address(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/?q={QUESTION}")
    page.get_by_role("link", name="效力", exact=True).click()
    expect(page.get_by_text("按效力由强到弱排列")).to_be_visible()
    page.get_by_role("link", name="按文件", exact=True).click()
    expect(page.locator(".group .heading").first).to_be_visible()
    expect(page.locator(".group .card").first.locator(".facts")).to_contain_text("义务")
    assert page.url.endswith("&sort=force&group=document")
    quotes = page.locator(".card .quote").all_inner_texts()
    page.goto(page.url)
    expect(page.locator(".card .quote")).to_have_text(quotes)
    page.get_by_role("combobox", name="问题").fill("科普经费")
    page.get_by_role("button", name="检索", exact=True).click()
    expect(page.locator(".segment.selected")).to_have_text(["效力", "按文件"])
    expect(page.locator(".card .quote").first).not_to_have_text(quotes[0])


def test_citation_is_copied(page: Page, app_address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{app_address}/?q={QUESTION}")
    card = page.locator(".card").first
    card.get_by_text("引用格式").click()
    card.get_by_role("button", name="复制").nth(1).click()
    expect(card.get_by_role("button", name="已复制")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == card.locator(".citation").nth(1).inner_text()
    assert "[A]. 2021: " in copied


def test_search_for_punctuation_says_what_to_type(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/?q=？？！")
    expect(page.get_by_role("alert")).to_be_visible()
    assert "页面出错了" not in page.get_by_role("alert").inner_text()


def test_export_holds_the_hits_that_are_shown(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/?q={QUESTION}&sort=date&limit=10")
    expect(page.locator(".card").first).to_be_visible()
    shown = page.locator(".quote").all_text_contents()
    page.get_by_role("button", name="下载", exact=True).click()
    files = {}
    for name in ("CSV", "XLSX", "BibTeX", "JSON"):
        with page.expect_download() as download:
            page.get_by_role("button", name=f"下载 {name}").click()
        files[name] = Path(download.value.path()).read_bytes()
    content = files["CSV"]
    assert content.startswith(b"\xef\xbb\xbf")
    sheet = openpyxl.load_workbook(io.BytesIO(files["XLSX"])).active
    assert [row[2] for row in sheet.iter_rows(min_row=2, values_only=True)] == shown
    answer = page.request.get(f"{app_address}/api/search?q={quote(QUESTION)}&limit=10").json()
    assert json.loads(files["JSON"]) == answer
    titles = re.findall(r"title = \{\{(.*)\}\},", files["BibTeX"].decode())
    sources = page.locator(".card .source").all_inner_texts()
    assert [f"《{title}》" for title in titles] == list(dict.fromkeys(source.split(" ")[0] for source in sources))
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row["原文"] for row in rows] == shown
    for row in rows:
        parts = [float(row[name]) for name in ("字词得分", "意思得分", "图谱得分")]
        assert sum(parts) == pytest.approx(float(row["得分"]), abs=2e-4)
        assert row["为什么"]


def test_document_that_does_not_exist_is_said_in_chinese(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/document?document=0000000000000000")
    expect(page.get_by_role("alert")).to_contain_text("知识库里没有编号为“0000000000000000”的文件")


@pytest.mark.parametrize("place", ["start=5&end=2", "start=0&end=99999999", "start=abc&end=9"])
def test_place_outside_the_document_is_said_in_chinese(page: Page, app_address: str, place: str) -> None:
    page.goto(f"{app_address}/document")
    address = page.locator(".card .open").first.get_attribute("href")
    page.goto(f"{app_address}/{address}&{place}")
    expect(page.get_by_role("alert")).to_contain_text("不在这份文件里")
