"""The knowledge base that this process serves: opened once, shared by pages and routes, renewed after a build."""

import gc
import threading

from embeddings.knowledge_base import KnowledgeBase
from embeddings.sparql import query_pool
from kg.extract.lexicon import load_lexicon
from kg.generations import current_generation
from kg.organization_profile import describe_organization
from kg.settings import Settings


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
    knowledge_base = KnowledgeBase.open(settings)
    knowledge_base.searcher.search("科学技术", limit=1)  # loads the encoder, so that no reader waits for it
    knowledge_base.organizations.measures_for(describe_organization("单位"), limit=1)  # reads actors and documents
    load_lexicon()  # marks the words in which two statements differ
    knowledge_base.suggestions.find("科学", limit=1)  # reads all names
    # Without freezing, each full collection of garbage walks all that was just loaded.
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    return knowledge_base


KNOWLEDGE_BASE = SharedKnowledgeBase(Settings.from_environment())

QUERY_POOL = query_pool(KNOWLEDGE_BASE.settings.query_limits)
"""The processes that answer SPARQL; none is started before it is needed."""
