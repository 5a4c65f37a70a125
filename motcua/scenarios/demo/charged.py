"""The provincial centre charges what is filed online at once: filings that wait, paid and unpaid, one accepted for less, one taken back."""

from datetime import datetime, timedelta

from motcua.accounts.models import User
from motcua.agencies.models import DatedSetting, OneStopOffice
from motcua.agencies.queries import people_with
from motcua.agencies.rules.permissions import Permission
from motcua.core.moments import legal_date
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.payments.actions import record_transfer
from motcua.payments.models import Charge
from motcua.procedures.queries import offered_at
from motcua.scenarios.demo.own import file_one

PHONE, IDENTITY = "+84900000002", "001099000002"
PROCEDURE = "2.000635"
COPIES = (3, 10, 10, 5)


def charge_when_filed(office: OneStopOffice, system: User, now: datetime) -> int:
    """From yesterday on the office charges at submission; how many filings there are since. Nothing without citizen, clerk or fee."""
    citizen = User.objects.filter(kind=User.Kind.CITIZEN, phone=PHONE).first()
    clerk = people_with(Permission.DOSSIER_RECEIVE, office.agency, legal_date(now)).first()
    version = offered_at(office, legal_date(now)).filter(procedure__code=PROCEDURE).first()
    if citizen is None or clerk is None or version is None:
        return 0
    since = legal_date(now) - timedelta(days=1)
    DatedSetting.objects.create(
        key="fees_charged_at", value="submission", agency=office.agency, valid_from=since, source="Số liệu minh họa"
    )  # fmt: skip
    filed = [
        file_one(office, version, citizen, now - timedelta(minutes=50 - n), copies=copies, identity=IDENTITY)
        for n, copies in enumerate(COPIES)
    ]
    _, paid, less, back = filed
    for dossier in (paid, less):
        _pay(dossier, system, now - timedelta(minutes=40))
    actions.accept(less.pk, fee_quantities={"copies": 6}, actor=clerk, at=now - timedelta(minutes=30))
    actions.confirm_withdrawal(back.pk, actor=citizen, at=now - timedelta(minutes=20))
    return len(filed)


def _pay(dossier: Dossier, system: User, at: datetime) -> None:
    """By transfer, as the words of the code say."""
    for one in Charge.objects.filter(reference=f"dossier/{dossier.pk}", state=Charge.State.DUE):
        record_transfer(
            one.agency, bank_reference=f"MH-NOP-{one.pk}", memo=one.key, amount=one.amount, paid_at=at, actor=system, at=at
        )  # fmt: skip
