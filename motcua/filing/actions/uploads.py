"""Files of a draft: whole, or in parts over a bad network. Cleaned, scanned and kept by `files`; nobody else's ever opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256 as digest_of
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from motcua.accounts.models import User
from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers.queries import Desk
from motcua.files.actions import store
from motcua.files.queries import size_limit
from motcua.files.rules.names import safe_name
from motcua.filing.actions._cleaning import drop
from motcua.filing.models import Application, Upload, UploadPart
from motcua.filing.queries.drafts import access_upload, locked_draft
from motcua.filing.queries.journey import Journey
from motcua.filing.queries.slots import Slot, access_slot
from motcua.filing.rules import chunks
from motcua.holdings.queries import held_for


@dataclass(frozen=True)
class Finished:
    """What became of an upload that has come in: kept, or refused with a sentence that says why."""

    upload: Upload | None
    refusal: str = ""


@transaction.atomic
def attach(
    application_id: UUID, slot: str, content: "UploadedFile[Any]", *, actor: User, at: datetime
) -> Upload:
    """Take a whole file for a paper or a file question. The same file sent twice is kept once. Raises RuleViolation when it
    cannot be taken, NotFound for another's draft.
    """
    application, place, desk = _open(application_id, slot, actor, at)
    limit = size_limit()
    chunks.require_announced(content.name or "", content.size or 0, "", limit)
    content.seek(0)
    mark = digest_of(content.read()).hexdigest()
    if known := application.uploads.filter(slot=place.key, sha256=mark, state=Upload.State.STORED).first():
        return known
    _require_room(application, desk)
    made = _new(application, place, content.name or "", content.size or 0, mark, at)
    _keep(made, content, desk)
    made.save()
    return made


@transaction.atomic
def begin_upload(
    application_id: UUID, slot: str, name: str, size: int, sha256: str, *, actor: User, at: datetime
) -> Upload:
    """Announce a file that will come in parts. The same file announced again goes on where it stopped, or is there already."""
    application, place, desk = _open(application_id, slot, actor, at)
    chunks.require_announced(name, size, sha256, size_limit())
    if not sha256:
        raise RuleViolation("Thiếu mã kiểm tra của tệp. Chọn lại tệp và tải lên lại.", field="file")
    if known := application.uploads.filter(slot=place.key, sha256=sha256, size=size).first():
        return known
    _require_room(application, desk)
    made = _new(application, place, name, size, sha256, at)
    made.save()
    return made


@transaction.atomic
def add_part(
    application_id: UUID,
    upload_id: UUID,
    *,
    offset: int,
    content: bytes,
    sha256: str,
    actor: User,
    at: datetime,
) -> tuple[Upload, chunks.Fate]:
    """Take one part. One that is here already changes nothing; one behind a hole is not taken: the upload says where to go on.

    Raises RuleViolation for a part that was garbled on its way, NotFound for another's upload.
    """
    upload = access_upload(actor, application_id, upload_id, at, lock=True)
    if upload.state == Upload.State.STORED:
        return upload, chunks.Fate.KNOWN
    fate = chunks.fate_of(offset=offset, size=len(content), received=upload.received, total=upload.size)
    mark = digest_of(content).hexdigest()
    if mark != sha256.lower():
        raise RuleViolation("Phần tệp bị hỏng trên đường truyền. Máy sẽ gửi lại phần này.", field="file")
    if fate is chunks.Fate.TAKE:
        UploadPart.objects.create(
            upload=upload, offset=offset, size=len(content), sha256=mark, content=content
        )
        upload.received, upload.updated_at = offset + len(content), at
        upload.save(update_fields=["received", "updated_at"])
    return upload, fate


@transaction.atomic
def finish_upload(application_id: UUID, upload_id: UUID, *, actor: User, at: datetime) -> Finished:
    """Put the parts together, check size and hash, clean and keep the file. Twice does no harm. A file that is refused, or whose
    parts do not make what was announced, is thrown away. Raises RuleViolation while parts are missing.
    """
    upload = access_upload(actor, application_id, upload_id, at, lock=True)
    if upload.state == Upload.State.STORED:
        return Finished(upload)
    if upload.received != upload.size:
        raise RuleViolation("Tệp chưa gửi hết. Máy sẽ gửi tiếp từ chỗ dừng.", field="file")
    whole = _joined(list(upload.parts.order_by("offset")))
    if digest_of(whole).hexdigest() != upload.sha256 or len(whole) != upload.size:
        upload.delete()
        return Finished(None, "Tệp nhận được không giống tệp trên máy bạn. Chọn lại tệp và tải lên lại.")
    try:
        with transaction.atomic():
            _keep(upload, whole, Desk(actor, at))
    except RuleViolation as error:
        upload.delete()
        return Finished(None, error.message)
    upload.updated_at = at
    upload.save(update_fields=["file", "state", "received", "name", "updated_at"])
    upload.parts.all().delete()
    return Finished(upload)


@transaction.atomic
def remove_upload(application_id: UUID, upload_id: UUID, *, actor: User, at: datetime) -> None:
    """Take a file out of a draft; its content is deleted. Raises NotFound for another's."""
    upload = access_upload(actor, application_id, upload_id, at, lock=True)
    drop(upload, "người nộp bỏ tệp", actor=actor, at=at)


@transaction.atomic
def take_held(application_id: UUID, slot: str, key: UUID, *, actor: User, at: datetime) -> Upload:
    """Use a result or paper that the person has here already instead of asking for it again. Raises NotFound for another's, or
    one that is not valid any more.
    """
    application, place, desk = _open(application_id, slot, actor, at)
    account = Journey(application, actor, at, desk).account
    offered = held_for(account, desk.day) if account else []
    held = next((one for one in offered if one.key == key), None)
    if held is None:
        raise NotFound("Giấy tờ này không còn dùng được trong kho của bạn.")
    if known := application.uploads.filter(slot=place.key, held=str(key)).first():
        return known
    _require_room(application, desk)
    made = _new(application, place, held.file.name, held.file.size, held.file.sha256, at)
    made.file, made.held, made.state, made.received = held.file, str(key), Upload.State.STORED, held.file.size
    made.save()
    return made


def _open(application_id: UUID, slot: str, actor: User, at: datetime) -> tuple[Application, Slot, Desk]:
    """The draft, locked, and the place that the file is for. Raises NotFound where a file has no place."""
    application = locked_draft(actor, application_id, at)
    desk = Desk(actor, at)
    return application, access_slot(Journey(application, actor, at, desk), slot), desk


def _require_room(application: Application, desk: Desk) -> None:
    chunks.require_room(application.uploads.count(), desk.setting("upload_files", None))


def _new(application: Application, place: Slot, name: str, size: int, mark: str, at: datetime) -> Upload:
    return Upload(
        application=application,
        paper_id=place.paper_id,
        slot=place.key,
        name=safe_name(name),
        size=size,
        sha256=mark,
        created_at=at,
        updated_at=at,
    )


def _joined(parts: Sequence[UploadPart]) -> bytes:
    return b"".join(bytes(part.content) for part in parts)


def _keep(upload: Upload, content: "UploadedFile[Any] | bytes", desk: Desk) -> None:
    """Check, clean and keep the content. Raises RuleViolation when it cannot be taken."""
    longest = desk.setting("upload_longest_side", None)
    kept = store(content, name=upload.name, actor=desk.actor, at=desk.at, longest=longest, clean=True)
    upload.file, upload.name, upload.state = kept, kept.name, Upload.State.STORED
    upload.received = upload.size
