"""The register (sổ): lists, tabs with counts, what a person may do with one feedback."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from motcua.accounts.models import User
from motcua.agencies.queries import Authority
from motcua.agencies.rules.permissions import Permission as P
from motcua.core.moments import legal_date, to_local, to_utc
from motcua.core.text import fold
from motcua.core.web import count_text, count_up_to
from motcua.feedback.models import Feedback
from motcua.feedback.queries.access import speaks_against, visible_to
from motcua.feedback.rules.states import OPEN, TO_CLASSIFY, Act, State, lawful


@dataclass(frozen=True)
class Filter:
    """What is looked for; empty means any."""

    tab: str = "open"
    text: str = ""
    kind: str = ""
    channel: str = ""


def _midnight(at: datetime) -> datetime:
    return to_utc(to_local(at).replace(hour=0, minute=0, second=0, microsecond=0))


def _conditions(user: User, at: datetime) -> dict[str, tuple[str, Q]]:
    late = Q(state__in=OPEN, due_at__lt=_midnight(at)) | Q(
        state__in=TO_CLASSIFY, classify_due_at__lt=_midnight(at)
    )
    return {
        "mine": ("Của tôi", Q(handler=user.pk, state__in=OPEN)),
        "new": ("Chờ phân loại", Q(state__in=TO_CLASSIFY)),
        "open": ("Đang xử lý", Q(state__in=OPEN)),
        "approve": ("Chờ duyệt", Q(state=State.FOR_APPROVAL)),
        "publish": ("Chờ công khai", Q(state=State.ANSWERED)),
        "late": ("Quá hạn", late),
        "review": ("Đề nghị rà soát quy định", ~Q(review_note="")),
        "all": ("Tất cả", Q()),
    }


def register(user: User, authority: Authority, wanted: Filter, at: datetime) -> QuerySet[Feedback]:
    """The feedback that fits, the most urgent first; that which is done, and what asks for a rule to be reviewed, the newest first."""
    conditions = _conditions(user, at)
    name = wanted.tab if wanted.tab in conditions else "open"
    rows = visible_to(user, authority).filter(conditions[name][1])
    for column in ("kind", "channel"):
        if value := getattr(wanted, column):
            rows = rows.filter(**{column: value})
    for word in fold(wanted.text).split()[:6]:
        rows = rows.filter(search_text__contains=word)
    return (
        rows.order_by("-received_at", "-id") if name in ("all", "review") else rows.order_by("due_at", "id")
    )


def tabs(user: User, authority: Authority, wanted: Filter, at: datetime) -> list[dict[str, Any]]:
    """The tabs with counts; what is about the person who looks is counted nowhere."""
    kept = {"q": wanted.text, "loai": wanted.kind, "kenh": wanted.channel}
    made = []
    for name, (label, _) in _conditions(user, at).items():
        query = urlencode({"xem": name} | {key: value for key, value in kept.items() if value})
        same = Filter(name, wanted.text, wanted.kind, wanted.channel)
        number = None if name == "all" else count_text(count_up_to(register(user, authority, same, at)))
        tone = "late" if name == "late" and number not in (None, "0") else ""
        made.append(
            {"label": label, "href": f"?{query}", "active": wanted.tab == name, "count": number, "tone": tone}
        )
    return made


MANAGES = (Act.ACCEPT, Act.DECLINE, Act.ASK, Act.CLARIFY, Act.TRANSFER, Act.PASS_ON, Act.ASSIGN, Act.EXTEND, Act.FLAG, Act.PUBLISH, Act.CLOSE)  # fmt: skip
HANDLES = (Act.VERIFY, Act.PROPOSE)
DECIDES = (Act.APPROVE, Act.SEND_BACK)


def acts_for(user: User, authority: Authority, feedback: Feedback, at: datetime) -> list[Act]:
    """What this person may do now, in the order of the table."""
    if speaks_against(user, feedback, at):
        return []
    manages = authority.can(P.FEEDBACK_MANAGE, feedback.agency)
    decides = authority.can(P.FEEDBACK_APPROVE, feedback.agency)
    handles = feedback.handler_id == user.pk
    may = {*(MANAGES if manages else ()), *(DECIDES if decides else ()), *(HANDLES if handles else ())}
    if handles:
        may |= {Act.ASK, Act.CLARIFY, Act.FLAG}
    return [act for act in lawful(feedback.state) if act in may and not _spent(feedback, act, at)]


def _spent(feedback: Feedback, act: Act, at: datetime) -> bool:
    """What may be done once, or in time only."""
    if act in (Act.TRANSFER, Act.PASS_ON):
        return legal_date(at) > legal_date(feedback.transfer_due_at) and feedback.state == State.RECEIVED
    if act == Act.EXTEND:
        return feedback.steps.filter(act=Act.EXTEND, at__gte=feedback.clock_from).exists()
    return False
