"""Lists of the counter: waiting for acceptance, to hand over, to collect, the register of the year."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Prefetch, Q, QuerySet, Subquery

from motcua.accounts.models import User
from motcua.agencies.models import Agency, OneStopOffice
from motcua.agencies.queries import Authority, offices_kept
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import NotFound
from motcua.core.moments import legal_date, to_local, to_utc
from motcua.core.text import fold
from motcua.dossiers.models import Dossier, DossierTask, Handover, Notice, PostalItem
from motcua.dossiers.queries.access import within
from motcua.dossiers.queries.post import WAITS_AGAIN, items_on_the_way, waits_again
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.queries.scan import scanned_dossier
from motcua.dossiers.queries.verify import notice_token
from motcua.dossiers.queries.workbench import reach
from motcua.dossiers.rules.ledger import clock_time
from motcua.dossiers.rules.reception import transfer_due
from motcua.dossiers.rules.states import Delivery, Status, TaskState
from motcua.dossiers.rules.transitions import Act, line_for
from motcua.workdays.rules.calendar import WorkCalendar

COLLECTABLE = (Status.RESULT_READY.value, Status.WAIT_COLLECT.value)
DELIVERY_NAMES = {
    Delivery.COUNTER.value: "Tại quầy",
    Delivery.POST.value: "Bưu chính",
    Delivery.ONLINE.value: "Điện tử",
}
MOST = 300
# Who may sign for dossiers given to their agency.
TAKERS = line_for(Status.TRANSFERRED, Act.TAKE_OVER).permissions


def mine(rows: QuerySet[Dossier], office: OneStopOffice, authority: Authority) -> QuerySet[Dossier]:
    """Of an office's dossiers those that the person may see: all for its own people, at a seat only the seat's own."""
    if authority.can(Permission.DOSSIER_VIEW, office.agency):
        return rows
    return rows.filter(within(authority, Permission.DOSSIER_VIEW))


def kept(office: OneStopOffice, day: date) -> QuerySet[Dossier]:
    """The dossiers that the office answers for on a legal date: its own, and those of the closed offices it stands in for."""
    offices = offices_kept(office, day)
    return (
        Dossier.objects.filter(office=office)
        if len(offices) == 1
        else Dossier.objects.filter(office__in=offices)
    )


@dataclass(frozen=True)
class ToHandOver:
    """A dossier still at the counter, by when it must leave, and what a scan of its slip says."""

    dossier: Dossier
    transfer_due: datetime
    token: str


@dataclass(frozen=True)
class Group:
    """Dossiers that go to one agency."""

    agency: Agency
    rows: list[ToHandOver]


def to_hand_over(office: OneStopOffice, user: User, at: datetime) -> list[Group]:
    """Received dossiers not yet handed over, by the agency that leads their first step; the most urgent first."""
    desk = Desk(user, at)
    tasks = (
        DossierTask.objects.filter(at_office=False)
        .select_related("agency")
        .order_by("stage", "-is_lead", "position")
    )
    slips = Notice.objects.filter(kind=Notice.Kind.RECEIPT).order_by("id")
    rows = kept(office, desk.day).filter(status=Status.RECEIVED.value)
    rows = mine(rows, office, desk.authority).select_related("version", "applicant", "resolving_agency")
    rows = rows.prefetch_related(
        Prefetch("tasks", tasks, to_attr="planned"), Prefetch("notices", slips, to_attr="slips")
    )
    groups: dict[Agency, list[ToHandOver]] = defaultdict(list)
    for dossier in rows.order_by("received_at", "id")[:MOST]:
        agency = dossier.planned[0].agency if dossier.planned else dossier.resolving_agency
        groups[agency].append(_row(dossier, desk, office))
    return [Group(agency, found) for agency, found in groups.items()]


def _row(dossier: Dossier, desk: Desk, office: OneStopOffice) -> ToHandOver:
    slips: list[Notice] = dossier.slips  # type: ignore[attr-defined]  # prefetched under this name
    token = notice_token(slips[0].pk) if slips else ""
    return ToHandOver(dossier, transfer_deadline(dossier, desk, office), token)


def transfer_deadline(dossier: Dossier, desk: Desk, office: OneStopOffice) -> datetime:
    """By when the dossier must be with the resolving agency (Decree 61/2018, article 18: the same day, or the opening of
    the next working day when received after 15:00)."""
    assert dossier.received_at
    received = to_local(dossier.received_at)
    calendar = desk.calendar(office.agency)
    cutoff = clock_time(desk.setting("transfer_cutoff", office.agency)) or time(15)
    due = transfer_due(received, cutoff, opening_after(received.date(), calendar))
    sessions = calendar.sessions_on(due.date())
    closing = datetime.combine(due.date(), sessions[-1][1]) if sessions else due
    return to_utc(min(due, max(closing, received)))


def opening_after(day: date, calendar: WorkCalendar) -> datetime:
    """When the next working day after a date opens (local)."""
    following = calendar.next_working(day)
    return datetime.combine(following, calendar.sessions_on(following)[0][0])


def handovers(authority: Authority) -> QuerySet[Handover]:
    """Lists that the person may see: handed over by their own office, or to an agency where they may sign for dossiers, or
    with dossiers that came to such an agency since (it took another's place); each with the number of its tasks that
    still wait for a signature (`waiting`).
    """
    given = authority.where(Permission.DOSSIER_HAND_OVER, "office__agency")
    waiting = Count("tasks", filter=Q(tasks__state=TaskState.OPEN, tasks__taken_at=None))
    carried = Q(pk__in=_unsigned().filter(reach(authority, TAKERS)).values("handover"))
    rows = Handover.objects.filter(given | reach(authority, TAKERS, "to_agency") | carried)
    return rows.select_related("to_agency", "office").annotate(waiting=waiting)


def recent_handovers(office: OneStopOffice, authority: Authority) -> QuerySet[Handover]:
    """The last ten lists that the office handed over, as far as the person may see them."""
    return handovers(authority).filter(office=office).order_by("-given_at", "-id")[:10]


def access_handover(authority: Authority, pk: int) -> Handover:
    """One list of the clerk's office or agency. Raises NotFound."""
    found = handovers(authority).select_related("giver", "receiver", "office__agency").filter(pk=pk).first()
    if found is None:
        raise NotFound()
    return found


def made_together(handover: Handover, authority: Authority) -> QuerySet[Handover]:
    """The lists made by one hand-over, this one among them: dossiers for several agencies make several lists."""
    same = {"office": handover.office_id, "giver": handover.giver_id, "given_at": handover.given_at}
    return handovers(authority).filter(**same).order_by("number")


def may_sign(handover: Handover, authority: Authority) -> bool:
    """Whether the person may sign for what still waits on a list."""
    return may_take(handover, authority, TAKERS)


def may_take(handover: Handover, authority: Authority, permissions: Iterable[str]) -> bool:
    """Whether the person holds any of the permissions where some of what waits on a list lies now."""
    waiting: int = handover.waiting  # type: ignore[attr-defined] # annotated
    here = _unsigned().filter(reach(authority, permissions), handover=handover)
    return waiting > 0 and here.exists()


def _unsigned() -> QuerySet[DossierTask]:
    """Tasks given on a list that nobody has signed for."""
    return DossierTask.objects.filter(state=TaskState.OPEN, taken_at=None, handover__isnull=False)


def dossiers_of(handover: Handover) -> QuerySet[Dossier]:
    """The dossiers on a list, by code; `to_sign`: one of its tasks waits for a signature."""
    waiting = DossierTask.objects.filter(
        dossier=OuterRef("pk"), handover=handover, state=TaskState.OPEN, taken_at=None
    )
    rows = Dossier.objects.filter(tasks__handover=handover).select_related("version", "applicant")
    return rows.annotate(to_sign=Exists(waiting)).distinct().order_by("code")


def tasks_of(handover: Handover) -> QuerySet[DossierTask]:
    """The tasks on a list, as the printed one names them."""
    tasks = handover.tasks.select_related("dossier__version", "dossier__applicant")
    return tasks.prefetch_related("dossier__papers").order_by("dossier__code", "id")


def to_collect(office: OneStopOffice, day: date, text: str = "") -> QuerySet[Dossier]:
    """Results that wait to be collected, also those that the post brought back (`back_at`), the oldest first; those that match a
    code, number or name.
    """
    back = PostalItem.objects.filter(dossier=OuterRef("pk"), came_back_at__isnull=False, again_at=None)
    rows = kept(office, day).filter(Q(status__in=COLLECTABLE) | WAITS_AGAIN)
    rows = rows.select_related("version", "applicant").annotate(
        back_at=Subquery(back.values("came_back_at")[:1])
    )
    if text:
        rows = rows.filter(_matches(text))
    return rows.order_by("ready_at", "id")


def by_post(office: OneStopOffice, authority: Authority, day: date) -> list[PostalItem]:
    """What the post has of the office's results, the oldest first."""
    return list(items_on_the_way(mine(kept(office, day), office, authority))[:MOST])


def is_collectable(dossier: Dossier) -> bool:
    """Whether the result waits at the counter, for the first time or again."""
    return dossier.status in COLLECTABLE or waits_again(dossier)


def _matches(text: str) -> Q:
    scanned = scanned_dossier(text)
    if scanned:
        return Q(pk=scanned)
    digits = text.replace(" ", "")
    phone = f"+84{digits[1:]}" if digits.startswith("0") else digits
    return (
        Q(code__iexact=text)
        | Q(code__iendswith=text)
        | Q(applicant__identity_number=digits)
        | Q(applicant__phone=phone)
        | Q(applicant__search_name__contains=fold(text))
    )


def with_age(rows: Any, at: datetime) -> None:
    """Set on each dossier how many days its result has waited and how it goes back."""
    today = legal_date(at)
    for dossier in rows:
        since = dossier.back_at or dossier.ready_at
        dossier.age_days = (today - legal_date(since)).days if since else 0
        dossier.delivery_name = DELIVERY_NAMES.get(dossier.delivery, "")


def register(office: OneStopOffice, year: int) -> QuerySet[Dossier]:
    """The register of a year in the order of its numbers."""
    rows = Dossier.objects.filter(office=office, register_year=year, register_number__isnull=False)
    return rows.select_related("version", "applicant", "resolving_agency").order_by("register_number", "id")


def register_years(office: OneStopOffice, today: date) -> list[int]:
    """Years that the register has, the present one included, newest first."""
    span = Dossier.objects.filter(office=office, register_year__isnull=False).aggregate(
        a=Min("register_year"), b=Max("register_year")
    )
    first, last = min(span["a"] or today.year, today.year), max(span["b"] or today.year, today.year)
    return list(range(last, first - 1, -1))


def closing_line(office: OneStopOffice, year: int) -> str:
    """What closes the register: "Sổ này có 12 hồ sơ, từ số 1 đến số 12."."""
    last = register(office, year).aggregate(last=Max("register_number"))["last"] or 0
    return f"Sổ này có {register(office, year).count()} hồ sơ, từ số 1 đến số {last}." if last else ""
