"""Which rule holds for each class of data, and how much is due under it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.db.models import Exists, OuterRef, QuerySet

from motcua.accounts.models import User
from motcua.accounts.queries.retention import old_attempts, old_codes, old_invitations, old_sessions
from motcua.agencies.queries import Authority
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import NotFound
from motcua.core.moments import to_local, to_utc
from motcua.core.web import count_text, count_up_to
from motcua.feedback.queries import old_senders
from motcua.files.models import StoredFile
from motcua.files.queries import waiting
from motcua.holdings.queries import old_shares
from motcua.notifications.queries import old_messages
from motcua.privacy.models import DataRequest, RetentionRule
from motcua.privacy.rules.requests import OPEN
from motcua.privacy.rules.retention import BY_CODE, CLASSES, DataClass, cutoff

COUNTED = 5000


def rules_on(day: date) -> dict[str, RetentionRule]:
    """The rule in force for each class on a legal date."""
    rows = RetentionRule.objects.filter(RetentionRule.in_force(day)).order_by("valid_from")
    return {row.data_class: row for row in rows if row.data_class in BY_CODE}


def history_of(code: str) -> list[RetentionRule]:
    """All rules of a class, the newest first; coming ones too. Raises NotFound for no class."""
    if code not in BY_CODE:
        raise NotFound()
    return list(RetentionRule.objects.filter(data_class=code))


def require_retention(authority: Authority) -> None:
    """Raises NotFound for who may not set how long data is kept."""
    authority.require_any(Permission.PRIVACY_RETENTION)


def old_before(rule: RetentionRule, at: datetime) -> datetime | None:
    """The moment before which a row of the rule's class is old; None when nothing is thrown away."""
    if not rule.is_carried_out:
        return None
    local = cutoff(to_local(at), rule.amount, rule.unit)
    return to_utc(local) if local else None


def lone_files(before: datetime) -> QuerySet[StoredFile]:
    """Files of citizens that no scanner let through, came before a moment, and to which nothing refers."""
    rows = waiting().filter(uploaded_at__lt=before, uploaded_by__kind=User.Kind.CITIZEN)
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if relation.auto_created and relation.is_relation and not relation.concrete:
            field = relation.field  # type: ignore[union-attr]  # a relation from elsewhere has one
            points = relation.related_model._default_manager.filter(**{field.attname: OuterRef("pk")})  # type: ignore[union-attr]
            rows = rows.exclude(Exists(points))
    return rows


def old_requests(before: datetime) -> QuerySet[DataRequest]:
    """Requests answered before a moment that still say what was asked."""
    return DataRequest.objects.filter(closed_at__lt=before, blanked_at=None).exclude(state__in=OPEN)


def _old_sign_ins(before: datetime) -> int:
    return sum(
        count_up_to(old_attempts(model, before), COUNTED)
        for model in (AccessAttempt, AccessLog, AccessFailureLog)
    )


Finder = Callable[[datetime], QuerySet[Any]]
FINDERS: dict[str, Finder] = {
    "codes": old_codes,
    "sessions": old_sessions,
    "messages": old_messages,
    "quarantine": lone_files,
    "senders": old_senders,
    "shares": old_shares,
    "invitations": old_invitations,
    "requests": old_requests,
}


def due_count(code: str, before: datetime) -> int:
    """How many rows of a class are old, up to 5001."""
    return _old_sign_ins(before) if code == "sign_ins" else count_up_to(FINDERS[code](before), COUNTED)


@dataclass(frozen=True)
class ClassLine:
    """One class as the administrator sees it. `due`: how much is old now, in words; empty for what no timer touches."""

    about: DataClass
    rule: RetentionRule | None
    due: str


def class_lines(at: datetime, day: date) -> list[ClassLine]:
    """Every class with its rule and how much is due."""
    rules = rules_on(day)
    return [ClassLine(one, rules.get(one.code), _due(rules.get(one.code), at)) for one in CLASSES]


def _due(rule: RetentionRule | None, at: datetime) -> str:
    before = old_before(rule, at) if rule else None
    return count_text(due_count(rule.data_class, before), COUNTED) if rule and before else ""
