"""Which document of the corpus a citation names. A title or number is equal or it is not; what is doubtful stays open.

Of several versions of one statute the one in force on the citing document's date is meant, else the current one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kg.provision_index import ProvisionIndex, Way
from kg.title_forms import STATE, TitleForm, number_form, title_form
from kg.types import Citation, CitedProvision, Document, Level, Span

KINDS_WITH_VERSIONS = frozenset({"法律", "行政法规", "地方性法规", "部门规章", "规范性文件", "指南", "目录"})
"""Kinds whose documents are revised under their title; two plans or reports of one title are two documents."""
CURRENT = "现行有效"
"""Status of the version in force."""


@dataclass(frozen=True, slots=True)
class CitableDocument:
    """What must be known of a document to find it by a citation, without its text."""

    key: str
    title: str
    number: str | None
    kind: str | None
    issuers: tuple[str, ...]
    effective: date | None  # from when this version may have been in force
    issued: date | None
    status: str | None
    region: str | None
    provisions: ProvisionIndex

    @classmethod
    def of(cls, document: Document) -> CitableDocument:
        """The document as others may cite it."""
        return cls(
            key=document.key,
            title=document.title,
            number=document.number,
            kind=document.kind,
            issuers=document.issuers,
            # A revised statute often names the day on which its first version came into force.
            effective=max((day for day in (document.in_force, document.issued) if day), default=None),
            issued=document.issued,
            status=document.status,
            region=document.region,
            provisions=ProvisionIndex.of(document),
        )

    @property
    def form(self) -> TitleForm:
        """Its title taken apart."""
        return title_form(self.title)


@dataclass(frozen=True, slots=True)
class ResolvedDocument:
    """The document that a citation names, by which rule and why (Chinese).

    ``same_version``: the text in the corpus is the one that was cited, so that its numbers are those cited.
    """

    document: CitableDocument
    rule: str  # "cited_number", "cited_title", "cited_version"
    reason: str
    same_version: bool


@dataclass(frozen=True, slots=True)
class ResolvedProvision:
    """The provision that a part of a citation names, by which rule and why (Chinese); ``cited`` are its words."""

    span: Span
    cited: CitedProvision
    rule: str  # "cited_provision", "enclosing_article"
    reason: str


class CitationResolver:
    """Finds the documents of one corpus; the order in which they are given makes no difference."""

    def __init__(self, documents: Iterable[CitableDocument]) -> None:
        self._by_number: dict[str, list[CitableDocument]] = {}
        self._by_core: dict[str, list[CitableDocument]] = {}
        for document in sorted(documents, key=lambda document: document.key):
            self._by_core.setdefault(document.form.core, []).append(document)
            if document.number:
                self._by_number.setdefault(number_form(document.number), []).append(document)

    def resolve(self, citation: Citation, citing: CitableDocument) -> ResolvedDocument | None:
        """The document that an external citation in ``citing`` names; None where there is none, or it is doubtful."""
        numbered = self._by_number.get(number_form(citation.number), []) if citation.number else []
        if len(numbered) == 1:
            reason = f"文号“{citation.number}”与《{numbered[0].title}》相同"
            return ResolvedDocument(numbered[0], "cited_number", reason, True)
        if citation.title is None:
            return None
        form = title_form(citation.title)
        if form.generic:
            return None
        candidates = [known for known in self._by_core.get(form.core, []) if _compatible(citation, form, known)]
        if citation.relation == "repeals":
            candidates = [known for known in candidates if _earlier(known, citing)]
        same = [known for known in candidates if known.form.plain == form.plain] or candidates
        same = [known for known in same if form.edition and known.form.edition == form.edition] or same
        if len(same) == 1:
            doubt = _version_doubt(same[0], citing)
            return ResolvedDocument(same[0], "cited_title", _title_reason(form, same[0]) + doubt, not doubt)
        return _version(same, citing)


def resolve_provisions(provisions: ProvisionIndex, cited: CitedProvision, here: Way) -> list[ResolvedProvision]:
    """The provisions that ``cited`` names in the document of ``provisions``; ``here`` is the way to where it stands.

    A paragraph or item that the document does not have leads to its article.
    """
    found: dict[Span, ResolvedProvision] = {}
    for start in provisions.starting_points(cited, here):
        way = (*start, *cited.steps)
        for target in provisions.between(way, cited.last) if cited.last else [way]:
            resolved = _resolve_way(provisions, cited, target)
            if resolved is not None:
                found.setdefault(resolved.span, resolved)
    return list(found.values())


def _resolve_way(provisions: ProvisionIndex, cited: CitedProvision, way: Way) -> ResolvedProvision | None:
    span = provisions.find(way)
    if span is not None:
        return ResolvedProvision(span, cited, "cited_provision", f"“{cited.text}”指{way_label(way)}")
    articles = [length for length, step in enumerate(way, start=1) if step.level is Level.ARTICLE]
    article = way[: articles[0]] if articles else ()
    span = provisions.find(article)
    if span is None or len(article) == len(way):
        return None
    reason = f"“{cited.text}”指{way_label(way)}，图中没有分到这一款项，指到{way_label(article)}"
    return ResolvedProvision(span, cited, "enclosing_article", reason)


_UNITS = {
    Level.PART: "编",
    Level.CHAPTER: "章",
    Level.SECTION: "节",
    Level.ARTICLE: "条",
    Level.PARAGRAPH: "款",
    Level.ITEM: "项",
    Level.SUBITEM: "目",
}


def way_label(way: Way) -> str:
    """第14条第2款 for people, in figures."""
    return "".join(f"第{step.number}{_UNITS[step.level]}" + (f"之{step.branch}" if step.branch else "") for step in way)


def _compatible(citation: Citation, form: TitleForm, known: CitableDocument) -> bool:
    """Whether number, issuer and edition do not speak against it."""
    if citation.number and known.number and "令" not in citation.number:
        return False  # equal numbers have been found before
    issuers = [*known.issuers, known.form.issuer]
    named = [issuer for issuer in issuers if issuer]
    if form.issuer and named and not any(form.issuer in issuer or issuer in form.issuer for issuer in named):
        return False
    if form.year is None:
        return True
    years = {known.form.year, known.issued.year if known.issued else None} - {None}
    return form.year in years


def _earlier(known: CitableDocument, citing: CitableDocument) -> bool:
    """Whether ``citing`` can have repealed it: no later text, and no version of ``citing`` itself.

    A revised text keeps the clause by which its first version repealed an older one, which is not the one before it.
    """
    day = citing.effective
    another = known.form.core != citing.form.core
    return another and (day is None or known.effective is None or known.effective < day)


def _version(versions: Sequence[CitableDocument], citing: CitableDocument) -> ResolvedDocument | None:
    """Of several versions of one text the one meant; None where they may be different texts, or lack their dates."""
    if not versions or any(version.kind not in KINDS_WITH_VERSIONS for version in versions):
        return None
    if len({version.region for version in versions}) > 1 or len({version.form.state for version in versions}) > 1:
        return None
    count = f"图中有《{versions[0].title}》的 {len(versions)} 个版本"
    day = citing.issued or citing.effective
    dated = {version.effective: version for version in versions if version.effective is not None}
    if len(dated) < len(versions):
        current = [version for version in versions if version.status == CURRENT]
        return (
            ResolvedDocument(current[0], "cited_version", f"{count}，取现行有效的一个", False)
            if len(current) == 1
            else None
        )
    if day is None:
        newest = max(dated)
        reason = f"{count}，本文件没有日期，取最新的一个（{newest.isoformat()}）"
        return ResolvedDocument(dated[newest], "cited_version", reason, False)
    in_force = [effective for effective in dated if effective <= day]
    if not in_force:
        return None
    reason = f"{count}，取本文件日期（{day.isoformat()}）时施行的一个（{max(in_force).isoformat()}）"
    return ResolvedDocument(dated[max(in_force)], "cited_version", reason, True)


def _title_reason(form: TitleForm, known: CitableDocument) -> str:
    differences = []
    if form.state != known.form.state:
        differences.append(f"不计“{STATE}”")
    if form.edition != known.form.edition:
        differences.append(f"不计“（{form.edition or known.form.edition}）”")
    if form.plain != known.form.plain:
        differences.append("不计印发通知的字样")
    return f"题名{'，'.join(differences)}{'后' if differences else ''}与《{known.title}》相同"


def _version_doubt(known: CitableDocument, citing: CitableDocument) -> str:
    """Why the one text of a revisable kind may be another version than the one cited; "" where nothing says so."""
    day = citing.issued or citing.effective
    if known.key == citing.key or known.kind not in KINDS_WITH_VERSIONS:
        return ""
    if day is None or known.effective is None:
        return "；日期不全，可能是另一版本，条款不作对应"
    if known.effective > day:
        return f"；图中只有 {known.effective.isoformat()} 的版本，晚于本文件日期 {day.isoformat()}，条款不作对应"
    return ""
