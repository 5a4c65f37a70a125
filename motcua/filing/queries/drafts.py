"""Drafts and uploads by their owner; and by who helps the owner, as long as both sit there."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from motcua.accounts.models import Assistance, User
from motcua.accounts.queries import open_visits
from motcua.core.errors import NotFound
from motcua.dossiers.models import Dossier
from motcua.filing.models import Application, Upload

RELATED = (
    "procedure",
    "version",
    "form_version",
    "office__agency",
    "resolving",
    "copy",
    "owner",
    "assistance__citizen",
)
_LOCKED = ("version__procedure", "form_version", "office__agency", "owner", "assistance__citizen")


def reach(user: User, at: datetime | None, path: str = "") -> Q:
    """What somebody may open: a citizen their own; a member of staff what they are helping with at this moment, in a visit that
    is not over, and nothing without a moment. `path`: how a query of another table gets to the application.
    """
    if not user.is_staff_member:
        return Q(**{f"{path}owner_id": user.pk})
    if at is None:
        return Q(pk=None)
    mine = Q(**{f"{path}assistance__helper_id": user.pk})
    return mine & open_visits(at, f"{path}assistance__")


def drafts_of(user: User, at: datetime) -> QuerySet[Application]:
    """What a person has begun and not sent, the last touched first."""
    rows = Application.objects.filter(owner_id=user.pk, state=Application.State.DRAFT, expires_at__gt=at)
    return rows.select_related("version", "office").order_by("-updated_at")


def filed_in(visit: Assistance) -> QuerySet[Application]:
    """What was begun and what was sent in a visit, the last touched first."""
    rows = Application.objects.filter(assistance=visit).exclude(state=Application.State.DISCARDED)
    return rows.select_related("version__procedure", "office", "dossier").order_by("-updated_at")


def access_application(user: User, application_id: UUID, at: datetime | None = None) -> Application:
    """One's own application, sent or not. A helper's needs the moment. Raises NotFound, also for another's."""
    rows = Application.objects.select_related(*RELATED).filter(reach(user, at), pk=application_id)
    found = rows.exclude(state=Application.State.DISCARDED).first()
    if found is None:
        raise NotFound(
            "Không tìm thấy bản nháp này trong tài khoản của bạn. Có thể bản nháp đã bị bỏ hoặc hết hạn."
        )
    return found


def access_draft(user: User, application_id: UUID, at: datetime) -> Application:
    """One's own draft that may still be changed. Raises NotFound."""
    found = access_application(user, application_id, at)
    if not found.is_draft or found.expires_at <= at:
        raise NotFound("Hồ sơ này đã nộp hoặc đã hết hạn nên không sửa được ở đây.")
    return found


def locked_draft(user: User, application_id: UUID, at: datetime) -> Application:
    """The same, locked until the transaction ends. For actions."""
    rows = Application.objects.select_for_update(of=("self",)).filter(reach(user, at), pk=application_id)
    found = rows.select_related(*_LOCKED).first()
    if found is None or not found.is_draft or found.expires_at <= at:
        raise NotFound(
            "Không tìm thấy bản nháp này trong tài khoản của bạn, hoặc hồ sơ đã nộp, đã bỏ hay hết hạn."
        )
    return found


def locked(user: User, application_id: UUID, at: datetime | None = None) -> Application:
    """One's own application in whatever state, locked. For actions. A helper's needs the moment. Raises NotFound."""
    rows = Application.objects.select_for_update(of=("self",)).filter(reach(user, at), pk=application_id)
    found = rows.select_related(*_LOCKED).first()
    if found is None or found.state == Application.State.DISCARDED:
        raise NotFound("Không tìm thấy hồ sơ này trong tài khoản của bạn.")
    return found


def access_upload(
    user: User, application_id: UUID, upload_id: UUID, at: datetime | None = None, *, lock: bool = False
) -> Upload:
    """One's own upload. A helper's needs the moment. Raises NotFound, also for another's."""
    rows = Upload.objects.select_related("application", "file", "paper")
    rows = rows.select_for_update(of=("self",)) if lock else rows
    mine = reach(user, at, "application__")
    found = rows.filter(mine, pk=upload_id, application_id=application_id, application__state="draft").first()
    if found is None:
        raise NotFound("Không tìm thấy tệp này trong hồ sơ đang soạn của bạn.")
    return found


def helped_in(dossier: Dossier) -> Assistance | None:
    """The visit in which somebody helped to file a dossier online; None when nobody did. One statement, none for other channels."""
    if dossier.channel != "online":
        return None
    return Assistance.objects.filter(pk__in=_visits_of(dossier)).select_related("helper").first()


def _visits_of(dossier: Dossier) -> QuerySet[Any]:
    return Application.objects.filter(dossier=dossier).values("assistance")


def of_dossier(dossier: Dossier) -> Application | None:
    """What was filed online and became this dossier, with its signed copy."""
    return Application.objects.select_related("copy").filter(dossier=dossier).first()
