"""What time does to drafts: a warning, then an end; and copies that could not be made at once. Run by `motcua tick`."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from motcua.accounts.models import Profile, User
from motcua.audit.actions import append
from motcua.core.moments import legal_date, to_local
from motcua.dossiers.queries import Desk
from motcua.filing.actions._cleaning import chain_of, forget
from motcua.filing.actions.submission import keep_missing_copy
from motcua.filing.models import Application, Upload
from motcua.notifications.actions import queue

AT_ONCE = 100
STALE_PARTS = timedelta(days=2)  # a broken-off file is gone on with within a day or two, or never


def warn_drafts(*, actor: User, at: datetime) -> int:
    """Tell owners once, some days ahead (dated setting), that their draft will be deleted. How many."""
    until = at + timedelta(days=Desk(actor, at).setting("draft_warning_days", None))
    rows = Application.objects.filter(state="draft", warned_at=None, expires_at__gt=at, expires_at__lte=until)
    ids = list(rows.order_by("expires_at").values_list("pk", flat=True)[:AT_ONCE])
    return sum(_warn(pk, actor, at) for pk in ids)


@transaction.atomic
def _warn(pk: UUID, actor: User, at: datetime) -> bool:
    rows = Application.objects.select_for_update(of=("self",)).select_related(
        "owner", "version", "office", "assistance"
    )
    found = rows.filter(pk=pk, state="draft", warned_at=None).first()
    if found is None:
        return False
    found.warned_at = at
    found.save(update_fields=["warned_at"])
    kept = found.assistance if found.owner.is_staff_member else None
    page = "/tai-khoan-cua-toi/ho-so-lap-ho/" if kept else "/nop-ho-so/ban-nhap/"
    queue(
        "draft_expiring",
        reference=chain_of(found),
        context={
            "code": found.procedure.code,
            "due": f"{to_local(found.expires_at):%d/%m/%Y}",
            "link": f"{settings.PUBLIC_URL}{page}",
            "office": found.office.name if found.office else "",
        },
        **({"phone": kept.phone} if kept else _address(found.owner)),
        actor=actor,
        at=at,
    )
    return True


def _address(owner: User) -> dict[str, Any]:
    profile = Profile.objects.filter(user_id=owner.pk).first()
    told = profile or owner
    return {"email": told.email, "phone": told.phone, "user": owner}


def expire_drafts(*, actor: User, at: datetime) -> int:
    """Delete what drafts past their time hold, and files that never came whole. How many drafts."""
    Upload.objects.filter(state=Upload.State.RECEIVING, updated_at__lt=at - STALE_PARTS).delete()
    rows = Application.objects.filter(state="draft", expires_at__lte=at).order_by("expires_at")
    return sum(_expire(pk, actor, at) for pk in list(rows.values_list("pk", flat=True)[:AT_ONCE]))


@transaction.atomic
def _expire(pk: UUID, actor: User, at: datetime) -> bool:
    rows = Application.objects.select_for_update(of=("self",))
    found = rows.filter(pk=pk, state="draft", expires_at__lte=at).first()
    if found is None:
        return False
    forget(found, "bản nháp hết hạn", actor=actor, at=at)
    about = {"day": legal_date(at).isoformat()}
    append(chain_of(found), "application.expired", actor=actor, at=at, data=about)
    return True


def make_missing_copies(*, actor: User, at: datetime) -> int:
    """Print and sign the copies that could not be made when an application was sent. How many are there now."""
    rows = Application.objects.filter(state="submitted", copy=None).order_by("submitted_at")
    ids = list(rows.values_list("pk", flat=True)[:AT_ONCE])
    return sum(keep_missing_copy(pk, actor=actor, at=at) for pk in ids)
