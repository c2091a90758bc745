"""Media types of the files that pages offer."""

from kg.rdf_formats import GRAPH_FILES

MEDIA_TYPES = {
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".json": "application/json",
    ".bib": "application/x-bibtex",
    ".ttl": GRAPH_FILES["ttl"].media_type,
}
"""By the ending of the file."""
