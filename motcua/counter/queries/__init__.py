"""Reads of the counter: where the clerk sits, what may be received there, who has come before, what would follow."""

from motcua.counter.queries.confirmation import collect_url, confirmation
from motcua.counter.queries.desk import (
    Option,
    access_desk,
    access_offering,
    cases_of,
    desks,
    find_options,
    known_desks,
    papers_of,
    usual_options,
)
from motcua.counter.queries.lists import (
    COLLECTABLE,
    access_handover,
    closing_line,
    dossiers_of,
    mine,
    recent_handovers,
    register,
    register_years,
    tasks_of,
    to_collect,
    to_hand_over,
    waiting,
    with_age,
)
from motcua.counter.queries.people import access_party, earlier_people
from motcua.counter.queries.preview import Asked, Preview, preview

__all__ = [
    "COLLECTABLE",
    "Asked",
    "Option",
    "Preview",
    "access_desk",
    "access_handover",
    "access_offering",
    "access_party",
    "cases_of",
    "closing_line",
    "collect_url",
    "confirmation",
    "desks",
    "dossiers_of",
    "earlier_people",
    "find_options",
    "known_desks",
    "mine",
    "papers_of",
    "preview",
    "recent_handovers",
    "register",
    "register_years",
    "tasks_of",
    "to_collect",
    "to_hand_over",
    "usual_options",
    "waiting",
    "with_age",
]
