"""The last word on what fails in a page."""

import logging

import streamlit as st

from kg.errors import KeceError
from web.markdown import plain

LOGGER = logging.getLogger(__name__)


def show_failure(error: Exception) -> bool:
    """Say in Chinese what went wrong; True, so that Streamlit adds nothing of its own."""
    if isinstance(error, KeceError):
        st.error(plain(str(error)))
    else:
        LOGGER.error("a page failed", exc_info=error)
        st.error("页面出错了，原因已写入服务日志。请刷新页面重试；若仍然出错，请把网址和日志交给维护者。")
    return True
