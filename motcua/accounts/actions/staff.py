"""Acts on accounts. They know no agencies: `agencies.actions.people` checks powers, calls them and writes
the log.

No other code calls them, sign-in itself apart.
"""

import secrets
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from motcua.accounts.models import User, search_text_of
from motcua.accounts.rules.names import username as checked_username
from motcua.audit.actions import append
from motcua.core.errors import RuleViolation
from motcua.core.text import nfc

# Without letters and digits that are mistaken for one another on paper.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def _temporary_password() -> str:
    """A random password of about 79 bits in four groups, to be shown once and changed at first sign-in."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))


@transaction.atomic
def create_user(
    *, username: str, full_name: str, actor: User, at: datetime, email: str = "", phone: str = ""
) -> tuple[User, str]:
    """Make a staff account; returns it with the temporary password. Raises RuleViolation for a bad or
    taken name.
    """
    name = checked_username(username)
    if not nfc(full_name):
        raise RuleViolation("Nhập họ và tên.", field="full_name")
    if User.objects.filter(username=name).exists():
        raise RuleViolation(f"Tên đăng nhập {name} đã có người dùng. Chọn tên khác.", field="username")
    password = _temporary_password()
    fields = {
        "full_name": nfc(full_name),
        "email": email.strip(),
        "phone": phone,
        "must_change_password": True,
    }
    return User.objects.create_user(name, password, **fields), password


@transaction.atomic
def update_user(user: User, *, full_name: str, email: str, phone: str, actor: User, at: datetime) -> User:
    """Correct a person's name and contact details. Raises RuleViolation for an empty name."""
    if not nfc(full_name):
        raise RuleViolation("Nhập họ và tên.", field="full_name")
    user.full_name, user.email, user.phone = nfc(full_name), email.strip(), phone
    user.search_text = search_text_of(user)
    user.save(update_fields=["full_name", "email", "phone", "search_text"])
    return user


@transaction.atomic
def reset_password(user: User, *, actor: User, at: datetime) -> str:
    """Give a temporary password, to be changed at the next sign-in; all the person's sessions end.
    Returns it once.
    """
    password = _temporary_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    return password


@transaction.atomic
def reset_totp(user: User, *, actor: User, at: datetime) -> int:
    """Remove the second factor and its recovery codes, e.g. of a lost phone. Returns how many there were."""
    removed: int
    removed, _ = Authenticator.objects.filter(user=user).delete()
    user.refresh_from_db(fields=["has_totp"])
    return removed


@transaction.atomic
def end_other_sessions(user: User, *, keep: str | None, address: str = "", actor: User, at: datetime) -> int:
    """Sign the person out everywhere but in the session with the key `keep`. Returns how many sessions ended."""
    others = list(UserSession.objects.filter(user=user).exclude(session_key=keep or ""))
    for session in others:
        session.end()
    if others:
        about = {"count": len(others), "ip": address}
        append(f"user/{user.pk}", "user.sessions_ended", actor=actor, at=at, data=about)
    return len(others)


@transaction.atomic
def deactivate(user: User, *, actor: User, at: datetime) -> User:
    """Close an account: it can no longer sign in, and its sessions end. Nothing that it did is removed."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    return user


@transaction.atomic
def reactivate(user: User, *, actor: User, at: datetime) -> User:
    """Open a closed account again."""
    user.is_active = True
    user.save(update_fields=["is_active"])
    return user


@transaction.atomic
def note_password_changed(user: User, *, actor: User, at: datetime) -> User:
    """The person has chosen a new password: a temporary one is no longer asked to be changed."""
    user.must_change_password, user.password_changed_at = False, at
    user.save(update_fields=["must_change_password", "password_changed_at"])
    return user


@transaction.atomic
def note_totp(user: User, has_totp: bool, *, actor: User, at: datetime) -> User:
    """Remember on the account whether it has a second factor, so that no request has to ask."""
    user.has_totp = has_totp
    user.save(update_fields=["has_totp"])
    return user


@transaction.atomic
def prefer(name: str, value: object, *, actor: User) -> User:
    """Keep how the actor likes a screen, under a name. It concerns nobody else and is not logged."""
    fresh = User.objects.select_for_update().get(pk=actor.pk)
    actor.preferences = {**fresh.preferences, name: value}
    actor.save(update_fields=["preferences"])
    return actor
