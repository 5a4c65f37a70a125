"""Lines of fee schedules: added and ended, never rewritten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.queries import access_agency
from motcua.agencies.rules.permissions import Permission
from motcua.audit.actions import append
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.text import nfc
from motcua.procedures.actions._guard import chain, lock_procedure, require_in
from motcua.procedures.models import Channel, Fee, FeeExemption
from motcua.procedures.rules.fees import MAX_DONG, Exemption, tiers_of


@dataclass(frozen=True)
class FeeData:
    """A line of a schedule as a person enters it; amounts in đồng, `tiers` as [[pages, đồng], ...]."""

    kind: str
    name: str
    amount_dong: int
    legal_basis: str
    valid_from: date
    per: str = Fee.Per.CASE
    channel: str = ""
    area_id: int | None = None
    tiers: Sequence[Any] | None = None
    cap_dong: int | None = None
    valid_to: date | None = None
    source: str = ""
    exemptions: Sequence[Exemption] = ()


@transaction.atomic
def add_fee(code: str, data: FeeData, *, actor: User, at: datetime) -> Fee:
    """Add a line. An area's line needs the permission there, a general one at the top. Raises RuleViolation."""
    area = access_agency(data.area_id) if data.area_id else None
    require_in(actor, Permission.CATALOGUE_EDIT, area, at)
    procedure = lock_procedure(code)
    _check_fee(data)
    fee = Fee.objects.create(
        procedure=procedure,
        kind=data.kind,
        name=nfc(data.name),
        amount_dong=data.amount_dong,
        legal_basis=nfc(data.legal_basis),
        valid_from=data.valid_from,
        valid_to=data.valid_to,
        per=data.per,
        channel=data.channel,
        area=area,
        tiers=data.tiers or None,
        cap_dong=data.cap_dong,
        source=data.source,
    )
    FeeExemption.objects.bulk_create(
        FeeExemption(
            fee=fee, reason=e.reason, percent_off=e.percent_off, legal_basis=e.legal_basis, proof=e.proof
        )
        for e in data.exemptions
    )
    entry = {
        "fee": fee.pk,
        "amount": fee.amount_dong,
        "basis": fee.legal_basis,
        "from": fee.valid_from.isoformat(),
    }
    append(chain(procedure.pk), "procedure.fee_added", actor=actor, at=at, data=entry)
    return fee


def _check_fee(data: FeeData) -> None:
    """Raise RuleViolation for a line that cannot be charged."""
    if not nfc(data.name) or not nfc(data.legal_basis):
        raise RuleViolation("Nhập tên khoản thu và căn cứ pháp lý của mức thu.", field="legal_basis")
    if not 0 <= data.amount_dong <= MAX_DONG:
        raise RuleViolation("Mức thu phải từ 0 đồng trở lên.", field="amount_dong")
    if data.cap_dong is not None and not 0 < data.cap_dong <= MAX_DONG:
        raise RuleViolation("Mức trần phải lớn hơn 0.", field="cap_dong")
    if data.valid_to and data.valid_to < data.valid_from:
        raise RuleViolation("Ngày hết hiệu lực trước ngày bắt đầu.", field="valid_to")
    if data.channel and data.channel not in Channel.values:
        raise RuleViolation("Cách thức không có trong danh sách.", field="channel")
    if data.tiers and data.per != Fee.Per.PAGE:
        raise RuleViolation("Bậc theo trang chỉ dùng khi tính theo trang.", field="tiers")
    if any(not 0 < e.percent_off <= 100 or not nfc(e.reason) for e in data.exemptions):
        raise RuleViolation("Miễn, giảm phải có đối tượng và mức giảm từ 1 đến 100 %.", field="exemptions")
    tiers_of(data.tiers)


@transaction.atomic
def end_fee(fee_id: int, last_day: date, *, actor: User, at: datetime) -> Fee:
    """The line is charged until a day, inclusive. Raises RuleViolation for a day before it began."""
    fee = Fee.objects.select_related("area").filter(pk=fee_id).first()
    if fee is None:
        raise NotFound()
    require_in(actor, Permission.CATALOGUE_EDIT, fee.area, at)
    lock_procedure(fee.procedure_id)
    if last_day < fee.valid_from:
        raise RuleViolation("Ngày kết thúc trước ngày bắt đầu.", field="valid_to")
    fee.valid_to = last_day
    fee.save(update_fields=["valid_to"])
    data = {"fee": fee.pk, "until": last_day.isoformat()}
    append(chain(fee.procedure_id), "procedure.fee_ended", actor=actor, at=at, data=data)
    return fee
