"""Reads of accounts."""

from dataclasses import dataclass
from datetime import UTC, datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore

from motcua.accounts.models import User
from motcua.accounts.rules.devices import device, parts
from motcua.accounts.rules.history import LABELS, label
from motcua.audit.models import Event


@dataclass(frozen=True)
class Happening:
    """Something that happened to an account: what, when, from which address, by whom if not by its owner."""

    text: str
    at: datetime
    address: str
    by: str


def recent_history(user: User, limit: int = 10) -> list[Happening]:
    """The latest events of a person's own account, the newest first: strange ones should catch the
    owner's eye.
    """
    rows = Event.objects.filter(chain=f"user/{user.pk}", kind__in=LABELS).order_by("-seq")[:limit]
    return [
        Happening(
            text=label(row.kind) or row.kind,
            at=row.at,
            address=str(row.data.get("ip", "")),
            by="" if row.actor_id == user.pk else row.actor_label,
        )
        for row in rows
    ]


@dataclass(frozen=True)
class SignedIn:
    """One session in which a person is signed in; moments are aware. `device` in Vietnamese; `browser`, `system`: its names."""

    device: str
    address: str
    since: datetime
    seen: datetime
    is_current: bool
    browser: str = ""
    system: str = ""


def sessions_of(user: User, current_key: str | None) -> list[SignedIn]:
    """Where a person is signed in now, this session first; those that have ended are forgotten on the way."""
    alive = UserSession.objects.purge_and_list(user)
    found = [_signed_in(row, row.session_key == current_key) for row in alive]
    return sorted(found, key=lambda one: (one.is_current, one.seen), reverse=True)


def _signed_in(row: UserSession, is_current: bool) -> SignedIn:
    seen = SessionStore(row.session_key).get("seen")
    browser, system = parts(row.user_agent)
    return SignedIn(
        device=device(row.user_agent),
        address=row.ip,
        since=row.created_at,
        seen=datetime.fromtimestamp(seen, UTC) if seen else row.created_at,
        is_current=is_current,
        browser=browser,
        system=system,
    )
