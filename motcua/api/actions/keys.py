"""Giving partners keys, and ending them."""

import secrets
from datetime import date, datetime

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.acting import locked, record, required_text
from motcua.agencies.models import Agency
from motcua.agencies.queries import authority_of
from motcua.agencies.rules.permissions import Permission
from motcua.api.models import ApiKey
from motcua.api.rules.keys import key_hash
from motcua.core.errors import RuleViolation
from motcua.core.moments import legal_date


@transaction.atomic
def create_key(
    name: str,
    agency: Agency,
    *,
    valid_from: date | None = None,
    valid_to: date | None = None,
    actor: User,
    at: datetime,
) -> tuple[ApiKey, str]:
    """A new key for a partner whose requests go to an agency; the key itself is told once. Raises NotFound, RuleViolation."""
    authority_of(actor, legal_date(at)).require(Permission.SETTING_EDIT, agency)
    clean = required_text(name, "Ghi tên phần mềm hoặc đơn vị dùng khóa.", field="name")
    since = valid_from or legal_date(at)
    if valid_to is not None and valid_to < since:
        raise RuleViolation("Ngày hết hiệu lực phải sau ngày bắt đầu.", field="valid_to")
    key = secrets.token_urlsafe(32)
    made = ApiKey.objects.create(
        name=clean, key_hash=key_hash(key), agency=agency, valid_from=since, valid_to=valid_to, created_at=at
    )
    record(
        f"api-key/{made.pk}", "api_key.created", actor=actor, at=at, first=True, name=clean, agency=agency.pk
    )
    return made, key


@transaction.atomic
def end_key(key_id: int, *, last_day: date, actor: User, at: datetime) -> ApiKey:
    """End a key after a day. Raises NotFound."""
    found = locked(ApiKey, key_id)
    authority_of(actor, legal_date(at)).require(Permission.SETTING_EDIT, found.agency)
    found.valid_to = last_day
    found.save(update_fields=["valid_to"])
    record(f"api-key/{found.pk}", "api_key.ended", actor=actor, at=at, last_day=last_day.isoformat())
    return found
