"""The cast: the named people of one commune, of its neighbour and of the province, and their dossiers.

Synthetic, made by the acts themselves. The story starts on Monday 2-11-2026 at 08:00; tests look at it at NOW.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password

from motcua.accounts.models import User
from motcua.agencies import actions as agencies
from motcua.agencies.models import Agency, Assignment, OneStopOffice, PostRole
from motcua.agencies.testing import (
    PASSWORD,
    make_agency,
    make_level,
    make_office,
    make_role,
    make_seat,
    make_system_user,
    make_user,
    make_user_with,
)
from motcua.audit.models import Event
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, DossierTask, Handover
from motcua.dossiers.rules.intake import PartyData
from motcua.dossiers.testing import (
    SINCE,
    World,
    for_signature,
    in_review,
    make_intake,
    make_procedure,
    make_process,
    make_world,
    moment,
    ready,
    receive,
    returned,
)
from motcua.files.actions import release, store
from motcua.notifications.models import Message, Template
from motcua.payments import actions as payments
from motcua.payments.models import Charge
from motcua.procedures import actions as catalogue
from motcua.procedures.models import Fee, Procedure, PublicationDecision
from motcua.statistics import actions as reports
from motcua.statistics.rules.periods import Basis, parse
from motcua.statistics.rules.reports import form_on
from motcua.workdays import actions as workdays

# Tuesday, six working days after the first dossiers: some are late.
NOW = moment(datetime(2026, 11, 10, 9, 30))
ISSUE = ("review", "signature", "result")
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"

# Names that must never be seen by a stranger: one for each commune.
OURS, THEIRS = "Đinh Thị Bí Mật", "Lương Văn Riêng Tư"
OUR_NUMBER, THEIR_NUMBER = "038200000011", "038200000012"
OUR_MAIL = "bi.mat@example.test"
OUR_PHONE, THEIR_PHONE = "0912345611", "0912345622"


@dataclass
class Cast:
    """Who stands for what. Everyone but `anonymous` has an account; none has a second factor unless said."""

    # --- our commune, xã An Phú ---
    clerk: User  # receives at the counter
    returner: User  # came back to hand results over; does not receive
    cashier: User  # takes money, sees no personal data
    head: User  # runs the one-stop office
    officer: User  # works on dossiers of the committee
    division_head: User  # leads the division of culture
    leader: User  # signs
    chairperson: User  # watches, signs nothing
    stamper: User  # văn thư: stamps and sends
    local_admin: User  # administers this commune only
    # --- seated at its counter ---
    policeman: User  # the police desk
    insurer: User  # the social insurance desk
    # --- the neighbour, xã Bình Yên: must see nothing of ours ---
    other_clerk: User
    other_officer: User
    other_leader: User
    other_admin: User
    # --- the province ---
    controller: User  # keeps the catalogue and the processes
    admin: User  # administers everything, reads no dossier
    auditor: User  # reads the log, nothing else
    inspector: User  # reads dossiers with personal data masked
    # --- without any post ---
    nobody: User  # an account that no post carries

    def people(self) -> dict[str, User]:
        """Everyone by name."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


PERSONAS = (*Cast.__dataclass_fields__, "anonymous")


@dataclass
class Province:
    """Everything tests look at. `ours` and `theirs` are dossiers by what has become of them."""

    base: World
    cast: Cast
    neighbour: Agency
    neighbour_office: OneStopOffice
    insurance: Agency
    chain: Procedure
    paid: Procedure
    ours: dict[str, Dossier] = field(default_factory=dict)
    theirs: dict[str, Dossier] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)

    def user(self, persona: str) -> User | None:
        """The account of a persona; None for the public."""
        return None if persona == "anonymous" else getattr(self.cast, persona)


def make_cast(world: World, neighbour: Agency, insurance: Agency) -> Cast:
    """The people, each with one post."""
    here, province = world.commune, world.province
    return Cast(
        clerk=world.clerk,
        returner=make_user_with("returner", here, full_name="Hồ Thị Trả Lại"),
        cashier=make_user_with("cashier", here, full_name="Lê Thị Thu Ngân"),
        head=world.head,
        officer=world.officer,
        division_head=make_user_with("division_head", world.division, full_name="Bùi Văn Trưởng Phòng"),
        leader=world.boss,
        chairperson=make_user_with("chairperson", here, full_name="Đỗ Thị Chủ Tịch"),
        stamper=make_user_with("clerk", here, full_name="Mai Thị Văn Thư"),
        local_admin=make_user_with("agency_administrator", here, subtree=True, full_name="Tạ Văn Quản Trị"),
        policeman=world.policeman,
        insurer=make_user_with("insurance_desk", insurance, full_name="Cao Thị Bảo Hiểm"),
        other_clerk=make_user_with("receptionist", neighbour, full_name="Lý Thị Láng Giềng"),
        other_officer=make_user_with("officer", neighbour, full_name="Dương Văn Xã Bên"),
        other_leader=make_user_with("leader", neighbour, full_name="Vũ Thị Ký Xã Bên"),
        other_admin=make_user_with("agency_administrator", neighbour, subtree=True, full_name="Quản Trị Xã Bên"),
        controller=make_user_with("procedure_controller", province, subtree=True, full_name="Ngô Thị Kiểm Soát"),
        admin=world.admin,
        auditor=make_user_with("auditor", province, subtree=True, full_name="Kiều Văn Kiểm Toán"),
        inspector=make_user_with("inspector", province, subtree=True, full_name="Phan Thị Kiểm Tra"),
        nobody=make_user("khong-vi-tri", "Không Vị Trí"),
    )  # fmt: skip


def make_neighbour(world: World) -> tuple[Agency, OneStopOffice]:
    """Another commune with a counter of its own, which offers the same procedure."""
    agency = make_agency("UBND xã Bình Yên", world.province, code="H40.13", place_name="Bình Yên")
    world.procedure.offerings.create(agency=agency, valid_from=SINCE)
    return agency, make_office(agency)


def make_chain(world: World) -> Procedure:
    """A liên thông procedure: officer of the commune, then police and insurance side by side, then the signature."""
    procedure = make_procedure(
        "2.000001", world.commune, amount="10", name="Liên thông khai sinh, cư trú, thẻ bảo hiểm"
    )
    make_process(
        procedure,
        None,
        [
            ("review", [("resolving", "officer", "16")]),
            ("review", [("police", "police_desk", "24"), ("insurance", "insurance_desk", "24")]),
            ("signature", [("resolving", "leader", "8")]),
            ("result", [("office", "receptionist", "4")]),
        ],
    )  # fmt: skip
    return procedure


def make_paid(world: World) -> Procedure:
    """A procedure with a charge of 8.000 đ for each case."""
    procedure = make_procedure("1.000002", world.commune, name="Cấp bản sao trích lục có lệ phí")
    make_process(procedure, None, [("review", [("resolving", "officer", "16")]), ("signature", [("resolving", "leader", "8")]), ("result", [("office", "receptionist", "4")])])  # fmt: skip
    Fee.objects.create(procedure=procedure, kind="le_phi", name="Lệ phí bản sao trích lục", amount_dong=8000, legal_basis="Nghị quyết 10/2021/NQ-HĐND", valid_from=SINCE)  # fmt: skip
    return procedure


def our_party(**changes: Any) -> PartyData:
    """The citizen of our commune."""
    values = {
        "phone": OUR_PHONE,
        "email": OUR_MAIL,
        "address": "Thôn Kín, xã An Phú",
        "birth_date": date(1990, 5, 4),
    }
    return PartyData("citizen", OURS, OUR_NUMBER, **(values | changes))


def their_party() -> PartyData:
    """The citizen of the neighbour."""
    return PartyData("citizen", THEIRS, THEIR_NUMBER, phone=THEIR_PHONE, address="Thôn Bên, xã Bình Yên")


@cache
def one_hash() -> str:
    """The hash of PASSWORD, computed once: it is slow on purpose."""
    return make_password(PASSWORD)


def make_province() -> Province:
    """The agencies and the people, each with PASSWORD; no dossiers yet."""
    for code in ("central", "province", "district", "commune"):
        make_level(code)
    world = make_world()
    make_system_user()
    neighbour, neighbour_office = make_neighbour(world)
    insurance = make_agency(
        "Bảo hiểm xã hội cơ sở An Phú", world.province, kind="vertical", sector="insurance"
    )
    make_seat(world.office, insurance)
    cast = make_cast(world, neighbour, insurance)
    User.objects.filter(kind=User.Kind.STAFF).update(password=one_hash())
    for user in cast.people().values():
        user.refresh_from_db()
    return Province(
        base=world,
        cast=cast,
        neighbour=neighbour,
        neighbour_office=neighbour_office,
        insurance=insurance,
        chain=make_chain(world),
        paid=make_paid(world),
    )


def make_story(province: Province) -> Province:
    """Dossiers in many states in both communes, money, a scan and a file in quarantine."""
    _our_dossiers(province)
    _their_dossiers(province)
    _money(province)
    _files(province)
    return province


def _our_dossiers(province: Province) -> None:
    world, cast, ours = province.base, province.cast, province.ours
    many = {"applicant": our_party()}
    minutes = (moment(hours=n / 60) for n in range(1, 60))
    ours["received"] = receive(world, at=moment(days=7), **many)
    ours["submitted"] = actions.submit(make_intake(world, channel="online", **many), actor=cast.clerk, at=moment(days=7, hours=1))  # fmt: skip
    ours["handed"] = receive(world, at=moment(days=7, hours=0.5), **many)
    actions.hand_over([ours["handed"].pk], actor=cast.clerk, at=moment(days=7, hours=1))
    ours["late"] = in_review(world, receive(world, at=next(minutes), **many))
    ours["review"] = in_review(world, receive(world, at=moment(days=7, hours=0.1), **many), at=moment(days=7))
    ours["supplement"] = in_review(
        world, receive(world, at=moment(days=7, hours=0.2), **many), at=moment(days=7)
    )
    actions.request_supplement(ours["supplement"].pk, reason="Tờ khai thiếu chữ ký", items=[{"name": "Tờ khai"}], actor=cast.officer, at=moment(days=7, hours=3))  # fmt: skip
    ours["sign"] = for_signature(
        world, receive(world, at=moment(days=4, hours=0.3), **many), at=moment(days=4)
    )
    ours["ready"] = ready(world, receive(world, at=next(minutes), **many))
    ours["returned"] = returned(world, receive(world, at=next(minutes), **many))
    ours["refused"] = in_review(world, receive(world, at=next(minutes), **many))
    actions.refuse(ours["refused"].pk, reason="Không đủ điều kiện", legal_basis="Điều 15 Luật Hộ tịch", actor=cast.officer, at=moment(days=1))  # fmt: skip
    ours["apologised"] = in_review(world, receive(world, at=next(minutes), **many))
    actions.apologise(ours["apologised"].pk, extra_working_days=5, reason="Chờ xác minh", actor=cast.leader, at=moment(days=3))  # fmt: skip
    ours["chain"] = in_review(world, receive(world, at=next(minutes), procedure=province.chain, **many))
    ours["paid"] = receive(world, at=moment(days=7, hours=0.7), procedure=province.paid, **many)
    for dossier in ours.values():
        dossier.refresh_from_db()


def theirs_received(province: Province, at: datetime) -> Dossier:
    """A dossier at the neighbour's counter."""
    intake = make_intake(province.base, office_id=province.neighbour_office.pk, applicant=their_party())
    return actions.receive(intake, actor=province.cast.other_clerk, at=at)


def _their_dossiers(province: Province) -> None:
    cast, theirs = province.cast, province.theirs
    theirs["received"] = theirs_received(province, moment(days=7))
    theirs["review"] = theirs_received(province, moment(hours=0.5))
    actions.hand_over([theirs["review"].pk], actor=cast.other_clerk, at=moment(hours=1))
    tasks = list(
        DossierTask.objects.filter(dossier=theirs["review"], state="open").values_list("pk", flat=True)
    )
    actions.take_over(tasks, actor=cast.other_officer, at=moment(hours=2))
    for dossier in theirs.values():
        dossier.refresh_from_db()


def _money(province: Province) -> None:
    world, cast, things, at = province.base, province.cast, province.things, moment(days=7, hours=1)
    things["book"] = payments.open_book(world.commune, symbol="AP-26", year=2026, source="TB 01/TB-UBND", actor=cast.head, at=moment())  # fmt: skip
    things["account"] = payments.open_account(world.commune, bank_bin="970436", bank_name="Ngân hàng Mẫu", account_number="0000000001", holder="UBND XA AN PHU", valid_from=date(2026, 1, 1), source="TB 02", actor=cast.head, at=moment())  # fmt: skip
    settled = receive(world, at=moment(days=7, hours=0.8), procedure=province.paid, applicant=our_party())
    things["receipt"] = payments.collect_cash(_charges(settled), actor=cast.cashier, at=at)
    things["charge"] = Charge.objects.get(pk=_charges(province.ours["paid"])[0])
    things["transfer"] = payments.record_transfer(world.commune, bank_reference="FT26111001", memo="khong ro", amount=8000, paid_at=at, actor=cast.cashier, at=at)  # fmt: skip
    province.ours["settled"] = settled


def _charges(dossier: Dossier) -> list[int]:
    return list(Charge.objects.filter(reference=f"dossier/{dossier.pk}").values_list("pk", flat=True))


def _files(province: Province) -> None:
    things, cast, at = province.things, province.cast, moment(days=7, hours=2)
    paper = province.ours["review"].papers.first()
    things["paper"] = paper
    things["scan"] = store(PDF, actor=cast.clerk, at=at, name="to-khai.pdf")
    release(things["scan"].pk, reason="Đã quét ngoài", actor=cast.admin, at=at)
    things["waiting"] = store(PDF + b" ", actor=cast.clerk, at=at, name="chua-quet.pdf")
    actions.attach_scan(paper.pk, things["scan"].pk, actor=cast.clerk, at=at)
    things["reply"] = actions.write_reply(province.base.commune, kind="refusal", title="Hết hiệu lực", body="Giấy tờ đã hết hiệu lực.", actor=cast.head, at=at)  # fmt: skip
    things["notice"] = province.ours["review"].notices.first()
    things["their_notice"] = province.theirs["review"].notices.first()
    things["result"] = province.ours["ready"].results.first()
    things["handover"] = Handover.objects.filter(to_agency=province.base.commune).order_by("pk").first()


def make_desks(province: Province) -> Province:
    """What administrators and controllers work on: a day off, a setting, a delegation, drafts, a posting place."""
    world, cast, things, at = province.base, province.cast, province.things, moment(hours=0.5)
    things["day"] = workdays.set_day(world.commune, date(2026, 12, 4), "off", name="Ngày truyền thống xã", source="QĐ 12/QĐ-UBND", actor=cast.admin, at=at)  # fmt: skip
    things["setting"] = agencies.set_setting("due_soon_days", 2, agency=world.commune, valid_from=date(2026, 12, 1), source="QĐ 13/QĐ-UBND", actor=cast.admin, at=at)  # fmt: skip
    things["delegation"] = agencies.delegate(post_of(cast.leader), cast.division_head, valid_from=date(2026, 12, 1), valid_to=date(2026, 12, 31), document="QĐ 14", actor=cast.leader, at=at)  # fmt: skip
    code = world.procedure.code
    things["draft"] = catalogue.draft_version(code, actor=cast.controller, at=at)
    things["process"] = catalogue.draft_process(code, world.commune, actor=cast.controller, at=at)
    things["stage"] = things["process"].stages.first()
    things["template"] = things["stage"].tasks.first()
    things["place"] = catalogue.add_place(world.commune.pk, "board", "Bảng tại bộ phận một cửa", actor=cast.controller, at=at)  # fmt: skip
    version = world.procedure.versions.get(number=1)
    [things["posting"]] = catalogue.post_versions(
        things["place"].pk, [version.pk], actor=cast.controller, at=at
    )
    form = store(PDF, actor=cast.controller, at=at, name="mau-to-khai.pdf", personal=False, made_here=True)
    things["form_paper"], things["draft_paper"] = version.papers.first(), things["draft"].papers.first()
    version.papers.update(form_file_id=form.pk)
    things["decision"] = PublicationDecision.objects.create(number="01/QĐ-UBND", issued_on=date(2026, 1, 1), effective_on=date(2026, 1, 1), issuer="UBND tỉnh Lam Sơn", file_id=form.pk)  # fmt: skip
    things["event"] = Event.objects.filter(chain=f"dossier/{province.ours['review'].pk}").latest("pk")
    things["message"] = Message.objects.filter(agency=world.commune).first()
    things["text"] = Template.objects.first()
    things["fee"] = province.paid.fees.get()
    things["offering"] = world.procedure.offerings.get(agency=world.commune)
    things["report_template"] = reports.create_template("ii-06a", "Báo cáo giao ban", agency=world.commune, valid_from=date(2026, 1, 1), actor=cast.local_admin, at=at)  # fmt: skip
    things["report_column"] = reports.add_column(things["report_template"].pk, "on_time_rate", actor=cast.local_admin, at=at)  # fmt: skip
    month = parse("2026-10", Basis.CALENDAR)
    things["kept_report"] = reports.freeze(form_on("ii-06a", month.end), world.commune, month.window, period=month.code, basis="calendar", actor=cast.controller, at=at)  # fmt: skip
    return province


def post_of(user: User) -> Assignment:
    """Where a person sits."""
    return Assignment.objects.select_related("post").get(user=user)


def role_of(user: User) -> PostRole:
    """What the post of a person may do."""
    return PostRole.objects.get(post=post_of(user).post)


__all__ = [
    "NOW",
    "PASSWORD",
    "PERSONAS",
    "Cast",
    "Province",
    "make_province",
    "make_role",
    "make_story",
    "timedelta",
]
