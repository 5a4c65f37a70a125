"""Which agency resolves what, from when, perhaps in a reduced time (cắt giảm thời hạn)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Max, Min, Q, QuerySet

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.queries import access_agency
from motcua.agencies.rules.permissions import Permission
from motcua.audit.actions import append
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.validity import end_before, not_over
from motcua.procedures.actions._guard import chain, lock_procedure, require_in
from motcua.procedures.models import Offering, Procedure, ProcedureVersion
from motcua.procedures.queries.limits import statutory_limit
from motcua.procedures.queries.versions import version_in_force
from motcua.procedures.rules.hours import comparable_hours
from motcua.procedures.rules.limits import can_be_reckoned
from motcua.procedures.rules.online import check_offered_level
from motcua.procedures.rules.starting import fields_of_sectors
from motcua.workdays.rules.limits import Limit, Unit


@dataclass(frozen=True)
class Reduction:
    """A time shorter than the statutory one, and the document that grants it."""

    amount: Decimal
    unit: str
    document: str


@transaction.atomic
def offer(
    code: str,
    agency_id: int,
    valid_from: date,
    *,
    actor: User,
    at: datetime,
    reduction: Reduction | None = None,
    non_territorial: bool = False,
    by_post: bool = True,
    online_level: str = "",
    desk: str = "",
) -> Offering:
    """An agency offers a procedure from a day on; what it offered before ends the day before.

    Raises RuleViolation when the reduced time is not shorter than the statutory one or has no document, or when the
    agency offers the procedure from a later day already.
    """
    agency = access_agency(agency_id)
    require_in(actor, Permission.CATALOGUE_EDIT, agency, at)
    procedure = lock_procedure(code)
    check_offered_level(online_level, valid_from)
    if reduction:
        _check_reduction(procedure, reduction, valid_from)
    _end_running(procedure, agency, valid_from)
    row = Offering.objects.create(
        procedure=procedure,
        agency=agency,
        valid_from=valid_from,
        reduced_amount=reduction.amount if reduction else None,
        reduced_unit=reduction.unit if reduction else "",
        reduced_document=reduction.document if reduction else "",
        non_territorial=non_territorial,
        by_post=by_post,
        online_level=online_level,
        desk=desk,
    )
    data = {"agency": agency.pk, "from": valid_from.isoformat(), "document": row.reduced_document}
    append(chain(procedure.pk), "procedure.offered", actor=actor, at=at, data=data)
    return row


def _check_reduction(procedure: Procedure, reduction: Reduction, day: date) -> None:
    """Raise RuleViolation unless the reduced time is shorter than the statutory one, and documented."""
    if not reduction.document.strip():
        raise RuleViolation("Ghi văn bản cho phép cắt giảm thời hạn.", field="reduced_document")
    if reduction.amount <= 0 or reduction.unit not in set(Unit) - {Unit.NONE}:
        raise RuleViolation("Thời hạn cắt giảm phải lớn hơn 0 và có đơn vị.", field="reduced_amount")
    if not can_be_reckoned(reduction.amount, reduction.unit):
        raise RuleViolation(
            "Thời hạn cắt giảm tính theo ngày hoặc tháng phải là số nguyên.", field="reduced_amount"
        )
    version = version_in_force(procedure, day)
    if version is None:
        return
    limit = statutory_limit(list(version.channels.all()), "counter", name=version.name)
    old, new = _hours(limit), comparable_hours(reduction.amount, reduction.unit)
    if old is not None and new is not None and new >= old:
        raise RuleViolation(
            f"Thời hạn cắt giảm phải ngắn hơn thời hạn theo quy định ({limit.describe()}).",
            field="reduced_amount",
        )


def _hours(limit: Limit) -> Decimal | None:
    return comparable_hours(limit.amount, limit.unit)


def _end_running(procedure: Procedure, agency: Agency, day: date) -> None:
    rows = Offering.objects.filter(procedure=procedure, agency=agency)
    if rows.filter(valid_from__gte=day).exists():
        raise RuleViolation(
            f"Cơ quan đã có khai báo từ ngày {day:%d/%m/%Y} trở đi. Sửa khai báo đó.", field="valid_from"
        )
    end_before(rows, day)


@transaction.atomic
def end_offering(
    offering_id: int, last_day: date, *, actor: User, at: datetime, document: str = ""
) -> Offering:
    """The agency no longer offers the procedure after a day. Raises RuleViolation for a day before it began."""
    row = Offering.objects.select_related("agency", "procedure").filter(pk=offering_id).first()
    if row is None:
        raise NotFound()
    require_in(actor, Permission.CATALOGUE_EDIT, row.agency, at)
    lock_procedure(row.procedure_id)
    if last_day < row.valid_from:
        raise RuleViolation("Ngày kết thúc trước ngày bắt đầu.", field="valid_to")
    row.valid_to = last_day
    row.save(update_fields=["valid_to"])
    data = {"agency": row.agency_id, "until": last_day.isoformat(), "document": document}
    append(chain(row.procedure_id), "procedure.offering_ended", actor=actor, at=at, data=data)
    return row


@transaction.atomic
def offer_all(
    agency: Agency,
    level: str,
    day: date,
    *,
    actor: User,
    at: datetime,
    fields: tuple[str, ...] = (),
    until: date | None = None,
) -> int:
    """Offer every procedure that is carried out at `level` on or after `day` at an agency, until `until` at the latest.

    An offering begins with the first version of that level and ends with the last one, so that district procedures end
    with the district. A vertical agency gets the fields of its sector, others all but those of the sectors; `fields`
    names them instead. What the agency offers already is left alone. Returns how many were added; one event in the
    agency's own log.
    """
    require_in(actor, Permission.CATALOGUE_EDIT, agency, at)
    known = Offering.objects.filter(not_over(day), agency=agency).values("procedure_id")
    spans = _spans(_of_fields(agency, fields), level, day, until).exclude(procedure_id__in=known)
    rows = Offering.objects.bulk_create(
        Offering(
            procedure_id=span["procedure_id"],
            agency=agency,
            valid_from=max(day, span["first"]),
            valid_to=min((d for d in (until, None if span["endless"] else span["last"]) if d), default=None),
        )
        for span in spans
    )
    data = {"level": level, "from": day.isoformat(), "count": len(rows)}
    append(f"agency/{agency.pk}", "agency.procedures_offered", actor=actor, at=at, data=data)
    return len(rows)


def _of_fields(agency: Agency, fields: tuple[str, ...]) -> QuerySet[ProcedureVersion]:
    """Published versions of the fields named, else of those that such an agency resolves."""
    versions = ProcedureVersion.objects.exclude(status=ProcedureVersion.Status.DRAFT)
    by_sector = fields_of_sectors()
    if fields or agency.sector:
        return versions.filter(field__name__in=fields or by_sector.get(agency.sector, ()))
    return versions.exclude(field__name__in=[name for names in by_sector.values() for name in names])


def _spans(
    versions: QuerySet[ProcedureVersion], level: str, day: date, until: date | None
) -> QuerySet[ProcedureVersion, Any]:
    """From when to when each procedure is carried out at a level, as far as it reaches past `day`."""
    rows = versions.filter(not_over(day), levels__code=level, valid_from__isnull=False)
    # A version that was superseded on its first day was never in force.
    rows = rows.exclude(valid_to__lt=F("valid_from"))
    if until:
        rows = rows.filter(valid_from__lte=until)
    return (
        rows.order_by("procedure_id")
        .values("procedure_id")
        .annotate(
            first=Min("valid_from"),
            last=Max("valid_to"),
            endless=Count("pk", filter=Q(valid_to=None), distinct=True),
        )
    )
