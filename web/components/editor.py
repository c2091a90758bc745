"""The SPARQL editor: YASQE with completion of our vocabulary, from files of this machine alone."""

import re
from functools import cache
from pathlib import Path

import streamlit as st

from kg.namespaces import PREFIXES
from kg.questions import list_questions
from kg.vocabulary import ask_vocabulary
from web.editor.files import ADDRESS, PACKAGE

HERE = Path(__file__).parent

PREFIXED_NAME = re.compile(r"(?<![\w<:/])[a-z][a-z-]*:[A-Za-z]\w*")

_EDITOR = st.components.v2.component(
    "kece_editor",
    html='<div class="kece-editor"></div><button type="button" class="kece-run" disabled>运行</button>',
    css=(HERE / "editor.css").read_text(encoding="utf-8"),
    js=(HERE / "editor.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def draw_editor(text: str, given: int) -> str | None:
    """Draw the editor; the query, once its reader runs it.

    It is filled with ``text`` whenever ``given`` is another number than before, else it keeps what is typed.
    """
    version = f"?{PACKAGE['version']}"
    data = {
        "text": text,
        "given": given,
        "prefixes": PREFIXES,
        "terms": completions(),
        "script": f"{ADDRESS}/yasqe.esm.js{version}",
        "styles": f"{ADDRESS}/yasqe.min.css{version}",
    }
    run = _EDITOR(data=data, key="editor", on_run_change=lambda: None).run
    return None if run is None else str(run)


@cache
def completions() -> list[dict[str, str]]:
    """Prefixed names that can be typed, with what they mean: our vocabulary, what the cookbook uses, the prefixes."""
    names = {namespace: prefix for prefix, namespace in PREFIXES.items()}
    labels = {}
    for row in ask_vocabulary(
        """SELECT ?term (MIN(?name) AS ?label) { ?term rdfs:label|skos:prefLabel ?name FILTER(LANG(?name) = "zh") }
           GROUP BY ?term ORDER BY ?term"""
    ):
        iri = row["term"].value
        end = max(iri.rfind("#"), iri.rfind("/")) + 1
        if iri[:end] in names and re.fullmatch(r"\w+", iri[end:]):
            labels[f"{names[iri[:end]]}:{iri[end:]}"] = row["label"].value
    used = {name for question in list_questions() for name in PREFIXED_NAME.findall(question.sparql)}
    others = {name: "" for name in sorted(used) if name.partition(":")[0] in PREFIXES and name not in labels}
    prefixes = {f"{prefix}:": namespace for prefix, namespace in PREFIXES.items()}
    return [{"name": name, "label": label} for name, label in (labels | others | prefixes).items()]
