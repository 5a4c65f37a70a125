"""Taking files in, scanning them again, letting them out of quarantine."""

import logging
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from motcua.audit.actions import append, record_view
from motcua.core.errors import NotFound, RuleViolation
from motcua.files import images, queries, scanner, shelf
from motcua.files.models import StoredFile
from motcua.files.rules import kinds
from motcua.files.rules.names import safe_name
from motcua.files.rules.policy import Unscanned, Verdict, fate_of

log = logging.getLogger(__name__)


@transaction.atomic
def store(
    upload: "UploadedFile[Any] | bytes",
    *,
    actor: AbstractBaseUser | None,
    at: datetime,
    name: str = "",
    personal: bool = True,
    made_here: bool = False,
    longest: int | None = None,
    clean: bool = False,
) -> StoredFile:
    """Take a file in: type told from its bytes and checked against its name, size, hidden data, virus scan.

    Part of the act that calls it, which has checked the permission. `personal`: opening it is logged.
    `made_here`: printed by this software, needs no scan. `longest`: pictures are reduced to that many points on their
    longer side. `clean`: dim photographs of papers are made brighter. Raises RuleViolation when it cannot be taken; an
    infected content never reaches the disk.
    """
    name = safe_name(name or getattr(upload, "name", "") or "tep")
    content = _content(upload)
    kind = _checked_kind(name, content)
    original = sha256(content).hexdigest()
    if kind in kinds.IMAGES:
        content, kind = images.bare(content, kind, longest, clean=clean)
        name = kinds.named_for(name, kind)
    state, note = (StoredFile.State.SAFE, "do hệ thống lập") if made_here else _scanned(content)
    made = StoredFile.objects.create(
        sha256=shelf.put(content),
        original_sha256=original,
        size=len(content),
        media_type=kind,
        name=name,
        state=state,
        state_note=note,
        is_personal=personal,
        uploaded_by_id=None if actor is None else actor.pk,
        uploaded_at=at,
    )
    about = {"sha256": made.sha256, "size": made.size, "type": kind, "state": state}
    append(f"file/{made.pk}", "file.stored", actor=actor, at=at, data=about, first=True)
    return made


def _content(upload: "UploadedFile[Any] | bytes") -> bytes:
    limit = queries.size_limit()
    if isinstance(upload, bytes):
        return upload
    if (upload.size or 0) > limit:
        raise RuleViolation(kinds.problem("", upload.size or 0, limit, None, None), field="file")
    upload.seek(0)
    content: bytes = upload.read(limit + 1)
    return content


def _checked_kind(name: str, content: bytes) -> str:
    archive = shelf.archive_in(content)
    kind = kinds.kind_of(content[:1024], archive)
    if said := kinds.problem(name, len(content), queries.size_limit(), kind, archive):
        raise RuleViolation(said, field="file")
    return kind or ""


def _scanned(content: bytes) -> tuple[str, str]:
    scan = scanner.configured().scan(content)
    fate = fate_of(
        scan.verdict, has_scanner=bool(settings.CLAMD), unscanned=Unscanned(settings.UPLOAD_UNSCANNED)
    )
    if fate.refusal:
        log.warning("file refused: %s (%s)", scan.verdict, scan.note)
        raise RuleViolation(fate.refusal, field="file")
    return fate.state, scan.note[:300]


@transaction.atomic
def rescan(file_id: int, *, actor: AbstractBaseUser | None, at: datetime) -> StoredFile:
    """Scan a waiting file again. An infected one is kept as a row without content, and never opens."""
    found = StoredFile.objects.select_for_update(of=("self",)).get(pk=file_id)
    path = shelf.path_of(found.sha256)
    scan = scanner.configured().scan(path.read_bytes())
    states = {Verdict.CLEAN: StoredFile.State.SAFE, Verdict.INFECTED: StoredFile.State.INFECTED}
    if scan.verdict not in states:
        return found
    _change(found, states[scan.verdict], scan.note, actor, at)
    if found.state == StoredFile.State.INFECTED:
        for twin in (
            StoredFile.objects.select_for_update(of=("self",)).filter(sha256=found.sha256).exclude(pk=file_id)
        ):
            _change(twin, found.state, scan.note, actor, at)
        transaction.on_commit(lambda: path.unlink(missing_ok=True))
    return found


def _change(found: StoredFile, state: str, note: str, actor: AbstractBaseUser | None, at: datetime) -> None:
    found.state, found.state_note = state, note[:300]
    found.save(update_fields=["state", "state_note"])
    about = {"state": state, "note": found.state_note}
    append(f"file/{found.pk}", f"file.{state}", actor=actor, at=at, data=about)


def rescan_waiting(*, at: datetime, actor: AbstractBaseUser | None = None, limit: int = 100) -> int:
    """Scan waiting files again, oldest first, when there is a scanner; how many left the queue. For the timer."""
    if not settings.CLAMD:
        return 0
    ids = list(queries.waiting().values_list("pk", flat=True)[:limit])
    done = [rescan(pk, actor=actor, at=at) for pk in ids]
    return sum(one.state in (StoredFile.State.SAFE, StoredFile.State.INFECTED) for one in done)


@transaction.atomic
def erase(file_id: int, *, reason: str, actor: AbstractBaseUser | None, at: datetime) -> StoredFile:
    """Throw the content of a file away for good; the row stays and says why. The same content of another file stays.

    The caller has checked that nothing refers to the file any more.
    """
    found = StoredFile.objects.select_for_update(of=("self",)).get(pk=file_id)
    _change(found, StoredFile.State.REFUSED, reason, actor, at)
    gone = [StoredFile.State.INFECTED, StoredFile.State.REFUSED]
    if not StoredFile.objects.filter(sha256=found.sha256).exclude(state__in=gone).exists():
        path = shelf.path_of(found.sha256)
        transaction.on_commit(lambda: path.unlink(missing_ok=True))
    return found


@transaction.atomic
def release(file_id: int, *, reason: str, actor: AbstractBaseUser, at: datetime) -> StoredFile:
    """Let a file out of quarantine on a person's responsibility, with a reason; it opens with a warning.

    The caller has checked the permission "file.release": this app stands below the agencies.
    """
    found = queries.waiting().select_for_update(of=("self",)).filter(pk=file_id).first()
    if found is None:
        raise NotFound("Tệp này không còn trong diện cách ly.")
    if not reason.strip():
        raise RuleViolation("Ghi lý do cho mở tệp.", field="reason")
    _change(found, StoredFile.State.RELEASED, reason.strip(), actor, at)
    return found


def note_opening(file: StoredFile, *, actor: AbstractBaseUser, at: datetime, ip: str = "") -> None:
    """Log that somebody opened a file with personal data."""
    if file.is_personal and actor.pk:
        record_view(actor, f"file/{file.pk}", ["content"], at=at, ip=ip)
