"""A working calendar as content, so that a due date can be derived again exactly as it was computed."""

import json
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from motcua.workdays.rules.calendar import DayEntry, Layer, Plan, WorkCalendar
from motcua.workdays.rules.sessions import parse_sessions, session_texts


def dump(calendar: WorkCalendar) -> dict[str, Any]:
    """The calendar as JSON values; `load` gives an equal one."""
    return {
        "name": calendar.name,
        "first": _bound(calendar.first, date.min),
        "last": _bound(calendar.last, date.max),
        "provisional_from": _text(calendar.provisional_from),
        "layers": [
            {
                "plans": [
                    [p.weekday, session_texts(p.sessions), _text(p.valid_from), _text(p.valid_to), p.source]
                    for p in layer.plans
                ],
                "days": {day.isoformat(): _entry(entry) for day, entry in sorted(layer.days.items())},
            }
            for layer in calendar.layers
        ],
    }


def load(content: Mapping[str, Any]) -> WorkCalendar:
    """The calendar that `dump` wrote."""
    layers = [
        Layer(
            tuple(
                Plan(w, parse_sessions(s), _date(a), _date(b), source)
                for w, s, a, b, source in layer["plans"]
            ),
            {date.fromisoformat(day): _read(entry) for day, entry in layer["days"].items()},
        )
        for layer in content["layers"]
    ]
    return WorkCalendar(
        layers,
        first=_date(content["first"]),
        last=_date(content["last"]),
        provisional_from=_date(content["provisional_from"]),
        name=content["name"],
    )


def fingerprint(content: Mapping[str, Any]) -> str:
    """SHA-256 in hex of the content."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def _entry(entry: DayEntry) -> list[Any]:
    sessions = None if entry.sessions is None else session_texts(entry.sessions)
    return [entry.works, sessions, entry.name, entry.source, entry.provisional]


def _read(entry: list[Any]) -> DayEntry:
    works, sessions, name, source, provisional = entry
    return DayEntry(works, None if sessions is None else parse_sessions(sessions), name, source, provisional)


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _bound(day: date, open_end: date) -> str | None:
    return None if day == open_end else day.isoformat()
