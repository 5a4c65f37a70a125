"""What an office does to a citizen's account on the citizen's own request: correct by papers, erase. Who may is decided above
(`privacy`). The log keeps that it happened and the names of fields, never a value.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.db import transaction

from motcua.accounts.actions.citizens import OTHER_PROVEN, _name, _once, _rename
from motcua.accounts.keys import address_key
from motcua.accounts.models import (
    Authorisation,
    IdentityLink,
    Invitation,
    OneTimeCode,
    Profile,
    Representation,
    User,
)
from motcua.accounts.queries import lock_profile, proven_holder
from motcua.audit.actions import append
from motcua.core.errors import RuleViolation
from motcua.core.identity import document
from motcua.core.moments import legal_date
from motcua.core.text import nfc

GONE = "Tài khoản đã xóa"


@transaction.atomic
def correct_by_papers(user: User, field: str, value: str, *, actor: User, at: datetime) -> Profile:
    """Write one detail as the papers shown to an office have it, a proven one too. `field`: full_name, identity_number,
    birth_date (dd/mm/yyyy), gender or address.

    Raises RuleViolation for a value that cannot be, and for a number proven for somebody else.
    """
    profile = lock_profile(user)
    if field == "full_name":
        _rename(profile.user, _name(value))
    else:
        setattr(profile, field, _value(profile, field, value, at))
        with _once(OTHER_PROVEN, "right_value"):
            profile.save(update_fields=[field])
    append(f"user/{user.pk}", "user.corrected_by_office", actor=actor, at=at, data={"fields": [field]})
    return profile


def _value(profile: Profile, field: str, text: str, at: datetime) -> Any:
    makers: dict[str, Callable[[], Any]] = {
        "identity_number": lambda: _number(profile, text),
        "birth_date": lambda: _birth_date(text, legal_date(at)),
        "gender": lambda: _gender(text),
        "address": lambda: nfc(text)[:300],
    }
    if field not in makers:
        raise RuleViolation("Thông tin này không sửa được bằng yêu cầu.", field="field")
    return makers[field]()


def _number(profile: Profile, text: str) -> str:
    """The right number of the same kind of document: a personal number, or a passport of the same country."""
    shown = document(text, profile.document_country)
    holder = proven_holder(shown.number, shown.country)
    if holder and holder.pk != profile.user_id:
        raise RuleViolation(OTHER_PROVEN, field="right_value")
    return shown.number


def _birth_date(text: str, day: date) -> date:
    try:
        found = datetime.strptime(text.strip(), "%d/%m/%Y").date()
    except ValueError as error:
        raise RuleViolation("Ghi ngày sinh theo dạng ngày/tháng/năm.", field="right_value") from error
    if not date(1900, 1, 1) <= found <= day:
        raise RuleViolation("Ngày sinh không thể có.", field="right_value")
    return found


def _gender(text: str) -> str:
    named = {name.lower(): value for value, name in Profile.Gender.choices}
    said = nfc(text).lower()
    if said not in named:
        raise RuleViolation("Ghi giới tính là Nam hoặc Nữ.", field="right_value")
    return named[said]


@transaction.atomic
def erase_citizen(user: User, *, reference: str, actor: User, at: datetime) -> None:
    """Empty a citizen's account and close it: name, number, birth date, addresses, ways to sign in, rights to act for others
    and given to others. The bare row stays, for dossiers and the log point at it. `reference`: the request, for the log.

    Raises NotFound for an account that is no citizen's.
    """
    profile = lock_profile(user)
    _end_rights(user, at)
    for medium in ("phone", "email"):
        if address := getattr(profile, medium):
            OneTimeCode.objects.filter(address_key=address_key(medium, address)).delete()
            Invitation.objects.filter(**{medium: address}, ended_at=None).update(ended_at=at, **{medium: ""})
    _end_sessions(user)
    IdentityLink.objects.filter(user=user).delete()
    _blank(profile)
    append(f"user/{user.pk}", "user.erased", actor=actor, at=at, data={"request": reference})


def _end_rights(user: User, at: datetime) -> None:
    yesterday = legal_date(at) - timedelta(days=1)
    Representation.objects.filter(user=user, valid_to=None).update(valid_to=yesterday)
    for side in ("principal", "agent"):
        Authorisation.objects.filter(**{side: user}, revoked_at=None).update(revoked_at=at)


def _end_sessions(user: User) -> None:
    for session in UserSession.objects.filter(user=user):
        session.end()


def _blank(profile: Profile) -> None:
    blank = {
        "identity_number": "", "document_country": "", "birth_date": None, "gender": "", "phone": "", "email": "", "address": "",
        "address_unit_code": "", "assurance": Profile.Assurance.LOW, "assured_at": None,
    }  # fmt: skip
    for field, value in blank.items():
        setattr(profile, field, value)
    profile.save(update_fields=list(blank))
    user = profile.user
    user.phone = user.email = ""
    user.is_active, user.preferences = False, {}
    user.save(update_fields=["phone", "email", "is_active", "preferences"])
    _rename(user, GONE)
