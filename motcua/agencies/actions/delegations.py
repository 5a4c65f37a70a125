"""Acts of delegation (ủy quyền): an officer lends the powers of a post for a period, by a document."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.acting import (
    holdings_of_post,
    locked,
    powers,
    record,
    require_may_give,
    required_text,
)
from motcua.agencies.models import Assignment, Delegation, PostRole
from motcua.agencies.queries import house_of, setting
from motcua.agencies.rules.periods import require_order, require_within
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import legal_date


@transaction.atomic
def delegate(
    assignment: Assignment,
    to_user: User,
    *,
    valid_from: date,
    valid_to: date,
    document: str,
    actor: User,
    at: datetime,
    roles: Collection[str] = (),
) -> Delegation:
    """Lend the powers of one's own assignment, or only some of its roles, to a colleague for a period.

    What is lent is not lent on, because only one's own assignment can be lent. An administrator with
    role.grant may enter it for an absent holder, within what they may give. Raises NotFound for somebody
    else's post; RuleViolation for a period in the past, too long (setting `delegation_max_days`) or
    outside the assignment, a missing document, oneself, roles not held, or a person without a post in the
    same agency.
    """
    today = legal_date(at)
    _require_may_delegate(assignment, actor, at)
    if to_user.pk == assignment.user_id:
        raise RuleViolation("Không thể ủy quyền cho chính người giữ vị trí.", field="to_user")
    document = required_text(document, "Nhập số, ngày của văn bản ủy quyền.", field="document")
    _require_period(assignment, valid_from, valid_to, today)
    _require_colleague(assignment, to_user, valid_from)
    wanted = _held_roles(assignment, roles)
    row = Delegation.objects.create(
        assignment=assignment,
        to_user=to_user,
        roles=wanted,
        document=document,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    facts: dict[str, Any] = {
        "delegation": row.pk,
        "assignment": assignment.pk,
        "to_user": to_user.pk,
        "roles": wanted,
    }
    period: dict[str, Any] = {"valid_from": valid_from, "valid_to": valid_to, "document": document}
    record(f"user/{assignment.user_id}", "delegation.given", actor=actor, at=at, **facts, **period)
    return row


@transaction.atomic
def revoke_delegation(row: Delegation, *, actor: User, at: datetime) -> Delegation:
    """Take lent powers back at once. Raises NotFound unless one's own or with role.grant there;
    RuleViolation if past.
    """
    assignment = Assignment.objects.select_related("post__agency").get(pk=row.assignment_id)
    if actor.pk not in (assignment.user_id, row.to_user_id):
        powers(actor, at).require(Permission.ROLE_GRANT, assignment.post.agency)
    row = locked(Delegation, row.pk)
    if row.revoked_at is not None or (row.valid_to and row.valid_to < legal_date(at)):
        raise RuleViolation("Ủy quyền này đã hết hiệu lực.")
    row.revoked_at = at
    row.save(update_fields=["revoked_at"])
    record(f"user/{assignment.user_id}", "delegation.revoked", actor=actor, at=at, delegation=row.pk)
    return row


def _require_may_delegate(assignment: Assignment, actor: User, at: datetime) -> None:
    if actor.pk == assignment.user_id:
        return
    authority = powers(actor, at)
    if not authority.can(Permission.ROLE_GRANT, assignment.post.agency):
        raise NotFound()
    require_may_give(authority, holdings_of_post(assignment.post), act="ghi nhận ủy quyền này")


def _require_period(assignment: Assignment, valid_from: date, valid_to: date, today: date) -> None:
    require_order(valid_from, valid_to)
    if valid_from < today:
        raise RuleViolation("Ủy quyền không được bắt đầu trong quá khứ.", field="valid_from")
    longest = int(setting("delegation_max_days", assignment.post.agency, today))
    if (valid_to - valid_from).days + 1 > longest:
        raise RuleViolation(f"Ủy quyền tối đa {longest} ngày. Rút ngắn thời gian ủy quyền.", field="valid_to")
    require_within(
        (valid_from, valid_to),
        (assignment.valid_from, assignment.valid_to),
        what="phân công vị trí được ủy quyền",
    )


def _require_colleague(assignment: Assignment, to_user: User, day: date) -> None:
    house = house_of(assignment.post.agency)
    held = Assignment.objects.filter(
        Assignment.in_force(day),
        user=to_user,
        user__is_active=True,
        post__agency__path__startswith=house.path,
    )
    if not held.exists():
        raise RuleViolation(
            f"{to_user} không giữ vị trí nào tại {house.name} vào ngày bắt đầu. Chọn người cùng cơ quan.",
            field="to_user",
        )


def _held_roles(assignment: Assignment, roles: Collection[str]) -> list[str]:
    held = set(PostRole.objects.filter(post=assignment.post_id).values_list("role__code", flat=True))
    if set(roles) - held or not held:
        raise RuleViolation("Chỉ được ủy quyền vai trò mà vị trí đang có.", field="roles")
    return sorted(roles)
