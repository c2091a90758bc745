"""Pieces of page that several views share: Python wrappers round components drawn in the browser.

Document text reaches the browser as data and becomes text nodes there; it is never spliced into HTML or Markdown.
"""
