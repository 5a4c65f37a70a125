"""Who is in the story of the tests: the named people of one commune, of its neighbour and of the province, their agencies and
procedures. Synthetic, made by the acts themselves; what they do is told in tests/world.py.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password

from motcua.accounts.models import User
from motcua.accounts.testing import make_citizen
from motcua.agencies.models import Agency, OneStopOffice
from motcua.agencies.testing import (
    PASSWORD,
    make_agency,
    make_level,
    make_office,
    make_seat,
    make_system_user,
    make_user,
    make_user_with,
)
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.intake import PartyData
from motcua.dossiers.testing import (
    SINCE,
    World,
    make_procedure,
    make_process,
    make_world,
    moment,
)
from motcua.procedures.models import Fee, Procedure

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
    helper: User  # tổ công nghệ số cộng đồng: files with people who are present, sees no dossier
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
        """The account of a persona; None for the public. A citizen with an account is of no cast: made when first asked for."""
        if persona == "citizen":
            return User.objects.filter(kind=User.Kind.CITIZEN, phone="+84900000001").first() or make_citizen()
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
        helper=make_user_with("community_helper", here, full_name="Trương Thị Giúp Đỡ"),
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
