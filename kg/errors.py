"""What can go wrong, in words for the person who has to mend it.

Every message (Chinese) says what came, what was expected and what to do. ``cli.py`` prints it and exits with
``exit_code``; the HTTP routes answer with ``http_status``.
"""

from __future__ import annotations


class KeceError(Exception):
    """Base of all errors that a user can meet."""

    exit_code = 1
    http_status = 500


class InputError(KeceError):
    """A file, text or parameter that cannot be used as given."""

    exit_code = 2
    http_status = 400


class NotFoundError(InputError):
    """Something named by the user that does not exist: a path, an IRI, a document."""

    http_status = 404


class QueryError(InputError):
    """A SPARQL query that cannot be parsed or is not allowed."""


class UnsuitableFormatError(InputError):
    """A format in which this kind of result cannot be written, or none that the client accepts."""

    http_status = 406


class TooLargeError(InputError):
    """A query or a result larger than is allowed."""

    http_status = 413


class QueryStoppedError(InputError):
    """A query that took more time or memory than it may; others are answered."""

    http_status = 503


class BusyError(KeceError):
    """Too much is being asked at once; the same may work a little later."""

    http_status = 503


class StoreError(KeceError):
    """A knowledge base that is missing, locked or damaged."""

    exit_code = 3
    http_status = 503


class ValidationError(KeceError):
    """A graph that breaks its shapes or whose quotes do not equal their slices."""

    exit_code = 4
