"""A request comes in, is taken on, put off, refused, answered, taken back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from motcua.accounts.models import User
from motcua.accounts.queries import citizen_at, profile_of
from motcua.accounts.rules.codes import address
from motcua.agencies.acting import required_text
from motcua.agencies.models import Agency
from motcua.agencies.queries import authority_of, setting
from motcua.agencies.rules.permissions import Permission
from motcua.audit.actions import append
from motcua.core import identity
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import legal_date, to_local, to_utc
from motcua.core.text import nfc
from motcua.files.actions import store
from motcua.notifications.actions import queue
from motcua.privacy import queries
from motcua.privacy.models import DataRequest
from motcua.privacy.rules import deadlines
from motcua.privacy.rules import requests as rules
from motcua.privacy.rules.requests import Channel, Kind, State
from motcua.workdays.queries import calendar_of


@dataclass(frozen=True)
class Asked:
    """What is asked, as a form or an officer takes it down. Who asks is given only for somebody without an account."""

    kind: str
    agency_id: int
    words: str = ""
    field: str = ""
    present_value: str = ""
    right_value: str = ""
    channel: str = Channel.ONLINE
    full_name: str = ""
    identity_number: str = ""
    phone: str = ""
    email: str = ""


@transaction.atomic
def ask(asked: Asked, *, proof: Any = None, actor: User, at: datetime) -> DataRequest:
    """Enter a request: a citizen's own, or one that an officer takes down at the counter, from a letter, by telephone.

    Raises RuleViolation for what is missing, and past the number of open requests; NotFound for an agency or without the right.
    """
    agency = queries.agencies_to_choose(legal_date(at)).filter(pk=asked.agency_id).first()
    if agency is None:
        raise NotFound("Không có cơ quan này.")
    who = _own(actor) if actor.is_citizen else _told(asked, agency, actor, at)
    made = DataRequest(
        kind=Kind(asked.kind).value, agency=agency, state=State.RECEIVED, received_at=at, received_by=actor,
        words=nfc(asked.words)[:4000], proof=store(proof, actor=actor, at=at) if proof else None,
        **who, **_correction(asked), **_dues(asked.kind, agency, at),
    )  # fmt: skip
    made.save()
    about = {
        "kind": made.kind,
        "channel": made.channel,
        "agency": agency.pk,
        "due": made.due_at.isoformat(),
        "user": made.user_id,
    }
    append(made.chain, "privacy.received", actor=actor, at=at, data=about, first=True)
    tell(made, "privacy_received", actor=actor, at=at)
    return made


def _own(actor: User) -> dict[str, Any]:
    if DataRequest.objects.filter(user=actor, state__in=rules.OPEN).count() >= rules.MOST_OPEN:
        raise RuleViolation(
            f"Bạn đang có {rules.MOST_OPEN} yêu cầu chưa xong. Chờ trả lời, hoặc rút bớt yêu cầu rồi gửi lại."
        )
    return {"user": actor, "channel": Channel.ONLINE}


def _told(asked: Asked, agency: Agency, actor: User, at: datetime) -> dict[str, Any]:
    """Who asks, as an officer took it down. An account with the same phone number or mailbox is NOT taken for theirs."""
    authority_of(actor, legal_date(at)).require(Permission.PRIVACY_RECEIVE, agency)
    if asked.channel not in rules.BY_STAFF:
        raise RuleViolation("Chọn cách người dân gửi yêu cầu.", field="channel")
    number = identity.identity_number(asked.identity_number) if asked.identity_number.strip() else ""
    return {
        "user": None,
        "channel": asked.channel,
        "full_name": required_text(asked.full_name, "Ghi họ và tên người yêu cầu.", field="full_name")[:120],
        "identity_number": number[:12],
        "phone": address(asked.phone).phone if asked.phone.strip() else "",
        "email": nfc(asked.email)[:254],
    }


def _correction(asked: Asked) -> dict[str, str]:
    if asked.kind != Kind.CORRECT:
        return {}
    if asked.field not in rules.FIELDS:
        raise RuleViolation("Chọn dữ liệu cần sửa.", field="field")
    right = required_text(asked.right_value, "Ghi giá trị đúng.", field="right_value")
    return {"field": asked.field, "present_value": nfc(asked.present_value)[:300], "right_value": right[:300]}


def _dues(kind: str, agency: Agency, at: datetime) -> dict[str, Any]:
    """Both due dates on the agency's working calendar, by the settings in force on the day."""
    day, calendar, start = legal_date(at), calendar_of(agency), to_local(at)
    days = {
        Kind.SEE: setting("privacy_see_days", agency, day),
        Kind.CORRECT: setting("privacy_correct_days", agency, day),
        Kind.DELETE: setting("privacy_delete_days", agency, day),
    }[Kind(kind)]
    first = int(setting("privacy_acknowledge_days", agency, day))
    return {
        "limit_days": int(days),
        "due_at": to_utc(deadlines.due(start, int(days), calendar)),
        "acknowledge_due_at": to_utc(deadlines.due(start, first, calendar)),
    }


def tell(found: DataRequest, kind: str, *, actor: User | None, at: datetime) -> None:
    """Queue a message for who asked: to the account's proven addresses, else to those that were given. Part of an act."""
    profile = profile_of(found.user) if found.user else None
    phone, email = (profile.phone, profile.email) if profile else (found.phone, found.email)
    path = f"/du-lieu-cua-toi/yeu-cau/{found.pk}/" if found.user_id else "/tro-giup/"
    context = {
        "code": found.code,
        "link": settings.PUBLIC_URL + path,
        "due": f"{to_local(found.due_at):%d/%m/%Y}",
        "office": found.agency.name,
    }
    queue(
        kind, reference=found.chain, context=context, phone=phone, email=email, user=found.user, agency=found.agency,
        actor=actor, at=at,
    )  # fmt: skip


def locked(request_id: int, act: str, *, actor: User, at: datetime) -> DataRequest:
    """The locked row for an act of an officer who may decide it. Raises NotFound, RuleViolation when the act is over."""
    found = queries.access_request(actor, request_id, at=at, to_handle=True, lock=True)
    rules.require(act, found.state)
    return found


@transaction.atomic
def accept(
    request_id: int, *, identity: str, account_phone: str = "", actor: User, at: datetime
) -> DataRequest:
    """Take a request on after making sure who asks. `account_phone`: for a request taken down for somebody without an account
    whose card bears the proven number of an account with this phone: from then on it is about that account.

    Raises RuleViolation when nothing proves who asks.
    """
    found = locked(request_id, "accept", actor=actor, at=at)
    proven = queries.proven_profile(found) is not None
    found.identity = rules.checked_identity(identity, proven_account=proven)
    if account_phone.strip() and found.user_id is None:
        found.user = _account_of(found, account_phone)
    found.state, found.accepted_at, found.handler = State.ACCEPTED, at, actor
    found.save(update_fields=["state", "accepted_at", "handler", "identity", "user"])
    about = {"identity": found.identity, "user": found.user_id}
    append(found.chain, "privacy.accepted", actor=actor, at=at, data=about)
    return found


def _account_of(found: DataRequest, phone: str) -> User:
    """The account with a phone number and the same proven identity number as the card that was shown."""
    user = citizen_at(address(phone))
    profile = profile_of(user) if user else None
    same = profile and profile.is_proven and profile.identity_number == found.identity_number
    if user is None or not same or not found.identity_number:
        raise RuleViolation(
            "Không có tài khoản nào vừa mang số điện thoại này vừa đã xác minh đúng số định danh của người yêu cầu.",
            field="account_phone",
        )
    return user


@transaction.atomic
def extend(request_id: int, *, days: int, reason: str, actor: User, at: datetime) -> DataRequest:
    """Put the due date off, once, with a reason that the person reads. Raises RuleViolation when too long, late, or again."""
    found = locked(request_id, "extend", actor=actor, at=at)
    why = required_text(reason, "Ghi lý do gia hạn.", field="reason")
    if found.extended_days:
        raise RuleViolation("Đã gia hạn một lần.")
    most = int(setting("privacy_extension_days", found.agency, legal_date(at)))
    calendar = calendar_of(found.agency)
    deadlines.require_extension(days, most, to_local(at), to_local(found.due_at), calendar)
    found.extended_days = days
    due = queries.derivation_of(found).due_at
    found.due_at = to_utc(due) if due else found.due_at
    found.answer = why[:2000]
    found.save(update_fields=["extended_days", "due_at", "answer"])
    about = {"days": days, "due": found.due_at.isoformat()}
    append(found.chain, "privacy.extended", actor=actor, at=at, data=about)
    return found


@transaction.atomic
def refuse(request_id: int, *, reason: str, law: str, actor: User, at: datetime) -> DataRequest:
    """Refuse a request, with the reason and the law that the person reads. Raises RuleViolation without either."""
    found = locked(request_id, "refuse", actor=actor, at=at)
    why = required_text(reason, "Ghi lý do từ chối.", field="reason")
    basis = required_text(law, "Ghi căn cứ pháp luật của việc từ chối.", field="law")
    return close(found, State.REFUSED, "privacy.refused", why, basis, actor=actor, at=at)


@transaction.atomic
def answer(
    request_id: int, *, answer: str, partly: bool = False, law: str = "", actor: User, at: datetime
) -> DataRequest:
    """Answer and end a request; `partly`: something that was asked stays, with the law that keeps it. Raises RuleViolation."""
    found = locked(request_id, "answer", actor=actor, at=at)
    said = required_text(answer, "Ghi trả lời cho người yêu cầu.", field="answer")
    if partly:
        law = required_text(law, "Ghi căn cứ pháp luật của phần không làm được.", field="law")
    state = State.PARTLY if partly else State.DONE
    return close(found, state, "privacy.answered", said, law, actor=actor, at=at)


def close(
    found: DataRequest,
    state: State,
    kind: str,
    said: str,
    law: str,
    *,
    actor: User,
    at: datetime,
    **about: Any,
) -> DataRequest:
    """End a request: row, log, message. Part of the act that calls it."""
    found.state, found.answer, found.law, found.closed_at = state, nfc(said)[:4000], nfc(law)[:300], at
    found.handler = actor if actor.is_staff_member else found.handler
    found.save(update_fields=["state", "answer", "law", "closed_at", "handler", "done"])
    append(found.chain, kind, actor=actor, at=at, data={"state": state.value, "law": found.law, **about})
    tell(found, "privacy_answered", actor=actor, at=at)
    return found


@transaction.atomic
def take_back(request_id: int, *, actor: User, at: datetime) -> DataRequest:
    """A citizen takes an own request back while it is open. Raises NotFound for another's, RuleViolation when it is over."""
    found = queries.access_own(actor, request_id, lock=True)
    rules.require("withdraw", found.state)
    found.state, found.closed_at = State.WITHDRAWN, at
    found.save(update_fields=["state", "closed_at"])
    append(found.chain, "privacy.taken_back", actor=actor, at=at)
    return found


@transaction.atomic
def note_download(*, actor: User, at: datetime) -> None:
    """Write into the log that a citizen took a copy of all data about them."""
    append(f"user/{actor.pk}", "privacy.downloaded", actor=actor, at=at)
