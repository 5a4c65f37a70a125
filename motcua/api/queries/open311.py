"""Open311: what services there are, how requests stand. Only what is published is told; a partner also learns how its own stand."""

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from motcua.agencies.models import Agency
from motcua.api.models import ApiKey, SentRequest
from motcua.api.rules.keys import key_hash
from motcua.api.rules.open311 import BadRequest
from motcua.feedback.models import Feedback, Topic
from motcua.feedback.queries import agencies_to_choose, topics_on
from motcua.feedback.rules.states import KINDS, OPEN, STATES, Kind, State


@dataclass(frozen=True)
class Wanted:
    """What is asked for; moments are aware."""

    start: datetime
    end: datetime
    ids: list[str] = field(default_factory=list)
    services: list[str] = field(default_factory=list)
    statuses: list[str] = field(default_factory=list)
    agency: Agency | None = None
    page: int = 1
    size: int = 50


def key_of(text: str, day: date) -> ApiKey | None:
    """The key in force on a day; None for a wrong or ended one."""
    if not 20 <= len(text) <= 100:
        return None
    return (
        ApiKey.objects.select_related("agency").filter(ApiKey.in_force(day), key_hash=key_hash(text)).first()
    )


def agency_for(jurisdiction: str, day: date) -> Agency | None:
    """The agency of a jurisdiction's id (its identifier code); None for none. Raises BadRequest for an unknown one."""
    if not jurisdiction:
        return None
    found = agencies_to_choose(day).filter(code=jurisdiction[:35]).exclude(code="").first()
    if found is None:
        raise BadRequest(404, "jurisdiction_id was not found")
    return found


def services(day: date) -> list[dict[str, Any]]:
    """Every topic as a service."""
    return [service_of(topic) for topic in topics_on(day)]


def service_of(topic: Topic) -> dict[str, Any]:
    """One service as the standard writes it."""
    return {
        "service_code": topic.code,
        "service_name": topic.name,
        "description": topic.help or topic.name,
        "metadata": False,
        "type": "realtime",
        "keywords": topic.kind,
        "group": KINDS[Kind(topic.kind)],
    }


def definition_of(topic: Topic) -> dict[str, Any]:
    """The questions of a service beside the standard's own: there are none."""
    return {"service_code": topic.code, "attributes": []}


def requests_found(wanted: Wanted, key: ApiKey | None) -> list[Feedback]:
    """Published requests, and those of the key, newest first."""
    mine = Q(pk__in=SentRequest.objects.filter(key=key).values("feedback")) if key else Q(pk__in=[])
    rows = Feedback.objects.filter(Q(published_at__isnull=False) | mine).select_related("agency", "topic")
    if wanted.agency:
        rows = rows.filter(agency__path__startswith=wanted.agency.path)
    if wanted.ids:
        rows = rows.filter(code__in=wanted.ids)
    else:
        rows = rows.filter(received_at__gte=wanted.start, received_at__lte=wanted.end)
        rows = rows.filter(topic__code__in=wanted.services) if wanted.services else rows
        rows = rows.filter(state__in=_states(wanted.statuses)) if wanted.statuses else rows
    first = (wanted.page - 1) * wanted.size
    return list(rows.order_by("-received_at", "-id")[first : first + wanted.size])


def _states(wanted: list[str]) -> list[str]:
    closed = [state.value for state in State if state not in OPEN]
    return [*(OPEN if "open" in wanted else ()), *(closed if "closed" in wanted else ())]


def shown(row: Feedback) -> dict[str, Any]:
    """One request as the standard writes it: published texts only, no place of what is about a person's conduct, no name."""
    public = row.published_at is not None
    place = public and not row.is_conduct
    return {
        "service_request_id": row.code,
        "status": "open" if row.state in OPEN else "closed",
        "status_notes": row.published_answer if public else STATES[State(row.state)],
        "service_name": row.topic.name,
        "service_code": row.topic.code,
        "description": row.published_content if public else None,
        "agency_responsible": row.agency.name,
        "service_notice": None,
        "requested_datetime": _moment(row.received_at),
        "updated_datetime": _moment(row.published_at or row.answered_at or row.ended_at or row.received_at),
        "expected_datetime": _moment(row.due_at) if row.state in OPEN else None,
        "address": row.address or None if place else None,
        "address_id": None,
        "zipcode": None,
        "lat": float(row.latitude) if place and row.latitude is not None else None,
        "long": float(row.longitude) if place and row.longitude is not None else None,
        "media_url": None,
    }


def _moment(value: datetime) -> str:
    return f"{value:%Y-%m-%dT%H:%M:%SZ}"


def status_of_token(token: str) -> Feedback | None:
    """The request that a token of a posting stands for; None for none."""
    try:
        key = uuid.UUID(token)
    except ValueError:
        return None
    return Feedback.objects.filter(key=key, channel="api").only("code").first()
