"""The other pages in a real browser, and every page on a narrow screen."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from kg.settings import PROJECT_ROOT
from tests.browser.measuring import overflow
from tests.browser.servers import running_app
from web.links import HOME, VIEWS

pytestmark = pytest.mark.browser


def test_organization_typed_in_leads_to_a_statement_in_its_text(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/organizations")
    box = page.get_by_label("单位", exact=True)
    box.fill("中国物理学会")
    box.press("Enter")
    expect(page.get_by_text("类别：全国学会")).to_be_visible()
    first = page.locator(".card").first
    first.locator("summary").click()
    expect(first.locator(".note p")).to_contain_text("中国物理学会")
    text = first.locator(".quote").inner_text()
    first.locator(".open").click()
    expect(page.locator(".body .target").first).to_be_in_viewport()
    assert "".join(page.locator(".body .target").all_text_contents()) == text


def test_sparql_page_runs_a_query_and_offers_the_table(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/query")
    page.get_by_role("button", name="运行").click()
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="下载 CSV").click()
    assert download.value.suggested_filename == "科策查询结果.csv"


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
        page.get_by_role("navigation", name="App pages").get_by_role("link", name=title).click()
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
        "/query",
        "/about",
    ],
)
def test_page_fits_a_narrow_screen(page: Page, app_address: str, path: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(app_address + path)
    expect(page.locator(".links a, .card, textarea, [data-testid=stDataFrame]").first).to_be_visible()
    assert overflow(page) <= 0


def test_mark_is_opened_by_the_keyboard(page: Page, app_address: str) -> None:
    page.goto(f"{app_address}/document")
    page.locator(".card .open").first.click()
    mark = page.locator(".body .norm[tabindex]").first
    mark.focus()
    mark.press("Enter")
    expect(page.locator(".panel section").first).to_be_visible()


def test_app_without_a_knowledge_base_starts_and_says_how_to_build_one(page: Page, tmp_path: Path) -> None:
    home = {"KECE_HOME": str(tmp_path)}
    with running_app(PROJECT_ROOT / "app.py", "/_stcore/health", home, tmp_path / "app.log") as address:
        page.goto(f"{address}/?q=科普")
        expect(page.get_by_role("alert")).to_contain_text("请先运行 python cli.py build")
        health = page.request.get(f"{address}/healthz")
        assert health.status == 503
        assert "建库" in health.json()["error"]
