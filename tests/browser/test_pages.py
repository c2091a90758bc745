"""The other pages in a real browser, and every page on a narrow screen."""

from __future__ import annotations

import io
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.measuring import overflow
from tests.browser.servers import running_app
from web.links import HOME, VIEWS

pytestmark = pytest.mark.browser


def ask_organization(page: Page, name: str, box: str = "单位") -> None:
    field = page.get_by_label(box, exact=True)
    field.fill(name)
    field.press("Enter")


def test_organization_typed_in_leads_to_a_statement_in_its_text(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/organizations")
    ask_organization(page, "中国物理学会")
    expect(page.locator(".known .line").first).to_contain_text("全国学会（名称“中国物理学会”")
    first = page.locator(".card").first
    first.locator("summary").click()
    expect(first.locator(".note p")).to_contain_text("中国物理学会")
    text = first.locator(".quote").inner_text()
    first.locator(".open").click()
    expect(page.locator(".body .target").first).to_be_in_viewport()
    assert "".join(page.locator(".body .target").all_text_contents()) == text


def test_kind_of_an_organization_is_changed_taken_along_and_back_again(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/organizations?name=中国物理学会")
    kinds, quotes = page.locator(".st-key-kinds"), page.locator(".card .quote")
    expect(kinds).to_contain_text("全国学会")
    expect(quotes).to_have_count(50)  # ten in each of the five roles: the page stands whole
    before = quotes.all_inner_texts()
    kinds.get_by_role("combobox").fill("高等学校")
    page.get_by_role("option", name="高等学校", exact=True).click()
    page.keyboard.press("Escape")  # the list stays open for further kinds
    expect(page.locator(".known")).to_contain_text("由使用者指定为“高等学校”")
    assert page.url.count("kind=") == 2
    expect(quotes.first).not_to_have_text(before[0])
    expect(page.locator("[data-testid=stApp]")).to_have_attribute("data-test-script-state", "notRunning")
    expect(quotes).to_have_count(50)
    changed = quotes.all_inner_texts()
    listed = downloaded_quotes(page)
    assert listed[:10] == changed[:10] and len(listed) > 500
    page.go_back()
    expect(page.locator(".known")).not_to_contain_text("由使用者指定")
    expect(kinds).not_to_contain_text("高等学校")
    expect(quotes).to_have_text(before)
    page.go_forward()
    expect(kinds).to_contain_text("高等学校")
    expect(quotes).to_have_text(changed)
    page.goto(page.url)
    expect(quotes).to_have_text(changed)


def downloaded_quotes(page: Page) -> list[str]:
    """The quotes of the workbook that the page offers."""
    with page.expect_download() as download:
        page.get_by_role("button", name="下载 XLSX").click()
    assert download.value.suggested_filename == "与中国物理学会有关的清单.xlsx"
    head, *rows = load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))["清单"].iter_rows(
        values_only=True
    )
    return [str(row[head.index("原文")]) for row in rows]


def test_organization_kinds_taken_away_and_restored(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/organizations?name=中国物理学会")
    kinds = page.locator(".st-key-kinds")
    expect(kinds).to_contain_text("全国学会")
    kinds.get_by_role("combobox").press("Backspace")
    expect(page.get_by_text("没有选定类别")).to_be_visible()
    assert "kind=" in page.url
    page.get_by_role("link", name="恢复自动判断").click()
    expect(kinds).to_contain_text("全国学会")
    assert "kind=" not in page.url


def test_organization_described_gets_all_three_files(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/organizations")
    described = page.get_by_label("用几句话说明")
    described.fill("我们是做人工智能的民营企业，在浙江")
    described.press("Control+Enter")
    expect(page.locator(".known")).to_contain_text("民营企业（说明里写着“民营企业”）")
    expect(page.get_by_role("combobox", name="地区")).to_have_value("浙江省")
    for ending in ("CSV", "XLSX", "DOCX"):
        with page.expect_download() as download:
            page.get_by_role("button", name=f"下载 {ending}").click()
        assert download.value.suggested_filename == f"与本单位有关的清单.{ending.lower()}"
        assert Path(download.value.path()).stat().st_size > 10_000
    expect(page.get_by_role("heading", name="按意义相近")).to_be_visible()


def test_organizations_are_compared_and_back_again(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/organizations?name=中国物理学会")
    expect(page.locator(".card").first).to_be_visible()
    ask_organization(page, "某县科协", box="与另一单位对比")
    expect(page.get_by_role("heading", name="只与某县科协有关")).to_be_visible()
    expect(page.get_by_role("heading", name="都有关")).to_be_visible()
    page.locator(".option", has_text="只与某县科协有关").click()
    expect(page.get_by_role("heading", name="都有关")).to_have_count(0)
    page.go_back()
    expect(page.get_by_role("heading", name="都有关")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("与另一单位对比", exact=True)).to_have_value("")
    expect(page.get_by_role("heading", name="必须做")).to_be_visible()


def test_organization_leads_to_its_sparql_and_its_answer(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/organizations?name=中国物理学会")
    page.get_by_text("看这一结果的 SPARQL").click()
    page.get_by_role("link", name="在 SPARQL 页打开").click()
    expect(page).to_have_url(re.compile("/query\\?query=.*VALUES"))
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()


def test_statement_names_the_organization_kinds_it_concerns(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/organizations?name=高等学校")
    card = page.locator(".card").first
    quote = card.locator(".quote").inner_text()
    card.get_by_role("link", name="涉及哪些单位").click()
    expect(page).to_have_title("涉及哪些单位 · 科策")
    expect(page.locator(".card .quote").first).to_have_text(quote)
    page.locator(".card .open", has_text=re.compile("^高等学校$")).first.click()
    expect(page.get_by_label("单位", exact=True)).to_have_value("高等学校")


def test_query_in_the_address_of_the_endpoint_answers_the_browser(page: Page, app_address: str) -> None:
    answer = page.goto(f"{app_address}/sparql?query={quote('ASK { ?d a kp:PolicyDocument }')}")
    assert answer is not None
    assert answer.status == 200
    assert "true" in answer.text()


def test_navigation_opens_each_page(page: Page, app_address: str) -> None:
    page.goto(app_address)
    for view, title in VIEWS.items():
        # A click while the page before is still drawn is lost.
        expect(page.locator("[data-testid=stApp]")).to_have_attribute("data-test-script-state", "notRunning")
        page.get_by_role("navigation", name="各页").get_by_role("link", name=title).click()
        expect(page).to_have_url(f"{app_address}/" if view == HOME else f"{app_address}/{view}")
        expect(page).to_have_title(f"{title} · 科策")
        expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?q=科普经费",
        "/?q=科普&kind=norm&modality=prohibition&actor_kinds=单位",
        "/document",
        "/organizations?name=高等学校",
        "/organizations?describe=我们是做半导体设备的民营企业，在浙江&kind=民营企业&kind=科研机构&field=",
        "/organizations?name=高等学校&other=中国物理学会",
        "/overview",
        "/documents",
        "/compare?first=中华人民共和国教育法&second=中华人民共和国高等教育法",
        "/query",
        "/query?query=SELECT * { ?s a kp:Programme ; skos:prefLabel ?name }",
        "/about",
    ],
)
def test_page_fits_a_narrow_screen(page: Page, app_address: str, path: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(app_address + path)
    expect(
        page.locator(".links a, .card, .comparison, .frame, textarea, [data-testid=stDataFrame]").first
    ).to_be_visible()
    page.locator(".note").evaluate_all("nodes => nodes.forEach((node) => (node.open = true))")
    assert overflow(page) <= 0


def test_app_without_a_knowledge_base_starts_and_says_how_to_build_one(page: Page, tmp_path: Path) -> None:
    home = {"KECE_HOME": str(tmp_path)}
    with running_app(home, tmp_path / "app.log", "/_stcore/health") as address:
        page.goto(f"{address}/?q=科普")
        expect(page.get_by_role("alert")).to_contain_text("请先运行 python cli.py build")
        health = page.request.get(f"{address}/healthz")
        assert health.status == 503
        assert "建库" in health.json()["error"]
