"""The frame round every page: navigation, page settings and the last word on errors."""

from base64 import b64encode
from pathlib import Path

import streamlit as st

from web.errors import show_failure
from web.interface import interface_script
from web.links import HOME, LINKED_VIEWS, VIEWS, view_file

WEB = Path(__file__).parent
# In the page itself: Streamlit would open a file anew at each drawing.
ICON = "data:image/png;base64," + b64encode((WEB / "static" / "icon.png").read_bytes()).decode()


def run_page() -> None:
    """Draw the page that the URL names; whatever fails is said in Chinese."""
    pages = [
        st.Page(view_file(view), title=title, url_path=view, default=view == HOME) for view, title in VIEWS.items()
    ] + [
        st.Page(view_file(view), title=title, url_path=view, visibility="hidden")
        for view, title in LINKED_VIEWS.items()
    ]
    page = st.navigation(pages, position="top")
    st.set_page_config(page_title=f"{page.title} · 科策", page_icon=ICON, layout="wide")
    st.logo(ICON)
    st.html(WEB / "static" / "page.css")
    try:
        page.run()
    except Exception as error:
        show_failure(error)
    st.html(interface_script(), unsafe_allow_javascript=True)


run_page()
