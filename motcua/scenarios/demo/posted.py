"""Results sent by post in the demonstration: one still on its way, one delivered, one that came back and waits at the counter."""

from datetime import date, datetime, time, timedelta

from motcua.accounts.models import User
from motcua.agencies.models import OneStopOffice
from motcua.core.moments import legal_date, to_utc
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.post import check_digit
from motcua.dossiers.rules.states import Payment, Status

POSTED = 3


def send_by_post(desk: OneStopOffice, clerk: User, now: datetime) -> None:
    """Everything, deterministic for one date. Fewer where fewer results wait that are paid for."""
    today = legal_date(now)
    at, later = _hour(today - timedelta(days=2), 10), _hour(today - timedelta(days=1), 15)
    waiting = Dossier.objects.filter(
        office=desk, status=Status.WAIT_COLLECT, ready_at__lt=at - timedelta(days=1),
        payment__in=[Payment.NONE, Payment.PAID, Payment.EXEMPT],
    )  # fmt: skip
    sent = list(waiting.select_related("applicant").order_by("-ready_at", "pk")[:POSTED])
    for number, dossier in enumerate(sent, 1):
        name = dossier.applicant.name
        actions.return_result(
            dossier.pk, receiver_name=name, method="post", postal_number=_item(number), actor=clerk, at=at
        )
    for dossier in sent[1:2]:
        day, name = legal_date(later), dossier.applicant.name
        actions.confirm_delivery(dossier.pk, received_by=name, delivered_on=day, actor=clerk, at=later)
    for dossier in sent[2:]:
        actions.take_back(dossier.pk, reason="absent", actor=clerk, at=later)


def _hour(day: date, hour: int) -> datetime:
    return to_utc(datetime.combine(day, time(hour)))


def _item(number: int) -> str:
    digits = f"{number:08d}"
    return f"EB{digits}{check_digit(digits)}VN"
