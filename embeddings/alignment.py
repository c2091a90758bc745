"""Which statement of one document stands for which of another: by words, by place and by meaning, one to one.

How near two statements are is one number: the share of their words in common, raised where their places correspond and
where their meaning is nearer than that of others. The weights and thresholds were set on pairs read by hand
(benchmarks/document_comparison.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_matrix

from embeddings.tokens import fold
from embeddings.types import FloatArray

LEAST = 0.48
"""Score from which two statements belong together."""
POSSIBLE = 0.38
"""Score from which they may; only asked of different documents, in versions of one it was mostly wrong."""
PLACE_WEIGHT = 0.1
"""What corresponding places are worth, in shares of words in common."""
MEANING_WEIGHT = 0.08
"""What one standard deviation of nearness in meaning is worth, in shares of words in common."""
MOST_DEVIATIONS = 5.0
SAME_WORDING = 0.4
"""Share of words in common from which one statement is a changed form of the other."""
NEAR_PLACE = 0.3
"""The same, where the two stand in corresponding articles."""
SPLIT = 0.5
"""Share of words in common from which a statement goes with one that has a better counterpart already."""
ANCHOR = 0.6
"""Share of words in common from which two statements show that their articles correspond."""

_ARTICLE = re.compile(r"^第[^章节款项]{1,8}条(?:之[一二三四五六七八九十]{1,3})?")
_NOT_WORDS = re.compile(r"[\W_]+")

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Side:
    """The statements of a document: texts, places, and unit vectors (statements, dimensions)."""

    texts: Sequence[str]
    places: Sequence[str]
    vectors: FloatArray


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Positions of two statements; ``wording`` is the share of words in common from 0 to 1, ``closeness`` the cosine.

    ``basis`` says what holds them together: "words", "place", "meaning", or "likeness" where that is uncertain.
    ``shared``: one of the two also stands in a better pair.
    """

    first: int
    second: int
    wording: float
    closeness: float
    basis: str
    shared: bool = False


def same_words(text: str) -> str:
    """What two texts of the same words have in common: width, script and white space make no difference."""
    return re.sub(r"\s+", "", fold(text))


def wording(first: Sequence[str], second: Sequence[str]) -> Matrix:
    """(len(first), len(second)) shares of words in common, 0 to 1.

    Dice's coefficient of the pairs of characters, each weighted by the logarithm of its rarity in the two documents:
    what every statement says (应当, 科学技术) counts little.
    """
    pairs = [_character_pairs(text) for text in (*first, *second)]
    columns: dict[str, int] = {}
    places = [columns.setdefault(pair, len(columns)) for of_text in pairs for pair in of_text]
    ends = np.cumsum([0, *map(len, pairs)])
    holds = csr_matrix((np.ones(len(places)), places, ends), shape=(len(pairs), len(columns)))
    weights = np.log1p(len(pairs) / np.asarray(holds.sum(axis=0)).ravel())
    weighted = holds.multiply(weights).tocsr()
    size = np.asarray(weighted.sum(axis=1)).ravel()
    here, there = slice(0, len(first)), slice(len(first), None)
    common = (weighted[here] @ holds[there].T).toarray()
    shares: Matrix = 2 * common / (size[here, None] + size[None, there])
    return shares


def nearness(cosines: FloatArray) -> Matrix:
    """Cosines (first, second) as standard deviations above what the two statements have with others, 0 to 5.

    Titles and headings are in the vectors, so that all cosines of two documents lie close together, higher for some
    statements than for others: what is common to a row and to a column says nothing.
    """
    centred = cosines - cosines.mean(axis=1, keepdims=True) - cosines.mean(axis=0, keepdims=True) + cosines.mean()
    deviation = float(centred.std())
    scaled: Matrix = np.clip(centred / deviation if deviation else 0 * centred, 0, MOST_DEVIATIONS).astype(np.float64)
    return scaled


def align(first: Side, second: Side, by_place: bool) -> list[Pair]:
    """Pairs of statements, in the order of the first document; ``by_place``: their places count.

    The assignment is one to one and the best as a whole (Hungarian method), the same words before all. A statement
    that is left over though it has half of its words in one already taken is paired with that, too: what was split,
    merged or repeated.
    """
    if not first.texts or not second.texts:
        return []
    shares = wording(first.texts, second.texts)
    cosines = first.vectors @ second.vectors.T
    scores = shares + MEANING_WEIGHT * nearness(cosines)
    places = np.zeros(shares.shape)
    if by_place:
        places = corresponding(first.places, second.places, _assign(shares, ANCHOR))
        scores += PLACE_WEIGHT * places
    taken = _assign(scores + _same_words(first.texts, second.texts), LEAST)
    further = _left_over(shares, taken)

    def pairs(found: Iterable[tuple[int, int]], shared: bool = False, basis: str = "") -> Iterator[Pair]:
        for i, j in found:
            yield Pair(
                i, j, float(shares[i, j]), float(cosines[i, j]), basis or _basis(shares[i, j], places[i, j]), shared
            )

    possible = [] if by_place else _assign(_without(scores, [*taken, *further]), POSSIBLE)
    return sorted([*pairs(taken), *pairs(further, shared=True), *pairs(possible, basis="likeness")])


def _without(scores: Matrix, pairs: Sequence[tuple[int, int]]) -> Matrix:
    """The scores with those of all that is in a pair set to 0."""
    left = scores.copy()
    left[[i for i, _ in pairs], :] = 0
    left[:, [j for _, j in pairs]] = 0
    return left


def share_of_same_wording(first: Side, second: Side) -> float:
    """The share of the shorter document's statements that the other has in like words, 0 to 1."""
    fewer = min(len(first.texts), len(second.texts))
    return len(_assign(wording(first.texts, second.texts), ANCHOR)) / fewer if fewer else 0.0


def corresponding(first: Sequence[str], second: Sequence[str], anchors: Sequence[tuple[int, int]]) -> Matrix:
    """(len(first), len(second)) how far the places correspond, 0 to 1.

    Articles (else whole places) correspond as far as the statements of one have their ``anchors`` in the other; those
    without any correspond where they have the same number. Different paragraphs of such articles do so by half.
    """
    here, articles_here = _articles(first)
    there, articles_there = _articles(second)
    votes = np.zeros((len(articles_here), len(articles_there)))
    for i, j in anchors:
        votes[here[i], there[j]] += 1
    most = np.maximum(votes.max(axis=1, initial=0)[:, None], votes.max(axis=0, initial=0)[None, :])
    same_number = articles_here[:, None] == articles_there[None, :]
    shares: Matrix = np.divide(votes, most, out=same_number.astype(np.float64), where=most > 0)
    paragraphs = [np.array([_ARTICLE.sub("", place) for place in places]) for places in (first, second)]
    same_paragraph = paragraphs[0][:, None] == paragraphs[1][None, :]
    return shares[np.ix_(here, there)] * np.where(same_paragraph, 1, 0.5)


def _assign(scores: Matrix, least: float) -> list[tuple[int, int]]:
    """The one-to-one pairs of at least ``least`` each with the greatest sum."""
    kept = np.where(scores >= least, scores, 0)
    rows, columns = linear_sum_assignment(kept, maximize=True)
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if kept[i, j] > 0]


def _left_over(shares: Matrix, taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The best pair of each statement that is in none, where it reaches ``SPLIT``."""
    first_left = np.setdiff1d(np.arange(shares.shape[0]), [i for i, _ in taken])
    second_left = np.setdiff1d(np.arange(shares.shape[1]), [j for _, j in taken])
    best = [(int(i), int(shares[i].argmax())) for i in first_left]
    best += [(int(shares[:, j].argmax()), int(j)) for j in second_left]
    return [(i, j) for i, j in best if shares[i, j] >= SPLIT]


def _same_words(first: Sequence[str], second: Sequence[str]) -> npt.NDArray[np.bool_]:
    numbers: dict[str, int] = {}
    here, there = (
        np.array([numbers.setdefault(same_words(text), len(numbers)) for text in texts]) for texts in (first, second)
    )
    equal: npt.NDArray[np.bool_] = here[:, None] == there[None, :]
    return equal


def _basis(share: float, place: float) -> str:
    if share >= SAME_WORDING:
        return "words"
    return "place" if place > 0 and share >= NEAR_PLACE else "meaning"


def _articles(places: Sequence[str]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.str_]]:
    """For each place the position of its article, and the articles: 第十四条 of 第十四条第二款, else the place."""
    matches = [(_ARTICLE.match(place), place) for place in places]
    articles, positions = np.unique([match[0] if match else place for match, place in matches], return_inverse=True)
    return positions, articles


def _character_pairs(text: str) -> set[str]:
    letters = _NOT_WORDS.sub("", fold(text))
    return {letters[i : i + 2] for i in range(len(letters) - 1)} or {letters or text}
