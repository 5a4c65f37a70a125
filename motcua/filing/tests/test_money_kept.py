"""Whatever happens to a filing that was charged when submitted, the office keeps what acceptance would have charged, or nothing."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.accounts.models import User
from motcua.agencies.queries import authority_of
from motcua.agencies.testing import make_user_with
from motcua.audit.queries import verify
from motcua.core.errors import RuleViolation
from motcua.dossiers import actions as dossiers
from motcua.dossiers.models import Dossier, FeeClaim
from motcua.dossiers.rules.fees import Settled
from motcua.dossiers.rules.states import Status
from motcua.dossiers.testing import in_review, moment
from motcua.filing import actions
from motcua.filing.rules import steps
from motcua.filing.testing import POOR, Online, charge_copies, charge_when_filed
from motcua.notifications.models import Message
from motcua.notifications.rules import sms
from motcua.payments import actions as money
from motcua.payments.actions.online_refunds import note_refund, open_refund
from motcua.payments.actions.orders import note_sent, note_status
from motcua.payments.adapters import Reply, Sort
from motcua.payments.models import (
    BankTransfer,
    Charge,
    Gateway,
    GatewayUse,
    PaymentOrder,
    Receipt,
    Refund,
    RefundDue,
)
from motcua.payments.queries import refunds_due_visible

DONG = 8_000
TOLD = {"reason": "tính lại", "document": "QĐ thử"}


@pytest.fixture
def office(online: Online) -> Online:
    charge_when_filed(charge_copies(online, dong=DONG))
    commune, since = online.world.commune, moment().date().replace(year=2020)
    fixed = {"adapter": "http", "address": "http://127.0.0.1:9", "merchant": "DV", "source": "HĐ"}
    gateway = Gateway.objects.create(agency=commune, code="cong", name="Cổng thử", valid_from=since, **fixed)
    GatewayUse.objects.create(gateway=gateway, agency=commune, valid_from=since)
    people = {role: make_user_with(role, commune) for role in ("cashier", "accountant")}
    online.world.others.update(people, gateway=gateway)
    return online


@dataclass
class Life:
    """One filing, and all money that came for it; every step is a minute later."""

    office: Online
    dossier: Dossier
    minutes: int = 60
    orders: list[int] = field(default_factory=list)
    came: int = 0

    @property
    def at(self) -> datetime:
        self.minutes += 1
        return moment(hours=self.minutes / 60)

    def by(self, role: str) -> User:
        found: User = self.office.world.others[role]
        return found

    @property
    def charges(self) -> list[Charge]:
        return list(Charge.objects.filter(reference=f"dossier/{self.dossier.pk}").order_by("pk"))

    @property
    def due(self) -> list[Charge]:
        return [one for one in self.charges if one.state == Charge.State.DUE]

    def transfer(self, number: int) -> None:
        """Money by the code of some charge, whether it is still due or not."""
        known = [one for one in self.charges if one.amount]
        if not known:
            return
        one, at = known[number % len(known)], self.at
        facts = {"bank_reference": uuid4().hex[:12], "memo": one.key, "amount": one.amount, "paid_at": at}
        money.record_transfer(self.office.world.commune, **facts, actor=self.by("cashier"), at=at)  # type: ignore[arg-type]
        self.came += one.amount

    def open_order(self, _: int) -> None:
        """Somebody goes to the gateway's page with what is due."""
        if not self.due:
            return
        gateway = self.office.world.others["gateway"]
        order, is_new = money.open_order(
            [one.pk for one in self.due], gateway_id=gateway.pk, actor=None, at=self.at
        )
        if is_new:
            said = {"reference": f"G{order.pk}", "pay_url": "http://127.0.0.1:9/pay"}
            note_sent(order.pk, Reply(Sort.ACCEPTED, said), actor=None, at=self.at)
            self.orders.append(order.pk)

    def settle_order(self, number: int) -> None:
        """And pays there, however late."""
        if not self.orders:
            return
        order = PaymentOrder.objects.get(pk=self.orders.pop(number % len(self.orders)))
        said = {"order": str(order.key), "state": "paid", "amount": order.amount, "currency": "VND"}
        note_status(order.pk, Reply(Sort.ACCEPTED, said), actor=None, at=self.at)
        self.came += order.amount

    def give_back(self, number: int) -> None:
        """The accountant decides on something that must go back."""
        waiting = list(RefundDue.objects.filter(closed_at=None).order_by("pk"))
        if waiting:
            one = waiting[number % len(waiting)]
            money.refund(one.charge_id, **TOLD, method="transfer", actor=self.by("accountant"), at=self.at)

    def restate(self, copies: int) -> None:
        """The office asks, the person states other numbers; none at all stands for an exemption."""
        world, pk = self.office.world, self.dossier.pk
        items = [{"name": "Số bản", "field": "fees", "text": "Đếm lại"}]
        dossiers.request_supplement_before(pk, reason="", items=items, actor=world.clerk, at=self.at)
        said = Settled({"copies": copies} if copies else {}, "" if copies else POOR)
        dossiers.answer_correction(pk, fees=said, actor=self.office.citizen, at=self.at)

    def end(self, how: str, copies: int) -> None:
        """Accepted with these numbers (none: exempt), refused, or taken back."""
        pk, world = self.dossier.pk, self.office.world
        if how == "decline":
            dossiers.decline(pk, reason="Sai", legal_basis="NĐ 61/2018", actor=world.head, at=self.at)
        elif how == "withdraw":
            dossiers.confirm_withdrawal(pk, actor=self.office.citizen, at=self.at)
        else:
            facts = {"fee_quantities": {"copies": copies}, "exemption_reason": ""} if copies else {"exemption_reason": POOR}  # fmt: skip
            dossiers.accept(pk, **facts, exemption_refusal="không đủ giấy", actor=world.clerk, at=self.at)  # type: ignore[arg-type]

    def clear(self) -> None:
        """Everything owed is paid, everything to go back goes back."""
        while self.due:
            self.transfer(self.charges.index(self.due[0]))
        while RefundDue.objects.filter(closed_at=None).exists():
            self.give_back(0)
        for one in BankTransfer.objects.exclude(outcome__in=BankTransfer.SETTLED):
            about = {"way": "refunded", "note": "trả lại", "document": "QĐ thử"}
            money.resolve_transfer(one.pk, **about, actor=self.by("accountant"), at=self.at)
        for order in PaymentOrder.objects.filter(excess__gt=0, excess_note=""):
            money.settle_excess(
                order.pk, note="trả lại", document="QĐ", actor=self.by("accountant"), at=self.at
            )

    @property
    def kept(self) -> int:
        """By the receipts and refunds of the books."""
        taken = sum(Receipt.objects.filter(cancelled_at=None).values_list("amount", flat=True))
        return taken - sum(Refund.objects.values_list("amount", flat=True))

    @property
    def kept_by_the_bank(self) -> int:
        """By what came in and went out."""
        back = sum(Refund.objects.values_list("amount", flat=True))
        ways = BankTransfer.objects.filter(way="refunded").values_list("amount", flat=True)
        excess = PaymentOrder.objects.values_list("excess", flat=True)
        return self.came - back - sum(ways) - sum(excess)


def filed(office: Online, copies: int) -> Life:
    made = office.complete()
    exemption = "" if copies else POOR
    office.save(made, steps.FEES, copies=str(copies or 1), exemption=exemption)
    return Life(office, actions.submit(made.pk, key=uuid4(), actor=office.citizen, at=moment()))


MONEY = ("transfer", "open_order", "settle_order", "give_back")
before = st.lists(st.tuples(st.sampled_from((*MONEY, "restate")), st.integers(0, 4)), max_size=7)
after = st.lists(st.tuples(st.sampled_from(MONEY), st.integers(0, 4)), max_size=4)
ends = st.tuples(st.sampled_from(("accept", "accept", "decline", "withdraw")), st.integers(0, 4))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(copies=st.integers(0, 4), history=before, end=ends, late=after)
def test_the_office_keeps_what_acceptance_would_have_charged(
    office: Online, copies: int, history: list, end: tuple[str, int], late: list
) -> None:
    with transaction.atomic():
        life = filed(office, copies)
        for step, number in history:
            getattr(life, step)(number)
        life.end(*end)
        for step, number in late:
            getattr(life, step)(number)
        life.clear()
        how, counted = end
        wanted = counted * DONG if how == "accept" else 0
        life.dossier.refresh_from_db()
        assert (life.kept, life.kept_by_the_bank) == (wanted, wanted)
        assert life.dossier.status in (Status.RECEIVED, Status.NOT_ACCEPTED, Status.WITHDRAWN)
        assert life.dossier.payment != "due"
        numbers = sorted(Receipt.objects.values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
        assert verify().is_whole
        transaction.set_rollback(True)


def paid_then(office: Online, *copies: int) -> Life:
    """Ten copies paid through the gateway, then other numbers stated."""
    life = filed(office, 10)
    life.open_order(0)
    life.settle_order(0)
    for number in copies:
        life.restate(number)
    return life


def promised() -> list[int]:
    return list(RefundDue.objects.filter(closed_at=None).order_by("pk").values_list("amount", flat=True))


def kinds(life: Life) -> list[str]:
    rows = Message.objects.filter(reference=f"dossier/{life.dossier.pk}", channel="sms").order_by("pk")
    return list(rows.values_list("kind", flat=True))


def test_what_was_to_go_back_is_called_off_when_it_is_owed_after_all(office: Online) -> None:
    life = paid_then(office, 4)
    assert promised() == [6 * DONG]
    life.restate(10)
    assert (promised(), len(life.charges)) == ([], 1)
    assert kinds(life)[-3:] == ["refund_due", "supplement_needed", "fee_changed"]
    told = Message.objects.get(kind="fee_changed", channel="sms")
    assert "Con phai nop 0 d" in sms.plain(told.body)


def test_stating_the_same_again_changes_nothing_and_says_nothing(office: Online) -> None:
    life = filed(office, 0)
    life.restate(0)
    assert (life.charges, kinds(life)) == ([], ["submitted", "supplement_needed"])
    assert FeeClaim.objects.get().exemption_reason == POOR


def test_what_went_back_already_is_charged_again_when_it_is_owed_after_all(office: Online) -> None:
    life = paid_then(office, 4)
    life.give_back(0)
    life.restate(10)
    assert [(one.amount, one.state) for one in life.charges] == [(10 * DONG, "paid"), (6 * DONG, "due")]


@pytest.mark.parametrize(("answer", "rest"), [("done", []), ("refused", [6 * DONG])])
def test_what_a_gateway_is_giving_back_is_not_called_off(
    office: Online, answer: str, rest: list[int]
) -> None:
    life = paid_then(office, 4)
    order, (one,) = PaymentOrder.objects.get(), life.charges
    refund = open_refund(order.pk, charge_id=one.pk, **TOLD, actor=life.by("accountant"), at=life.at)
    assert (refund.amount, refund.due.amount) == (6 * DONG, 6 * DONG)
    (waiting,) = refunds_due_visible(authority_of(life.by("accountant"), moment().date()))
    assert (waiting.order_id, waiting.under_way) == (order.pk, True)
    life.restate(10)
    assert promised() == [6 * DONG]
    assert [one.amount for one in life.due] == [6 * DONG]
    said = {"refund": str(refund.key), "amount": refund.amount, "state": answer}
    note_refund(refund.pk, Reply(Sort.ACCEPTED, said), actor=None, at=life.at)
    assert promised() == rest
    order.refresh_from_db()
    assert (order.state, life.charges[0].state) == ("paid", "paid")
    life.end("accept", 10)
    life.clear()
    assert life.kept == 10 * DONG
    assert verify().is_whole


def test_a_schedule_without_exemptions_asks_for_numbers_alone(office: Online) -> None:
    office.world.procedure.fees.get().exemptions.all().delete()
    life = filed(office, 2)
    with pytest.raises(RuleViolation, match="không thuộc đối tượng"):
        life.restate(0)
    with pytest.raises(RuleViolation, match="Còn thiếu: Số bản"):
        dossiers.answer_correction(life.dossier.pk, actor=office.citizen, at=life.at)


def test_after_acceptance_the_fee_is_not_asked_for_anew(office: Online) -> None:
    life = filed(office, 2)
    life.end("accept", 2)
    world = office.world
    in_review(world, Dossier.objects.get(pk=life.dossier.pk), at=moment(hours=3))
    items = [{"name": "Số bản", "field": "fees", "text": "Đếm lại"}]
    with pytest.raises(RuleViolation, match="không có trong tờ khai"):
        dossiers.request_supplement(
            life.dossier.pk, reason="x", items=items, actor=world.officer, at=moment(hours=6)
        )
