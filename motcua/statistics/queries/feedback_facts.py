"""Phản ánh, kiến nghị as they stood when a window closed: received, answered in time or late, open, published, rated.

One row is judged by its first answer and the due date of that; what was never received (anonymous) is not there. It stands under
the agency that has it; one that was passed on counts where it went.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.core.moments import legal_date
from motcua.feedback.models import Feedback
from motcua.feedback.rules.states import Kind, Verdict
from motcua.statistics.queries.looks import Fact, Look


@dataclass(frozen=True)
class Standing:
    """One feedback at the close: `late` of its answer or, while there is none, of what is owed."""

    row: Feedback
    house: int
    before: bool  # received before the window
    gone: bool  # done with before the window
    answered: bool
    left: bool
    late: bool

    @property
    def open(self) -> bool:
        """Whether somebody still owes an answer."""
        return not (self.answered or self.left)


_COLUMNS = (
    "pk", "code", "agency_id", "kind", "verdict", "received_at", "due_at", "first_due_at", "first_answered_at", "ended_at",
    "published_at", "satisfaction", "satisfied_at", "dossier_id", "officer_id",
)  # fmt: skip


def standings(look: Look) -> list[Standing]:
    """Every feedback of the scope that was received before the close. One statement."""
    rows = Feedback.objects.filter(
        agency__in=list(look.scope.agencies), is_anonymous=False, received_at__lt=look.bounds.closing
    ).only(*_COLUMNS)
    return [_standing(row, look) for row in rows.order_by("received_at", "pk")]


def _standing(row: Feedback, look: Look) -> Standing:
    opening = look.bounds.opening

    def by_then(moment: datetime | None) -> bool:
        return moment is not None and moment < look.bounds.closing

    answered, left = by_then(row.first_answered_at), by_then(row.ended_at)
    end = row.first_answered_at or row.ended_at
    due = legal_date(row.first_due_at or row.due_at)
    late = (legal_date(row.first_answered_at) if answered and row.first_answered_at else look.close) > due
    return Standing(
        row, look.scope.houses[row.agency_id], row.received_at < opening, bool((answered or left) and end and end < opening),
        answered, left, late,
    )  # fmt: skip


def _within(moment: datetime | None, look: Look) -> bool:
    return moment is not None and look.bounds.opening <= moment < look.bounds.closing


def _facts(look: Look) -> Iterator[Fact]:
    for one in standings(look):
        for figure in _figures(one, look):
            yield fact(one, figure)


def _figures(one: Standing, look: Look) -> Iterator[str]:
    row = one.row
    if not one.gone:
        yield f"feedback_{row.kind}"
        yield "feedback_carried" if one.before else "feedback_new"
        yield from _end(one)
    if _within(row.published_at, look):
        yield "feedback_published"
    if _within(row.satisfied_at, look):
        yield "feedback_satisfied" if row.satisfaction == "satisfied" else "feedback_not_satisfied"


def _end(one: Standing) -> Iterator[str]:
    if one.answered:
        yield f"feedback_done_{one.row.kind}"
        yield "feedback_done_late" if one.late else "feedback_done_on_time"
    elif one.left:
        yield "feedback_left"
    else:
        yield "feedback_open_late" if one.late else "feedback_open_in_time"


def fact(one: Standing, figure: str) -> Fact:
    """The row behind a figure: the code, never a person."""
    row = one.row
    due = legal_date(row.first_due_at or row.due_at)
    told = (
        f"trả lời {legal_date(row.first_answered_at):%d-%m-%Y}"
        if one.answered and row.first_answered_at
        else "chưa trả lời"
    )
    said = "không tiếp nhận hoặc đã chuyển cơ quan khác" if one.left else f"hạn {due:%d-%m-%Y}, {told}"
    return Fact(
        figure, ("feedback", row.pk), {"agency": one.house}, row.code, said, legal_date(row.received_at),
        address=("feedback:item", (row.pk,)),
    )  # fmt: skip


def founded(dossiers: list[int], closing: datetime) -> dict[int, set[int | None]]:
    """Dossiers with feedback about conduct that was found right or partly right and answered before a moment: the officers
    complained of (None: nobody was named). Unfounded feedback counts for nothing (TT 01/2018/TT-VPCP, article 13).
    """
    rows = Feedback.objects.filter(
        dossier__in=dossiers, kind__in=[Kind.CONDUCT, Kind.BOTH], verdict__in=[Verdict.FOUNDED, Verdict.PARTLY],
        first_answered_at__lt=closing,
    )  # fmt: skip
    found: dict[int, set[int | None]] = {}
    for dossier, officer in rows.values_list("dossier_id", "officer_id"):
        found.setdefault(dossier, set()).add(officer)
    return found


FEEDBACK_FIGURES = (
    *(f"feedback_{kind.value}" for kind in Kind), *(f"feedback_done_{kind.value}" for kind in Kind), "feedback_new",
    "feedback_carried", "feedback_done_on_time", "feedback_done_late", "feedback_left", "feedback_open_in_time",
    "feedback_open_late", "feedback_published", "feedback_satisfied", "feedback_not_satisfied",
)  # fmt: skip
FEEDBACK_SOURCES: dict[str, Any] = dict.fromkeys(FEEDBACK_FIGURES, _facts)
