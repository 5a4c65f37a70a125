"""What every act does: change the row, add the step, append to the log, tell the sender."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.audit.actions import append
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import legal_date, to_local, to_utc
from motcua.feedback import queries
from motcua.feedback.models import Attachment, Feedback, FeedbackStep, Sender
from motcua.feedback.rules.deadlines import dues
from motcua.feedback.rules.sending import MOST_FILES
from motcua.feedback.rules.states import Act, target
from motcua.files.actions import store
from motcua.notifications.actions import queue
from motcua.workdays.queries import calendar_of


def chain(feedback: Feedback) -> str:
    """Its chain in the log."""
    return f"feedback/{feedback.pk}"


def step(
    feedback: Feedback,
    act: Act,
    *,
    actor: User | None,
    at: datetime,
    note: str = "",
    said: str = "",
    document: str = "",
    days: int | None = None,
    state: str = "",
    **changes: Any,
) -> FeedbackStep:
    """Do what an act does to the row (checked by the table), with one step and one event. Part of the act that calls it."""
    feedback.state = state or target(feedback.state, act)
    for name, value in changes.items():
        setattr(feedback, name, value)
    feedback.save(update_fields=["state", *changes])
    made = FeedbackStep.objects.create(
        feedback=feedback, seq=FeedbackStep.objects.filter(feedback=feedback).count() + 1, act=act, state=feedback.state, at=at,
        actor=actor, agency=feedback.agency, note=note, said=said, document=document, days=days, due_at=feedback.due_at,
    )  # fmt: skip
    about = {
        "code": feedback.code,
        "state": feedback.state,
        "agency": feedback.agency_id,
        "due": feedback.due_at.isoformat(),
    }
    more = {"handler": feedback.handler_id, "document": document, "verdict": feedback.verdict, "days": days}
    about |= {name: value for name, value in more.items() if value}
    append(chain(feedback), f"feedback.{act.value}", actor=actor, at=at, data=about, first=made.seq == 1)
    return made


def clock(feedback_agency: Agency, start: datetime) -> dict[str, Any]:
    """The fields of the clock that begins at a moment in an agency."""
    days = queries.days_for(feedback_agency, legal_date(start))
    found = dues(to_local(start), days, calendar_of(feedback_agency))
    return {
        "clock_from": start,
        "classify_due_at": to_utc(found.classify),
        "transfer_due_at": to_utc(found.transfer),
        "due_at": to_utc(found.resolve),
        "resolve_days": days.resolve,
    }


def reckoned(feedback: Feedback) -> datetime:
    """The due date of the answer after everything that the steps tell; while the clock rests, as it was."""
    found = queries.derivation_of(feedback)
    return feedback.due_at if found.due_at is None or found.paused else to_utc(found.due_at)


def tell(feedback: Feedback, kind: str, *, at: datetime, actor: User | None, link: str = "") -> None:
    """Queue a message for the sender, if the address is confirmed and messages are wanted."""
    sender = Sender.objects.filter(feedback=feedback, wants_messages=True, confirmed_at__isnull=False).first()
    if sender is None:
        return
    context = {
        "code": feedback.code,
        "link": link or f"{settings.PUBLIC_URL}/phan-anh/tra-cuu/?ma={feedback.code}",
        "due": f"{to_local(feedback.due_at):%d/%m/%Y}",
        "office": feedback.agency.name,
    }
    queue(
        kind, reference=chain(feedback), context=context, email=sender.email, phone=sender.phone, agency=feedback.agency,
        actor=actor, at=at,
    )  # fmt: skip


def attach(feedback: Feedback, uploads: Sequence[Any], *, from_sender: bool, at: datetime) -> None:
    """Keep files. They belong to nobody's account: only the right to see the feedback opens them."""
    if len(uploads) > MOST_FILES:
        raise RuleViolation(f"Kèm nhiều nhất {MOST_FILES} tệp.", field="files")
    for upload in uploads:
        Attachment.objects.create(
            feedback=feedback, file=store(upload, actor=None, at=at), from_sender=from_sender, at=at
        )


def take_number(key: str) -> int:
    """The next number of a series, given back when the act is undone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO feedback_series (key, last) VALUES (%s, 1) "
            "ON CONFLICT (key) DO UPDATE SET last = feedback_series.last + 1 RETURNING last",
            [key],
        )
        number: int = cursor.fetchone()[0]
    return number


def locked(feedback_id: int) -> Feedback:
    """The row for an act of its sender, who has proved to know it. Raises NotFound."""
    found = (
        Feedback.objects.select_for_update(of=("self",))
        .select_related("agency")
        .filter(pk=feedback_id)
        .first()
    )
    if found is None:
        raise NotFound()
    return found


def managed(feedback_id: int, permission: str, *, actor: User, at: datetime) -> Feedback:
    """The locked row for an act of an officer with a permission, whom nothing speaks against. Raises NotFound, RuleViolation."""
    found = queries.access_feedback(actor, feedback_id, permission, at=at, lock=True)
    if said := queries.speaks_against(actor, found, at):
        raise RuleViolation(said)
    return found
