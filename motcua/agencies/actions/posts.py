"""Acts on posts: create, end, hang roles on them, put people into them."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from motcua.accounts.models import User
from motcua.agencies.acting import (
    holding_of,
    holdings_of_post,
    locked,
    powers,
    record,
    require_may_give,
    required_text,
)
from motcua.agencies.actions._succession import cut_delegations
from motcua.agencies.models import Agency, Assignment, Post, PostRole, Role
from motcua.agencies.queries import forget
from motcua.agencies.rules.periods import earlier, overlap, require_order, require_within
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import RuleViolation
from motcua.core.text import nfc


@transaction.atomic
def create_post(*, agency: Agency, title: str, valid_from: date, actor: User, at: datetime) -> Post:
    """Create a position in an agency from a date. Raises NotFound without agency.edit there,
    RuleViolation.
    """
    powers(actor, at).require(Permission.AGENCY_EDIT, agency)
    require_within((valid_from, agency.valid_to), (agency.valid_from, agency.valid_to), what=agency.name)
    title = required_text(title, "Nhập chức danh của vị trí.", field="title")
    post = Post.objects.create(agency=agency, title=title, valid_from=valid_from, valid_to=agency.valid_to)
    facts: dict[str, Any] = {"post": post.pk, "title": title, "valid_from": valid_from}
    record(f"agency/{agency.pk}", "post.created", actor=actor, at=at, **facts)
    return post


@transaction.atomic
def end_post(post: Post, *, last_day: date, actor: User, at: datetime) -> Post:
    """End a position, and with it who holds it, on its last day. Raises NotFound without agency.edit,
    RuleViolation.
    """
    powers(actor, at).require(Permission.AGENCY_EDIT, post.agency)
    post = locked(Post, post.pk)
    require_order(post.valid_from, last_day)
    held = Assignment.objects.filter(Q(valid_to=None) | Q(valid_to__gt=last_day), post=post)
    cut_delegations(list(held), last_day, at)
    held.update(valid_to=last_day)
    post.valid_to = last_day
    post.save(update_fields=["valid_to"])
    record(f"agency/{post.agency_id}", "post.ended", actor=actor, at=at, post=post.pk, last_day=last_day)
    return post


@transaction.atomic
def grant_role(
    post: Post, role: Role, *, actor: User, at: datetime, scope: Agency | None = None, subtree: bool = False
) -> PostRole:
    """Hang a role on a post, in `scope` (the post's agency when None) or in its whole subtree.

    Raises NotFound without role.grant in the post's agency and in the scope; RuleViolation when the role
    holds more than the actor may give there, or when the actor holds the post.
    """
    scope = scope or post.agency
    authority = powers(actor, at)
    authority.require(Permission.ROLE_GRANT, post.agency)
    authority.require(Permission.ROLE_GRANT, scope)
    _require_not_own_post(post, actor)
    require_may_give(authority, [holding_of(role, scope, subtree)], act=f"giao vai trò {role.name}")
    locked(Post, post.pk)
    row, created = PostRole.objects.get_or_create(
        post=post, role=role, scope=scope, defaults={"subtree": subtree}
    )
    if not created and row.subtree == subtree:
        raise RuleViolation(f"Vị trí này đã có vai trò {role.name} tại {scope.name}.")
    row.subtree = subtree
    row.save(update_fields=["subtree"])
    facts: dict[str, Any] = {"post": post.pk, "role": role.code, "scope": scope.pk, "subtree": subtree}
    record(f"agency/{post.agency_id}", "role.granted", actor=actor, at=at, **facts)
    return row


@transaction.atomic
def revoke_role(row: PostRole, *, actor: User, at: datetime) -> None:
    """Take a role off a post. Raises NotFound without role.grant in the post's agency."""
    post = row.post
    powers(actor, at).require(Permission.ROLE_GRANT, post.agency)
    facts: dict[str, Any] = {
        "post": post.pk,
        "role": row.role.code,
        "scope": row.scope_id,
        "subtree": row.subtree,
    }
    row.delete()
    record(f"agency/{post.agency_id}", "role.revoked", actor=actor, at=at, **facts)


@transaction.atomic
def assign(
    user: User,
    post: Post,
    *,
    valid_from: date,
    actor: User,
    at: datetime,
    valid_to: date | None = None,
    is_main: bool = True,
    document: str = "",
) -> Assignment:
    """Put a person into a post for a time. A new main post makes the earlier main ones secondary.

    Raises NotFound without people.edit in the post's agency; RuleViolation for oneself, for a post that
    gives more than the actor may give, outside the post's time, or when the person holds it already.
    """
    authority = powers(actor, at)
    authority.require(Permission.PEOPLE_EDIT, post.agency)
    _require_assignable(user, actor)
    require_may_give(authority, holdings_of_post(post), act=f"phân công vị trí {post.title}")
    require_order(valid_from, valid_to)
    until = earlier(valid_to, post.valid_to)
    require_within((valid_from, until), (post.valid_from, post.valid_to), what=f"vị trí {post.title}")
    locked(User, user.pk)
    for held in Assignment.objects.filter(user=user, post=post):
        if overlap((valid_from, until), (held.valid_from, held.valid_to)):
            raise RuleViolation(f"{user} đã giữ vị trí này từ {held.valid_from:%d-%m-%Y}.")
    if is_main:
        Assignment.objects.filter(user=user, is_main=True).update(is_main=False)
    row = Assignment.objects.create(
        user=user, post=post, valid_from=valid_from, valid_to=until, is_main=is_main, document=nfc(document)
    )
    facts: dict[str, Any] = {"assignment": row.pk, "post": post.pk, "agency": post.agency_id, "main": is_main}
    period: dict[str, Any] = {"valid_from": valid_from, "valid_to": until, "document": document}
    record(f"user/{user.pk}", "assignment.began", actor=actor, at=at, **facts, **period)
    return row


@transaction.atomic
def end_assignment(
    row: Assignment, *, last_day: date, actor: User, at: datetime, document: str = ""
) -> Assignment:
    """End an assignment, and what was lent from it, on its last day. Raises NotFound without people.edit
    there.
    """
    powers(actor, at).require(Permission.PEOPLE_EDIT, row.post.agency)
    row = locked(Assignment, row.pk)
    require_order(row.valid_from, last_day)
    cut_delegations([row], last_day, at)
    row.valid_to = last_day
    row.save(update_fields=["valid_to"])
    facts: dict[str, Any] = {"assignment": row.pk, "last_day": last_day, "document": document}
    record(f"user/{row.user_id}", "assignment.ended", actor=actor, at=at, **facts)
    forget()
    return row


def _require_not_own_post(post: Post, actor: User) -> None:
    """Raise RuleViolation when the actor holds the post: nobody widens their own powers."""
    if Assignment.objects.filter(post=post, user=actor).exists():
        raise RuleViolation(
            "Bạn đang giữ vị trí này nên không được tự gắn vai trò cho nó. Nhờ quản trị khác thực hiện."
        )


def _require_assignable(user: User, actor: User) -> None:
    if user.pk == actor.pk:
        raise RuleViolation("Không thể tự phân công vị trí cho mình. Nhờ quản trị khác thực hiện.")
    if not user.is_active or user.kind != User.Kind.STAFF:
        raise RuleViolation("Chỉ phân công vị trí cho tài khoản cán bộ đang hoạt động.", field="user")
