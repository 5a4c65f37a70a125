"""Help for the tests of the index: windows, one ratio, fees and accounts, postings, decisions."""

from datetime import date

from motcua.agencies.testing import make_user_with
from motcua.dossiers.testing import SINCE, World, make_procedure, moment, receive
from motcua.payments import actions as payments
from motcua.payments.models import Charge
from motcua.procedures.models import (
    Fee,
    Posting,
    PostingPlace,
    Procedure,
    PublicationDecision,
)
from motcua.statistics.queries import Scope
from motcua.statistics.queries.index766 import counted
from motcua.statistics.rules.index766 import Ratio
from motcua.statistics.rules.periods import Window

NOVEMBER = Window(date(2026, 11, 1), date(2026, 11, 30), "tháng 11 năm 2026")
OCTOBER = Window(date(2026, 10, 1), date(2026, 10, 31), "tháng 10 năm 2026")
DECEMBER = Window(date(2026, 12, 1), date(2026, 12, 31), "tháng 12 năm 2026")
LATER = moment(days=90)


def ratio(world: World, key: str, **about) -> Ratio | None:
    agency, window = about.get("agency", world.commune), about.get("window", NOVEMBER)
    return counted(Scope(agency), window, about.get("at", LATER)).ratio(key)


def with_fee(world: World, **more):
    paid = make_procedure("1.000002", world.commune)
    fields = {
        "kind": "le_phi",
        "name": "Lệ phí",
        "amount_dong": 8000,
        "legal_basis": "NQ 1",
        "valid_from": SINCE,
    }
    Fee.objects.create(procedure=paid, **{**fields, **more})
    return paid


def open_account(world: World) -> None:
    payments.open_account(
        world.commune, bank_bin="970436", bank_name="VCB", account_number="0011000000001", holder="UBND xã An Phú",
        valid_from=date(2026, 11, 1), source="TB 1", actor=world.head, at=moment(),
    )  # fmt: skip


def pay_online(world: World, paid: Procedure) -> None:
    cashier = make_user_with("cashier", world.commune)
    payments.open_book(world.commune, symbol="AP-26", year=2026, source="TB 1", actor=world.head, at=moment())
    dossier = receive(world, procedure=paid)
    charge = Charge.objects.get(reference=f"dossier/{dossier.pk}")
    payments.confirm_transfer([charge.pk], bank_reference="FT1", actor=cashier, at=moment(hours=1))


def put_up(
    world: World, agency=None, *, since: date = date(2026, 11, 2), until: date | None = None
) -> PostingPlace:
    return PostingPlace.objects.create(
        agency=agency or world.commune, kind="board", name="Bảng tin", valid_from=since, valid_to=until
    )


def post(world: World, place: PostingPlace, procedure: Procedure, days: float) -> None:
    Posting.objects.create(
        place=place, version=procedure.versions.get(), posted_at=moment(days=days), posted_by=world.head
    )


def decide(number: str, issued: date, effective: date, issuer: str = "Chủ tịch UBND tỉnh Lam Sơn") -> None:
    PublicationDecision.objects.create(number=number, issued_on=issued, effective_on=effective, issuer=issuer)
