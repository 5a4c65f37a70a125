"""A citizen's account: made, corrected, proven."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from motcua.accounts.models import Profile, User, search_text_of
from motcua.accounts.queries import citizen_at, lock_profile, proven_holder
from motcua.accounts.rules.codes import Address
from motcua.audit.actions import append
from motcua.core.errors import RuleViolation
from motcua.core.identity import Document, document
from motcua.core.text import nfc

TAKEN = "Số điện thoại hoặc thư điện tử này thuộc một tài khoản khác. Đăng nhập bằng tài khoản đó, hoặc dùng địa chỉ khác."
OTHER_PROVEN = "Số giấy tờ này đã được xác minh cho một tài khoản khác. Mang giấy tờ đến bộ phận một cửa để được giúp đỡ."


@dataclass(frozen=True)
class Details:
    """What a person may correct themselves; dates are legal dates. `document_country`: who issued the passport whose number it
    is; empty for a personal number.
    """

    full_name: str
    identity_number: str = ""
    document_country: str = ""
    birth_date: date | None = None
    gender: str = ""
    address: str = ""
    address_unit_code: str = ""
    language: str = "vi"


@transaction.atomic
def sign_up(
    full_name: str,
    address: Address | None,
    *,
    language: str = "vi",
    ip: str = "",
    actor: User | None,
    at: datetime,
) -> User:
    """Make an account for who has proven a phone number or mailbox, or (address None) came by the national sign-on.

    Raises RuleViolation for an empty name or an address that has an account.
    """
    name = _name(full_name)
    if address and citizen_at(address):
        raise RuleViolation(TAKEN, field="address")
    phone, email = (address.phone, address.email) if address else ("", "")
    user = User.objects.create_user(
        f"cd-{uuid.uuid4().hex}", None, full_name=name, kind=User.Kind.CITIZEN, phone=phone, email=email
    )
    with _once(TAKEN, "address"):
        Profile.objects.create(user=user, phone=phone, email=email, language=language)
    append(f"user/{user.pk}", "user.signed_up", actor=user, at=at, data={"ip": ip}, first=True)
    return user


@contextmanager
def _once(words: str, field: str) -> Iterator[None]:
    """Somebody else may have taken it a moment ago."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise RuleViolation(words, field=field) from error


def _name(text: str) -> str:
    name = nfc(text)
    if not name:
        raise RuleViolation("Nhập họ và tên như trên căn cước.", field="full_name")
    if len(name) > 120:
        raise RuleViolation("Họ và tên dài quá 120 chữ.", field="full_name")
    return name


@transaction.atomic
def note_sign_in(user: User, *, method: str, ip: str, actor: User, at: datetime) -> None:
    """Write into the log that a citizen has signed in: by "phone", "email" or the code of a provider."""
    append(f"user/{user.pk}", "user.signed_in", actor=actor, at=at, data={"ip": ip, "by": method})


@transaction.atomic
def correct_profile(details: Details, *, actor: User, at: datetime) -> Profile:
    """Correct one's own details. Name, number and birth date that were compared with papers change only with papers.

    Raises RuleViolation for those, for an empty name, and for a number that is none.
    """
    profile = lock_profile(actor)
    name = _name(details.full_name)
    shown = document(details.identity_number, details.document_country)
    if profile.is_proven and (name, shown, _birth(profile, details)) != _fixed(profile):
        raise RuleViolation(
            "Họ tên, số giấy tờ và ngày sinh đã được đối chiếu. Muốn sửa, mang giấy tờ đến bộ phận một cửa.",
            field="full_name",
        )
    changed = _write(profile, details, name, shown)
    if changed:
        append(f"user/{actor.pk}", "user.profile_corrected", actor=actor, at=at, data={"fields": changed})
    return profile


def _fixed(profile: Profile) -> tuple[str, Document, date | None]:
    return profile.user.full_name, profile.document, profile.birth_date


def _birth(profile: Profile, details: Details) -> date | None:
    """The birth date as far as it was compared: one that papers never gave may still be filled in."""
    return details.birth_date if profile.birth_date else None


def _write(profile: Profile, details: Details, name: str, shown: Document) -> list[str]:
    wanted = {
        "identity_number": shown.number,
        "document_country": shown.country,
        "birth_date": details.birth_date,
        "gender": details.gender,
        "address": nfc(details.address)[:300],
        "address_unit_code": details.address_unit_code,
        "language": details.language,
    }
    changed = [field for field, value in wanted.items() if getattr(profile, field) != value]
    for field in changed:
        setattr(profile, field, wanted[field])
    if changed:
        profile.save(update_fields=changed)
    if profile.user.full_name != name:
        _rename(profile.user, name)
        changed.append("full_name")
    return changed


def _rename(user: User, name: str) -> None:
    user.full_name = name
    user.search_text = search_text_of(user)
    user.save(update_fields=["full_name", "search_text"])


@transaction.atomic
def set_address(address: Address, *, actor: User, at: datetime) -> Profile:
    """Put a phone number or mailbox that was just proven by a code in the place of the old one.

    Raises RuleViolation when it belongs to another account.
    """
    profile, field = lock_profile(actor), address.medium
    holder = citizen_at(address)
    if holder and holder.pk != actor.pk:
        raise RuleViolation(TAKEN, field="address")
    setattr(profile, field, address.text)
    with _once(TAKEN, "address"):
        profile.save(update_fields=[field])
    setattr(profile.user, field, address.text)
    profile.user.save(update_fields=[field])
    append(f"user/{actor.pk}", "user.address_proven", actor=actor, at=at, data={"kind": field})
    return profile


@transaction.atomic
def prove_identity(
    user: User,
    number: str,
    level: str,
    *,
    country: str = "",
    full_name: str = "",
    birth_date: date | None = None,
    gender: str = "",
    by: str,
    actor: User,
    at: datetime,
) -> Profile:
    """Note that a document is this person's, as somebody who may say so found: `by` names the provider or "counter". A passport
    has its `country`; no provider of Viet Nam vouches for one.

    `level` is one of Profile.Assurance above low; a lower one never replaces a higher one. Raises RuleViolation when the
    document is proven for another account, or another one for this account.
    """
    profile, shown = lock_profile(user), document(number, country)
    if not shown.number:
        raise RuleViolation("Chưa có số giấy tờ để xác minh.", field="identity_number")
    holder = proven_holder(shown.number, shown.country)
    if holder and holder.pk != user.pk:
        raise RuleViolation(OTHER_PROVEN, field="identity_number")
    if profile.is_proven and profile.document != shown:
        raise RuleViolation(
            "Tài khoản này đã được xác minh với một số giấy tờ khác.", field="identity_number"
        )
    _prove(profile, shown, level, full_name, birth_date, gender, at)
    kind = "passport" if shown.country else "personal"
    data = {"level": level, "by": by, "document": kind}
    append(f"user/{user.pk}", "user.identity_proven", actor=actor, at=at, data=data)
    return profile


def _prove(
    profile: Profile, shown: Document, level: str, name: str, birth: date | None, gender: str, at: datetime
) -> None:
    profile.identity_number, profile.document_country = shown.number, shown.country
    if _rank(level) > _rank(profile.assurance):
        profile.assurance = level
    profile.birth_date = birth or profile.birth_date
    profile.gender = gender or profile.gender
    profile.assured_at = at
    fields = ["identity_number", "document_country", "assurance", "birth_date", "gender", "assured_at"]
    with _once(OTHER_PROVEN, "identity_number"):
        profile.save(update_fields=fields)
    if nfc(name) and nfc(name) != profile.user.full_name:
        _rename(profile.user, _name(name))


def _rank(level: str) -> int:
    return Profile.Assurance.values.index(level)
