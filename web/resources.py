"""The knowledge base that this process serves: opened once, shared by pages and routes, renewed after a build."""

import gc
import threading

from embeddings.knowledge_base import KnowledgeBase
from embeddings.sparql import query_pool
from kg.extract.lexicon import load_lexicon
from kg.generations import current_generation
from kg.organization_profile import describe_organization
from kg.settings import Settings

EXAMPLE_ORGANIZATIONS = ("中国物理学会", "某县科协", "高等学校", "民营企业")
"""Names and kinds that page 机构 offers; what is read for them is what most others need."""
QUESTIONS_KEPT = 1_000
"""Of how many questions the vectors are kept, some 3 MB."""
COLLECTION_THRESHOLDS = (10_000, 20, 10)
"""Containers made, and collections of the younger generation, until garbage is looked for in each generation
(``gc.set_threshold``). With Python's own 700, 10 and 10, fifty readers had all that was kept for them walked through
every four seconds, during which nobody got an answer for up to 0.2 s; memory is the same."""


class SharedKnowledgeBase:
    """Opens the current generation when first asked, and again when a build has put a new one in place."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._lock = threading.Lock()
        self._knowledge_base: KnowledgeBase | None = None

    def get(self) -> KnowledgeBase:
        """The open knowledge base; safe to call from any thread. Raises ``StoreError`` while there is none."""
        generation = current_generation(self.settings.knowledge_base)
        with self._lock:
            if self._knowledge_base is None or self._knowledge_base.folder != generation:
                self._knowledge_base = _open_warm(self.settings)
            return self._knowledge_base


def _open_warm(settings: Settings) -> KnowledgeBase:
    knowledge_base = KnowledgeBase.open(settings, QUESTIONS_KEPT)
    knowledge_base.searcher.search("科学技术", limit=1)  # loads the encoder, so that no reader waits for it
    for name in EXAMPLE_ORGANIZATIONS:  # reads actors, documents and what is said of the commonest actors
        knowledge_base.organizations.measures_for(describe_organization(name), limit=1)
    load_lexicon()  # marks the words in which two statements differ
    knowledge_base.suggestions.find("科学", limit=1)  # reads all names
    # Without freezing, each full collection of garbage walks all that was just loaded.
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTION_THRESHOLDS)
    return knowledge_base


KNOWLEDGE_BASE = SharedKnowledgeBase(Settings.from_environment())

QUERY_POOL = query_pool(KNOWLEDGE_BASE.settings.query_limits)
"""The processes that answer SPARQL; none is started before it is needed."""
