"""National sign-on: the link of an account there with one here, by an explicit step; and the sources themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from motcua.accounts.actions.citizens import prove_identity, sign_up
from motcua.accounts.models import IdentityLink, IdentityProvider, User
from motcua.accounts.queries import access_identity_provider, linked_user, proven_holder
from motcua.accounts.rules.national import Person, mapping_problem
from motcua.audit.actions import append
from motcua.core import outbound
from motcua.core.errors import RuleViolation


@transaction.atomic
def link_identity(
    provider: IdentityProvider, person: Person, user: User, *, actor: User, at: datetime
) -> IdentityLink:
    """Link an account to somebody who has just signed in at a provider, because they asked for it.

    Either the actor is signed in here as that account, or the account's own proven identity number is the one that the
    provider vouches for. E-mail plays no part. Raises RuleViolation when neither holds, or either side is linked already.
    """
    holder = proven_holder(person.identity_number) if person.is_proven else None
    if actor.pk != user.pk or not user.is_citizen or (holder is not None and holder.pk != user.pk):
        raise RuleViolation("Không liên kết được với tài khoản này. Đăng nhập tài khoản đó trước.")
    if person.is_proven:
        _prove(provider, person, user, at)
    try:
        with transaction.atomic():
            row = IdentityLink.objects.create(
                provider=provider, subject=person.subject, user=user, linked_at=at
            )
    except IntegrityError as error:
        raise RuleViolation("Tài khoản đã được liên kết với một người khác ở nguồn này.") from error
    append(f"user/{user.pk}", "user.identity_linked", actor=user, at=at, data={"by": provider.code})
    return row


@transaction.atomic
def link_by_number(provider: IdentityProvider, person: Person, *, actor: User | None, at: datetime) -> User:
    """The account whose proven identity number the provider vouches for, linked because the person agreed to it.

    Raises RuleViolation when there is none.
    """
    user = proven_holder(person.identity_number) if person.is_proven else None
    if user is None or not user.is_active:
        raise RuleViolation("Không có tài khoản nào đã xác minh số định danh này.")
    link_identity(provider, person, user, actor=user, at=at)
    return user


@transaction.atomic
def sign_up_national(
    provider: IdentityProvider, person: Person, *, language: str, ip: str, actor: User | None, at: datetime
) -> User:
    """Make an account for somebody new who came by a provider. Raises RuleViolation when they are not new."""
    if linked_user(provider, person.subject) or (person.is_proven and proven_holder(person.identity_number)):
        raise RuleViolation("Bạn đã có tài khoản. Chọn liên kết với tài khoản đó.")
    user = sign_up(person.full_name, None, language=language, ip=ip, actor=actor, at=at)
    link_identity(provider, person, user, actor=user, at=at)
    return user


@transaction.atomic
def refresh_identity(
    provider: IdentityProvider, person: Person, user: User, *, actor: User, at: datetime
) -> None:
    """What a provider vouches for now, of an account that is linked: a higher level counts, a lower one takes nothing away."""
    if person.is_proven:
        _prove(provider, person, user, at)


def _prove(provider: IdentityProvider, person: Person, user: User, at: datetime) -> None:
    prove_identity(
        user,
        person.identity_number,
        person.level,
        full_name=person.full_name,
        birth_date=person.birth_date,
        gender=person.gender,
        by=provider.code,
        actor=user,
        at=at,
    )


@transaction.atomic
def unlink_identity(link_id: int, *, actor: User, at: datetime) -> None:
    """Undo one's own link, unless nothing else would let one in. Raises RuleViolation then."""
    link = IdentityLink.objects.select_for_update().filter(pk=link_id, user=actor).first()
    if link is None:
        return
    if not actor.phone and not actor.email:
        raise RuleViolation("Thêm số điện thoại hoặc thư điện tử trước, để còn đăng nhập được.")
    link.delete()
    append(f"user/{actor.pk}", "user.identity_unlinked", actor=actor, at=at, data={"by": link.provider.code})


@dataclass(frozen=True)
class Source:
    """What is agreed with a provider."""

    code: str
    name: str
    issuer: str
    client_id: str
    secret_env: str
    scope: str
    claims: Mapping[str, Any]
    levels: Mapping[str, Any]
    valid_from: date
    valid_to: date | None = None
    source: str = ""


@transaction.atomic
def save_identity_provider(
    source: Source, *, provider_id: int | None = None, actor: User, at: datetime
) -> IdentityProvider:
    """Add or change a source of national sign-on. The caller checks that the actor may.

    Raises RuleViolation for an address that may not be asked, a mapping that is none, or a code that is taken.
    """
    _check(source)
    row = IdentityProvider() if provider_id is None else access_identity_provider(provider_id)
    for name, value in vars(source).items():
        setattr(row, name, value)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise RuleViolation("Mã này đã có. Chọn mã khác.", field="code") from error
    data = {"code": row.code, "issuer": row.issuer, "levels": dict(row.levels)}
    append(f"identity_provider/{row.pk}", "identity_provider.saved", actor=actor, at=at, data=data)
    return row


def _check(source: Source) -> None:
    if said := outbound.address_problem(source.issuer, private=settings.OIDC_PRIVATE_HOSTS):
        raise RuleViolation(said, field="issuer")
    if said := mapping_problem(source.claims, source.levels):
        raise RuleViolation(said, field="claims")
    if "openid" not in source.scope.split():
        raise RuleViolation("Phạm vi xin phải có openid.", field="scope")
