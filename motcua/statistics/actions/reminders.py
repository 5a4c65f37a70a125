"""Reminding units of reports that they have not sent: in the software and by e-mail, once for each period and stage."""

from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from motcua.accounts.models import User
from motcua.audit.actions import append
from motcua.core.errors import NotFound
from motcua.core.moments import legal_date
from motcua.notifications.actions import queue
from motcua.statistics.models import ReportReminder
from motcua.statistics.queries.reminders import Owed, keepers_of, owed
from motcua.statistics.rules.index766 import CODE

KIND = {"before": "report_due", "late": "report_late"}


def remind_reports(*, actor: User, at: datetime) -> int:
    """Remind everybody whose time has come; how many reminders. For the timer: a second run tells nobody again.

    Raises NotFound for anybody but the system's own account.
    """
    if actor.kind != User.Kind.SYSTEM:
        raise NotFound()
    return sum(remind(one, actor=actor, at=at) for one in list(owed(legal_date(at))))


@transaction.atomic
def remind(one: Owed, *, actor: User, at: datetime) -> bool:
    """Tell those who keep a unit's reports that one is owed; False when it has been told by then."""
    window = one.period.window
    people = keepers_of(one.unit, legal_date(at))
    row, is_new = ReportReminder.objects.get_or_create(
        agency=one.unit, form_code=one.form.code, start=window.start, end=window.end, stage=one.stage,
        defaults={"told_at": at, "people": len(people)},
    )  # fmt: skip
    if not is_new:
        return False
    context = _context(one)
    for person in people:
        queue(
            KIND[one.stage], reference=f"report-reminder/{row.pk}", context=context, email=person.email, user=person,
            agency=one.above, actor=actor, at=at,
        )  # fmt: skip
    data = {"form": one.form.code, "period": one.period.code, "stage": one.stage, "people": len(people)}
    append(f"agency/{one.unit.pk}", "report.reminded", actor=actor, at=at, data=data)
    return True


def _context(one: Owed) -> dict[str, str]:
    query = urlencode({"agency": one.unit.pk, "period": one.period.code, "basis": one.period.basis.value})
    is_index = one.form.code == CODE
    page = reverse("statistics:index766") if is_index else reverse("statistics:report", args=[one.form.code])
    return {
        "code": f"{one.form.number}, {one.period.label}",
        "due": f"{one.due_on:%d/%m/%Y}",
        "office": one.above.name,
        "link": f"{settings.PUBLIC_URL}{page}?{query}",
    }
