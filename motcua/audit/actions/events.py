"""Appending to the chains."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction

from motcua.audit.models import Event
from motcua.audit.rules.canonical import clean, moment_text
from motcua.audit.rules.chain import Link, genesis
from motcua.core import store
from motcua.core.errors import RuleViolation
from motcua.core.statements import prepared

Entry = tuple[str, dict[str, Any] | None]
VIEW_TRIES = 5


def append(
    chain: str,
    kind: str,
    *,
    actor: AbstractBaseUser | None,
    at: datetime,
    data: dict[str, Any] | None = None,
    first: bool = False,
) -> Event:
    """Append one event to `chain`; see `append_many`."""
    return append_many(chain, [(kind, data)], actor=actor, at=at, first=first)[0]


@store.step
def append_many(
    chain: str, entries: Sequence[Entry], *, actor: AbstractBaseUser | None, at: datetime, first: bool = False
) -> list[Event]:
    """Append several events to one chain by one INSERT.

    `at` is an aware moment; `actor` None is the system itself. `first` says that the chain is new, so that
    its head is not looked up. The caller holds the lock of the record that the chain belongs to; a second
    writer that slips in between meets the unique (chain, seq), gets RuleViolation, and its whole transaction
    is void. `data` takes no personal values beyond what proof needs: this log is never erased (Luật Bảo vệ
    dữ liệu cá nhân 91/2025/QH15).
    """
    seq, previous = (0, genesis(chain)) if first else _head(chain)
    events = []
    for kind, data in entries:
        seq += 1
        event = _event(chain, seq, kind, at, actor, data, previous)
        previous = event.hash
        events.append(event)
    store.keep(("head", chain), (seq, previous))
    try:
        return store.insert(events)
    except IntegrityError as error:
        raise RuleViolation(
            "Có người vừa cập nhật nội dung này cùng lúc với bạn. Tải lại trang rồi làm lại."
        ) from error


def _head(chain: str) -> tuple[int, str]:
    """The number and hash of the chain's last event. Written by hand: every act asks it, and building it anew each time
    took ten times as long as answering it.
    """
    found: tuple[int, str] | None = store.kept(("head", chain))
    if found:
        return found
    with store.past(), prepared() as cursor:
        cursor.execute(
            "SELECT seq, hash FROM audit_event WHERE chain = %s ORDER BY seq DESC LIMIT 1", [chain]
        )
        return cursor.fetchone() or (0, genesis(chain))


def _event(
    chain: str,
    seq: int,
    kind: str,
    at: datetime,
    actor: AbstractBaseUser | None,
    data: dict[str, Any] | None,
    previous: str,
) -> Event:
    actor_id, label = (actor.pk, str(actor)) if actor else (None, "Hệ thống")
    content = clean(data or {})
    link = Link(chain, seq, kind, moment_text(at), actor_id, label, content, previous)
    return store.new(
        Event,
        chain=chain,
        seq=seq,
        kind=kind,
        at=at,
        actor_id=actor_id,
        actor_label=label,
        data=content,
        previous_hash=previous,
        hash=link.hash(),
    )


def record_view(
    user: AbstractBaseUser, record: str, fields: Sequence[str], *, at: datetime, ip: str = ""
) -> Event:
    """Log that `user` saw personal data: the record (e.g. "dossier/17") and the fields by name, never values.

    Kept in the chain "views/<user id>". Several tabs of one person may collide: the append is tried again.
    (Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15.)
    """
    data = {"record": record, "fields": list(fields), "ip": ip}
    for _ in range(VIEW_TRIES - 1):
        with suppress(RuleViolation), transaction.atomic():
            return append(f"views/{user.pk}", "view.personal_data", actor=user, at=at, data=data)
    return append(f"views/{user.pk}", "view.personal_data", actor=user, at=at, data=data)
