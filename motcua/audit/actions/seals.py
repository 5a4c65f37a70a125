"""Sealing: a Merkle root over all events since the last seal, chained, signed and, if configured, stamped."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction

from motcua.audit import keys, seal_book, timestamps
from motcua.audit.models import Seal, SealStamp
from motcua.audit.queries.leaves import leaves
from motcua.audit.queries.settled import settled_until
from motcua.audit.rules.canonical import moment_text
from motcua.audit.rules.merkle import Tree
from motcua.audit.rules.seals import FIRST_SEAL_STANDS_ON, SealText, signed_message
from motcua.core.errors import RuleViolation

log = logging.getLogger(__name__)


def seal(*, at: datetime, actor: AbstractBaseUser | None = None) -> Seal | None:
    """Seal all events since the last seal; None when there are none, or another process has just sealed them.

    Locks nobody out. `at` is an aware moment. Raises RuleViolation when transactions that write events, and began before, take
    too long; the next run seals.
    """
    last = Seal.objects.order_by("-number").first()
    after, until = last.last_event_id if last else 0, _cut_off()
    if until <= after:
        return None
    text = _text(last, after, until, at)
    try:
        with transaction.atomic():
            made = _write(text, at)
    except IntegrityError:
        return None
    return made


def seal_when_due(*, at: datetime, actor: AbstractBaseUser | None = None) -> Seal | None:
    """Seal when the last seal is older than MOTCUA_SEAL_MINUTES; for the timer. See `seal`."""
    pause = timedelta(minutes=settings.SEAL_MINUTES)
    if Seal.objects.filter(sealed_at__gt=at - pause).exists():
        return None
    return seal(at=at, actor=actor)


def _cut_off() -> int:
    """An event id such that every event up to it is committed or gone for ever. Raises RuleViolation."""
    found = settled_until()
    if found is None:
        raise RuleViolation("Nhật ký đang bận ghi; niêm phong sẽ được làm lại ở lần sau.")
    return found


def _text(last: Seal | None, after: int, until: int, at: datetime) -> SealText:
    tree, first = Tree(), 0
    for event_id, event_hash in leaves(after, until):
        first = first or event_id
        tree.add(event_hash)
    root, _ = tree.close()
    return SealText(
        number=last.number + 1 if last else 1,
        first_event_id=first,
        last_event_id=until,
        event_count=tree.count,
        merkle_root=root,
        previous_hash=last.hash if last else FIRST_SEAL_STANDS_ON,
        public_key=keys.public_hex(keys.office_key()),
        sealed_at=moment_text(at),
    )


def _write(text: SealText, at: datetime) -> Seal:
    made = Seal(
        number=text.number,
        first_event_id=text.first_event_id,
        last_event_id=text.last_event_id,
        event_count=text.event_count,
        merkle_root=text.merkle_root,
        previous_hash=text.previous_hash,
        public_key=text.public_key,
        sealed_at=at,
        hash=text.hash(),
        signature=keys.office_key().sign(signed_message(text.hash())).hex(),
    )
    made.save(force_insert=True)
    transaction.on_commit(lambda: seal_book.write(made.number, made.hash))
    return made


def stamp_pending(*, at: datetime, actor: AbstractBaseUser | None = None, limit: int = 20) -> int:
    """Time-stamp seals that have no stamp yet, oldest first, if an authority is configured; say how many.

    A failure is logged, ends the run, and leaves the rest for the next one.
    """
    if not settings.TSA_URL:
        return 0
    done = 0
    for waiting in Seal.objects.filter(stamp=None).order_by("number")[:limit]:
        try:
            token = timestamps.fetch(waiting.hash, settings.TSA_URL)
        except timestamps.StampError as error:
            log.warning("%s", error)
            break
        SealStamp.objects.create(seal=waiting, token=token, stamped_at=at, authority=settings.TSA_URL[:200])
        done += 1
    return done
