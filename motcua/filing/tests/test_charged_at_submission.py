"""An office that charges when a filing is submitted: paid or not, accepted as stated or otherwise, refused, withdrawn, corrected."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection

from motcua.agencies.models import DatedSetting
from motcua.agencies.queries import authority_of
from motcua.agencies.testing import make_user_with
from motcua.audit.queries import verify
from motcua.core.errors import RuleViolation
from motcua.dossiers import actions as dossiers
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.fees import Settled, why_changed
from motcua.dossiers.testing import make_intake, moment, receive
from motcua.filing import actions
from motcua.filing.rules import steps
from motcua.filing.testing import POOR, Online, charge_copies, charge_when_filed, make_online
from motcua.notifications.models import Message
from motcua.notifications.rules import sms
from motcua.payments import actions as money
from motcua.payments.models import BankTransfer, Charge, Receipt, Refund, RefundDue
from motcua.payments.queries import register, standing

SINCE = date(2026, 11, 1)


@pytest.fixture
def office(online: Online) -> Iterator[Online]:
    """Copies at 8.000 đ each, charged when filed; a book is open. Whatever a test did, the log matches the tables."""
    yield charge_when_filed(charge_copies(online))
    assert verify().is_whole, [str(one) for one in verify().breaks]


@pytest.fixture
def accountant(office: Online):
    return make_user_with("accountant", office.world.commune)


def file(office: Online, copies: int, exemption: str = "", *, hours: float = 0) -> Dossier:
    at = moment(hours=hours)
    made = office.complete(at=at)
    office.save(made, steps.FEES, copies=str(copies), exemption=exemption, at=at)
    return actions.submit(made.pk, key=uuid4(), actor=office.citizen, at=at)


def charges(dossier: Dossier) -> list[tuple[int, str]]:
    rows = Charge.objects.filter(reference=f"dossier/{dossier.pk}").order_by("pk")
    return list(rows.values_list("amount", "state"))


def pay(office: Online, dossier: Dossier, *, hours: float = 1) -> None:
    """Transfers for everything that is due, with the words of the code."""
    for one in Charge.objects.filter(reference=f"dossier/{dossier.pk}", state="due"):
        transfer(office, one, hours=hours)


def transfer(office: Online, one: Charge, *, hours: float = 1):
    at, reference = moment(hours=hours), uuid4().hex[:12]
    return money.record_transfer(
        office.world.commune, bank_reference=reference, memo=one.key, amount=one.amount, paid_at=at,
        actor=make_or_get_cashier(office), at=at,
    )  # fmt: skip


def make_or_get_cashier(office: Online):
    return office.world.others.setdefault("cashier", make_user_with("cashier", office.world.commune))


def accept(office: Online, dossier: Dossier, *, hours: float = 2, **settled: object) -> Dossier:
    dossiers.accept(dossier.pk, **settled, actor=office.world.clerk, at=moment(hours=hours))  # type: ignore[arg-type]
    dossier.refresh_from_db()
    return dossier


def decline(office: Online, dossier: Dossier) -> Dossier:
    facts = {"reason": "Sai nơi nộp", "legal_basis": "NĐ 61/2018, Điều 17"}
    dossiers.decline(dossier.pk, **facts, actor=office.world.head, at=moment(hours=2))
    dossier.refresh_from_db()
    return dossier


def dues() -> list[int]:
    return list(RefundDue.objects.filter(closed_at=None).order_by("pk").values_list("amount", flat=True))


def texts(dossier: Dossier, kind: str) -> str:
    rows = Message.objects.filter(reference=f"dossier/{dossier.pk}", kind=kind, channel="sms")
    return sms.plain("".join(rows.values_list("body", flat=True)))


def kinds(dossier: Dossier) -> list[str]:
    rows = Message.objects.filter(reference=f"dossier/{dossier.pk}", channel="sms")
    return list(rows.order_by("pk").values_list("kind", flat=True))


def test_submitting_charges_and_says_where_to_pay(office: Online) -> None:
    dossier = file(office, 10)
    (one,) = Charge.objects.filter(reference=f"dossier/{dossier.pk}")
    assert (one.amount, one.state, dossier.payment) == (80_000, "due", "due")
    assert (one.code, one.key) == (
        dossier.temporary_number,
        f"PH {dossier.temporary_number}".replace("-", " "),
    )
    assert kinds(dossier) == ["submitted_fee"]
    told = texts(dossier, "submitted_fee")
    assert "80.000" in told
    assert f"/nop-tien/{one.pk}-" in told
    assert sms.length(told).parts <= 2


def test_the_day_of_submission_decides_and_not_that_of_acceptance(office: Online) -> None:
    DatedSetting.objects.filter(key="fees_charged_at").update(valid_from=date(2026, 11, 3))
    before, after = file(office, 2), file(office, 3, hours=24)
    assert (charges(before), kinds(before)) == ([], ["submitted"])
    assert charges(after) == [(24_000, "due")]
    DatedSetting.objects.filter(key="fees_charged_at").update(valid_to=date(2026, 11, 3))
    assert charges(accept(office, before, hours=50)) == [(16_000, "due")]
    assert charges(accept(office, after, hours=50)) == [(24_000, "due")]


def test_an_office_below_does_as_the_one_above_says(office: Online) -> None:
    DatedSetting.objects.filter(key="fees_charged_at").update(agency=office.world.province)
    assert charges(file(office, 1)) == [(8_000, "due")]


def test_only_what_is_filed_online_is_charged_at_once(office: Online) -> None:
    intake = make_intake(office.world, fee_quantities={"copies": 2})
    left = dossiers.submit(intake, actor=office.world.clerk, at=moment())
    assert charges(left) == []
    assert charges(receive(office.world, fee_quantities={"copies": 2})) == [(16_000, "due")]


def test_accepted_as_stated_the_charge_stands_and_bears_the_code(office: Online) -> None:
    dossier = accept(office, file(office, 10))
    (one,) = Charge.objects.filter(reference=f"dossier/{dossier.pk}")
    assert (one.amount, one.state, one.code) == (80_000, "due", dossier.code)
    assert one.key == f"PH {dossier.temporary_number}".replace("-", " ")
    assert kinds(dossier) == ["submitted_fee", "accepted_fee"]
    assert dossier.payment == "due"
    pay(office, dossier, hours=3)
    dossier.refresh_from_db()
    assert (charges(dossier), dossier.payment) == ([(80_000, "paid")], "paid")


def test_paid_and_accepted_as_stated_nothing_more_is_said_of_money(office: Online) -> None:
    dossier = file(office, 10)
    pay(office, dossier)
    accept(office, dossier)
    assert (charges(dossier), dossier.payment, dues()) == ([(80_000, "paid")], "paid", [])
    assert kinds(dossier) == ["submitted_fee", "paid", "accepted"]
    powers = authority_of(make_or_get_cashier(office), moment().date())
    (receipt,) = Receipt.objects.all()
    assert [list(register(powers, words)) for words in (dossier.temporary_number, str(dossier.code))] == [
        [receipt],
        [receipt],
    ]


def test_unpaid_and_other_numbers_the_charge_is_replaced(office: Online) -> None:
    dossier = file(office, 10)
    old = Charge.objects.get()
    accept(office, dossier, fee_quantities={"copies": 4})
    assert (charges(dossier), dossier.payment) == ([(80_000, "cancelled"), (32_000, "due")], "due")
    assert kinds(dossier) == ["submitted_fee", "accepted_changed"]
    told = texts(dossier, "accepted_changed")
    assert "tinh theo 4 ban" in told
    assert "32.000" in told
    assert transfer(office, old, hours=3).outcome == "late"
    assert charges(dossier)[1] == (32_000, "due")


def test_paid_and_more_is_owed_the_rest_is_charged_beside_it(office: Online) -> None:
    dossier = file(office, 2)
    pay(office, dossier)
    accept(office, dossier, fee_quantities={"copies": 5})
    assert (charges(dossier), dossier.payment) == ([(16_000, "paid"), (24_000, "due")], "due")
    extra = Charge.objects.get(state="due")
    assert extra.purpose == "Phí cấp bản sao trích lục (nộp bổ sung)"
    assert "24.000" in texts(dossier, "accepted_changed")
    pay(office, dossier, hours=3)
    assert [one.amount for one in Receipt.objects.order_by("number")] == [16_000, 24_000]


def test_paid_and_less_is_owed_the_difference_goes_back_by_a_decision(office: Online, accountant) -> None:
    dossier = file(office, 10)
    pay(office, dossier)
    accept(office, dossier, fee_quantities={"copies": 4})
    assert (charges(dossier), dossier.payment, dues()) == ([(80_000, "paid")], "paid", [48_000])
    assert kinds(dossier) == ["submitted_fee", "paid", "accepted", "refund_due"]
    assert "48.000" in texts(dossier, "refund_due")
    assert "tinh theo 4 ban" in texts(dossier, "refund_due")
    one = Charge.objects.get()
    told = {"reason": "Tính lại", "document": "QĐ 1", "method": "transfer"}
    back = money.refund(one.pk, **told, actor=accountant, at=moment(hours=3))
    dossier.refresh_from_db()
    assert (back.amount, charges(dossier), dossier.payment, dues()) == (
        48_000,
        [(80_000, "paid")],
        "paid",
        [],
    )
    assert back.due.closed_at == moment(hours=3)
    assert "Da hoan 48.000 d" in texts(dossier, "refunded")
    rest = money.refund(one.pk, **told, actor=accountant, at=moment(hours=4))
    one.refresh_from_db()
    assert (rest.amount, one.state, one.refunded_at) == (32_000, "refunded", moment(hours=4))


def test_an_exemption_claimed_and_given_is_never_charged(office: Online) -> None:
    dossier = file(office, 3, POOR)
    assert (charges(dossier), dossier.payment, kinds(dossier)) == ([], "none", ["submitted"])
    accept(office, dossier)
    assert (charges(dossier), dossier.payment) == ([(24_000, "exempt")], "exempt")


def test_an_exemption_claimed_and_not_given_is_charged_at_acceptance(office: Online) -> None:
    dossier = file(office, 3, POOR)
    accept(office, dossier, exemption_reason="", exemption_refusal="Giấy đã hết hạn")
    assert (charges(dossier), dossier.payment) == ([(24_000, "due")], "due")
    assert kinds(dossier) == ["submitted", "accepted_unexempt"]


@pytest.mark.parametrize("paid", [False, True])
def test_an_exemption_given_at_acceptance_frees_or_gives_back(office: Online, paid: bool) -> None:
    dossier = file(office, 3)
    if paid:
        pay(office, dossier)
    accept(office, dossier, exemption_reason=POOR)
    first = "paid" if paid else "cancelled"
    assert charges(dossier) == [(24_000, first), (24_000, "exempt")]
    assert (dossier.payment, dues()) == (("paid", [24_000]) if paid else ("exempt", []))
    told = texts(dossier, "refund_due" if paid else "fee_cancelled")
    assert "24.000" in told
    assert "duoc mien, giam vi Nguoi thuoc ho ngheo" in told


@pytest.mark.parametrize("paid", [False, True])
@pytest.mark.parametrize("how", ["declined", "withdrawn"])
def test_what_is_not_accepted_owes_nothing(office: Online, accountant, how: str, paid: bool) -> None:
    dossier = file(office, 3)
    one = Charge.objects.get()
    if paid:
        pay(office, dossier)
    if how == "declined":
        decline(office, dossier)
    else:
        dossiers.confirm_withdrawal(dossier.pk, actor=office.citizen, at=moment(hours=2))
    dossier.refresh_from_db()
    assert (charges(dossier), dues()) == (
        ([(24_000, "paid")], [24_000]) if paid else ([(24_000, "cancelled")], [])
    )
    assert "24.000" in texts(dossier, "refund_due" if paid else "fee_cancelled")
    if not paid:
        assert dossier.payment == "none"
        assert transfer(office, one, hours=3).outcome == "late"
        return
    told = {"reason": "Không tiếp nhận", "document": "QĐ 2", "method": "transfer"}
    money.refund(one.pk, **told, actor=accountant, at=moment(hours=3))
    dossier.refresh_from_db()
    assert (charges(dossier), dossier.payment, dues()) == ([(24_000, "refunded")], "refunded", [])


def test_after_acceptance_a_withdrawal_leaves_paid_money_to_an_act_of_its_own(office: Online) -> None:
    dossier = file(office, 3)
    pay(office, dossier)
    accept(office, dossier)
    dossiers.request_withdrawal(dossier.pk, actor=office.citizen, at=moment(hours=3))
    dossiers.confirm_withdrawal(dossier.pk, actor=office.world.head, at=moment(hours=4))
    assert (charges(dossier), dues()) == ([(24_000, "paid")], [])


def test_a_receipt_of_which_something_must_go_back_is_not_cancelled(office: Online) -> None:
    dossier = file(office, 3)
    cashier = make_or_get_cashier(office)
    (one,) = Charge.objects.all()
    receipt = money.collect_cash([one.pk], actor=cashier, at=moment(hours=1))
    accept(office, dossier, fee_quantities={"copies": 1})
    with pytest.raises(RuleViolation, match="phải hoàn trả"):
        money.cancel_receipt(receipt.pk, reason="Nhầm", actor=cashier, at=moment(hours=3))


def test_the_word_of_thanks_is_not_said_again_when_something_unpaid_falls_away(office: Online) -> None:
    dossier = file(office, 2)
    pay(office, dossier)
    dossiers.request_supplement_before(
        dossier.pk, reason="Thiếu", items=[{"name": "Tờ khai"}], actor=office.world.clerk, at=moment(hours=2)
    )
    dossiers.complete_presupplement(
        dossier.pk, fees=Settled({"copies": 5}), actor=office.world.clerk, at=moment(hours=3)
    )
    assert charges(dossier) == [(16_000, "paid"), (24_000, "due")]
    dossiers.accept(dossier.pk, fee_quantities={"copies": 2}, actor=office.world.clerk, at=moment(hours=4))
    assert charges(dossier) == [(16_000, "paid"), (24_000, "cancelled")]
    assert kinds(dossier).count("paid") == 1


def test_a_charge_knows_whether_it_is_still_owed_to_the_agency_that_resolves(office: Online) -> None:
    file(office, 2)
    (old,) = Charge.objects.all()
    assert [one.is_here for one in standing([old], office.world.commune)] == [True]
    assert [one.is_here for one in standing([old], office.world.province)] == [False]


@pytest.mark.parametrize(
    ("claimed", "settled", "said"),
    [
        (Settled({"copies": 2}), Settled({"copies": 2}), "theo biểu mức thu khi tiếp nhận"),
        (Settled({"copies": 2}), Settled({"copies": 3}), "tính theo 3 bản"),
        (Settled(), Settled({}, POOR), f"được miễn, giảm vì {POOR}"),
        (Settled({}, POOR), Settled({}, "", "hết hạn"), "không miễn, giảm: hết hạn"),
    ],
)
def test_why_the_amount_is_another(claimed: Settled, settled: Settled, said: str) -> None:
    assert why_changed(claimed, settled) == said


def test_refunds_never_exceed_what_was_paid(office: Online, accountant) -> None:
    dossier = file(office, 10)
    pay(office, dossier)
    decline(office, dossier)
    told = {"reason": "x", "document": "QĐ", "method": "transfer"}
    money.refund(Charge.objects.get().pk, **told, actor=accountant, at=moment(hours=3))
    with pytest.raises(RuleViolation, match="Chỉ hoàn trả được khoản đã nộp"):
        money.refund(Charge.objects.get().pk, **told, actor=accountant, at=moment(hours=3))
    assert sum(Refund.objects.values_list("amount", flat=True)) == 80_000


def at_once(acts: Sequence[Callable[[Dossier], object]], filed: Sequence[Dossier]) -> list[Exception]:
    """Do each act on all dossiers, the acts beside each other; what went wrong."""
    start, wrong = Barrier(len(acts)), []

    def work(act: Callable[[Dossier], object]) -> None:
        try:
            start.wait(timeout=20)
            for dossier in filed:
                act(dossier)
        except Exception as error:  # told to the test
            wrong.append(error)
        finally:
            connection.close()

    threads = [Thread(target=work, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return wrong


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite writes one after the other anyway")
def test_paying_and_accepting_for_less_at_the_same_moment_lose_nothing(settings) -> None:
    settings.UPLOAD_UNSCANNED = "accept"
    office = charge_when_filed(charge_copies(make_online()))
    make_or_get_cashier(office)
    filed = [file(office, 10) for _ in range(6)]
    first = {one.reference: one for one in Charge.objects.all()}

    def take(dossier: Dossier) -> None:
        """As a cashier does who is told that things have changed meanwhile: once more."""
        try:
            transfer(office, first[f"dossier/{dossier.pk}"])
        except RuleViolation:
            transfer(office, first[f"dossier/{dossier.pk}"])

    def decide(dossier: Dossier) -> None:
        accept(office, Dossier.objects.get(pk=dossier.pk), fee_quantities={"copies": 4})

    assert at_once([take, decide], filed) == []
    outcomes = dict(BankTransfer.objects.values_list("charge__reference", "outcome"))
    for dossier in filed:
        paid = outcomes[f"dossier/{dossier.pk}"] == "matched"
        late = [(80_000, "cancelled"), (32_000, "due")]
        assert charges(dossier) == ([(80_000, "paid")] if paid else late)
        assert paid or outcomes[f"dossier/{dossier.pk}"] == "late"
    assert set(dues()) <= {48_000}
    assert len(dues()) == list(outcomes.values()).count("matched")
    assert verify().is_whole
