"""What must go back, and how much of a charge is held."""

from collections import Counter
from collections.abc import Sequence

from django.db.models import Exists, OuterRef, QuerySet, Subquery, Sum

from motcua.agencies.models import Agency
from motcua.agencies.queries import Authority
from motcua.agencies.rules.permissions import Permission
from motcua.payments.models import Charge, OnlineRefund, OrderLine, Refund, RefundDue
from motcua.payments.rules.lines import FeeLine
from motcua.payments.rules.settling import Standing

ASKED = OnlineRefund.State.ASKED


def line_of(one: Charge) -> FeeLine:
    """A charge as the line that it was made of."""
    return FeeLine(one.kind, one.purpose, one.amount, one.legal_basis, one.exemption_reason, one.subject)


def left_of(one: Charge) -> int:
    """Đồng of a paid charge that have not gone back."""
    given = Refund.objects.filter(charge=one).aggregate(total=Sum("amount"))["total"] or 0
    return one.amount - int(given)


def open_dues(charge_ids: Sequence[int]) -> QuerySet[RefundDue]:
    """What must go back of some charges and has not yet, the oldest first."""
    return RefundDue.objects.filter(charge__in=charge_ids, closed_at=None).order_by("id")


def movable_dues(charge_ids: Sequence[int]) -> QuerySet[RefundDue]:
    """Those of them that no gateway has been asked to give back: they may still be called off."""
    under_way = OnlineRefund.objects.filter(state=ASKED, due__isnull=False).values("due")
    return open_dues(charge_ids).exclude(pk__in=under_way)


def next_due(one: Charge) -> RefundDue | None:
    """What must go back of a charge next; None when nothing."""
    return movable_dues([one.pk]).first()


def to_give_back(one: Charge) -> int:
    """What a refund of a paid charge gives back now: what is due to go back, else all that is left."""
    due = next_due(one)
    return due.amount if due else left_of(one)


def standing(charges: Sequence[Charge], agency: Agency) -> list[Standing]:
    """Charges as `rules.settling` wants them, for money that is owed to an agency now. Three statements more where something
    was paid.
    """
    held, promised = _held([one for one in charges if one.state == Charge.State.PAID])
    return [
        Standing(
            one.pk,
            line_of(one),
            str(one.state),
            held.get(one.pk, 0),
            promised.get(one.pk, 0),
            one.agency_id == agency.pk,
        )
        for one in charges
    ]


def _held(paid: Sequence[Charge]) -> tuple[dict[int, int], dict[int, int]]:
    """Of each paid charge what is held, and what of it was promised back and may be called off."""
    if not paid:
        return {}, {}
    ids = [one.pk for one in paid]
    gone: Counter[int] = Counter()
    asked = OnlineRefund.objects.filter(charge__in=ids, state=ASKED)
    for rows in (Refund.objects.filter(charge__in=ids), asked):
        for pk, amount in rows.values_list("charge_id", "amount"):
            gone[pk] += amount
    promised: Counter[int] = Counter()
    for pk, amount in movable_dues(ids).values_list("charge_id", "amount"):
        promised[pk] += amount
    return {one.pk: one.amount - gone[one.pk] for one in paid}, dict(promised)


def refunds_of(charges: Sequence[Charge]) -> list[Refund]:
    """What went back of some charges, in order."""
    return list(Refund.objects.filter(charge__in=charges).order_by("id"))


def refunds_due_of(charges: Sequence[Charge]) -> list[RefundDue]:
    """What must still go back of some charges, in order."""
    return list(open_dues([one.pk for one in charges]))


def refunds_due_visible(authority: Authority) -> QuerySet[RefundDue]:
    """What must go back and this person may give back, the oldest first; with the order that paid it (`order_id`) and whether
    its gateway is giving it back now (`under_way`).
    """
    permission = Permission.FEE_REFUND
    mine = authority.where(permission, "charge__agency") | authority.where(permission, "charge__counter")
    paid_by = OrderLine.objects.filter(charge=OuterRef("charge"), settled=True)
    asked = OnlineRefund.objects.filter(due=OuterRef("pk"), state=ASKED)
    found: QuerySet[RefundDue] = RefundDue.objects.filter(mine, closed_at=None).annotate(
        order_id=Subquery(paid_by.values("order")[:1]), under_way=Exists(asked)
    )
    return found.select_related("charge__agency", "charge__counter").order_by("id")
