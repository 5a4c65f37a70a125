"""Messages of a dossier: what each side may read, and what waits to be read."""

from django.db.models import Exists, OuterRef, QuerySet

from motcua.core.errors import NotFound
from motcua.dossiers.models import Dossier, Message, MessageFile


def of_citizen(dossier: Dossier) -> QuerySet[Message]:
    """What the citizen may read: what was sent in either direction, never what officers write to each other. Oldest first."""
    rows = dossier.messages.filter(to_citizen=True) | dossier.messages.filter(from_citizen=True)
    return rows.select_related("author").prefetch_related("files__file").order_by("at", "id")


def of_officers(dossier: Dossier) -> QuerySet[Message]:
    """All that was written in the dossier, oldest first."""
    return (
        dossier.messages.select_related("author", "read_by")
        .prefetch_related("files__file")
        .order_by("at", "id")
    )


def access_message_file(dossier: Dossier, file_id: int) -> MessageFile:
    """A file sent with a message of a dossier that the officer may see. Raises NotFound."""
    found = MessageFile.objects.filter(message__dossier=dossier, pk=file_id).select_related("file").first()
    if found is None:
        raise NotFound()
    return found


def to_read(dossier: Dossier, *, citizen: bool) -> QuerySet[Message]:
    """What the other side wrote and this side has not opened."""
    side = {"to_citizen": True} if citizen else {"from_citizen": True}
    return Message.objects.filter(**side, dossier_id=dossier.pk, read_at=None)


def unread_by_office(dossier: str = "pk") -> Exists:
    """For lists: whether a citizen's message of the dossier waits to be read; `dossier` names it from the list's rows."""
    return Exists(Message.objects.filter(dossier=OuterRef(dossier), from_citizen=True, read_at=None))


def unread_by_citizen(dossier: str = "pk") -> Exists:
    """For lists: whether the office's message of the dossier waits to be read."""
    return Exists(Message.objects.filter(dossier=OuterRef(dossier), to_citizen=True, read_at=None))
