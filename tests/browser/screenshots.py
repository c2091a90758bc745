"""Pictures of every page for the README and for looking at: ``python -m tests.browser.screenshots DIRECTORY``."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, Page, sync_playwright

from kg.questions import fill_question
from kg.settings import Settings
from tests.browser.servers import launch_chromium, running_app

QUESTION = "外国科学家能不能在学会担任职务"
SIZES = {1440: 900, 390: 844}

# Name of the picture → address, and what must be on the page before it is taken.
PAGES = {
    "start": ("/", ".links a"),
    "search": (f"/?q={QUESTION}", ".card"),
    "documents": ("/document", ".card"),
    "organizations": ("/organizations?name=中国科协", ".card"),
    "comparison": ("/organizations?name=中国化学会&other=某县科协", ".card"),
    "graph": ("/graph?start=document/4510761917c72c05&open=actor/学会", "[data-testid=stEChartsChart] canvas"),
    "overview": ("/overview", ".frame"),
    "catalogue": ("/documents", ".frame"),
    "documents-compared": ("/compare?first=中华人民共和国教育法&second=中华人民共和国高等教育法", ".comparison"),
    "query": (f"/query?query={quote(fill_question('topic_years'))}", "[data-testid=stDataFrame]"),
    "about": ("/about", "[data-testid=stDataFrame]"),
}

# Name of the picture → link of the first hit that leads there, and what must be there before it is taken.
LINKED = {
    "document": (".card .open", ".body .target"),
    "similar": (".card .further:has-text('相近表述')", ".comparison"),
    "concerned": (".card .further:has-text('涉及哪些单位')", ".facts"),
}


def take_screenshots(browser: Browser, address: str, directory: Path) -> None:
    """One PNG for each page and width, and of what the first hit leads to."""
    directory.mkdir(parents=True, exist_ok=True)
    for width, height in SIZES.items():
        page = browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
        for name, (path, awaited) in PAGES.items():
            page.goto(address + path)
            page.locator(awaited).first.wait_for()
            if name == "search":
                page.locator(".note summary").first.click()  # the reason of the first hit
            take_picture(page, directory / f"{name}-{width}.png")
        for name, (link, awaited) in LINKED.items():
            page.goto(address + PAGES["search"][0])
            page.locator(link).first.click()
            page.locator(awaited).first.wait_for()
            take_picture(page, directory / f"{name}-{width}.png")
        page.close()


def take_picture(page: Page, path: Path) -> None:
    """A PNG of what is in the window, once all is loaded."""
    page.wait_for_load_state("networkidle")
    page.screenshot(path=path)


def main() -> None:
    """Start the app, take the pictures, end it."""
    directory = Path(sys.argv[1])
    home = Settings.from_environment(os.environ).home
    log = Path(tempfile.gettempdir()) / "kece-screenshots.log"
    with (
        running_app({"KECE_HOME": str(home)}, log) as address,
        sync_playwright() as playwright,
    ):
        browser = launch_chromium(playwright)
        take_screenshots(browser, address, directory)
        browser.close()


if __name__ == "__main__":
    main()
