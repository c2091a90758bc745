"""The one process: pages for people and routes for programs over one knowledge base.

Run it with ``python cli.py serve``. ``streamlit run app.py`` works as well, slower (see :mod:`web.server`).
"""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from anyio import to_thread

from kg.errors import KeceError
from web.errors import show_failure
from web.resources import KNOWLEDGE_BASE, QUERY_POOL
from web.routes import ROUTES


@asynccontextmanager
async def open_knowledge_base(_app: st.App) -> AsyncIterator[None]:
    """Open the knowledge base before the first request; without one, pages and routes say how to build it."""
    try:
        knowledge_base = await to_thread.run_sync(KNOWLEDGE_BASE.get)
        QUERY_POOL.prepare(knowledge_base.folder)
    except KeceError as error:
        logging.getLogger(__name__).warning("%s", error)
    yield
    QUERY_POOL.close()


app = st.App(
    Path(__file__).parent / "web" / "main.py",
    routes=ROUTES,
    lifespan=open_knowledge_base,
    on_script_error=show_failure,
)
