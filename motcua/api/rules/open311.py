"""Open311 GeoReport v2: names, bounds of parameters, and the two ways of writing an answer (wiki.open311.org/GeoReport_v2).

Status: "open" while an answer is owed, "closed" afterwards.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from xml.etree import ElementTree as ET

from motcua.core.errors import RuleViolation

MOST_DAYS, PAGE, MOST_PAGE, MOST_IDS, MOST_PAGES = 90, 50, 200, 50, 10_000
STATUSES = ("open", "closed")
_UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What a list is called, and each of its members, in XML.
MEMBERS = {
    "services": "service", "service_requests": "request", "attributes": "attribute", "values": "value", "errors": "error",
    "endpoints": "endpoint", "formats": "format",
}  # fmt: skip


class BadRequest(Exception):
    """An error as the standard has it: a code and what is wrong."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(description)
        self.code, self.description = code, description


def as_xml(root: str, content: Any) -> bytes:
    """The answer in XML."""
    node = ET.Element(root)
    _fill(node, root, content)
    written: bytes = ET.tostring(node, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + written


def _fill(node: ET.Element, name: str, content: Any) -> None:
    if isinstance(content, Mapping):
        for key, value in content.items():
            _fill(ET.SubElement(node, key), key, value)
    elif isinstance(content, list | tuple):
        for one in content:
            _fill(ET.SubElement(node, MEMBERS.get(name, "item")), MEMBERS.get(name, "item"), one)
    elif content is not None:
        text = str(content).lower() if isinstance(content, bool) else str(content)
        node.text = _UNPRINTABLE.sub("", text)


def moment(text: str, name: str) -> datetime | None:
    """A W3C moment, e.g. 2026-11-02T01:00:00Z; None for nothing. Raises BadRequest."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text.strip().replace(" ", "+")) if len(text) <= 40 else None
        found = found and (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        found = None
    if found is None or not 2000 <= found.year <= 2200:
        raise BadRequest(400, f"{name}: use W3C date and time, e.g. 2026-11-02T01:00:00Z")
    return found


def span(start: datetime | None, end: datetime | None, now: datetime) -> tuple[datetime, datetime]:
    """The time asked for, at most 90 days; the last 90 days when nothing is said. Raises BadRequest."""
    if start is None:
        end = end or now
        return end - timedelta(days=MOST_DAYS), end
    end = end or min(now, start + timedelta(days=MOST_DAYS))
    if not timedelta(0) <= end - start <= timedelta(days=MOST_DAYS):
        raise BadRequest(400, "start_date and end_date may not span more than 90 days")
    return start, end


def number(text: str, default: int, most: int, name: str) -> int:
    """A whole number from 1 to `most`. Raises BadRequest."""
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 9 and 1 <= int(text) <= most):
        raise BadRequest(400, f"{name}: use a number from 1 to {most}")
    return int(text)


def words(text: str, most: int = MOST_IDS) -> list[str]:
    """A list separated by commas. Raises BadRequest when it is too long."""
    found = (
        [word.strip()[:70] for word in text.split(",") if word.strip()]
        if len(text) < 5000
        else [""] * (most + 1)
    )
    if len(found) > most:
        raise BadRequest(400, f"at most {most} values are taken")
    return found


def statuses(text: str) -> list[str]:
    """Statuses asked for; none means both. Raises BadRequest."""
    found = words(text)
    if set(found) - set(STATUSES):
        raise BadRequest(400, "status: use open, closed")
    return found


def degree(text: str, name: str, most: int) -> Decimal | None:
    """A latitude or longitude with six decimals; None for nothing. Raises BadRequest."""
    if not text:
        return None
    try:
        found = Decimal(text) if len(text) <= 30 else Decimal("NaN")
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or abs(found) > most:
        raise BadRequest(400, f"{name}: use decimal degrees (WGS84)")
    return found.quantize(Decimal("0.000001"))


def full_name(first: str, last: str) -> str:
    """First and last name as one, in the order of Vietnamese names: the family's name ("last_name") first."""
    return " ".join(part.strip() for part in (last, first) if part.strip())[:120]


def errors(found: Iterable[BadRequest | RuleViolation]) -> list[dict[str, Any]]:
    """What went wrong, as the standard writes it."""
    return [
        {
            "code": getattr(one, "code", 400),
            "description": getattr(one, "description", "") or getattr(one, "message", ""),
        }
        for one in found
    ]
