"""What happened to a dossier, step by step, from its chain in the log."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.agencies.models import Agency
from motcua.audit.models import Event
from motcua.core.moments import to_local
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.lateness import CAUSES
from motcua.dossiers.rules.receivers import NAMES as RECEIVERS

_QUIET = frozenset(
    {
        "claimed",
        "released",
        "reprint",
        "message",
        "citizen_message",
        "message_read",
        "seen",
        "check_taken",
        "check_released",
    }
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `at` is aware; `state` is "done" for what happened, "quiet" for what matters little."""

    title: str
    at: datetime
    who: str
    text: str = ""
    state: str = "done"
    kind: str = ""


def timeline(dossier: Dossier, *, quiet: bool = True) -> list[Step]:
    """Steps of a dossier, oldest first; without the quiet ones if so asked. Two statements."""
    events = list(Event.objects.filter(chain=f"dossier/{dossier.pk}").order_by("seq"))
    names = _agency_names(events)
    steps = [_step(event, names) for event in events]
    return [step for step in steps if quiet or step.state != "quiet"]


def _step(event: Event, names: dict[int, str]) -> Step:
    kind = event.kind.removeprefix("dossier.")
    state = "quiet" if kind in _QUIET else "done"
    return Step(event.title, event.at, event.actor_label, _text(event.data, names), state, kind)


def _agency_names(events: list[Event]) -> dict[int, str]:
    ids = {
        pk
        for e in events
        for pk in [*e.data.get("agencies", ()), e.data.get("agency"), e.data.get("new"), e.data.get("old")]
        if pk
    }
    return dict(Agency.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}


def _text(data: dict[str, Any], names: dict[int, str]) -> str:
    parts = [say(data[key], names) for key, say in _WORDS.items() if data.get(key)]
    return ". ".join(part for part in parts if part)


def _day(value: str) -> str:
    """A stored moment (UTC) as local text, or a stored date."""
    if "T" not in value:
        return datetime.fromisoformat(value).strftime("%d/%m/%Y")
    return to_local(datetime.fromisoformat(value)).strftime("%H:%M %d/%m/%Y")


_WORDS: dict[str, Callable[[Any, dict[int, str]], str]] = {
    "name": lambda v, _: str(v),
    "agencies": lambda v, names: "Đến " + ", ".join(names.get(pk, "") for pk in v),
    "agency": lambda v, names: f"Cơ quan: {names.get(v, '')}",
    "new": lambda v, names: f"Cơ quan nhận: {names.get(v, '')}",
    "number": lambda v, _: f"Số {v}",
    "reason": lambda v, _: f"Lý do: {v}",
    "legal_basis": lambda v, _: f"Căn cứ: {v}",
    "document": lambda v, _: f"Văn bản: {v}",
    "due_before": lambda v, _: f"Hạn trước đó: {_day(v)}",
    "due_at": lambda v, _: f"Hạn trả kết quả: {_day(v)}",
    "due": lambda v, _: f"Hạn: {_day(v)}",
    "answer_due": lambda v, _: f"Hạn bổ sung: {_day(v)}",
    "late": lambda v, _: "Quá hạn, muộn so với quy định" if v is True else "",
    "receiver": lambda v, _: f"Người nhận: {RECEIVERS[v]}" if v in RECEIVERS else "",
    "letter": lambda v, _: f"Văn bản ủy quyền: {v}",
    "letter_day": lambda v, _: f"Ngày văn bản: {_day(v)}",
    "cause": lambda v, _: f"Nguyên nhân: {CAUSES[v][1]}" if v in CAUSES else "",
}
