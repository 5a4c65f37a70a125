"""Fee schedules as the rules want them."""

from datetime import date

from django.db.models import QuerySet

from motcua.agencies.models import Agency
from motcua.core.errors import NotFound
from motcua.procedures.models import Fee, Procedure
from motcua.procedures.queries.limits import rule_for
from motcua.procedures.queries.versions import version_in_force
from motcua.procedures.rules.fees import Exemption, FeeLine, Per, applicable, tiers_of

CATALOGUE_BASIS = "Mức ghi trong danh mục quốc gia, chưa có biểu mức thu của địa phương"


def fee_lines(
    procedure: Procedure | int, channel: str, agency: Agency | None, day: date
) -> tuple[FeeLine, ...]:
    """The lines that hold for a procedure through a channel in the agency's area on a legal date.

    Without any line of a schedule, the amount of the catalogue itself when it gives one above 0. One to four
    statements.
    """
    pk = procedure if isinstance(procedure, int) else procedure.pk
    area_ids = tuple(reversed(agency.chain_ids)) if agency else ()
    rows = list(schedule(pk, day))
    lines = applicable([as_line(row) for row in rows], channel=channel, area_ids=area_ids, on=day)
    return lines or (() if rows else _from_catalogue(pk, channel, day))


def access_fee(pk: int) -> Fee:
    """One line of a schedule. Raises NotFound."""
    found = Fee.objects.select_related("procedure", "area").filter(pk=pk).first()
    if found is None:
        raise NotFound()
    return found


def schedule(procedure_id: int, day: date) -> QuerySet[Fee]:
    """Rows of the schedule in force on a legal date, every channel and area."""
    rows = Fee.objects.filter(Fee.in_force(day), procedure_id=procedure_id)
    return rows.select_related("area").prefetch_related("exemptions").order_by("id")


def knows_exemption(procedure_id: int, reason: str, day: date) -> bool:
    """Whether a schedule in force on a day, of whatever area, exempts for this reason. One statement, none for no reason."""
    return bool(reason) and schedule(procedure_id, day).filter(exemptions__reason=reason).exists()


def as_line(fee: Fee) -> FeeLine:
    """A stored row as the rules want it."""
    exemptions = tuple(
        Exemption(e.reason, e.percent_off, e.legal_basis, e.proof) for e in fee.exemptions.all()
    )
    return FeeLine(
        id=fee.pk,
        kind=fee.kind,
        name=fee.name,
        amount_dong=fee.amount_dong,
        per=Per(fee.per),
        channel=fee.channel,
        area_id=fee.area_id,
        tiers=tiers_of(fee.tiers),
        cap_dong=fee.cap_dong,
        legal_basis=fee.legal_basis,
        valid_from=fee.valid_from,
        valid_to=fee.valid_to,
        exemptions=exemptions,
    )


def _from_catalogue(procedure_id: int, channel: str, day: date) -> tuple[FeeLine, ...]:
    version = version_in_force(procedure_id, day)
    rule = rule_for(list(version.channels.all()), channel) if version else None
    if rule is None or not rule.fee_dong:
        return ()
    return (FeeLine(0, Fee.Kind.CHARGE, "Phí, lệ phí", rule.fee_dong, legal_basis=CATALOGUE_BASIS),)
