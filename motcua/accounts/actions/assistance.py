"""Filing for a citizen who is present, and their taking it over later."""

from datetime import datetime
from hashlib import sha256

from django.db import transaction

from motcua.accounts.actions.citizens import prove_identity
from motcua.accounts.actions.codes import use_code
from motcua.accounts.actions.consents import record_consent
from motcua.accounts.keys import contact_key
from motcua.accounts.models import Assistance, Profile, User
from motcua.accounts.queries import (
    access_visit,
    account_of,
    assistances_for,
    open_visits,
    profile_of,
    proven_holder,
)
from motcua.accounts.rules.codes import address
from motcua.accounts.rules.consents import ASSISTANCE
from motcua.accounts.signals import assistance_claimed
from motcua.audit.actions import append
from motcua.core.errors import RuleViolation
from motcua.core.identity import Document, document
from motcua.core.text import nfc

NOT_AGREED = "Đọc lời đồng ý cho người dân nghe và đánh dấu khi họ đồng ý."


@transaction.atomic
def start_assistance(
    *,
    full_name: str,
    identity_number: str,
    document_country: str = "",
    phone: str,
    consent: str,
    checked_card: bool = False,
    place: str = "",
    actor: User,
    at: datetime,
) -> Assistance:
    """Begin to file for a citizen who is present and has agreed to the words in `consent`. Staff only: the caller checks that
    the actor may help, and that only an official says `checked_card`: they saw the identity card or passport, which proves of
    whom the account is. `document_country`: who issued the passport whose number it is. Whoever was helped before has left:
    their visit ends.

    Raises RuleViolation for a number or phone that is none, and without consent.
    """
    if not actor.is_staff_member:
        raise RuleViolation("Chỉ cán bộ, người hỗ trợ có tài khoản của cơ quan lập hộ hồ sơ.")
    if not nfc(consent):
        raise RuleViolation(NOT_AGREED, field="consent")
    if not nfc(full_name):
        raise RuleViolation("Nhập họ và tên người dân.", field="full_name")
    shown = _shown(identity_number, document_country)
    for earlier in Assistance.objects.filter(open_visits(at), helper=actor).select_for_update():
        _end(earlier, actor, at)
    row = Assistance.objects.create(
        helper=actor,
        full_name=nfc(full_name)[:120],
        identity_number=shown.number,
        document_country=shown.country,
        phone=address(phone).phone,
        place=nfc(place)[:200],
        consent=nfc(consent)[:400],
        checked_card=checked_card,
        started_at=at,
    )
    append(f"assistance/{row.pk}", "assistance.started", actor=actor, at=at, first=True)
    record_consent(
        {ASSISTANCE: True},
        subject_key=contact_key("phone", row.phone),
        text_version=sha256(row.consent.encode()).hexdigest()[:16],  # the words themselves stand in the row
        source="counter",
        reference=f"assistance/{row.pk}",
        actor=actor,
        at=at,
    )
    return row


@transaction.atomic
def end_assistance(visit_id: int, *, actor: User, at: datetime) -> Assistance:
    """The person leaves: from now on the helper sees nothing of what was filed. Raises NotFound for another's visit, or one
    that has ended already.
    """
    row = access_visit(actor, visit_id, at, lock=True)
    _end(row, actor, at)
    return row


def _end(row: Assistance, actor: User, at: datetime) -> None:
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    append(f"assistance/{row.pk}", "assistance.ended", actor=actor, at=at)


def confirm_assisted(
    visit_id: int, code_id: int, typed: str, *, ip: str, actor: User, at: datetime
) -> Assistance:
    """Take the code that the person read out from their phone: it is theirs, and they agree to what it was sent for. When an
    account has that phone and says the same identity number, the visit is that account's at once, as if they had claimed it:
    where the card was seen, the number is proven by that. Raises RuleViolation for a wrong code, NotFound for a visit that is
    not the actor's or has ended.
    """
    visit = access_visit(actor, visit_id, at)
    use_code(code_id, address(visit.phone), typed, ip=ip, actor=actor, at=at)
    return _confirm(visit_id, actor, at)


@transaction.atomic
def _confirm(visit_id: int, actor: User, at: datetime) -> Assistance:
    row = access_visit(actor, visit_id, at, lock=True)
    row.phone_confirmed_at = at
    row.save(update_fields=["phone_confirmed_at"])
    shown = Document(row.identity_number, row.document_country)
    account = account_of(row) if row.citizen_id is None else None
    if account and not _may_be(account, shown):
        account = None
    about = {"account": account.pk if account else row.citizen_id}
    append(f"assistance/{row.pk}", "assistance.confirmed", actor=actor, at=at, data=about)
    if account and row.checked_card:
        _prove(account, shown, at)
    if account:
        _hand_over(row, account, at, actor=actor)
    return row


def _shown(number: str, country: str) -> Document:
    if not number.strip():
        raise RuleViolation("Nhập số định danh hoặc số hộ chiếu.", field="identity_number")
    return document(number, country)


@transaction.atomic
def claim_assisted(*, identity_number: str, actor: User, at: datetime) -> list[Assistance]:
    """Take over what was filed for the actor: same proven phone number, same number of the document. Where a clerk has seen it,
    it is proven by that. Apps above hear `assistance_claimed` inside this transaction.

    Raises RuleViolation when nothing fits, in the same words whatever does not.
    """
    number = "".join(identity_number.split()).upper()
    mine = [row for row in assistances_for(actor) if row.identity_number == number]
    shown = Document(number, mine[0].document_country if mine else "")
    mine = [row for row in mine if row.document_country == shown.country]
    if not mine or not _may_be(actor, shown):
        raise RuleViolation(
            "Không có hồ sơ lập hộ nào khớp số điện thoại đã xác minh và số giấy tờ này. Kiểm tra lại, hoặc hỏi bộ phận "
            "một cửa nơi đã lập hồ sơ.",
            field="identity_number",
        )
    rows = list(Assistance.objects.select_for_update().filter(pk__in=[row.pk for row in mine], citizen=None))
    if any(row.checked_card for row in rows):
        _prove(actor, shown, at)
    for row in rows:
        _hand_over(row, actor, at, actor=actor)
    return rows


def _may_be(actor: User, shown: Document) -> bool:
    """Whether nothing known speaks against this account being the person of the document."""
    profile, holder = profile_of(actor), proven_holder(shown.number, shown.country)
    other = profile is not None and profile.is_proven and profile.document != shown
    return not other and (holder is None or holder.pk == actor.pk)


def _prove(actor: User, shown: Document, at: datetime) -> None:
    level, country = Profile.Assurance.SUBSTANTIAL, shown.country
    prove_identity(actor, shown.number, level, country=country, by="counter", actor=actor, at=at)


def _hand_over(row: Assistance, citizen: User, at: datetime, *, actor: User) -> None:
    row.citizen, row.claimed_at = citizen, at
    row.save(update_fields=["citizen", "claimed_at"])
    append(f"assistance/{row.pk}", "assistance.claimed", actor=actor, at=at, data={"account": citizen.pk})
    assistance_claimed.send(sender=Assistance, assistance=row, user=citizen, at=at)
