"""The figures that the index added to the registry, as they stood when their window closed."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.agencies.testing import make_user_with
from motcua.dossiers import actions
from motcua.dossiers.rules.intake import PaperData
from motcua.dossiers.testing import SINCE, World, make_procedure, make_world, moment, ready, receive, signed
from motcua.files.actions import store
from motcua.files.models import StoredFile
from motcua.payments import actions as payments
from motcua.payments.models import Charge, Receipt
from motcua.procedures.models import Fee, ProcedureVersion
from motcua.statistics.queries import Scope, behind, count
from motcua.statistics.rules.figures import number, value
from motcua.statistics.rules.periods import Window

NOVEMBER = Window(date(2026, 11, 1), date(2026, 11, 30))
DECEMBER = Window(date(2026, 12, 1), date(2026, 12, 31))
LATER = moment(days=90)


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def counts(world: World, window: Window = NOVEMBER, *, at=LATER):
    cells = count(Scope(world.commune), window, at=at)
    return next(iter(cells.values())).counts if cells else {}


def opens(world: World, key: str, window: Window = NOVEMBER) -> list:
    return list(behind(key, Scope(world.commune), window, at=LATER))


def test_open_overdue_dossiers_are_in_the_denominator_of_progress(world: World) -> None:
    ready(world)
    receive(world)
    found = counts(world)
    assert (
        number("progress_base", found),
        number("resolved_in_time", found),
        str(value("progress_rate", found)),
    ) == (2, 1, "50.00")
    assert number("progress_base", counts(world, at=moment(days=3))) == 1
    assert len(opens(world, "progress_base")) == 2


def test_what_may_be_filed_online_counts_by_every_channel(world: World) -> None:
    ProcedureVersion.objects.update(online_level="partial")
    receive(world)
    online = receive(world, channel="online")
    receive(world, procedure=make_procedure("1.000007", world.commune))
    found = counts(world)
    assert (found["offered_online"], number("online_of_offered", found)) == (2, 1)
    assert opens(world, "online_of_offered") == [online]


# Fees ------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def paid(world: World) -> World:
    world.others["paid"] = make_procedure("1.000002", world.commune)
    Fee.objects.create(
        procedure=world.others["paid"], kind="le_phi", name="Lệ phí", amount_dong=8000, legal_basis="NQ 1", valid_from=SINCE
    )  # fmt: skip
    world.others["cashier"] = make_user_with("cashier", world.commune)
    for year in (2026, 2027):
        payments.open_book(
            world.commune, symbol=f"AP-{year}", year=year, source="TB 1", actor=world.head, at=moment()
        )
    return world


def charged(world: World, **more):
    return receive(world, procedure=world.others["paid"], **more)


def charge_of(dossier) -> Charge:
    return Charge.objects.get(reference=f"dossier/{dossier.pk}")


def test_a_fee_is_owed_whether_paid_or_not_and_what_is_paid_online_is_among_it(paid: World) -> None:
    owed, online = charged(paid), charged(paid)
    payments.confirm_transfer(
        [charge_of(online).pk], bank_reference="FT1", actor=paid.others["cashier"], at=moment(hours=1)
    )
    receive(paid)
    found = counts(paid)
    assert (found["fee_owed"], found["paid_online"], str(value("fee_online_rate", found))) == (2, 1, "50.00")
    assert opens(paid, "fee_owed") == [owed, online]


def test_what_is_paid_through_a_gateway_is_paid_online(paid: World) -> None:
    cashier = paid.others["cashier"]
    payments.collect_cash([charge_of(charged(paid)).pk], actor=cashier, at=moment(hours=1))
    assert counts(paid).get("paid_online", 0) == 0
    Receipt.objects.update(method=Receipt.Method.GATEWAY)
    assert (counts(paid)["paid_online"], counts(paid).get("paid_direct", 0)) == (1, 0)


def test_what_is_exempt_later_was_owed_till_then(paid: World) -> None:
    later = charged(paid)
    payments.exempt(charge_of(later).pk, reason="Hộ nghèo", actor=paid.head, at=moment(days=40))
    assert counts(paid)["fee_owed"] == 1
    assert counts(paid, at=moment(days=50))["fee_owed"] == 1
    whole = Window(date(2026, 11, 1), date(2026, 12, 31))
    assert counts(paid, whole).get("fee_owed", 0) == 0


def test_a_fee_given_back_or_dropped_with_the_dossier_was_owed_till_then(paid: World) -> None:
    back, dropped = charged(paid), charged(paid)
    cashier = paid.others["cashier"]
    payments.collect_cash([charge_of(back).pk], actor=cashier, at=moment(hours=1))
    payments.refund(
        charge_of(back).pk,
        method="transfer",
        reason="Rút",
        document="QĐ 2",
        actor=paid.head,
        at=moment(days=40),
    )
    actions.request_withdrawal(dropped.pk, actor=paid.clerk, at=moment(days=41))
    actions.confirm_withdrawal(dropped.pk, actor=paid.clerk, at=moment(days=41))
    assert charge_of(dropped).state == "cancelled"
    assert opens(paid, "fee_owed") == [back, dropped]
    whole = Window(date(2026, 11, 1), date(2026, 12, 31))
    assert counts(paid, whole).get("fee_owed", 0) == 0


# Paper and electronic ----------------------------------------------------------------------------------------------------


def a_file(world: World, at) -> StoredFile:
    pdf = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
    kept = store(SimpleUploadedFile("a.pdf", pdf, "application/pdf"), actor=world.clerk, at=at)
    return kept


def test_papers_are_digitised_when_each_is_there_electronically_by_the_close(world: World) -> None:
    paper = world.procedure.versions.get().papers.get(required=True)
    electronic = receive(world, channel="online", papers=(PaperData(paper.name, paper.pk, electronic=1),))
    scanned = receive(world)
    actions.attach_scan(
        scanned.papers.get().pk, a_file(world, moment(days=1)).pk, actor=world.clerk, at=moment(days=1)
    )
    late = receive(world)
    actions.attach_scan(
        late.papers.get().pk, a_file(world, moment(days=40)).pk, actor=world.clerk, at=moment(days=40)
    )
    receive(world)
    nothing = make_procedure("1.000003", world.commune)
    nothing.versions.get().papers.update(required=False)
    receive(world, procedure=nothing, papers=())
    found = counts(world)
    assert (found["digitised"], str(value("digitised_rate", found))) == (2, "40.00")
    assert opens(world, "digitised") == [electronic, scanned]
    whole = Window(date(2026, 11, 1), date(2026, 12, 31))
    assert counts(world, whole)["digitised"] == 3


def test_an_electronic_result_counts_from_its_signature_until_it_is_revoked(world: World) -> None:
    plain, electronic = ready(world), signed(world)
    result = electronic.results.get()
    actions.sign_electronically(result.pk, actor=world.boss, at=moment(hours=4))
    actions.mark_ready(electronic.pk, actor=world.clerk, at=moment(hours=6))
    found = counts(world)
    assert (found["result_electronic"], number("resolved", found)) == (1, 2)
    assert opens(world, "result_electronic") == [electronic]
    result.refresh_from_db()
    result.revoked_at = moment(days=10)
    result.save(update_fields=["revoked_at"])
    assert counts(world).get("result_electronic", 0) == 0
    assert counts(world, at=moment(days=9))["result_electronic"] == 1
    assert plain.results.get().is_electronic is False


def test_a_result_signed_electronically_after_the_close_was_not_there(world: World) -> None:
    dossier = ready(world)
    actions.sign_electronically(dossier.results.get().pk, actor=world.boss, at=moment(days=40))
    assert counts(world).get("result_electronic", 0) == 0
    assert counts(world, Window(date(2026, 11, 1), date(2026, 12, 31)))["result_electronic"] == 1
