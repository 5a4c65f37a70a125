"""For every state of the life cycle a dossier that is still in it when the story ends, so that every screen has something."""

from dataclasses import dataclass

from motcua.dossiers.rules.states import Status
from motcua.scenarios.turns import Fate

MARITAL, FARM_LAND, LAND_BOOK = "1.004873", "1.008004", "1.013978"


@dataclass(frozen=True)
class Planned:
    """A dossier that ends up in `status`: it comes so many working days before the end, and what then happens to it."""

    status: Status
    days: int
    kind: str = "plain"
    code: str = MARITAL
    channel: str = "counter"
    collects: bool = True

    @property
    def fate(self) -> Fate:
        """Steps go fast, so that the state is reached in time."""
        return Fate(self.kind, 0.3, collects=self.collects, rest=self.status)


# Status.DRAFT is missing: no act of the life cycle leads to it (a form being filled in is not yet a dossier).
PLAN = (
    Planned(Status.SUBMITTED, 0, channel="online"),
    Planned(Status.PRE_SUPPLEMENT, 3, "pre_supplement", channel="online"),
    Planned(Status.NOT_ACCEPTED, 4, "declined", channel="online"),
    Planned(Status.RECEIVED, 0),
    Planned(Status.TRANSFERRED, 2),
    Planned(Status.IN_REVIEW, 3),
    Planned(Status.WAIT_OPINION, 7, "opinion", FARM_LAND),
    Planned(Status.POST_SUPPLEMENT, 6, "supplement"),
    Planned(Status.WAIT_FINANCE, 14, code=LAND_BOOK),
    Planned(Status.FOR_SIGNATURE, 6),
    Planned(Status.FOR_SIGNATURE, 4, code=FARM_LAND),
    Planned(Status.FOR_SIGNATURE, 4, code=FARM_LAND),
    Planned(Status.REFUSED, 7, "refused"),
    Planned(Status.STOPPED, 7, "stopped"),
    Planned(Status.WITHDRAW_REQUESTED, 4, "withdrawn", FARM_LAND),
    Planned(Status.WITHDRAWN, 6, "withdrawn", FARM_LAND),
    Planned(Status.RESULT_READY, 8),
    Planned(Status.WAIT_COLLECT, 9, collects=False),
    Planned(Status.RETURNED, 11),
    Planned(Status.ARCHIVED, 18, "archived"),
    Planned(Status.ERROR_FIX, 13, "corrected"),
)

# Results that nobody fetched before the district's counter closed: its successor's clerks hand them over.
DISTRICT_PLAN = (
    Planned(Status.WAIT_COLLECT, 9, code="2.000528", collects=False),
    Planned(Status.WAIT_COLLECT, 6, code="2.000528", collects=False),
)
