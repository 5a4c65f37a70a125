"""The clock of a feedback: its limits by date and agency, and why it is due when it is."""

from dataclasses import dataclass
from datetime import date, datetime

from motcua.agencies.models import Agency
from motcua.agencies.queries import setting
from motcua.core.due import Badge, badge
from motcua.core.moments import to_local
from motcua.feedback.models import Feedback, FeedbackStep
from motcua.feedback.rules.deadlines import Days, Longer, Pause, derived
from motcua.feedback.rules.states import Act, State
from motcua.workdays.queries import calendar_of
from motcua.workdays.rules.calendar import WorkCalendar
from motcua.workdays.rules.clock import Derivation


def days_for(agency: Agency, day: date) -> Days:
    """The limits in force for an agency on a legal date (dated settings)."""
    names = ("feedback_classify_days", "feedback_transfer_days", "feedback_resolve_days")
    return Days(*(int(setting(name, agency, day)) for name in names))


def calendar_for(feedback: Feedback) -> WorkCalendar:
    """The working calendar of the agency that has it."""
    return calendar_of(feedback.agency)


def pauses_of(feedback: Feedback) -> tuple[list[Pause], Longer | None]:
    """The waits for the sender since the clock began, and the extension, from the steps."""
    pauses: list[Pause] = []
    longer = None
    for step in FeedbackStep.objects.filter(feedback=feedback, at__gte=feedback.clock_from).order_by("seq"):
        then = to_local(step.at)
        if step.act == Act.ASK:
            pauses.append(Pause(then, None))
        elif step.act == Act.CLARIFY and pauses:
            pauses[-1] = Pause(pauses[-1].since, then)
        elif step.act == Act.EXTEND:
            longer = Longer(then, step.days or 0, step.note, step.document)
    return pauses, longer


def derivation_of(feedback: Feedback) -> Derivation:
    """Why the answer is due when it is."""
    pauses, longer = pauses_of(feedback)
    return derived(
        to_local(feedback.clock_from), feedback.resolve_days, pauses, longer, calendar_for(feedback)
    )


@dataclass(frozen=True)
class Sheet:
    """What the page of one feedback shows of its clock."""

    due_at: datetime
    what: str
    badge: Badge | None
    lines: tuple[str, ...]


def sheet(feedback: Feedback, at: datetime) -> Sheet:
    """The due date that counts now: for classifying while that is to be done, else for answering."""
    classify = feedback.state in (State.NEW, State.TRANSFERRED)
    due = feedback.classify_due_at if classify else feedback.due_at
    mark = badge(due, at, paused=feedback.state == State.UNCLEAR) if feedback.is_open else None
    return Sheet(
        due,
        "phân loại" if classify else "trả lời",
        mark,
        tuple(line.text for line in derivation_of(feedback).lines),
    )
