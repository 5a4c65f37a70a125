"""A code or an invitation, made in accounts and told through the outbox, in one transaction."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from motcua.accounts import actions as accounts
from motcua.accounts.models import Invitation, OneTimeCode, User
from motcua.accounts.queries import access_visit
from motcua.accounts.rules.codes import LIFETIME, Address
from motcua.notifications.actions import queue


@transaction.atomic
def send_code(
    address: Address, purpose: str, *, ip: str, language: str, actor: User | None, at: datetime
) -> OneTimeCode:
    """Make a one-time code and put it into the outbox. Raises RuleViolation when one asks too often."""
    issued = accounts.issue_code(address, purpose, ip=ip, actor=actor, at=at)
    minutes = int(LIFETIME.total_seconds() // 60)
    queue(
        "sign_in_code",
        reference=f"one_time_code/{issued.row.pk}",
        context={"pin": issued.code, "minutes": str(minutes)},
        email=address.email,
        phone=address.phone,
        language=language,
        actor=actor,
        at=at,
    )
    return issued.row


@transaction.atomic
def send_assist_code(visit_id: int, *, ip: str, actor: User, at: datetime) -> OneTimeCode:
    """Send a code to the phone of who is helped, which says what reading it out to the helper means. Raises NotFound for a visit
    that is not the actor's or has ended, RuleViolation when one asks too often.
    """
    visit = access_visit(actor, visit_id, at)
    to = Address("phone", visit.phone)
    issued = accounts.issue_code(to, OneTimeCode.Purpose.ASSIST, ip=ip, actor=actor, at=at)
    minutes = int(LIFETIME.total_seconds() // 60)
    queue(
        "assist_code",
        reference=f"one_time_code/{issued.row.pk}",
        context={"pin": issued.code, "minutes": str(minutes), "office": visit.place},
        phone=to.phone,
        actor=actor,
        at=at,
    )
    return issued.row


@transaction.atomic
def invite(organisation_id: int, address: Address, role: str, *, actor: User, at: datetime) -> Invitation:
    """Invite somebody to act for an organisation, and tell them. Raises what `accounts.actions.invite` does."""
    invitation = accounts.invite(organisation_id, address, role, actor=actor, at=at)
    queue(
        "invited",
        reference=f"invitation/{invitation.pk}",
        context={
            "headline": invitation.organisation.name,
            "link": f"{settings.PUBLIC_URL}{reverse('portal:organisations')}",
        },
        email=address.email,
        phone=address.phone,
        actor=actor,
        at=at,
    )
    return invitation
