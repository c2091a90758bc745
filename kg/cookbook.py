"""The named questions for people: grouped, with values to choose for their parameters, and as a page of documentation.

``python -m kg.cookbook`` writes ``kg/queries/README.md``.
"""

from __future__ import annotations

from kg.errors import NotFoundError
from kg.questions import FOLDER, Parameter, Question, list_questions, run_question
from kg.store import GraphStore

INTERNAL = "程序内部"
GROUPS: dict[str, str] = {
    "文件": "Documents",
    "主体与规范": "Actors and norms",
    "举措与政策工具": "Measures and policy instruments",
    "主题": "Topics",
    "期限与数量": "Deadlines and quantities",
    "引用": "Citations",
    "溯源与核对": "Provenance",
    "图谱": "The graph as such",
    INTERNAL: "Steps of the program",
}
"""Groups in the order of the cookbook, with their English names."""

UNGROUPED = "图谱"
EXAMPLES = "example_"
"""With what the names of questions begin that give values of parameters."""

PREAMBLE = """# Cookbook

Every question below is a file of this folder: SPARQL that states its title, description and parameters. Page SPARQL
fills them in and runs them; `kg.questions.run_question(store, name, **parameters)` does so in Python. This page is
written by `python -m kg.cookbook`.
"""


def group_of(question: Question) -> str:
    """The group of a question; what takes lists of IRIs, or serves other questions, is internal."""
    if question.name.startswith(EXAMPLES) or any(parameter.kind == "iris" for parameter in question.parameters):
        return INTERNAL
    return question.group or UNGROUPED


def cookbook() -> dict[str, tuple[Question, ...]]:
    """Questions by group, in the order of ``GROUPS``; within one by title."""
    questions = sorted(list_questions(), key=lambda question: question.title)
    grouped = {group: tuple(each for each in questions if group_of(each) == group) for group in GROUPS}
    return {group: members for group, members in grouped.items() if members}


def parameter_values(store: GraphStore, parameter: Parameter) -> dict[str, str]:
    """Values of a parameter that the graph knows, with their names, the most telling first.

    The question ``example_document`` gives those of ``document`` and ``other_document``; empty where there is no such.
    """
    try:
        rows = run_question(store, EXAMPLES + parameter.name.rpartition("_")[2])
    except NotFoundError:
        return {}
    return {str(row["iri"]): str(row["label"]) for row in rows}


def cookbook_markdown() -> str:
    """The cookbook as a page of documentation."""
    parts = [PREAMBLE]
    for group, questions in cookbook().items():
        parts.append(f"## {group} / {GROUPS[group]}\n\n| question | what it gives | parameters |\n| --- | --- | --- |")
        parts.extend(_line(question) for question in questions)
        parts.append("")
    return "\n".join(parts)


def _line(question: Question) -> str:
    parameters = "<br>".join(
        f"`{parameter.name}`{' (optional)' if parameter.optional else ''}: {parameter.meaning}"
        for parameter in question.parameters
    )
    cells = (f"[{question.title}]({question.name}.rq)", question.description, parameters)
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


if __name__ == "__main__":
    (FOLDER / "README.md").write_text(cookbook_markdown(), encoding="utf-8")
