"""Reads of the counter: where the clerk sits, what may be received there, who has come before, what would follow."""

from motcua.counter.queries.desk import (
    Option,
    access_desk,
    access_offering,
    cases_of,
    desks,
    find_options,
    papers_of,
    usual_options,
)
from motcua.counter.queries.people import access_party, earlier_people
from motcua.counter.queries.preview import Asked, Preview, preview

__all__ = [
    "Asked",
    "Option",
    "Preview",
    "access_desk",
    "access_offering",
    "access_party",
    "cases_of",
    "desks",
    "earlier_people",
    "find_options",
    "papers_of",
    "preview",
    "usual_options",
]
