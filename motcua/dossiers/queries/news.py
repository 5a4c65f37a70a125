"""What messages and calendars say of a dossier: a code, a date, a place; no person, no matter."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import cast

from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac

from motcua.agencies.queries import Authority
from motcua.core.errors import NotFound
from motcua.core.moments import to_local
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.access import visible_to
from motcua.notifications.rules.ics import Appointment, calendar_file
from motcua.printing import tokens

_SALT = "motcua.dossiers.calendar"
# Kinds of messages that set a date, and those that call it off.
_SETS = {
    "received",
    "received_fee",
    "accepted",
    "accepted_fee",
    "accepted_changed",
    "accepted_unexempt",
    "apology",
    "correction",
}
_CANCELS = {"refused", "stopped", "withdrawn"}
_AFTERNOON = time(16, 30)


def context_of(dossier: Dossier, due: date | None = None) -> dict[str, str]:
    """The places that texts fill. `due`: a date to speak of instead of the dossier's."""
    stands = to_local(dossier.due_at).date() if dossier.due_at else None
    day = due or stands
    return {
        "code": dossier.code or dossier.temporary_number,
        "link": f"{settings.PUBLIC_URL}/tra-cuu",
        "due": f"{day:%d/%m/%Y}" if day else "",
        "office": dossier.office.name,
        "rate": f"{settings.PUBLIC_URL}/danh-gia/{tokens.token(tokens.RATING, dossier.pk)}/",
    }


def office_context_of(dossier: Dossier) -> dict[str, str]:
    """The places that texts to officers about a submission fill: the link leads to the page where it is checked."""
    return {**context_of(dossier), "link": f"{settings.PUBLIC_URL}/quay/cho-tiep-nhan/{dossier.pk}/"}


def appointment_for(kind: str, dossier: Dossier, at: datetime, due: date | None = None) -> Appointment | None:
    """The calendar entry that goes with a message of this kind; None when it sets no date and calls none off."""
    if kind not in _SETS | _CANCELS or not (due or dossier.due_at):
        return None
    return _appointment(dossier, at, due, cancelled=kind in _CANCELS)


def _appointment(dossier: Dossier, at: datetime, due: date | None, *, cancelled: bool) -> Appointment:
    """`at`: when the date was set. The sequence counts the minutes from reception until then, so it grows with every change
    and needs no counter.
    """
    local = to_local(dossier.due_at) if dossier.due_at else None
    if local is None or (due and due != local.date()):
        local = datetime.combine(due or at.date(), _AFTERNOON)
    since = dossier.received_at or at
    host = settings.PUBLIC_URL.partition("//")[2].partition("/")[0].partition(":")[0]
    return Appointment(
        uid=f"{salted_hmac(_SALT, str(dossier.pk)).hexdigest()[:24]}@{host}",
        sequence=max(0, int((at - since).total_seconds()) // 60),
        starts=local,
        stamp=at,
        summary=f"Hẹn trả kết quả hồ sơ {dossier.code or dossier.temporary_number}",
        place=dossier.office.name,
        link=f"{settings.PUBLIC_URL}/tra-cuu",
        cancelled=cancelled,
    )


def calendar_token(dossier: Dossier) -> str:
    """For the link from the tracking page; whoever has it learns code, date and place, nothing else. Empty without a date."""
    return signing.Signer(salt=_SALT).sign(str(dossier.pk)) if dossier.due_at else ""


def calendar_of_token(token: str) -> bytes:
    """The calendar file of a dossier as its date stands now. Raises NotFound for another token and without a date."""
    try:
        pk = int(signing.Signer(salt=_SALT).unsign(token))
    except (signing.BadSignature, ValueError) as error:
        raise NotFound() from error
    dossier = Dossier.objects.select_related("office").filter(pk=pk).exclude(due_at=None).first()
    if dossier is None:
        raise NotFound("Hồ sơ này hiện không có ngày hẹn.")
    last = (
        dossier.clock_entries.filter(due_at=dossier.due_at)
        .order_by("-seq")
        .values_list("at", flat=True)
        .first()
    )
    since = cast(datetime, last or dossier.received_at)  # whoever has a due date was received
    cancelled = bool(dossier.ended_at and not dossier.ready_at)
    return calendar_file(_appointment(dossier, since, None, cancelled=cancelled))


def real_context(authority: Authority, code: str) -> Mapping[str, str] | None:
    """What a message about a dossier that this person may see would say; None when there is none."""
    found = visible_to(authority).select_related("office").filter(code=code.strip().upper()).first()
    return context_of(found) if found else None
