"""Messages of a dossier in both directions, with files, and that they were read."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from motcua.accounts.models import User
from motcua.agencies.rules.permissions import Permission
from motcua.core import store
from motcua.core.errors import NotFound
from motcua.core.text import nfc
from motcua.dossiers.actions import _news
from motcua.dossiers.actions._journal import entry, log
from motcua.dossiers.models import Dossier, Message, MessageFile
from motcua.dossiers.queries import access
from motcua.dossiers.queries.held import access_held
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.queries.talk import to_read
from motcua.dossiers.rules import talk
from motcua.files.models import StoredFile

DAY = timedelta(hours=24)


@store.act
def write_message(
    dossier_id: int,
    body: str,
    *,
    to_citizen: bool = False,
    file_ids: Sequence[int] = (),
    actor: User,
    at: datetime,
) -> Message:
    """Write in the dossier: among officers, or to the citizen, who is told."""
    desk = Desk(actor, at)
    dossier = access.access_dossier(actor, dossier_id, Permission.DOSSIER_VIEW, at=at, lock=True, desk=desk)
    message = _written(desk, dossier, body, file_ids, to_citizen=to_citizen)
    if to_citizen:
        _news.tell(desk, dossier, "message")
    return message


@store.act
def write_to_office(
    dossier_id: int, body: str, *, file_ids: Sequence[int] = (), actor: User, at: datetime
) -> Message:
    """Write to who works on one's dossier. Raises NotFound when it is not one's own, RuleViolation for too many in a day."""
    desk = Desk(actor, at)
    access_held(actor, dossier_id, at)
    dossier = access.locked(desk, dossier_id)
    talk.require_calm(
        Message.objects.filter(dossier_id=dossier_id, from_citizen=True, at__gt=at - DAY).count()
    )
    return _written(desk, dossier, body, file_ids, from_citizen=True)


def _written(
    desk: Desk, dossier: Dossier, body: str, file_ids: Sequence[int], *, to_citizen: bool = False, from_citizen: bool = False
) -> Message:  # fmt: skip
    text = talk.require_message("\n".join(nfc(line) for line in body.splitlines()), len(file_ids))
    _require_own_files(file_ids, desk.actor)
    message = Message.objects.create(
        dossier=dossier,
        author=desk.actor,
        at=desk.at,
        body=text,
        to_citizen=to_citizen,
        from_citizen=from_citizen,
    )
    MessageFile.objects.bulk_create(MessageFile(message=message, file_id=pk) for pk in file_ids)
    told = {"message": message.pk, "to_citizen": to_citizen}
    log(desk, dossier, entry("citizen_message" if from_citizen else "message", **told, files=len(file_ids)))
    return message


def _require_own_files(file_ids: Sequence[int], actor: User) -> None:
    """Raise NotFound for a file that somebody else sent: an id is not a permission."""
    if StoredFile.objects.filter(pk__in=file_ids, uploaded_by_id=actor.pk).count() != len(set(file_ids)):
        raise NotFound("Không tìm thấy tệp đã tải lên. Chọn lại tệp.")


@store.act
def mark_messages_read(dossier_id: int, *, actor: User, at: datetime) -> int:
    """What the other side wrote has been opened: by the citizen who holds the dossier, or by an officer who works on it. How many
    messages it was. Raises NotFound.
    """
    desk = Desk(actor, at)
    citizen = actor.kind == User.Kind.CITIZEN
    dossier = (
        access_held(actor, dossier_id, at)
        if citizen
        else access.access_dossier(actor, dossier_id, at=at, desk=desk)
    )
    if not citizen and not _works_on(desk, dossier):
        return 0
    unread = to_read(dossier, citizen=citizen)
    ids = list(unread.values_list("pk", flat=True))
    if ids:
        access.locked(desk, dossier_id)
        unread.filter(pk__in=ids).update(read_at=at, read_by=actor)
        log(desk, dossier, entry("message_read", messages=ids))
    return len(ids)


def _works_on(desk: Desk, dossier: Dossier) -> bool:
    """Whether an officer answers for the dossier: who only watches does not read it for those who do."""
    work = (Permission.DOSSIER_RECEIVE, Permission.DOSSIER_PROCESS, Permission.DOSSIER_RETURN_RESULT)
    agencies = [dossier.resolving_agency, *(t.agency for t in access.tasks_of(dossier, desk))]
    return access.at_office(desk, dossier, work) or any(access.holds(desk, work, a) for a in agencies)
