"""Help for the tests of every app: a small world with a counter, and dossiers in it, made by the acts themselves.

world = make_world()
dossier = receive(world)                       # at the counter, 5 working days, Monday 2-11-2026 08:00
dossier = in_review(world); dossier = for_signature(world); dossier = ready(world)
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from motcua.accounts.models import User
from motcua.agencies.models import Agency, OneStopOffice
from motcua.agencies.testing import add, make_agency, make_office, make_seat, make_user_with, shipped
from motcua.core.moments import to_utc
from motcua.core.store import plain
from motcua.core.text import fold
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, DossierTask
from motcua.dossiers.rules.intake import Intake, PaperData, PartyData
from motcua.dossiers.rules.states import TaskState
from motcua.procedures.models import (
    ChannelRule,
    Field,
    Offering,
    Paper,
    Procedure,
    ProcedureVersion,
    Process,
    Stage,
    TaskTemplate,
)

SINCE = date(2010, 1, 1)
START = datetime(2026, 11, 2, 8, 0)  # a Monday, local


def moment(local: datetime = START, *, days: int = 0, hours: float = 0) -> datetime:
    """An aware moment, by default the Monday on which the world starts."""
    return to_utc(local + timedelta(days=days, hours=hours))


@dataclass
class World:
    """A province, a commune with a counter, its division, police seated there; one person for each part."""

    province: Agency
    commune: Agency
    division: Agency
    police: Agency
    office: OneStopOffice
    clerk: User
    officer: User
    boss: User
    policeman: User
    head: User
    admin: User
    procedure: Procedure
    others: dict[str, Any] = field(default_factory=dict)


def make_world(*, amount: str = "5", unit: str = "working_day", process: bool = True) -> World:
    """The world, with one procedure of the given limit."""
    province = make_agency("Tỉnh Lam Sơn", level="province", code="H40")
    commune = make_agency("UBND xã An Phú", province, code="H40.12", place_name="An Phú")
    division = make_agency("Phòng Văn hóa - Xã hội", commune, kind="division")
    police = make_agency("Công an xã An Phú", province, kind="vertical", sector="police")
    office = make_office(commune)
    make_seat(office, police)
    world = World(
        province=province,
        commune=commune,
        division=division,
        police=police,
        office=office,
        clerk=make_user_with("receptionist", commune, full_name="Trần Thị Tiếp Nhận"),
        officer=make_user_with("officer", commune, full_name="Lê Văn Thụ Lý"),
        boss=make_user_with("leader", commune, full_name="Phạm Thị Ký"),
        policeman=make_user_with("police_desk", police, full_name="Nguyễn Văn An"),
        head=make_user_with("office_head", commune, full_name="Võ Thị Trưởng"),
        admin=make_user_with("administrator", province, subtree=True, full_name="Quản Trị"),
        procedure=make_procedure("1.000001", commune, amount=amount, unit=unit),
    )
    if process:
        make_process(
            world.procedure,
            None,
            [
                ("review", [("resolving", "officer", "16")]),
                ("signature", [("resolving", "leader", "8")]),
                ("result", [("office", "receptionist", "4")]),
            ],
        )
    return world


def make_procedure(
    code: str,
    agency: Agency,
    *,
    amount: str | None = "5",
    unit: str = "working_day",
    name: str = "",
    since: date = SINCE,
    **offering: Any,
) -> Procedure:
    """A procedure with one required paper, offered by an agency through every channel."""
    field_ = shipped(Field, "name", "Hộ tịch")
    procedure = add(Procedure, code=code)
    title = name or f"Thủ tục thử nghiệm {code}"
    version = add(
        ProcedureVersion,
        procedure=procedure,
        number=1,
        status="published",
        valid_from=since,
        name=title,
        search_text=fold(f"{code} {title}"),
        field=field_,
    )
    limit = Decimal(amount) if amount else None
    channels = ("counter", "online", "post")
    plain.insert([ChannelRule(version=version, channel=c, amount=limit, unit=unit) for c in channels])
    papers = (("Tờ khai", True), ("Giấy tờ kèm theo", False))
    plain.insert(
        [Paper(version=version, position=n, name=p, required=r) for n, (p, r) in enumerate(papers, 1)]
    )
    add(Offering, procedure=procedure, agency=agency, valid_from=since, **offering)
    return procedure


def _template(stage: Stage, number: int, place: str, role: str, hours: str) -> TaskTemplate:
    return TaskTemplate(
        stage=stage,
        position=number,
        name=f"Việc {stage.position}.{number}",
        place=place,
        role_code=role,
        hours=Decimal(hours),
    )


def make_process(
    procedure: Procedure, agency: Agency | None, stages: list[tuple[str, list[tuple[str, str, str]]]]
) -> Process:
    """A process: [(kind of stage, [(place, role, hours), ...]), ...]."""
    process = add(Process, procedure=procedure, agency=agency, number=1, status="published", valid_from=SINCE)
    for position, (kind, tasks) in enumerate(stages, 1):
        stage = add(Stage, process=process, position=position, name=f"Bước {position}", kind=kind)
        plain.insert([_template(stage, number, *task) for number, task in enumerate(tasks, 1)])
    return process


def make_intake(world: World, procedure: Procedure | None = None, **changes: Any) -> Intake:
    """What a citizen brings: complete, for the world's procedure."""
    chosen = procedure or world.procedure
    paper = Paper.objects.filter(version__procedure=chosen, required=True).first()
    values: dict[str, Any] = {
        "office_id": world.office.pk,
        "procedure_id": chosen.pk,
        "channel": "counter",
        "applicant": PartyData(
            "citizen", "Nguyễn Thị Thử Nghiệm", "038200000001", phone="0912345678", address="Thôn 1"
        ),
        "papers": (PaperData(paper.name, paper.pk, originals=1),) if paper else (),
    }
    return Intake(**(values | changes))


def receive(
    world: World, *, at: datetime | None = None, procedure: Procedure | None = None, **changes: Any
) -> Dossier:
    """A dossier received at the counter."""
    return actions.receive(make_intake(world, procedure, **changes), actor=world.clerk, at=at or moment())


def live_task(dossier: Dossier, kind: str = "") -> DossierTask:
    """The first open or accepted task, of a kind of stage if given."""
    rows = DossierTask.objects.filter(dossier=dossier, state__in=[TaskState.OPEN, TaskState.ACCEPTED])
    rows = rows.filter(stage_kind=kind) if kind else rows
    found = rows.order_by("stage", "position").first()
    assert found is not None, "no live task"
    return found


def in_review(world: World, dossier: Dossier | None = None, *, at: datetime | None = None) -> Dossier:
    """Handed over and taken over."""
    dossier = dossier or receive(world, at=at)
    later = (at or moment()) + timedelta(hours=1)
    lists = actions.hand_over([dossier.pk], actor=world.clerk, at=later)
    own = next(h for h in lists if h.to_agency_id == world.commune.pk)
    actions.take_over(handover_id=own.pk, actor=world.officer, at=later + timedelta(minutes=30))
    dossier.refresh_from_db()
    return dossier


def for_signature(world: World, dossier: Dossier | None = None, *, at: datetime | None = None) -> Dossier:
    """Reviewed, waiting to be signed."""
    dossier = in_review(world, dossier, at=at)
    actions.complete_task(
        live_task(dossier).pk, actor=world.officer, at=(at or moment()) + timedelta(hours=2)
    )
    dossier.refresh_from_db()
    return dossier


def signed(world: World, dossier: Dossier | None = None, *, at: datetime | None = None) -> Dossier:
    """Signed, the result on its way to the counter."""
    dossier = for_signature(world, dossier, at=at)
    actions.sign_result(
        dossier.pk, number="12/GCN", actor=world.boss, at=(at or moment()) + timedelta(hours=3)
    )
    dossier.refresh_from_db()
    return dossier


def ready(world: World, dossier: Dossier | None = None, *, at: datetime | None = None) -> Dossier:
    """The result is at the counter."""
    dossier = signed(world, dossier, at=at)
    actions.mark_ready(dossier.pk, actor=world.clerk, at=(at or moment()) + timedelta(hours=6))
    dossier.refresh_from_db()
    return dossier


def returned(world: World, dossier: Dossier | None = None, *, at: datetime | None = None) -> Dossier:
    """The result has been handed over."""
    dossier = ready(world, dossier, at=at)
    actions.return_result(
        dossier.pk,
        receiver_name="Nguyễn Thị Thử Nghiệm",
        actor=world.head,
        at=(at or moment()) + timedelta(hours=7),
    )
    dossier.refresh_from_db()
    return dossier
