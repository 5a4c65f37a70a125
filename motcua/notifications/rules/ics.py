"""Calendar files for due dates (RFC 5545): one stable UID for each record, SEQUENCE grows when the date moves."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

ZONE = "Asia/Ho_Chi_Minh"
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})


@dataclass(frozen=True)
class Appointment:
    """A due date as a calendar keeps it. `starts`: naive local time of Viet Nam; `stamp`: aware; `sequence` from 0."""

    uid: str
    sequence: int
    starts: datetime
    stamp: datetime
    summary: str
    place: str = ""
    link: str = ""
    cancelled: bool = False
    minutes: int = 30

    def as_json(self) -> dict[str, object]:
        """As a message keeps it until it goes out."""
        return {**asdict(self), "starts": self.starts.isoformat(), "stamp": self.stamp.isoformat()}


def from_json(data: Mapping[str, Any]) -> Appointment:
    """What `as_json` gave."""
    moments = {name: datetime.fromisoformat(str(data[name])) for name in ("starts", "stamp")}
    return Appointment(**{**data, **moments})


def calendar_file(appointment: Appointment) -> bytes:
    """The .ics file: CRLF, lines of at most 75 octets, the zone described inside it."""
    return b"".join(_fold(line) for line in _lines(appointment))


def _lines(a: Appointment) -> list[str]:
    ends = a.starts + timedelta(minutes=a.minutes)
    event = [
        "BEGIN:VEVENT",
        f"UID:{a.uid}",
        f"SEQUENCE:{a.sequence}",
        f"DTSTAMP:{a.stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;TZID={ZONE}:{a.starts:%Y%m%dT%H%M%S}",
        f"DTEND;TZID={ZONE}:{ends:%Y%m%dT%H%M%S}",
        f"SUMMARY:{_text(a.summary)}",
        *([f"LOCATION:{_text(a.place)}"] if a.place else []),
        *([f"DESCRIPTION:{_text(a.link)}", f"URL:{a.link}"] if a.link else []),
        f"STATUS:{'CANCELLED' if a.cancelled else 'CONFIRMED'}",
        "TRANSP:TRANSPARENT",
        "CLASS:PRIVATE",
        *([] if a.cancelled else _alarm(a)),
        "END:VEVENT",
    ]
    method = "CANCEL" if a.cancelled else "PUBLISH"
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Mot Cua//Hen tra ket qua//VI", "CALSCALE:GREGORIAN"]
    return [*head, f"METHOD:{method}", *_zone(), *event, "END:VCALENDAR"]


def _alarm(a: Appointment) -> list[str]:
    return ["BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-P1D", f"DESCRIPTION:{_text(a.summary)}", "END:VALARM"]


def _zone() -> list[str]:
    standard = ["DTSTART:19700101T000000", "TZOFFSETFROM:+0700", "TZOFFSETTO:+0700", "TZNAME:+07"]
    return [
        "BEGIN:VTIMEZONE",
        f"TZID:{ZONE}",
        "BEGIN:STANDARD",
        *standard,
        "END:STANDARD",
        "END:VTIMEZONE",
    ]


def _text(text: str) -> str:
    return text.translate(_ESCAPES)


def _fold(line: str) -> bytes:
    """One content line, cut between letters, never inside one; what follows a cut begins with a space."""
    parts: list[bytes] = []
    part = b""
    for letter in line:
        octets = letter.encode()
        if len(part) + len(octets) > (75 if not parts else 74):
            parts.append(part)
            part = b""
        part += octets
    return b"\r\n ".join([*parts, part]) + b"\r\n"
