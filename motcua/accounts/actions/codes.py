"""One-time codes: issued for any well-formed address, known or not, and taken once."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from motcua.accounts.keys import address_key, code_hash
from motcua.accounts.models import OneTimeCode, User
from motcua.accounts.queries import citizen_at
from motcua.accounts.queries.retention import old_codes
from motcua.accounts.rules import codes
from motcua.audit.actions import append
from motcua.core.errors import RuleViolation

WRONG = "Mã không đúng hoặc đã hết hạn. Kiểm tra lại mã trong tin nhắn mới nhất, hoặc lấy mã khác."


@dataclass(frozen=True)
class Issued:
    """A code in clear, to be sent and forgotten."""

    row: OneTimeCode
    code: str


@transaction.atomic
def issue_code(address: codes.Address, purpose: str, *, ip: str, actor: User | None, at: datetime) -> Issued:
    """Make a code of 6 digits for an address. Raises RuleViolation when one asks too often, in the same words for addresses
    with an account and without. The caller sends it.
    """
    key = address_key(address.medium, address.text)
    _brake(OneTimeCode.objects.filter(address_key=key), codes.PER_ADDRESS, at)
    _brake(OneTimeCode.objects.filter(ip=ip), codes.PER_NETWORK, at)
    code = f"{secrets.randbelow(10**6):06d}"
    row = OneTimeCode.objects.create(
        address_key=key,
        purpose=purpose,
        code_hash=code_hash(address.text, code),
        ip=ip,
        created_at=at,
        expires_at=at + codes.LIFETIME,
    )
    if known := citizen_at(address):
        append(
            f"user/{known.pk}", "user.code_sent", actor=actor, at=at, data={"ip": ip, "by": address.medium}
        )
    return Issued(row, code)


def _brake(rows: QuerySet[OneTimeCode], limits: tuple[codes.Limit, ...], at: datetime) -> None:
    asked = list(rows.filter(created_at__gt=at - codes.DAY).values_list("created_at", flat=True))
    if left := codes.wait(asked, limits, at):
        raise RuleViolation(
            f"Đã xin quá nhiều mã. Chờ {codes.wait_words(left)} rồi thử lại.", field="address"
        )


def use_code(
    code_id: int, address: codes.Address, typed: str, *, ip: str, actor: User | None, at: datetime
) -> OneTimeCode:
    """Take a code: right, not run out, not used, not guessed at too often, the newest of its address.

    Raises RuleViolation, the same for all of them; a wrong guess is counted all the same, in a transaction of its own.
    """
    if found := _take(code_id, address, codes.digits(typed), ip, actor, at):
        return found
    raise RuleViolation(WRONG, field="code")


@transaction.atomic
def _take(
    code_id: int, address: codes.Address, typed: str, ip: str, actor: User | None, at: datetime
) -> OneTimeCode | None:
    key = address_key(address.medium, address.text)
    rows = OneTimeCode.objects.select_for_update().filter(address_key=key)
    row = rows.order_by("-pk").first()
    if row is None or row.pk != code_id or row.used_at or row.expires_at <= at or row.tries >= codes.TRIES:
        return None
    if not hmac.compare_digest(row.code_hash, code_hash(address.text, typed)):
        row.tries += 1
        row.save(update_fields=["tries"])
        if known := citizen_at(address):
            append(f"user/{known.pk}", "user.code_failed", actor=actor, at=at, data={"ip": ip})
        return None
    row.used_at = at
    row.save(update_fields=["used_at"])
    return row


@transaction.atomic
def forget_codes(*, before: datetime, most: int | None = None, actor: User | None) -> int:
    """Remove codes that no limit looks at any more, at most so many. Returns how many."""
    keys = list(old_codes(before).order_by("pk").values_list("pk", flat=True)[:most])
    OneTimeCode.objects.filter(pk__in=keys).delete()
    return len(keys)
