"""Giving money back."""

from datetime import datetime

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.queries import authority_of
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import RuleViolation
from motcua.core.moments import legal_date
from motcua.core.text import nfc
from motcua.payments.actions._steps import lock, move, open_day
from motcua.payments.models import OnlineRefund, Refund
from motcua.payments.queries.reach import drawer_for


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
    """Give back the whole of a paid charge by a decision. Cash comes out of the actor's own day, which must be open.

    The receipt stays as it is: it is true that the money was taken.
    """
    one = lock([charge_id])[0]
    drawer = drawer_for(authority_of(actor, legal_date(at)), Permission.FEE_REFUND, one)
    for value, words, field in ((reason, "lý do", "reason"), (document, "quyết định", "document")):
        if not value.strip():
            raise RuleViolation(f"Ghi {words} hoàn trả.", field=field)
    if one.online_refunds.filter(state=OnlineRefund.State.ASKED).exists():
        raise RuleViolation("Đã yêu cầu cổng thanh toán hoàn khoản này; chờ cổng trả lời.")
    day = open_day(drawer, actor, legal_date(at)) if method == Refund.Method.CASH else None
    facts = {"reason": reason, "document": document, "method": method}
    move([one], "refund", actor=actor, at=at, facts=facts)
    return Refund.objects.create(
        charge=one,
        amount=one.amount,
        method=method,
        reason=nfc(reason),
        document=nfc(document),
        day=day,
        made_by=actor,
        made_at=at,
    )
