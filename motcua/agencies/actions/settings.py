"""Acts on dated settings: a new value from a date, with its source; past values stay."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from motcua.accounts.models import User
from motcua.agencies.acting import locked, powers, record, require_everywhere, required_text
from motcua.agencies.models import Agency, DatedSetting
from motcua.agencies.rules.permissions import Permission
from motcua.agencies.rules.settings import Value, check_value
from motcua.core.errors import RuleViolation
from motcua.core.moments import legal_date


@transaction.atomic
def set_setting(
    key: str,
    value: Value,
    *,
    valid_from: date,
    source: str,
    actor: User,
    at: datetime,
    agency: Agency | None = None,
) -> DatedSetting:
    """Give a setting a new value from a date on, for an agency and its subtree (None: for all).

    Raises NotFound without setting.edit there; RuleViolation for an unknown key, a bad value, a missing
    source, a date in the past (what was decided then rests on the value of then), or a date that has a
    value already.
    """
    if agency is None:
        require_everywhere(actor, at, Permission.SETTING_EDIT)
    else:
        powers(actor, at).require(Permission.SETTING_EDIT, agency)
        locked(Agency, agency.pk)
    checked = check_value(key, str(value))
    source = required_text(source, "Nhập căn cứ: văn bản, điều, khoản hoặc quy chế.", field="source")
    _require_not_past(valid_from, actor, at)
    rows = DatedSetting.objects.filter(key=key, agency=agency)
    if rows.filter(valid_from=valid_from).exists():
        raise RuleViolation(
            f"Tham số đã có giá trị từ ngày {valid_from:%d-%m-%Y}. Chọn ngày khác.", field="valid_from"
        )
    until = _close_before(rows, valid_from)
    row = DatedSetting.objects.create(
        key=key, agency=agency, value=checked, source=source, valid_from=valid_from, valid_to=until
    )
    facts: dict[str, Any] = {"value": checked, "agency": agency.pk if agency else None, "source": source}
    record(f"setting/{key}", "setting.set", actor=actor, at=at, row=row.pk, valid_from=valid_from, **facts)
    return row


@transaction.atomic
def withdraw_setting(row: DatedSetting, *, actor: User, at: datetime) -> None:
    """Withdraw a value that has not come into force yet; the one before it goes on.

    Raises NotFound without setting.edit there, RuleViolation when it is or has been in force.
    """
    if row.agency is None:
        require_everywhere(actor, at, Permission.SETTING_EDIT)
    else:
        powers(actor, at).require(Permission.SETTING_EDIT, row.agency)
    if row.valid_from <= legal_date(at):
        raise RuleViolation("Giá trị này đã có hiệu lực nên không thể bỏ. Đặt giá trị mới từ một ngày khác.")
    rows = DatedSetting.objects.filter(key=row.key, agency=row.agency)
    rows.filter(valid_to=row.valid_from - timedelta(days=1)).update(valid_to=row.valid_to)
    facts: dict[str, Any] = {"row": row.pk, "value": row.value, "valid_from": row.valid_from}
    row.delete()
    record(f"setting/{row.key}", "setting.withdrawn", actor=actor, at=at, **facts)


def _require_not_past(valid_from: date, actor: User, at: datetime) -> None:
    if valid_from < legal_date(at) and actor.kind != User.Kind.SYSTEM:
        raise RuleViolation("Giá trị mới chỉ áp dụng từ hôm nay trở đi.", field="valid_from")


def _close_before(rows: QuerySet[DatedSetting], valid_from: date) -> date | None:
    """End the value before the new one; the day on which the new one itself ends, because of a later one."""
    later = rows.filter(valid_from__gt=valid_from).order_by("valid_from").first()
    earlier = rows.filter(valid_from__lt=valid_from).order_by("-valid_from").first()
    if earlier is not None:
        earlier.valid_to = valid_from - timedelta(days=1)
        earlier.save(update_fields=["valid_to"])
    return later.valid_from - timedelta(days=1) if later else None
