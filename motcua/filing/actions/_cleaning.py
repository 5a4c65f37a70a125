"""Throwing away what a draft holds, words and files; where its log is kept."""

from datetime import datetime

from motcua.accounts.models import User
from motcua.files.actions import erase
from motcua.filing.models import Application, Upload


def chain_of(application: Application) -> str:
    """The chain of an application in the log."""
    return f"application/{application.pk}"


def forget(application: Application, reason: str, *, actor: User, at: datetime) -> None:
    """Delete what was typed in and the files of a draft; the bare row stays."""
    for upload in application.uploads.all():
        drop(upload, reason, actor=actor, at=at)
    application.state = Application.State.DISCARDED
    application.answers, application.party, application.delivery, application.done = {}, {}, {}, []
    application.fees = {}
    application.revision += 1
    application.updated_at = at
    application.save(
        update_fields=["state", "answers", "party", "delivery", "fees", "done", "revision", "updated_at"]
    )


def drop(upload: Upload, reason: str, *, actor: User, at: datetime) -> None:
    """Delete an upload with its parts; its content too, unless it was taken from the person's store."""
    file_id = upload.file_id
    upload.delete()
    if file_id and not upload.held and not Upload.objects.filter(file_id=file_id).exists():
        erase(file_id, reason=reason, actor=actor, at=at)
