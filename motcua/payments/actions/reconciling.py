"""Reconciliation: fetch what gateways say of a day, explain what does not match, close."""

import hashlib
from dataclasses import asdict
from datetime import date, datetime

from django.db import IntegrityError, transaction

from motcua.accounts.models import User
from motcua.agencies.acting import powers, required_text
from motcua.agencies.models import Agency
from motcua.agencies.rules.permissions import Permission
from motcua.audit.actions import append
from motcua.core.errors import RuleViolation
from motcua.core.moments import legal_date
from motcua.payments import adapters, queries
from motcua.payments.actions import _events
from motcua.payments.adapters import DayRow, Sort
from motcua.payments.models import (
    Explanation,
    Gateway,
    GatewayEvent,
    GatewayFile,
    PaymentOrder,
    Reconciliation,
)
from motcua.payments.queries.reconciling import Span
from motcua.payments.rules.envelope import canonical
from motcua.payments.rules.reconcile import unexplained


def fetch_day_file(gateway: Gateway, day: date, *, actor: User | None, at: datetime) -> bool:
    """Fetch what a gateway took and gave back on a past day; whether it came. Not inside a transaction.

    Payments in it that we do not have are asked about: the file pays nothing by itself.
    """
    if day >= legal_date(at):
        raise RuleViolation("Tệp đối soát chỉ có sau khi hết ngày.")
    asked = queries.asked(gateway, at, legal_date(at))
    reply, rows = adapters.adapter_of(gateway.adapter).day_file(asked, day)
    kind, outcome = GatewayEvent.Kind.FILE, GatewayEvent.Outcome
    if reply.sort != Sort.ACCEPTED:
        _events.note(gateway, kind, outcome.FAILED, at, reason=reply.detail)
        return False
    with transaction.atomic():
        _keep(gateway, day, rows, at)
        reason = f"ngày {day:%d/%m/%Y}, {len(rows)} dòng"
        _events.note(gateway, kind, outcome.TAKEN, at, reason=reason)
    return True


def _keep(gateway: Gateway, day: date, rows: list[DayRow], at: datetime) -> None:
    kept = [asdict(row) for row in rows]
    fields = {"digest": hashlib.sha256(canonical(kept)).hexdigest(), "rows": kept, "fetched_at": at}
    GatewayFile.objects.update_or_create(gateway=gateway, day=day, defaults=fields)
    keys = queries.keys_in(row.order for row in rows if row.kind == "payment")
    lost = PaymentOrder.objects.filter(gateway=gateway, key__in=keys, settled_at=None)
    lost.update(asks=0, next_ask_at=at)


def fetch_due(*, actor: User | None, at: datetime) -> int:
    """The files of past days that are not there yet, not before 01:00 and not more than a few at a time; how many came."""
    wanted = queries.files_wanted(legal_date(at))
    fresh = [(gateway, day) for gateway, day in wanted if not queries.file_asked_lately(gateway, at)]
    return sum(fetch_day_file(gateway, day, actor=actor, at=at) for gateway, day in fresh[:5])


@transaction.atomic
def explain(
    agency: Agency, *, first_day: date, last_day: date, subject: str, note: str, actor: User, at: datetime
) -> Explanation:
    """Say why something does not match, or what is done about it. The difference stays to be seen beside its reason."""
    powers(actor, at).require(Permission.FEE_CLOSE, agency)
    span = Span(agency, first_day, last_day)
    found = [one for one in queries.differences(span, legal_date(at)) if one.subject == subject]
    if not found:
        raise RuleViolation("Chênh lệch này không còn. Tải lại trang.")
    if queries.closed(span):
        raise RuleViolation("Bảng đối soát này đã khóa.")
    text = required_text(note, "Ghi giải trình.", field="note")
    values = {"note": text[:500], "made_by": actor, "made_at": at}
    made, _ = Explanation.objects.update_or_create(agency=agency, day=found[0].day, subject=subject, defaults=values)  # fmt: skip
    about = {"subject": subject, "note": made.note, "day": found[0].day}
    append(f"reconciliation/{agency.pk}", "reconciliation.explained", actor=actor, at=at, data=about)
    return made


@transaction.atomic
def close_reconciliation(
    agency: Agency, *, first_day: date, last_day: date, actor: User, at: datetime
) -> Reconciliation:
    """Close a past day or month: only when everything that does not match is explained. Figures and differences are frozen."""
    powers(actor, at).require(Permission.FEE_CLOSE, agency)
    today = legal_date(at)
    if first_day > last_day or last_day >= today:
        raise RuleViolation("Chỉ khóa được ngày, tháng đã qua.")
    span = Span(agency, first_day, last_day)
    found, notes = queries.differences(span, today), queries.explanations(span)
    if left := unexplained(found, notes):
        raise RuleViolation(f"Còn {len(left)} chênh lệch chưa giải trình: {left[0].words}.")
    rows = [queries.kept(one, notes[one.subject].note) for one in found]
    try:
        with transaction.atomic():
            made = Reconciliation.objects.create(
                agency=agency,
                first_day=first_day,
                last_day=last_day,
                figures=[asdict(one) for one in queries.figures(span)],
                differences=rows,
                closed_by=actor,
                closed_at=at,
            )
    except IntegrityError as error:
        raise RuleViolation("Bảng đối soát này đã khóa.") from error
    digest = hashlib.sha256(canonical([made.figures, rows])).hexdigest()
    about = {"first_day": first_day, "last_day": last_day, "differences": len(rows), "digest": digest}
    append(f"reconciliation/{agency.pk}", "reconciliation.closed", actor=actor, at=at, data=about)
    return made
