"""Organisations and the people who act for them."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from motcua.accounts.models import Invitation, Organisation, Representation, User
from motcua.accounts.queries import access_organisation, invitations_to, profile_of
from motcua.accounts.rules.codes import Address
from motcua.audit.actions import append
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.identity import tax_code as checked_tax_code
from motcua.core.moments import legal_date
from motcua.core.text import nfc
from motcua.core.validity import in_force

INVITATION_LASTS = timedelta(days=14)
MANY = 50
REPRESENTATIVE = Representation.Role.REPRESENTATIVE


@transaction.atomic
def declare_organisation(
    *, name: str, tax_code: str, kind: str, address: str = "", actor: User, at: datetime
) -> Organisation:
    """Declare an organisation that the actor represents. It counts as declared until an office confirms it.

    Raises RuleViolation unless the actor's identity number is proven, for a bad tax code, or one already confirmed.
    """
    if not nfc(name):
        raise RuleViolation("Nhập tên như trên giấy đăng ký.", field="name")
    code = checked_tax_code(tax_code)
    _may_declare(actor, code)
    organisation = Organisation.objects.create(
        name=nfc(name)[:250], tax_code=code, kind=kind, address=nfc(address)[:300], created_at=at
    )
    _let_in(organisation, actor, REPRESENTATIVE, legal_date(at))
    append(_chain(organisation), "organisation.declared", actor=actor, at=at, first=True)
    return organisation


def _may_declare(actor: User, code: str) -> None:
    profile = profile_of(actor)
    if profile is None or not profile.is_proven:
        raise RuleViolation(
            "Xác minh số định danh của bạn trước khi khai doanh nghiệp, tổ chức: đăng nhập bằng định danh điện tử, "
            "hoặc mang căn cước đến bộ phận một cửa."
        )
    if Organisation.objects.filter(tax_code=code, confirmed_at__isnull=False).exists():
        raise RuleViolation(
            "Mã số thuế này đã có tài khoản được xác nhận. Nhờ người đại diện mời bạn.", field="tax_code"
        )


def _chain(organisation: Organisation) -> str:
    return f"organisation/{organisation.pk}"


def _let_in(organisation: Organisation, user: User, role: str, day: date) -> Representation:
    try:
        with transaction.atomic():
            return Representation.objects.create(
                organisation=organisation, user=user, role=role, valid_from=day
            )
    except IntegrityError as error:
        raise RuleViolation("Người này đã ở trong doanh nghiệp, tổ chức.") from error


@transaction.atomic
def confirm_organisation(organisation_id: int, *, actor: User, at: datetime) -> Organisation:
    """Note that an office compared the tax code with the registration paper. The caller checks that the actor may.

    Raises RuleViolation when another account has been confirmed for the same tax code.
    """
    organisation = Organisation.objects.select_for_update().filter(pk=organisation_id).first()
    if organisation is None:
        raise NotFound()
    organisation.confirmed_at = organisation.confirmed_at or at
    try:
        with transaction.atomic():
            organisation.save(update_fields=["confirmed_at"])
    except IntegrityError as error:
        raise RuleViolation("Mã số thuế này đã được xác nhận cho một tài khoản khác.") from error
    append(_chain(organisation), "organisation.confirmed", actor=actor, at=at)
    return organisation


def _as_representative(actor: User, organisation_id: int, day: date) -> Organisation:
    mine = access_organisation(actor, organisation_id, day)
    if mine.role != REPRESENTATIVE:
        raise RuleViolation("Chỉ người đại diện mời và cho người khác thôi làm thay.")
    return Organisation.objects.select_for_update().get(pk=organisation_id)


@transaction.atomic
def invite(organisation_id: int, address: Address, role: str, *, actor: User, at: datetime) -> Invitation:
    """Invite whoever has a phone number or mailbox to act for an organisation; for 14 days. The caller sends the message.

    Raises NotFound for who is not in it, RuleViolation for who is not its representative or when too many are open.
    """
    organisation = _as_representative(actor, organisation_id, legal_date(at))
    still_open = Invitation.objects.filter(organisation=organisation, ended_at=None, expires_at__gt=at)
    same = still_open.filter(phone=address.phone, email=address.email)
    if same.exists():
        raise RuleViolation("Đã mời địa chỉ này rồi.", field="address")
    if still_open.count() >= MANY:
        raise RuleViolation("Đang có quá nhiều lời mời chưa trả lời. Hủy bớt rồi mời tiếp.")
    invitation = Invitation.objects.create(
        organisation=organisation,
        role=role,
        phone=address.phone,
        email=address.email,
        invited_by=actor,
        invited_at=at,
        expires_at=at + INVITATION_LASTS,
    )
    data = {"invitation": invitation.pk, "role": role}
    append(_chain(organisation), "organisation.invited", actor=actor, at=at, data=data)
    return invitation


@transaction.atomic
def answer_invitation(invitation_id: int, *, accept: bool, actor: User, at: datetime) -> Invitation:
    """Accept or refuse an invitation to an address that the actor has proven. Raises NotFound for any other."""
    found = next((one for one in invitations_to(actor, at) if one.pk == invitation_id), None)
    if found is None:
        raise NotFound()
    invitation = Invitation.objects.select_for_update().get(pk=invitation_id)
    if invitation.ended_at:
        raise NotFound()
    if accept:
        _let_in(found.organisation, actor, invitation.role, legal_date(at))
        invitation.accepted_by = actor
    invitation.ended_at = at
    invitation.save(update_fields=["accepted_by", "ended_at"])
    kind = "organisation.joined" if accept else "organisation.invitation_refused"
    append(_chain(found.organisation), kind, actor=actor, at=at, data={"invitation": invitation.pk})
    return invitation


@transaction.atomic
def cancel_invitation(organisation_id: int, invitation_id: int, *, actor: User, at: datetime) -> None:
    """Take an invitation back. Raises NotFound when there is none that is open."""
    organisation = _as_representative(actor, organisation_id, legal_date(at))
    rows = Invitation.objects.filter(pk=invitation_id, organisation=organisation, ended_at=None)
    if not rows.update(ended_at=at):
        raise NotFound()
    data = {"invitation": invitation_id}
    append(_chain(organisation), "organisation.invitation_cancelled", actor=actor, at=at, data=data)


@transaction.atomic
def end_representation(organisation_id: int, user_id: int, *, actor: User, at: datetime) -> None:
    """Somebody no longer acts for an organisation, from now on: ended by a representative, or by themselves.

    Raises RuleViolation when nobody would be left to represent it, NotFound for who is not in it.
    """
    day = legal_date(at)
    if user_id == actor.pk:
        access_organisation(actor, organisation_id, day)
        organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    else:
        organisation = _as_representative(actor, organisation_id, day)
    people = list(Representation.objects.filter(in_force(day), organisation=organisation))
    ending = [one for one in people if one.user_id == user_id]
    if not ending:
        raise NotFound()
    if not any(one.role == REPRESENTATIVE for one in people if one.user_id != user_id):
        raise RuleViolation("Phải còn ít nhất một người đại diện. Mời người đại diện khác trước.")
    _end(ending, day)
    append(_chain(organisation), "organisation.left", actor=actor, at=at, data={"user": user_id})


def _end(rows: list[Representation], day: date) -> None:
    """The last day is yesterday, so that the right is gone at once; one that began today leaves no trace but the log."""
    for row in rows:
        if row.valid_from >= day:
            row.delete()
        else:
            row.valid_to = day - timedelta(days=1)
            row.save(update_fields=["valid_to"])
