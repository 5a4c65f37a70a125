"""What follows sign-in, sign-out and their failures: the log, and notes on the account."""

from typing import Any

from allauth.account.signals import password_changed, user_logged_in, user_logged_out
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_login_failed
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest

from motcua.accounts import actions
from motcua.accounts.models import User
from motcua.audit.actions import append
from motcua.audit.models import Event
from motcua.core.errors import RuleViolation
from motcua.core.moments import now

TRIES = 3


def _log(user: User, kind: str, request: HttpRequest | None, **data: Any) -> None:
    """Append to the person's chain; two sign-ins at one moment contend for it, so try again a few times."""
    address = request.META.get("REMOTE_ADDR", "") if request else ""
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                append(f"user/{user.pk}", kind, actor=user, at=now(), data={"ip": address, **data})
            return
        except RuleViolation:
            if not left:
                raise


def last_kind(chain: str) -> str | None:
    """What the last event of a chain tells of."""
    return Event.objects.filter(chain=chain).order_by("-seq").values_list("kind", flat=True).first()


def _named(name: object) -> User | None:
    return User.objects.filter(username=str(name or "").strip().lower()[:60]).first()


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    _log(user, "user.signed_in", request, second_factor=user.has_totp)


@receiver(user_logged_out)
def signed_out(request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    if isinstance(user, User):
        _log(user, "user.signed_out", request)


@receiver(user_login_failed)
def sign_in_failed(credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any) -> None:
    user = _named(credentials.get("username"))
    # Once locked out, further tries change nothing and must not be able to swell the log.
    if user and not getattr(request, "axes_locked_out", False):
        _log(user, "user.sign_in_failed", request)


@receiver(user_locked_out)
def locked_out(request: HttpRequest, username: str, **kwargs: Any) -> None:
    user = _named(username)
    # Axes tells of every try while the lock lasts; one line in the log is enough.
    if user and last_kind(f"user/{user.pk}") != "user.locked_out":
        _log(user, "user.locked_out", request)


@receiver(authentication_failed)
def code_failed(request: HttpRequest, user: User, **kwargs: Any) -> None:
    _log(user, "user.code_failed", request)


@receiver(password_changed)
def changed_password(request: HttpRequest, user: User, **kwargs: Any) -> None:
    actions.note_password_changed(user, actor=user, at=now())
    _log(user, "user.password_changed", request)


@receiver(authenticator_added)
def factor_added(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    _log(user, "user.factor_added", request, type=str(authenticator.type))


@receiver(authenticator_removed)
def factor_removed(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    _log(user, "user.factor_removed", request, type=str(authenticator.type))


@receiver(post_save, sender=Authenticator)
def factor_saved(instance: Authenticator, created: bool, **kwargs: Any) -> None:
    """In the same transaction as the factor itself, so that the note on the account cannot fall behind."""
    if created and instance.type == Authenticator.Type.TOTP:
        actions.note_totp(instance.user, True, actor=instance.user, at=now())


@receiver(post_delete, sender=Authenticator)
def factor_deleted(instance: Authenticator, **kwargs: Any) -> None:
    if instance.type == Authenticator.Type.TOTP:
        actions.note_totp(instance.user, False, actor=instance.user, at=now())
