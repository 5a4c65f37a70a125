"""The queue of submissions at the counter: what waits for a check, what waits for the citizen, who does what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from motcua.agencies.models import OneStopOffice
from motcua.agencies.queries import Authority
from motcua.core.text import fold
from motcua.counter.queries.lists import kept, mine
from motcua.dossiers.models import Dossier, SupplementRequest
from motcua.dossiers.queries.acceptance import left
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.queries.talk import unread_by_office
from motcua.dossiers.rules.acceptance import SOON, Left
from motcua.dossiers.rules.states import Status

CHECK, ASKED = "kiem-tra", "cho-nguoi-nop"
TABS = {
    CHECK: ("Chờ kiểm tra", Status.SUBMITTED.value),
    ASKED: ("Chờ người nộp sửa", Status.PRE_SUPPLEMENT.value),
}
WHO = (
    ("", "Mọi người"),
    ("toi", "Tôi đang kiểm tra"),
    ("trong", "Chưa ai nhận"),
    ("khac", "Người khác đang kiểm tra"),
)
DUE = (("", "Mọi hạn"), ("qua", "Quá hạn"), ("gap", "Còn 2 giờ trở lại"))
CHANNELS = (
    ("", "Mọi kênh"),
    ("online", "Trực tuyến"),
    ("post", "Bưu chính"),
    ("counter", "Tại quầy, để lại kiểm tra"),
)
MOST = 200


@dataclass(frozen=True)
class Submission:
    """One line of the queue."""

    dossier: Dossier
    left: Left
    officer: Any
    is_mine: bool
    seen_at: datetime | None
    escalated: bool
    has_unread: bool
    asked_before: bool


def waiting(office: OneStopOffice, authority: Authority, day: date) -> QuerySet[Dossier]:
    """All submissions of the office that wait for it or for the citizen, acceptance due first on top."""
    statuses = [status for _label, status in TABS.values()]
    rows = kept(office, day).filter(status__in=statuses, acceptance_due_at__isnull=False)
    return mine(rows, office, authority).order_by("acceptance_due_at", "id")


def counts(rows: QuerySet[Dossier]) -> dict[str, int]:
    """How many there are under each tab. One statement over the few rows that wait."""
    found: dict[str, int] = rows.order_by().aggregate(
        **{
            code.replace("-", "_"): Count("pk", filter=Q(status=status))
            for code, (_l, status) in TABS.items()
        }
    )
    return {code: found[code.replace("-", "_")] for code in TABS}


def chosen(rows: QuerySet[Dossier], tab: str, asked: Mapping[str, str], user_id: int) -> QuerySet[Dossier]:
    """The rows of a tab that the filters leave. What cannot be read narrows nothing."""
    rows = rows.filter(status=TABS.get(tab, TABS[CHECK])[1])
    if text := asked.get("q", "").strip():
        found = Q(applicant__search_name__contains=fold(text)) | Q(temporary_number__icontains=text)
        rows = rows.filter(found | Q(version__search_text__contains=fold(text)))
    if asked.get("kenh") in {code for code, _label in CHANNELS if code}:
        rows = rows.filter(channel=asked["kenh"])
    who = {
        "toi": Q(acceptance_check__officer=user_id),
        "trong": Q(acceptance_check__officer=None),
        "khac": Q(acceptance_check__officer__isnull=False) & ~Q(acceptance_check__officer=user_id),
    }.get(asked.get("ai", ""))
    return rows.filter(who) if who is not None else rows


def listed(rows: QuerySet[Dossier], desk: Desk, due: str = "") -> list[Submission]:
    """The rows as the page shows them. Working hours are told by the office's calendar, so what presses is picked here: the queue of
    an office is short, and it is cut at 200.
    """
    asked = Exists(SupplementRequest.objects.filter(dossier=OuterRef("pk")))
    wide = rows.select_related("version", "applicant", "office__agency", "acceptance_check__officer")
    wide = wide.annotate(has_unread=unread_by_office(), asked=asked)
    found = [_row(dossier, desk) for dossier in wide[:MOST]]
    if due == "qua":
        return [row for row in found if row.left.hours <= 0]
    return [row for row in found if 0 < row.left.hours <= SOON] if due == "gap" else found


def _row(dossier: Any, desk: Desk) -> Submission:
    mark = getattr(dossier, "acceptance_check", None)
    officer = mark.officer if mark else None
    return Submission(
        dossier=dossier,
        left=left(desk, dossier),
        officer=officer,
        is_mine=bool(officer and officer.pk == desk.actor.pk),
        seen_at=mark.seen_at if mark else None,
        escalated=bool(mark and (mark.warned_at or mark.overdue_told_at)),
        has_unread=dossier.has_unread,
        asked_before=dossier.asked,
    )


def next_ids(rows: QuerySet[Dossier], user_id: int) -> list[int]:
    """Whom to check next: what I have in hand first, then what nobody has, acceptance due first on top."""
    rows = rows.filter(status=Status.SUBMITTED.value)
    mine_first = list(rows.filter(acceptance_check__officer=user_id).values_list("pk", flat=True)[:1])
    return mine_first or list(rows.filter(acceptance_check__officer=None).values_list("pk", flat=True)[:20])
