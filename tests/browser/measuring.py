"""What the tests measure of a page."""

from __future__ import annotations

from playwright.sync_api import Page


def overflow(page: Page) -> int:
    """By how many pixels the page, or the part of it that scrolls, is wider than its window."""
    pixels: int = page.evaluate(
        "() => Math.max(...[document.documentElement, document.querySelector('[data-testid=stMain]')]"
        ".map((node) => node.scrollWidth - node.clientWidth))"
    )
    return pixels
