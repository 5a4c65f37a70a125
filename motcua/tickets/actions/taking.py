"""Taking a number."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from motcua.accounts.models import User
from motcua.audit.actions import append
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import legal_date
from motcua.tickets.models import QueueLine, Ticket
from motcua.tickets.queries.hours import require_giving_out
from motcua.tickets.rules.priority import ASKED


@transaction.atomic
def take_ticket(line_id: int, *, priority: str = "", actor: User | None, at: datetime) -> Ticket:
    """Take the next number of a line; `actor` None: the person alone, at the kiosk. Numbers of a line and day (Asia/Ho_Chi_Minh)
    are without gaps: the line is locked meanwhile, and a number goes back with an act that fails.

    Raises NotFound for a line that does not exist today; RuleViolation outside the hours in which the office gives out numbers
    (its working calendar, settings `ticket_early`, `ticket_lead`) and for an unknown reason of priority.
    """
    day = legal_date(at)
    if priority and priority not in ASKED:
        raise RuleViolation("Chọn diện ưu tiên trong danh sách.", field="priority")
    line = _locked(line_id, at)
    require_giving_out(line.office, at)
    last = Ticket.objects.filter(line=line, day=day).aggregate(last=Max("number"))["last"] or 0
    made = Ticket.objects.create(line=line, day=day, number=last + 1, priority=priority, taken_at=at)
    told = {"line": line.pk, "day": day.isoformat(), "number": made.number, "priority": made.is_priority}
    append(f"ticket/{made.pk}", "ticket.taken", actor=actor, at=at, data=told, first=True)
    return made


def _locked(line_id: int, at: datetime) -> QueueLine:
    rows = QueueLine.objects.select_for_update(of=("self",), no_key=True).select_related("office__agency")
    found = rows.filter(QueueLine.in_force(legal_date(at)), pk=line_id).first()
    if found is None:
        raise NotFound("Hàng chờ này không còn. Chọn hàng chờ khác.")
    return found
