"""How long data is kept: deciding it, and throwing away what is old, batch by batch, one entry in the log for each batch."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import transaction

from motcua.accounts import actions as accounts
from motcua.accounts.models import User
from motcua.agencies.acting import require_everywhere, required_text
from motcua.agencies.rules.permissions import Permission
from motcua.audit.actions import append
from motcua.core.errors import RuleViolation
from motcua.core.moments import legal_date
from motcua.feedback.actions import forget_senders
from motcua.files.actions import erase
from motcua.holdings.actions import forget_shares
from motcua.notifications.actions import blank_messages
from motcua.privacy import queries
from motcua.privacy.models import DataRequest, RetentionDay, RetentionRule
from motcua.privacy.queries.retention import old_requests
from motcua.privacy.rules.retention import CLASSES, require_allowed

BATCH = 500
BATCHES = 20  # of each class in one run; what is left comes with the next tick
FILES = 50


@transaction.atomic
def decide_retention(
    data_class: str,
    *,
    amount: int | None,
    unit: str,
    source: str,
    certain: bool,
    valid_from: date,
    actor: User,
    at: datetime,
) -> RetentionRule:
    """Set how long a class is kept from a day on; without an amount, for ever. The rule before ends the day before.

    Raises RuleViolation for a class that the law keeps, a time too short, a day before today; NotFound without the right.
    """
    require_everywhere(actor, at, Permission.PRIVACY_RETENTION)
    about = require_allowed(data_class, amount, unit)
    basis = required_text(source, "Ghi căn cứ: văn bản, quy chế.", field="source")[:300]
    if valid_from < legal_date(at):
        raise RuleViolation("Thời hạn mới có hiệu lực sớm nhất từ hôm nay.", field="valid_from")
    rows = RetentionRule.objects.select_for_update().filter(data_class=data_class)
    if rows.filter(valid_from__gte=valid_from).exists():
        raise RuleViolation(
            "Đã có thời hạn đặt từ ngày này hoặc muộn hơn. Chọn ngày sau đó.", field="valid_from"
        )
    rows.filter(valid_to=None).update(valid_to=valid_from - timedelta(days=1))
    made = RetentionRule.objects.create(
        data_class=data_class,
        amount=amount,
        unit=unit,
        fate=about.fate.value,
        source=basis,
        certain=certain,
        valid_from=valid_from,
    )
    about_it = {"amount": amount, "unit": unit, "from": valid_from.isoformat()}
    append(f"retention/{data_class}", "retention.decided", actor=actor, at=at, data=about_it)
    return made


Carrier = Callable[[datetime, User | None, datetime], int]


def _quarantine(before: datetime, actor: User | None, at: datetime) -> int:
    keys = list(queries.lone_files(before).values_list("pk", flat=True)[:FILES])
    for key in keys:
        erase(key, reason="hết thời hạn giữ tệp cách ly", actor=actor, at=at)
    return len(keys)


def _requests(before: datetime, actor: User | None, at: datetime) -> int:
    """Blank what was asked and by whom; that it was asked and answered stays. Proofs are thrown away."""
    rows = list(old_requests(before).order_by("pk")[:FILES])
    for row in rows:
        proof, row.proof = row.proof_id, None
        for name in (
            "full_name",
            "identity_number",
            "phone",
            "email",
            "present_value",
            "right_value",
            "words",
            "answer",
        ):
            setattr(row, name, "")
        row.blanked_at = at
        row.save()
        if proof and not DataRequest.objects.filter(proof_id=proof).exists():
            erase(proof, reason="hết thời hạn lưu giữ", actor=actor, at=at)
    return len(rows)


CARRIERS: dict[str, Carrier] = {
    "codes": lambda before, actor, at: accounts.forget_codes(before=before, most=BATCH, actor=actor),
    "sessions": lambda before, actor, at: accounts.forget_sessions(before=before, most=BATCH, actor=actor),
    "sign_ins": lambda before, actor, at: accounts.forget_attempts(before=before, most=BATCH, actor=actor),
    "messages": lambda before, actor, at: blank_messages(before=before, most=BATCH, actor=actor),
    "quarantine": _quarantine,
    "senders": lambda before, actor, at: forget_senders(before=before, most=BATCH, actor=actor),
    "shares": lambda before, actor, at: forget_shares(before=before, most=BATCH, actor=actor),
    "invitations": lambda before, actor, at: accounts.blank_invitations(
        before=before, most=BATCH, actor=actor
    ),
    "requests": _requests,
}


@transaction.atomic
def carry_out_batch(data_class: str, *, actor: User | None, at: datetime) -> int:
    """Throw away one batch of what is old in a class under the rule in force, with one entry in the log. How many; nothing, and
    no entry, where nothing is old or the rule keeps.
    """
    rule = queries.rules_on(legal_date(at)).get(data_class)
    before = queries.old_before(rule, at) if rule else None
    if rule is None or before is None:
        return 0
    count = CARRIERS[data_class](before, actor, at)
    if count:
        about = {"count": count, "before": before.isoformat(), "rule": rule.pk}
        append(f"retention/{data_class}", "retention.carried_out", actor=actor, at=at, data=about)
    return count


def carry_out(*, actor: User | None, at: datetime) -> dict[str, int]:
    """Batch after batch of every class, each its own transaction, at most BATCHES of a class. Class -> how many, without zeros."""
    done: dict[str, int] = {}
    for one in CLASSES:
        for _ in range(BATCHES if one.is_carried_out else 0):
            count = carry_out_batch(one.code, actor=actor, at=at)
            if not count:
                break
            done[one.code] = done.get(one.code, 0) + count
    return done


def carry_out_daily(*, actor: User | None, at: datetime) -> dict[str, int]:
    """The same once a day, for the timer: the day is done when a run finds nothing more."""
    day = legal_date(at)
    if RetentionDay.objects.filter(day=day).exists():
        return {}
    done = carry_out(actor=actor, at=at)
    if not done:
        RetentionDay.objects.get_or_create(day=day, defaults={"at": at})
    return done
