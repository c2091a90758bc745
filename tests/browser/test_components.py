"""The components with hostile text: markup stays text, and offsets are code points."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from kg.settings import PROJECT_ROOT
from tests.browser.servers import running_app

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def hostile_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    log = tmp_path_factory.mktemp("hostile") / "app.log"
    command = ("-m", "streamlit", "run", "tests/browser/hostile_app.py", "--server.port={port}")
    with running_app({"PYTHONPATH": str(PROJECT_ROOT)}, log, "/_stcore/health", command) as address:
        yield address


def test_markup_in_a_text_stays_text_and_marks_fall_on_code_points(page: Page, hostile_address: str) -> None:
    page.goto(hostile_address)
    expect(page.locator(".card mark")).to_have_text("政策")
    expect(page.locator(".body .measure.target")).to_have_text("政策")
    expect(page.locator(".body .line")).to_have_count(2)
    expect(page.locator(".body .line").first).to_contain_text('𠮷野😀<img src=x onerror="document.title=1">政策</p>')
    expect(page.locator(".panel section.measure h2")).to_contain_text("<img src=x")
    expect(page.get_by_label("出处", exact=True)).to_have_value(re.compile("<img src=x"))
    expect(page.locator(".about dt")).to_have_text("<b>名</b>")
    expect(page.locator(".legend")).to_contain_text("<b>举措</b>")
    page.locator(".body .measure").hover()
    expect(page.locator(".tip")).to_contain_text("<img src=x")
    expect(page.locator(".comparison mark")).to_have_text(["政策", "政策"])
    expect(page.locator(".comparison .flag")).to_contain_text("<img src=x")
    expect(page.locator(".comparison .side").first).to_contain_text("<img src=x")
    expect(page.locator(".figure .label")).to_contain_text("<img src=x")
    expect(page.locator(".chip")).to_contain_text("<img src=x")
    expect(page.locator(".option").first).to_contain_text("<img src=x")
    expect(page.locator(".caution")).to_contain_text("<img src=x")
    expect(page.locator(".known .reason")).to_contain_text("<img src=x")
    expect(page.locator(".frame tbody .open")).to_contain_text("<img src=x")
    expect(page.locator(".frame thead")).to_contain_text("<img src=x")
    drawing = page.get_by_test_id("stEChartsChart")
    drawing.scroll_into_view_if_needed()
    for words in ("𠮷野", "写在一起"):  # a thing and a line, each with its tooltip
        name = drawing.locator("svg text", has_text=words).first.bounding_box()
        assert name is not None
        page.mouse.move(name["x"] + name["width"] / 2, name["y"] + name["height"] / 2)
        expect(drawing.locator("div[style*='z-index: 9999999']")).to_contain_text("<img src=x")
    expect(page.locator(".citation")).to_contain_text("<img src=x")
    expect(page.locator(".segment")).to_contain_text("<img src=x")
    expect(page.locator(".link-rows a")).to_contain_text("<img src=x")
    expect(page.locator(".past a")).to_contain_text("<img src=x")  # what was asked before
    parts = (
        ".frame",
        ".known",
        ".cards",
        ".reader",
        ".comparisons",
        ".figures",
        ".chips",
        ".facets",
        ".segments",
        ".link-rows",
        ".past",
        "[data-testid=stEChartsChart]",
    )
    for tag in ("img", "b", "i", "script"):
        expect(page.locator(", ".join(f"{part} {tag}" for part in parts))).to_have_count(0)
    expect(page).to_have_title("untouched")
