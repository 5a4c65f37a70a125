"""What somebody has typed so far, kept in the session until it is sent; nothing of it is in the database before."""

import uuid
from decimal import Decimal
from typing import Any

from django.http import HttpRequest

from motcua.core.moments import today
from motcua.feedback.models import Topic
from motcua.feedback.queries import agencies_to_choose, topic_by_code
from motcua.feedback.rules.sending import FeedbackData, SenderData
from motcua.feedback.rules.states import Channel

KEPT = "feedback_draft"
OPEN = "feedback_open"
RECEIPT = "feedback_sent"
KIOSK = "feedback_kiosk"  # the office at whose kiosk this browser stands
PERSON = ("name", "phone", "email", "sender_address", "wants_messages")


def begin(request: HttpRequest) -> dict[str, Any]:
    """A new draft, with what the page that led here knows; the key makes sending twice harmless."""
    asked, kiosk = request.GET, request.GET.get("kenh") == "kiosk"
    made = {
        "key": str(uuid.uuid4()),
        "channel": Channel.KIOSK if kiosk else Channel.WEB,
        "dossier_code": asked.get("ho-so", "")[:60],
        "procedure_code": asked.get("thu-tuc", "")[:40],
    }
    request.session[KEPT] = made
    return made


def of(request: HttpRequest) -> dict[str, Any]:
    """The draft; empty when there is none."""
    kept: dict[str, Any] = request.session.get(KEPT) or {}
    return kept


def keep(request: HttpRequest, **values: Any) -> None:
    """Add to the draft."""
    clean = {name: str(value) if isinstance(value, Decimal) else value for name, value in values.items()}
    request.session[KEPT] = {**of(request), **clean}


def topic_of(draft: dict[str, Any]) -> Topic:
    """The topic chosen. Raises NotFound."""
    return topic_by_code(str(draft.get("topic", "")), today())


def agency_name(draft: dict[str, Any]) -> str:
    """The agency chosen, by name."""
    rows = agencies_to_choose(today()).filter(pk=draft.get("agency") or 0)
    return rows.values_list("name", flat=True).first() or ""


def place(draft: dict[str, Any]) -> tuple[Decimal | None, Decimal | None]:
    """Latitude and longitude, when the browser told them."""
    found = [Decimal(draft[name]) if draft.get(name) else None for name in ("latitude", "longitude")]
    return found[0], found[1]


def data(draft: dict[str, Any]) -> FeedbackData:
    """The draft as it is sent."""
    latitude, longitude = place(draft)
    sender = SenderData(
        draft.get("name", ""), draft.get("phone", ""), draft.get("email", ""), draft.get("sender_address", ""),
        bool(draft.get("wants_messages")),
    )  # fmt: skip
    return FeedbackData(
        uuid.UUID(draft["key"]), str(draft["channel"]), topic_of(draft).pk, int(draft["agency"]), draft["content"], sender,
        draft.get("address", ""), latitude, longitude, draft.get("dossier_code", ""), draft.get("officer_words", ""), draft.get("procedure_code", ""),
    )  # fmt: skip
