"""Reading the outbox."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet

from motcua.accounts.models import User
from motcua.agencies.queries import Authority
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import NotFound
from motcua.core.hidden import hidden_from
from motcua.core.moments import to_local, to_utc
from motcua.core.web import count_text, count_up_to
from motcua.notifications.models import DeliveryReport, Message, Template
from motcua.notifications.rules.delivery import OUTCOME_NAMES, Outcome
from motcua.notifications.rules.events import TITLES


def inbox_of(user: User) -> QuerySet[Message]:
    """Messages inside the software to one person, newest first."""
    return Message.objects.filter(channel=Template.Channel.APP, to=user.username).order_by("-id")


def due(at: datetime, channels: list[str]) -> QuerySet[Message]:
    """Messages that should go out now on these channels, longest waiting first."""
    queued = Message.objects.filter(state=Message.State.QUEUED, next_try_at__lte=at, channel__in=channels)
    return queued.order_by("next_try_at", "id")


@dataclass(frozen=True)
class Filter:
    """What somebody looks for in the outbox; empty: everything. `day`: local day on which messages were made."""

    state: str = ""
    channel: str = ""
    kind: str = ""
    reference: str = ""
    day: date | None = None


def filters_of(given: Mapping[str, str]) -> Filter:
    """A filter from an address; what is not understood is left out."""
    state, channel, kind = (given.get(name, "") for name in ("xem", "kenh", "loai"))
    try:
        day = datetime.strptime(given.get("ngay", ""), "%d/%m/%Y").date()
    except ValueError:
        day = None
    return Filter(
        state=state if state in Message.State.values else "",
        channel=channel if channel in Template.Channel.values else "",
        kind=kind if kind in TITLES else "",
        reference=given.get("ho-so", "").strip()[:60],
        day=day,
    )


def outbox(authority: Authority, wanted: Filter | str = "") -> QuerySet[Message]:
    """Messages of the agencies where this person manages them, newest first; only those wanted."""
    wanted = Filter(state=wanted) if isinstance(wanted, str) else wanted
    seen = Message.objects.filter(authority.where(Permission.NOTIFICATION_MANAGE, "agency"))
    if names := hidden_from(authority.user_id):
        seen = seen.exclude(reference__in=names)
    for name in ("state", "channel", "kind"):
        if value := getattr(wanted, name):
            seen = seen.filter(**{name: value})
    if wanted.reference:
        seen = seen.filter(code=wanted.reference)
    if wanted.day:
        begins = to_utc(datetime.combine(wanted.day, datetime.min.time()))
        seen = seen.filter(created_at__gte=begins, created_at__lt=begins + timedelta(days=1))
    return seen.select_related("agency", "provider").order_by("-id")


def outbox_tabs(authority: Authority, wanted: Filter) -> list[dict[str, Any]]:
    """Tabs over the outbox; what waits and what failed are counted."""
    counted = (Message.State.QUEUED, Message.State.FAILED)
    kept = {"kenh": wanted.channel, "loai": wanted.kind, "ho-so": wanted.reference}
    kept["ngay"] = f"{wanted.day:%d/%m/%Y}" if wanted.day else ""
    tabs: list[dict[str, Any]] = []
    for state, label in [("", "Tất cả"), *Message.State.choices]:
        query = urlencode({key: value for key, value in {"xem": state, **kept}.items() if value})
        number = count_text(count_up_to(outbox(authority, state))) if state in counted else None
        tone = "late" if state == Message.State.FAILED and number != "0" else ""
        tabs.append({"label": label, "href": f"?{query}", "active": wanted.state == state, "count": number, "tone": tone})  # fmt: skip
    return tabs


def access_message(authority: Authority, message_id: int) -> Message:
    """A message that this person manages. Raises NotFound."""
    if found := outbox(authority).filter(pk=message_id).first():
        return found
    raise NotFound()


def lock_message(authority: Authority, message_id: int) -> Message:
    """A message that this person manages, locked. Raises NotFound. For actions."""
    rows = outbox(authority).select_for_update(of=("self",))
    if found := rows.filter(pk=message_id).first():
        return found
    raise NotFound()


_TONES = {Outcome.ACCEPTED: "done", Outcome.RUNNING: "now"}


def history_of(message: Message) -> list[dict[str, Any]]:
    """What became of a message, as steps of a timeline: queued, each try, each report."""
    steps = [{"title": "Đưa vào hàng chờ", "at": message.created_at, "state": "done"}]
    for attempt in message.attempts.select_related("provider"):
        outcome = Outcome(attempt.outcome)
        by = attempt.provider.name if attempt.provider else ""
        lines = [f"{attempt.parts} phần SMS"] if attempt.parts else []
        lines += [f"Mã của đối tác: {attempt.partner_reference}"] if attempt.partner_reference else []
        title = f"Lần {attempt.number}: {OUTCOME_NAMES[outcome]}"
        steps.append({"title": title, "at": attempt.ended_at or attempt.started_at, "who": by, "text": attempt.detail, "lines": lines, "state": _TONES.get(outcome, "wrong")})  # fmt: skip
    for report in message.reports.select_related("provider"):
        good = report.state == DeliveryReport.State.DELIVERED
        steps.append({"title": f"Đối tác báo {report.get_state_display()}", "at": report.at, "who": report.provider.name, "text": report.reason, "state": "done" if good else "wrong"})  # fmt: skip
    if message.state == Message.State.QUEUED and message.tries:
        steps.append(
            {"title": f"Thử lại lúc {to_local(message.next_try_at):%H:%M:%S %d/%m/%Y}", "state": "next"}
        )
    return sorted(steps, key=lambda step: (step.get("at") is None, step.get("at") or message.created_at))
