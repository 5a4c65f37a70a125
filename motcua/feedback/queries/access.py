"""One door to each feedback. The officer complained of finds nothing: not the item, not its files, not its history."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from motcua.accounts.models import User
from motcua.agencies.models import Agency, Assignment
from motcua.agencies.queries import Authority, authority_of, people_with, setting
from motcua.agencies.rules.permissions import Permission
from motcua.audit.actions import record_view
from motcua.core.errors import NotFound
from motcua.core.moments import legal_date
from motcua.feedback.models import Attachment, Feedback, Sender
from motcua.feedback.rules.conflict import LEADING, barred
from motcua.files.models import StoredFile

RELATED = ("agency", "first_agency", "topic", "officer", "handler", "dossier", "procedure")


def visible_to(
    user: User, authority: Authority, permission: str = Permission.FEEDBACK_VIEW
) -> QuerySet[Feedback]:
    """Every feedback that this person may see with a permission: of one's agencies (also what they passed on to another), or
    given to oneself; never one about oneself.
    """
    mine = authority.where(permission, "agency")
    if permission == Permission.FEEDBACK_VIEW:
        mine |= authority.where(permission, "first_agency") | Q(handler=user.pk)
    return Feedback.objects.filter(mine).exclude(officer=user.pk).select_related(*RELATED)


def access_feedback(
    user: User,
    feedback_id: int,
    permission: str = Permission.FEEDBACK_VIEW,
    *,
    at: datetime,
    lock: bool = False,
) -> Feedback:
    """One feedback that this person may see (or act on) with a permission. Raises NotFound."""
    rows = visible_to(user, authority_of(user, legal_date(at)), permission)
    rows = rows.select_for_update(of=("self",)) if lock else rows
    found = rows.filter(pk=feedback_id).first()
    if found is None:
        raise NotFound()
    return found


def sender_of(feedback: Feedback, *, user: User, at: datetime, ip: str = "") -> Sender:
    """Who sent it, for who may know; the look is logged. Raises NotFound."""
    access_feedback(user, feedback.pk, Permission.FEEDBACK_VIEW_SENDER, at=at)
    record_view(user, f"feedback/{feedback.pk}", ["sender"], at=at, ip=ip)
    return Sender.objects.get(feedback=feedback)


def access_attachment(user: User, feedback_id: int, attachment_id: int, *, at: datetime) -> Attachment:
    """A file of a feedback that this person may see. Raises NotFound."""
    found = Attachment.objects.filter(pk=attachment_id, feedback=access_feedback(user, feedback_id, at=at))
    if row := found.select_related("file").first():
        return row
    raise NotFound()


def may_open_file(file: StoredFile, user: Any, authority: Any) -> bool:
    """Files of feedback open for who may see the feedback."""
    if not getattr(user, "is_staff_member", False):
        return False
    rows = Attachment.objects.filter(file=file).values("feedback")
    return visible_to(user, authority).filter(pk__in=rows).exists()


def hidden_from(user_id: int) -> list[str]:
    """Names of records that must not be shown to this person anywhere: feedback about them, with its files."""
    about = Feedback.objects.filter(officer=user_id)
    found = [f"feedback/{pk}" for pk in about.values_list("pk", flat=True)]
    files = Attachment.objects.filter(feedback__in=about).values_list("file_id", flat=True)
    return found + [f"file/{pk}" for pk in files] if found else []


def speaks_against(person: User, feedback: Feedback, at: datetime, officer: User | None = None) -> str:
    """Why a person may not work on a feedback; empty when nothing speaks against it (`officer`: else the one on record)."""
    officer = officer or feedback.officer
    if officer is None or person.pk == officer.pk:
        return barred(person.pk, officer.pk if officer else None, (), (), bar_subordinates=False)
    day = legal_date(at)
    held = Assignment.objects.filter(Assignment.in_force(day))
    led = held.filter(user=officer, post__roles__role__code__in=LEADING).values_list(
        "post__agency__path", flat=True
    )
    places = held.filter(user=person).values_list("post__agency__path", flat=True)
    strict = bool(setting("feedback_bar_subordinates", feedback.agency, day))
    return barred(person.pk, officer.pk, places, set(led), bar_subordinates=strict)


def choosable(feedback: Feedback, permission: str, at: datetime) -> list[User]:
    """The people of the agency that has a feedback, its divisions included, who may work on it with a permission."""
    here = Q(pk=feedback.agency_id) | Q(path__startswith=feedback.agency.path, kind=Agency.Kind.DIVISION)
    day = legal_date(at)
    rows = {
        one.pk: one for house in Agency.objects.filter(here) for one in people_with(permission, house, day)
    }
    found = sorted(rows.values(), key=lambda one: (one.search_text, one.pk))
    return [one for one in found if not speaks_against(one, feedback, at)]


def handlers_for(feedback: Feedback, at: datetime) -> QuerySet[User]:
    """Those people as rows that a form offers."""
    ids = [one.pk for one in choosable(feedback, Permission.FEEDBACK_HANDLE, at)]
    return User.objects.filter(pk__in=ids).order_by("search_text")


def names_to_hide(feedback: Feedback) -> list[str]:
    """The names that must not stand in what is published: the sender's and the officer's."""
    sender = Sender.objects.filter(feedback=feedback).values_list("name", flat=True).first() or ""
    officer = feedback.officer.full_name if feedback.officer else ""
    return [name for name in (sender, officer, feedback.officer_words) if name]


def staff_of(agency: Agency, at: datetime) -> QuerySet[User]:
    """Everybody with a post in an agency or its divisions: among whom the officer complained of is chosen."""
    held = Assignment.objects.filter(
        Assignment.in_force(legal_date(at)), post__agency__path__startswith=agency.path
    )
    return User.objects.filter(pk__in=held.values("user")).order_by("search_text", "id")
