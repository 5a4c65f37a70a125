"""The leader's board: open dossiers late or due within the working days that are set ("due_soon_days"), who holds them and why; what is to be signed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Prefetch, QuerySet

from motcua.accounts.models import User
from motcua.agencies.queries import Authority
from motcua.agencies.rules.permissions import Permission as P
from motcua.core.moments import to_local
from motcua.core.text import fold
from motcua.dossiers.models import Dossier, DossierTask
from motcua.dossiers.models.dossier import OPEN_STATUSES
from motcua.dossiers.models.tasks import LIVE
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.queries.workbench import PAUSED, Days, reach, step_is_late, with_clock
from motcua.dossiers.rules.states import Status

ROWS = 300
LEAD = (P.DOSSIER_SUPERVISE, P.DOSSIER_SIGN)
# The board of figures counts as late also what was late when its clock came to rest; nobody can act on that here.
LATE = "Quá hạn, đồng hồ đang chạy"


@dataclass(frozen=True)
class Row:
    """One open dossier on the board, or one of its parallel tasks."""

    dossier: Dossier
    unit: str
    stage_name: str
    holder: str
    why: str


@dataclass(frozen=True)
class Group:
    """The rows of one unit."""

    name: str
    rows: list[Row]

    @property
    def count(self) -> int:
        """How many dossiers; one with parallel tasks has several rows."""
        return len({row.dossier.pk for row in self.rows})


@dataclass(frozen=True)
class Part:
    """One half of the board."""

    anchor: str
    title: str
    tone: str
    rows: list[Row]

    @property
    def groups(self) -> list[Group]:
        """By unit, the one with most first; inside by stage, then by due date."""
        ordered = sorted(
            self.rows, key=lambda row: (fold(row.unit), fold(row.stage_name), row.dossier.due_at)
        )
        groups = [Group(name, list(rows)) for name, rows in groupby(ordered, key=lambda row: row.unit)]
        return sorted(groups, key=lambda group: -group.count)

    @property
    def count_text(self) -> str:
        """How many dossiers; "300+" when the board was cut."""
        number = len({row.dossier.pk for row in self.rows})
        return f"{ROWS}+" if number >= ROWS else str(number)


@dataclass(frozen=True)
class Board:
    """What is late, and what will be."""

    late: Part
    soon: Part

    @property
    def parts(self) -> tuple[Part, Part]:
        return self.late, self.soon


def board(authority: Authority, user: User, days: Days, now: datetime) -> Board:
    """Open dossiers whose clock runs and whose due date is past or near, in reach of somebody who supervises or signs."""
    desk = Desk(user, now)
    late = _rows(_open(authority).filter(due_at__lt=days.late), desk)
    soon = _rows(_open(authority).filter(due_at__gte=days.late, due_at__lt=days.soon), desk)
    ahead = f"Đến hạn trong {days.working_days} ngày làm việc tới" if days.working_days else "Đến hạn hôm nay"
    return Board(Part("qua-han", LATE, "late", late), Part("sap-den-han", ahead, "soon", soon))


def _open(authority: Authority) -> QuerySet[Dossier]:
    running = [status for status in OPEN_STATUSES if status not in PAUSED]
    here = reach(authority, LEAD, "resolving_agency") | reach(authority, LEAD, "receiving_agency")
    tasks = DossierTask.objects.filter(state__in=LIVE).select_related("agency", "officer")
    rows = Dossier.objects.filter(here, status__in=running).select_related(
        "version", "resolving_agency", "office"
    )
    return rows.prefetch_related(Prefetch("tasks", tasks, to_attr="live"))


def _rows(dossiers: QuerySet[Dossier], desk: Desk) -> list[Row]:
    found = list(dossiers.order_by("due_at", "id")[:ROWS])
    with_clock(found, desk)
    return [row for dossier in found for row in _of(dossier, desk)]


def _of(dossier: Dossier, desk: Desk) -> Iterable[Row]:
    live: list[DossierTask] = dossier.live  # type: ignore[attr-defined]  # prefetched under this name
    if not live:
        why = (
            "Chưa bàn giao cho cơ quan giải quyết"
            if dossier.status == Status.RECEIVED
            else dossier.get_status_display()
        )
        return [Row(dossier, dossier.office.name, "Bộ phận Một cửa", "", why)]
    return [
        Row(
            dossier,
            task.agency.name,
            task.stage_name,
            task.officer.full_name if task.officer else "",
            reason_of(dossier, task, desk),
        )
        for task in live
    ]


def reason_of(dossier: Dossier, task: DossierTask, desk: Desk) -> str:
    """In plain words what the dossier is waiting for."""
    if task.taken_at is None:
        given = f" từ {to_local(task.given_at):%d/%m/%Y}" if task.given_at else ""
        return f"Chưa ký nhận{given}"
    if task.officer_id is None:
        return "Chưa phân công người thụ lý"
    if dossier.status == Status.WAIT_OPINION:
        return "Đang chờ ý kiến cơ quan khác"
    if dossier.status == Status.FOR_SIGNATURE:
        return "Chờ ký"
    if task.due_at and step_is_late(task, dossier, desk):
        return f"Bước này quá hạn từ {to_local(task.due_at):%d/%m/%Y}"
    return "Đang xử lý, bước này còn hạn"


@dataclass(frozen=True)
class ToSign:
    """A dossier that waits for a signature, with who proposes and the number that the result would get."""

    dossier: Dossier
    proposer: str
    note: str
    number: str
    is_late: bool = False


def to_sign(authority: Authority, user: User, now: datetime, limit: int = 100) -> list[ToSign]:
    """Dossiers at a signature that the person may give, the most urgent first."""
    desk = Desk(user, now)
    tasks = DossierTask.objects.filter(
        reach(authority, (P.DOSSIER_SIGN,)), state__in=LIVE, stage_kind="signature"
    )
    found = list(
        tasks.select_related("dossier__version", "dossier__resolving_agency", "agency").order_by(
            "dossier_due_at", "id"
        )[:limit]
    )
    with_clock([task.dossier for task in found], desk)
    before = _last_done([task.dossier_id for task in found])
    return [_signing(task, before.get(task.dossier_id), desk) for task in found]


def _last_done(ids: list[int]) -> dict[int, DossierTask]:
    rows = DossierTask.objects.filter(dossier_id__in=ids, done_at__isnull=False).select_related("done_by")
    return {task.dossier_id: task for task in rows.order_by("done_at", "id")}


def _signing(task: DossierTask, before: DossierTask | None, desk: Desk) -> ToSign:
    dossier = task.dossier
    return ToSign(
        dossier,
        proposer=before.done_by.full_name if before and before.done_by else "",
        note=before.note if before else "",
        number=dossier.code or "",
        is_late=step_is_late(task, dossier, desk),
    )
