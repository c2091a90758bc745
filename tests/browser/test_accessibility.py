"""Every page as axe-core judges it (https://www.deque.com/axe/): nothing serious, nothing critical."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.screenshots import PAGES

pytestmark = pytest.mark.browser

GRAVE = {"serious", "critical"}
# The SPARQL editor scrolls with its cursor, which the keyboard moves; axe looks for a focus on the region itself.
SCROLLED_BY_ITS_CURSOR = ("scrollable-region-focusable", 'class="CodeMirror-scroll"')
OPENED = ("/document?document=4510761917c72c05&start=2801&end=2856", ".panel .facts")
"""A text with the panel of the statements at a place of it."""


@pytest.mark.parametrize(("path", "awaited"), [*PAGES.values(), OPENED], ids=[*PAGES, "document"])
def test_page_has_no_grave_fault_of_accessibility(page: Page, app_address: str, path: str, awaited: str) -> None:
    page.goto(app_address + path)
    expect(page.locator(awaited).first).to_be_visible()
    expect(page.locator("[data-testid=stApp]")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    violations: list[dict[str, Any]] = Axe().run(page).response["violations"]
    grave = [
        f"{fault['id']}: {fault['help']}: {node['target']} {node['html'][:200]}"
        for fault in violations
        if fault["impact"] in GRAVE
        for node in fault["nodes"]
        if not (fault["id"] == SCROLLED_BY_ITS_CURSOR[0] and SCROLLED_BY_ITS_CURSOR[1] in node["html"])
    ]
    assert not grave
