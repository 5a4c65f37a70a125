"""What each test of the registry means: which values of a dossier's facets, as it stood when the window closed, it takes.

A facet sorts the dossiers of a window into classes that exclude each other; `queries.facets` says in SQL how. Counting and
the list of dossiers behind a figure both read this table, so that they cannot differ.
"""

from enum import StrEnum

from motcua.dossiers.rules.lateness import CAUSES
from motcua.statistics.rules.figures import Test as T


class Facet(StrEnum):
    """One question to a dossier; "" is the class of those to whom it is not put."""

    ARRIVAL = "arrival"  # received in the window, by channel; or carried into it
    LEVEL = "level"  # received online: how far the procedure is online
    AWAY = "away"  # received elsewhere than where it is resolved: "yes"
    PAID = "paid"  # received in the window: how its fees were paid
    FATE = "fate"  # how it ended in the window, else whether it was open, or waited for acceptance
    SIDE = "side"  # resolved or open: before, on, after the due date, the last with or without an apology
    CAUSE = "cause"  # why it ended late, as entered
    PATIENCE = "patience"  # waiting for acceptance: in time or late
    COLLECTION = "collection"  # the result was there and not collected: "waits"
    OFFERED = "offered"  # received in the window, of a procedure that may be filed online: "online"
    FEE = "fee"  # received in the window: "owed" when fees had to be paid
    SCANS = "scans"  # received in the window: "all" when every paper was there electronically
    ORIGINAL = "original"  # resolved or open: before, on, after the due date that was given at reception
    RESULT = "result"  # ended in the window: "electronic" when a signed electronic result was there


ENDED_WITH_ANSWER = ("resolved", "refused")
LATE = ("late_apologised", "late_plain")
Meaning = dict[Facet, tuple[str, ...]]
_RESOLVED: Meaning = {Facet.FATE: ENDED_WITH_ANSWER}
_OPEN: Meaning = {Facet.FATE: ("open",)}


def _caused(letter: str) -> Meaning:
    """The causes that a letter of II.07 holds; what gives none counts as another cause."""
    keys = tuple(key for key, (group, _) in CAUSES.items() if group == letter)
    return _RESOLVED | {Facet.SIDE: LATE, Facet.CAUSE: (*keys, "") if letter == "d" else keys}


MEANING: dict[T, Meaning] = {
    T.RECEIVED_ONLINE: {Facet.ARRIVAL: ("online",)},
    T.RECEIVED_COUNTER: {Facet.ARRIVAL: ("counter",)},
    T.RECEIVED_POST: {Facet.ARRIVAL: ("post",)},
    T.RECEIVED_WHOLE: {Facet.LEVEL: ("whole",)},
    T.RECEIVED_PARTIAL: {Facet.LEVEL: ("partial",)},
    T.RECEIVED_OTHER: {Facet.LEVEL: ("other",)},
    T.RECEIVED_AWAY: {Facet.AWAY: ("yes",)},
    T.CARRIED: {Facet.ARRIVAL: ("carried",)},
    T.RESOLVED_BEFORE: _RESOLVED | {Facet.SIDE: ("before",)},
    T.RESOLVED_ON: _RESOLVED | {Facet.SIDE: ("on",)},
    T.RESOLVED_LATE: _RESOLVED | {Facet.SIDE: LATE},
    T.RESOLVED_LATE_APOLOGISED: _RESOLVED | {Facet.SIDE: ("late_apologised",)},
    T.RESOLVED_LATE_PLAIN: _RESOLVED | {Facet.SIDE: ("late_plain",)},
    T.REFUSED: {Facet.FATE: ("refused",)},
    T.OPEN_IN_TIME: _OPEN | {Facet.SIDE: ("before", "on")},
    T.OPEN_LATE: _OPEN | {Facet.SIDE: LATE},
    T.OPEN_LATE_APOLOGISED: _OPEN | {Facet.SIDE: ("late_apologised",)},
    T.OPEN_LATE_PLAIN: _OPEN | {Facet.SIDE: ("late_plain",)},
    T.STOPPED: {Facet.FATE: ("stopped",)},
    T.WITHDRAWN: {Facet.FATE: ("withdrawn",)},
    T.NOT_ACCEPTED: {Facet.FATE: ("not_accepted",)},
    T.WAITING: {Facet.FATE: ("waiting",)},
    T.WAITING_LATE: {Facet.PATIENCE: ("late",)},
    T.WAITING_IN_TIME: {Facet.PATIENCE: ("in_time",)},
    T.UNCOLLECTED: {Facet.COLLECTION: ("waits",)},
    T.PAID_ONLINE: {Facet.PAID: ("online",)},
    T.PAID_DIRECT: {Facet.PAID: ("direct",)},
    T.LATE_A: _caused("a"),
    T.LATE_B: _caused("b"),
    T.LATE_C: _caused("c"),
    T.LATE_D: _caused("d"),
    T.OFFERED_ONLINE: {Facet.OFFERED: ("online",)},
    T.FEE_OWED: {Facet.FEE: ("owed",)},
    T.DIGITISED: {Facet.SCANS: ("all",)},
    T.ORIGINAL_BEFORE: _RESOLVED | {Facet.ORIGINAL: ("before",)},
    T.ORIGINAL_ON: _RESOLVED | {Facet.ORIGINAL: ("on",)},
    T.ORIGINAL_LATE: _RESOLVED | {Facet.ORIGINAL: ("late_plain",)},
    T.ORIGINAL_OPEN_IN_TIME: _OPEN | {Facet.ORIGINAL: ("before", "on")},
    T.ORIGINAL_OPEN_LATE: _OPEN | {Facet.ORIGINAL: ("late_plain",)},
    T.RESULT_ELECTRONIC: _RESOLVED | {Facet.RESULT: ("electronic",)},
}
