"""Giving money back."""

from datetime import datetime

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.queries import authority_of
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import RuleViolation
from motcua.core.moments import legal_date
from motcua.payments import queries
from motcua.payments.actions._giving_back import give_back
from motcua.payments.actions._steps import lock, open_day
from motcua.payments.models import Charge, OnlineRefund, Refund
from motcua.payments.queries.reach import drawer_for
from motcua.payments.rules.lines import REFUSALS


@transaction.atomic
def refund(
    charge_id: int,
    *,
    reason: str,
    document: str,
    method: str = Refund.Method.CASH,
    actor: User,
    at: datetime,
) -> Refund:
    """Give back by a decision what is due to go back of a paid charge, else all that is left of it. Cash comes out of the
    actor's own day, which must be open.

    The receipt stays as it is: it is true that the money was taken.
    """
    one = lock([charge_id])[0]
    drawer = drawer_for(authority_of(actor, legal_date(at)), Permission.FEE_REFUND, one)
    for value, words, field in ((reason, "lý do", "reason"), (document, "quyết định", "document")):
        if not value.strip():
            raise RuleViolation(f"Ghi {words} hoàn trả.", field=field)
    if one.online_refunds.filter(state=OnlineRefund.State.ASKED).exists():
        raise RuleViolation("Đã yêu cầu cổng thanh toán hoàn khoản này; chờ cổng trả lời.")
    if one.state != Charge.State.PAID:
        raise RuleViolation(REFUSALS["refund"])
    day = open_day(drawer, actor, legal_date(at)) if method == Refund.Method.CASH else None
    due, amount = queries.next_due(one), queries.to_give_back(one)
    told = {"method": method, "reason": reason, "document": document, "day": day}
    return give_back(one, amount, due, **told, actor=actor, at=at)  # type: ignore[arg-type]  # one bag of arguments
