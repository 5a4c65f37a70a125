"""One person lets another act for them, and takes it back."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from motcua.accounts.models import Authorisation, User
from motcua.accounts.queries import citizen_at, profile_of
from motcua.accounts.rules.codes import Address
from motcua.audit.actions import append
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import legal_date
from motcua.core.text import nfc

LONGEST_DAYS = 3 * 366


@dataclass(frozen=True)
class Terms:
    """What an authorisation is for; both dates included. An empty scope is every procedure."""

    valid_from: date
    valid_to: date | None
    scope: str = ""
    document: str = ""


@transaction.atomic
def authorise(agent: Address, agent_number: str, terms: Terms, *, actor: User, at: datetime) -> Authorisation:
    """Let somebody act for the actor. The agent is named by phone or mailbox and by the number of their document, both of which must
    belong to one account with a proven identity: a slip of one digit names nobody. Without an end in the terms it ends
    after a year (Bộ luật Dân sự 2015, Điều 563).

    Raises RuleViolation, in the same words whether the address or the number does not fit.
    """
    _check(terms, legal_date(at))
    _is_proven(actor)
    found = citizen_at(agent)
    profile = profile_of(found) if found and found.is_active else None
    if found is None or profile is None or not profile.is_proven or profile.identity_number != agent_number:
        raise RuleViolation(
            "Không có tài khoản đã xác minh nào khớp địa chỉ và số giấy tờ này. Người được ủy quyền cần đăng nhập và xác "
            "minh số định danh hoặc hộ chiếu trước.",
            field="address",
        )
    if found.pk == actor.pk:
        raise RuleViolation("Không cần ủy quyền cho chính mình.", field="address")
    return _write(found, terms, actor, at)


def _check(terms: Terms, today: date) -> None:
    if terms.valid_from < today:
        raise RuleViolation("Ủy quyền bắt đầu từ hôm nay hoặc sau đó.", field="valid_from")
    last = terms.valid_to or terms.valid_from
    if last < terms.valid_from:
        raise RuleViolation("Ngày cuối phải sau ngày đầu.", field="valid_to")
    if (last - terms.valid_from).days > LONGEST_DAYS:
        raise RuleViolation("Ủy quyền dài nhất 3 năm.", field="valid_to")


def _is_proven(actor: User) -> None:
    profile = profile_of(actor)
    if profile is None or not profile.is_proven:
        raise RuleViolation(
            "Xác minh danh tính của bạn trước khi ủy quyền: đăng nhập bằng định danh điện tử, hoặc mang căn cước, hộ chiếu "
            "đến bộ phận một cửa."
        )


def _write(agent: User, terms: Terms, actor: User, at: datetime) -> Authorisation:
    row = Authorisation.objects.create(
        principal=actor,
        agent=agent,
        scope=terms.scope,
        document=nfc(terms.document)[:200],
        valid_from=terms.valid_from,
        valid_to=terms.valid_to or _year_after(terms.valid_from),
        recorded_by=actor,
        recorded_at=at,
    )
    data = {"authorisation": row.pk, "scope": terms.scope, "until": f"{row.valid_to}"}
    append(f"user/{actor.pk}", "user.authorised", actor=actor, at=at, data=data)
    return row


def _year_after(day: date) -> date:
    """The same day a year later; 28 February for the 29th."""
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


@transaction.atomic
def revoke_authorisation(authorisation_id: int, *, actor: User, at: datetime) -> Authorisation:
    """End an authorisation at once: the principal takes it back, or the agent gives it up. Raises NotFound for others' rows."""
    row = Authorisation.objects.select_for_update().filter(pk=authorisation_id, revoked_at=None).first()
    if row is None or actor.pk not in (row.principal_id, row.agent_id):
        raise NotFound()
    row.revoked_at = at
    row.save(update_fields=["revoked_at"])
    data = {"authorisation": row.pk}
    append(f"user/{row.principal_id}", "user.authorisation_revoked", actor=actor, at=at, data=data)
    return row
