"""Pictures of every page for the README and for looking at: ``python -m tests.browser.screenshots DIRECTORY``."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from kg.settings import PROJECT_ROOT, Settings
from tests.browser.servers import launch_chromium, running_app

QUESTION = "外国科学家能不能在学会担任职务"
SIZES = {1440: 900, 390: 844}

# Name of the picture → address, and what must be on the page before it is taken.
PAGES = {
    "start": ("/", ".links a"),
    "search": (f"/?q={QUESTION}", ".card"),
    "documents": ("/document", ".card"),
    "organizations": ("/organizations?name=中国科协", ".card"),
    "query": ("/query", "textarea"),
    "about": ("/about", "[data-testid=stDataFrame]"),
}


def take_screenshots(browser: Browser, address: str, directory: Path) -> None:
    """One PNG for each page and width, and one of the first hit opened in its document."""
    directory.mkdir(parents=True, exist_ok=True)
    for width, height in SIZES.items():
        page = browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
        for name, (path, awaited) in PAGES.items():
            page.goto(address + path)
            page.locator(awaited).first.wait_for()
            page.wait_for_load_state("networkidle")
            page.screenshot(path=directory / f"{name}-{width}.png")
            if name == "search":
                page.locator(".card .open").first.click()
                page.locator(".body .target").first.wait_for()
                page.wait_for_load_state("networkidle")
                page.screenshot(path=directory / f"document-{width}.png")
        page.close()


def main() -> None:
    """Start the app, take the pictures, end it."""
    directory = Path(sys.argv[1])
    home = Settings.from_environment(os.environ).home
    log = Path(tempfile.gettempdir()) / "kece-screenshots.log"
    with (
        running_app(PROJECT_ROOT / "app.py", "/healthz", {"KECE_HOME": str(home)}, log) as address,
        sync_playwright() as playwright,
    ):
        browser = launch_chromium(playwright)
        take_screenshots(browser, address, directory)
        browser.close()


if __name__ == "__main__":
    main()
