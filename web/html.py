"""Plain HTML pages beside Streamlit's: no script, nothing from outside, every value escaped."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

TEMPLATES = Path(__file__).parent / "templates"

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def html_page(template: str, root: str, title: str, status_code: int = 200, **values: Any) -> HTMLResponse:
    """A page; ``root`` leads from its address to that of the app (``../../``), so that any host and prefix serves."""
    content = _environment().get_template(f"{template}.html").render(root=root, title=title, **values)
    return HTMLResponse(content, status_code=status_code, headers={"content-security-policy": _POLICY})
