"""Acts on people's accounts, within what the administrator may give: nobody takes over a stronger account."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from motcua.accounts import actions as accounts
from motcua.accounts.models import User
from motcua.agencies.acting import locked, powers, record, require_may_give
from motcua.agencies.actions.posts import assign, end_assignment
from motcua.agencies.models import Agency, Assignment, Post
from motcua.agencies.queries import authority_of
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.identity import phone as checked_phone
from motcua.core.moments import legal_date


@transaction.atomic
def create_officer(
    *,
    username: str,
    full_name: str,
    post: Post,
    valid_from: date,
    actor: User,
    at: datetime,
    email: str = "",
    phone: str = "",
    document: str = "",
) -> tuple[User, str]:
    """Make an account and put its person into a post; returns the temporary password, to be shown once.

    Raises NotFound without people.edit in the post's agency; RuleViolation as `assign` and `accounts` do.
    """
    powers(actor, at).require(Permission.PEOPLE_EDIT, post.agency)
    user, password = accounts.create_user(
        username=username, full_name=full_name, email=email, phone=_phone(phone), actor=actor, at=at
    )
    facts: dict[str, Any] = {"username": user.username, "agency": post.agency_id}
    record(f"user/{user.pk}", "user.created", actor=actor, at=at, first=True, **facts)
    assign(user, post, valid_from=valid_from, document=document, actor=actor, at=at)
    return user, password


@transaction.atomic
def update_officer(
    user: User, *, full_name: str, actor: User, at: datetime, email: str = "", phone: str = ""
) -> User:
    """Correct a person's name and contact details. Raises NotFound without people.edit where the person
    works.
    """
    _require_over(user, actor, at)
    user = locked(User, user.pk)
    accounts.update_user(user, full_name=full_name, email=email, phone=_phone(phone), actor=actor, at=at)
    return _recorded(user, "user.updated", actor, at)


@transaction.atomic
def reset_password(user: User, *, actor: User, at: datetime) -> str:
    """Give a temporary password and return it once; sessions end.

    Raises NotFound without people.edit where the person works, RuleViolation when the person holds more
    than the actor may give: signing in as a stronger person would be escalation.
    """
    _require_over(user, actor, at, weaker=True)
    user = locked(User, user.pk)
    password = accounts.reset_password(user, actor=actor, at=at)
    _recorded(user, "user.password_reset", actor, at)
    return password


@transaction.atomic
def reset_totp(user: User, *, actor: User, at: datetime) -> User:
    """Remove a lost second factor; the person sets up a new one at the next sign-in. Raises as
    `reset_password`.
    """
    _require_over(user, actor, at, weaker=True)
    user = locked(User, user.pk)
    accounts.reset_totp(user, actor=actor, at=at)
    return _recorded(user, "user.totp_reset", actor, at)


@transaction.atomic
def deactivate(user: User, *, actor: User, at: datetime, document: str = "", end_posts: bool = True) -> User:
    """Close an account, and end its posts today unless told not to. Raises NotFound, RuleViolation as
    `reset_password`.

    Nobody closes their own account.
    """
    _require_over(user, actor, at, weaker=True)
    user = locked(User, user.pk)
    if not user.is_active:
        raise RuleViolation("Tài khoản này đã bị khóa trước đó.")
    today = legal_date(at)
    if end_posts:
        for row in Assignment.objects.filter(Assignment.in_force(today), user=user).select_related(
            "post__agency"
        ):
            end_assignment(row, last_day=today, document=document, actor=actor, at=at)
    accounts.deactivate(user, actor=actor, at=at)
    return _recorded(user, "user.deactivated", actor, at, document=document)


@transaction.atomic
def reactivate(user: User, *, actor: User, at: datetime) -> User:
    """Open a closed account again; posts that ended stay ended. Raises NotFound, RuleViolation as
    `reset_password`.
    """
    _require_over(user, actor, at)
    user = locked(User, user.pk)
    if user.is_active:
        raise RuleViolation("Tài khoản này đang hoạt động.")
    accounts.reactivate(user, actor=actor, at=at)
    _require_over(user, actor, at, weaker=True)
    return _recorded(user, "user.reactivated", actor, at)


def _require_over(user: User, actor: User, at: datetime, *, weaker: bool = False) -> None:
    """The actor administers every agency where the person works (or last worked), and may give all that
    they hold.
    """
    if user.kind != User.Kind.STAFF:
        raise NotFound()
    if user.pk == actor.pk:
        raise RuleViolation("Không thực hiện việc này với chính tài khoản của mình. Nhờ quản trị khác.")
    authority = powers(actor, at)
    for agency in _workplaces(user, legal_date(at)):
        authority.require(Permission.PEOPLE_EDIT, agency)
    if weaker:
        held = authority_of(user, legal_date(at)).holdings
        require_may_give(authority, held, act="quản lý tài khoản này")


def _workplaces(user: User, day: date) -> list[Agency]:
    rows = list(
        Assignment.objects.filter(user=user).select_related("post__agency").order_by("valid_from", "id")
    )
    now = [row for row in rows if row.valid_to is None or row.valid_to >= day]
    chosen = now or rows[-1:]
    if not chosen:
        raise NotFound()
    return [row.post.agency for row in chosen]


def _phone(text: str) -> str:
    return checked_phone(text) if text.strip() else ""


def _recorded(user: User, kind: str, actor: User, at: datetime, /, **data: Any) -> User:
    record(f"user/{user.pk}", kind, actor=actor, at=at, **data)
    return user
