"""What an officer does on a request: correct the account, delete, hand out a copy. Each in one transaction, with its log."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction

from motcua.accounts import actions as accounts
from motcua.accounts.models import User
from motcua.audit.actions import append, record_view
from motcua.core.errors import RuleViolation
from motcua.filing.actions import forget_drafts_of
from motcua.holdings.actions import forget_shares_of
from motcua.notifications import actions as notifications
from motcua.notifications import queries as outbox
from motcua.notifications.rules.events import PURPOSES
from motcua.privacy import queries
from motcua.privacy.actions.requests import close, locked
from motcua.privacy.models import DataRequest
from motcua.privacy.queries import Section, Subject
from motcua.privacy.rules.erasure import KEPT, PARTS, checked_parts
from motcua.privacy.rules.requests import ACCOUNT_FIELDS, State


@transaction.atomic
def correct(request_id: int, *, value: str, answer: str = "", actor: User, at: datetime) -> DataRequest:
    """Write the right value into the account and end the request. The log names the field, never a value.

    Raises RuleViolation for a request without an account, a field that is kept elsewhere, a value that cannot be.
    """
    found = locked(request_id, "correct", actor=actor, at=at)
    if found.user is None or found.field not in ACCOUNT_FIELDS:
        raise RuleViolation(
            "Dữ liệu này không nằm trong tài khoản: sửa ở nơi giữ nó, rồi chọn “Trả lời, kết thúc”."
        )
    accounts.correct_by_papers(found.user, found.field, value or found.right_value, actor=actor, at=at)
    found.done = {found.field: 1}
    append(found.chain, "privacy.corrected", actor=actor, at=at, data={"field": found.field})
    said = answer or f"Đã sửa {ACCOUNT_FIELDS[found.field].lower()} trong tài khoản."
    return close(found, State.DONE, "privacy.answered", said, "", actor=actor, at=at)


@transaction.atomic
def erase(
    request_id: int, *, parts: Sequence[str], answer: str = "", actor: User, at: datetime
) -> DataRequest:
    """Delete what may be deleted and was asked for, and end the request: done when nothing stays, else partly with the law of
    what stays. All or nothing; the log keeps which classes and how many, no value. The answer is queued before addresses go.

    Raises RuleViolation for nothing chosen, and for an account whose dossiers are under way.
    """
    found = locked(request_id, "erase", actor=actor, at=at)
    if found.user is None:
        raise RuleViolation("Yêu cầu này không gắn với tài khoản nào: không có dữ liệu xóa được ở đây.")
    user, subject = found.user, queries.subject_of(found.user, at)
    plan = queries.plan_of(user, subject)
    chosen = checked_parts(parts, plan)
    stays = [one for one, count in plan.stays if count]
    said = _said(chosen, [one.label for one in stays], answer)
    law = "; ".join(dict.fromkeys(one.law for one in stays))
    state = State.PARTLY if any(one.code in _OF_MATTERS for one in stays) else State.DONE
    append(found.chain, "privacy.erased", actor=actor, at=at, data={"parts": chosen})
    close(found, state, "privacy.answered", said, law if state == State.PARTLY else "", actor=actor, at=at)
    done = {code: _ERASERS[code](user, subject, found, actor, at) for code in chosen}
    return _forget_who(found, done, whole="account" in chosen)


# The consent log and the log of acts stay for everybody: they do not make an erasure a partial one.
_OF_MATTERS = frozenset(one.code for one in KEPT) - {"consents_log", "log"}


def _said(chosen: Sequence[str], stays: Sequence[str], more: str) -> str:
    lines = [f"Đã xóa: {'; '.join(PARTS[code].lower() for code in chosen)}."]
    if stays:
        lines.append(f"Còn giữ theo luật: {'; '.join(label.lower() for label in stays)}.")
    return "\n".join([*lines, more]).strip()


def _forget_who(found: DataRequest, done: dict[str, int], *, whole: bool) -> DataRequest:
    """What was done, as counts; with the account the request forgets who asked as well."""
    found.done = done
    blank = {
        "full_name": "",
        "identity_number": "",
        "phone": "",
        "email": "",
        "present_value": "",
        "right_value": "",
    }
    for name, value in (blank if whole else {}).items():
        setattr(found, name, value)
    found.save(update_fields=["done", *blank])
    return found


def _drafts(user: User, subject: Subject, found: DataRequest, actor: User, at: datetime) -> int:
    return forget_drafts_of(user, reason="người dân yêu cầu xóa", actor=actor, at=at)


def _consents(user: User, subject: Subject, found: DataRequest, actor: User, at: datetime) -> int:
    """Withdraw every optional consent of the proven addresses."""
    profile = subject.profile
    given = {"phone": profile.phone, "email": profile.email} if profile else {}
    contacts = [outbox.contact_of(medium, address) for medium, address in given.items() if address]
    known = [contact for contact in contacts if contact.pk]
    for contact in known:
        nothing = dict.fromkeys(PURPOSES, False)
        notifications.choose(contact, agreed=nothing, source="request", actor=actor, at=at)
    return len(known)


def _messages(user: User, subject: Subject, found: DataRequest, actor: User, at: datetime) -> int:
    return notifications.blank_messages_to(subject.addresses, actor=actor, at=at)


def _shares(user: User, subject: Subject, found: DataRequest, actor: User, at: datetime) -> int:
    return forget_shares_of(user, actor=actor, at=at)


def _account(user: User, subject: Subject, found: DataRequest, actor: User, at: datetime) -> int:
    accounts.erase_citizen(user, reference=found.chain, actor=actor, at=at)
    return 1


_ERASERS: dict[str, Callable[[User, Subject, DataRequest, User, datetime], int]] = {
    "drafts": _drafts,
    "consents": _consents,
    "messages": _messages,
    "shares": _shares,
    "account": _account,
}


@transaction.atomic
def take_copy(request_id: int, *, ip: str = "", actor: User, at: datetime) -> list[Section]:
    """Everything held about who asked, for a copy that is handed over; the look is logged. Raises RuleViolation before the
    person was identified.
    """
    found = locked(request_id, "copy", actor=actor, at=at)
    record_view(actor, found.chain, ["copy"], at=at, ip=ip)
    append(found.chain, "privacy.copied", actor=actor, at=at)
    return queries.sections_of(queries.subject_of_request(found, at))


@transaction.atomic
def reveal(request_id: int, *, ip: str = "", actor: User, at: datetime) -> DataRequest:
    """Who asks and which values, in full, for who decides; the look is logged. Raises NotFound."""
    found = queries.access_request(actor, request_id, at=at, to_handle=True)
    record_view(actor, found.chain, ["name", "identity_number", "phone", "email", "values"], at=at, ip=ip)
    return found
