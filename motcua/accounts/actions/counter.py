"""At the counter: a person shows their identity card or passport, and their account is theirs from then on."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from motcua.accounts.actions.citizens import prove_identity
from motcua.accounts.models import Profile, User
from motcua.accounts.queries import citizen_at, profile_of
from motcua.accounts.rules.codes import address
from motcua.core.errors import RuleViolation
from motcua.core.identity import document
from motcua.core.moments import legal_date
from motcua.core.text import nfc

NOBODY = (
    "Không có tài khoản nào có số điện thoại, thư điện tử này và khai đúng số giấy tờ này. Người dân đăng nhập, vào Sửa thông tin "
    "của tôi, khai loại và số giấy tờ như trên bản chính, rồi làm lại."
)


@dataclass(frozen=True)
class Shown:
    """What the document says, as an official reads it. `country`: who issued the passport; empty for a Vietnamese card."""

    number: str
    full_name: str
    country: str = ""
    birth_date: date | None = None


@transaction.atomic
def prove_by_papers(contact: str, shown: Shown, *, actor: User, at: datetime) -> Profile:
    """Note that the person of the account with this phone or mailbox stands here with the document that the account declares.
    Name and birth date become those of the document. The caller checks that the actor is an official who may.

    Raises RuleViolation in the same words whichever of address and document does not fit, for a name or day that cannot be,
    and as `prove_identity` does.
    """
    found, said = citizen_at(address(contact)), document(shown.number, shown.country)
    profile = profile_of(found) if found and found.is_active else None
    if found is None or profile is None or not said.number or profile.document != said:
        raise RuleViolation(NOBODY, field="contact")
    if not nfc(shown.full_name):
        raise RuleViolation("Nhập họ và tên như trên giấy tờ.", field="full_name")
    if shown.birth_date and not date(1900, 1, 1) <= shown.birth_date <= legal_date(at):
        raise RuleViolation("Ngày sinh phải từ năm 1900 và không sau hôm nay.", field="birth_date")
    return prove_identity(
        found,
        said.number,
        Profile.Assurance.SUBSTANTIAL,
        country=said.country,
        full_name=shown.full_name,
        birth_date=shown.birth_date,
        by="counter",
        actor=actor,
        at=at,
    )
