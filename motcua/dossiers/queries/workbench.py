"""The officer's workbench: tasks by tab and filter, counts, neighbours, and what the filters may be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.queries import Authority, people_with
from motcua.agencies.rules.permissions import Permission as P
from motcua.core.moments import legal_date, to_local, to_utc
from motcua.core.text import fold
from motcua.dossiers.models import Dossier, DossierTask, Opinion, SavedFilter
from motcua.dossiers.models.dossier import PAUSED_STATUSES
from motcua.dossiers.models.tasks import LIVE
from motcua.dossiers.queries.counting import counted
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules.columns import DEFAULT, PREFERENCE, in_order
from motcua.dossiers.rules.lateness import is_late
from motcua.dossiers.rules.states import TaskState
from motcua.workdays.queries import calendar_of
from motcua.workdays.rules.clock import working_days_left

WORK = (P.DOSSIER_PROCESS, P.DOSSIER_SIGN, P.DOSSIER_ISSUE, P.DOSSIER_ASSIGN, P.DOSSIER_RETURN_RESULT)
PAUSED = tuple(PAUSED_STATUSES)
DONE_DAYS = 7
SOON_DAYS = 3
NEIGHBOURS = 500
CHOICES = 400
LOOKED_AT = 3_000


def reach(authority: Authority, permissions: Iterable[str], lookup: str = "agency") -> Q:
    """Rows of agencies where the person holds any of the permissions."""
    found = Q(pk__in=[])
    for permission in permissions:
        if authority.has(permission):
            found |= authority.where(permission, lookup)
    return found


def workable(authority: Authority) -> Q:
    """Tasks that the person may take up by their kind: work for officers, signatures for signers, results and what is
    done at the counter for the counter; those who assign see all of their agency.
    """
    counter = Q(at_office=True) & reach(authority, (P.DOSSIER_RETURN_RESULT, P.DOSSIER_RECEIVE))
    signature = Q(stage_kind="signature", at_office=False) & reach(authority, (P.DOSSIER_SIGN,))
    work = (
        Q(at_office=False)
        & ~Q(stage_kind="signature")
        & reach(authority, (P.DOSSIER_PROCESS, P.DOSSIER_ISSUE))
    )
    return counter | signature | work | reach(authority, (P.DOSSIER_ASSIGN,))


@dataclass(frozen=True)
class Days:
    """Moments (aware) between which a due date is late or soon, by date in Viet Nam: late before `late`, soon from there to
    `soon`, which is the end of so many working days from now. `today` is the last midnight.
    """

    today: datetime
    soon: datetime
    late: datetime
    working_days: int

    @classmethod
    def at(cls, now: datetime, working_days: int, calendar: Any, *, by_minute: bool = False) -> "Days":
        """Late: due before today, or before this minute where an agency judges so ("standing_granularity")."""
        day = legal_date(now)
        last = day
        for _ in range(working_days):
            last = calendar.next_working(last)
        today = _midnight(day)
        return cls(today, _midnight(last + timedelta(days=1)), now if by_minute else today, working_days)


def _midnight(day: Any) -> datetime:
    return to_utc(datetime.combine(day, time()))


def days_for(authority: Authority, user: User, now: datetime) -> Days:
    """The window of the person's main agency: its own calendar, its own number of days, by date or by the minute."""
    desk = Desk(user, now)
    pk = authority.main_agency_id
    agency = desk.recall(("agency", pk), lambda: Agency.objects.filter(pk=pk).first()) if pk else None
    calendar = desk.calendar(agency) if agency else calendar_of()
    return Days.at(now, soon_days(desk, agency), calendar, by_minute=by_minute(desk, agency))


def soon_days(desk: Desk, agency: Agency | None) -> int:
    """From how many working days left on an agency speaks of "soon due"."""
    return int(desk.setting("due_soon_days", agency, default=SOON_DAYS))


def by_minute(desk: Desk, agency: Agency | None) -> bool:
    """Whether an agency judges by the minute, not by the date, what is late."""
    return bool(desk.setting("standing_granularity", agency, default="date") == "minute")


def inbox(
    authority: Authority, user: User, tab: str, filters: Mapping[str, Any], days: Days, now: datetime
) -> QuerySet[Any]:
    """The rows of one tab, the most urgent first; opinions for the tab of opinions, tasks for all others."""
    if tab == "opinion":
        rows = _narrowed(opinions_waiting(authority), filters, agency="to_agency", stage="")
        related = ("dossier__version", "dossier__applicant", "from_agency", "to_agency")
        return rows.select_related(*related).order_by("due_at", "id")
    rows = _narrowed(tabs(authority, user, days, now)[tab], filters, agency="agency", stage="stage_name")
    rows = rows.select_related("dossier__version", "dossier__applicant", "agency", "officer")
    if tab == "done":
        return rows.order_by("-done_at", "-id")
    return rows.order_by(F("dossier_due_at").asc(nulls_last=True), "id")


def tabs(authority: Authority, user: User, days: Days, now: datetime) -> dict[str, QuerySet[Any]]:
    """Every tab of tasks, unfiltered and unordered."""
    live = DossierTask.objects.filter(state__in=LIVE)
    mine, unit = live.filter(officer=user), live.filter(workable(authority))
    running = unit.exclude(dossier__status__in=PAUSED)
    return {
        "mine": mine,
        "hand": unit.filter(state=TaskState.OPEN.value, taken_at=None),
        "unit": unit.filter(officer=None),
        "soon": running.filter(dossier_due_at__gte=days.late, dossier_due_at__lt=days.soon),
        "late": running.filter(dossier_due_at__lt=days.late),
        "supplement": unit.filter(dossier__status__in=PAUSED),
        "sign": live.filter(reach(authority, (P.DOSSIER_SIGN,)), stage_kind="signature"),
        "done": DossierTask.objects.filter(done_by=user, done_at__gte=now - timedelta(days=DONE_DAYS)),
    }


def opinions_waiting(authority: Authority) -> QuerySet[Opinion]:
    """Questions asked of agencies where the person may answer, not yet answered."""
    return Opinion.objects.filter(
        reach(authority, (P.DOSSIER_OPINION,), "to_agency"), answered_at=None, lapsed_at=None
    )


def inbox_counts(authority: Authority, user: User, days: Days, now: datetime) -> dict[str, int]:
    """How many rows each tab has, none counted beyond 500. One statement."""
    sets = tabs(authority, user, days, now)
    return counted({**sets, "opinion": opinions_waiting(authority)})


def _narrowed(rows: QuerySet[Any], filters: Mapping[str, Any], *, agency: str, stage: str) -> QuerySet[Any]:
    """The rows that every filter lets through."""
    if text := filters.get("text"):
        rows = rows.filter(_mentions(str(text)))
    if filters.get("procedure"):
        rows = rows.filter(dossier__procedure_id=filters["procedure"])
    if filters.get("field"):
        rows = rows.filter(dossier__field_id=filters["field"])
    if filters.get("agency"):
        rows = rows.filter(**{f"{agency}_id": filters["agency"]})
    if filters.get("stage") and stage:
        rows = rows.filter(**{stage: filters["stage"]})
    return rows


def _mentions(text: str) -> Q:
    """Code, name of the procedure or of the applicant, accent-free, every word."""
    found = Q()
    for word in fold(text).split():
        found &= (
            Q(dossier__code__icontains=word)
            | Q(dossier__version__search_text__contains=word)
            | Q(dossier__applicant__search_name__contains=word)
        )
    return found


def inbox_choices(authority: Authority, user: User) -> dict[str, list[Any]]:
    """What the filters may be: what is found among live tasks in reach, of which no unit has more than `LOOKED_AT`
    (beyond that the search by words finds the rest). One statement.
    """
    near = DossierTask.objects.filter(Q(officer=user) | workable(authority), state__in=LIVE)
    live = DossierTask.objects.filter(pk__in=near.order_by().values("pk")[:LOOKED_AT])
    columns = (
        "dossier__procedure_id", "dossier__version__name", "dossier__field_id", "dossier__field__name", "agency_id",
        "agency__name", "stage_name",
    )  # fmt: skip
    rows = list(live.order_by().values_list(*columns).distinct()[:CHOICES])
    return {
        "procedures": _pairs((row[0], row[1]) for row in rows),
        "fields": _pairs((row[2], row[3]) for row in rows),
        "agencies": _pairs((row[4], row[5]) for row in rows),
        "stages": sorted({row[6] for row in rows}, key=fold),
    }


def _pairs(pairs: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    return sorted(dict(pairs).items(), key=lambda pair: fold(pair[1]))


def neighbours(rows: QuerySet[Any], dossier: Dossier) -> dict[str, int | None] | None:
    """The dossiers before and after this one in a list (its first 500); None when it is no longer there."""
    ids = list(dict.fromkeys(rows.values_list("dossier_id", flat=True)[:NEIGHBOURS]))
    if dossier.pk not in ids:
        return {"previous": None, "next": ids[0]} if ids else None
    at = ids.index(dossier.pk)
    return {"previous": ids[at - 1] if at else None, "next": ids[at + 1] if at + 1 < len(ids) else None}


def with_clock(dossiers: Iterable[Any], desk: Desk) -> None:
    """Set on each dossier what the badge of its due date rests on: working days left, whether its clock rests, and how the
    agency that resolves it speaks of soon and late.

    Every page that shows the badge (dossiers/_due.html) asks here, so that all say the same.
    """
    for dossier in dossiers:
        dossier.is_paused = dossier.status in PAUSED
        dossier.days_left = days_left(desk, dossier)
        agency = desk.agency(dossier.resolving_agency_id)
        dossier.soon_days, dossier.by_minute = soon_days(desk, agency), by_minute(desk, agency)


def step_is_late(task: DossierTask, dossier: Any, desk: Desk) -> bool:
    """Whether a task was done, or is still not done, after its own deadline. While the dossier's clock rests nobody works on
    it, so a step that is not done is not late. The dossier has been through `with_clock`.
    """
    if task.due_at is None or (task.done_at is None and dossier.is_paused):
        return False
    done = to_local(task.done_at) if task.done_at else desk.local
    return is_late(to_local(task.due_at), done, by_minute=by_minute(desk, task.agency))


def days_left(desk: Desk, dossier: Dossier) -> int | None:
    """Working days from today to the due date by the resolving agency's calendar, which set it.

    Negative when late, None without a due date.
    """
    if dossier.due_at is None:
        return None
    calendar = desk.calendar(desk.agency(dossier.resolving_agency_id))
    return working_days_left(desk.local, to_local(dossier.due_at), calendar)


def columns_of(user: User) -> tuple[str, ...]:
    """The optional columns that a person wants to see in the inbox; no statement."""
    found = user.preferences.get(PREFERENCE)
    return DEFAULT if found is None else in_order(found)


def saved_filters(user: User) -> QuerySet[SavedFilter]:
    """The person's own filters by name."""
    return SavedFilter.objects.filter(user=user).order_by("name")


def officers_for(authority: Authority, agency: Agency, now: datetime) -> QuerySet[User]:
    """Whom a task of an agency may be given to, by somebody who assigns there. Raises NotFound."""
    authority.require(P.DOSSIER_ASSIGN, agency)
    return people_with(P.DOSSIER_PROCESS, agency, legal_date(now))


def tasks_by_id(authority: Authority, user: User, ids: Iterable[int]) -> list[DossierTask]:
    """The tasks ticked that are in reach, in the order of their due dates."""
    rows = DossierTask.objects.filter(Q(officer=user) | workable(authority), pk__in=list(ids))
    return list(rows.select_related("dossier", "agency").order_by("dossier_due_at", "id"))
