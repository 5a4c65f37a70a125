"""Files that a citizen sends with a page: taken in one by one, kept over a page that comes back with errors."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.core import signing

from motcua.accounts.models import User
from motcua.core.attempts import attempt
from motcua.files.actions import store
from motcua.files.models import StoredFile

_SALT = "portal.kept"
_HOURS = 12


def kept(form: forms.Form, field: str, files: Iterable[Any], user: User, at: datetime) -> list[StoredFile]:
    """The files taken in (type and virus checked); what cannot be taken becomes an error of the field."""
    found = []
    for upload in files:
        taken = attempt(form, store, upload, actor=user, at=at)
        found += [taken] if taken else []
    return found


def ticket(file: StoredFile, user: User) -> str:
    """What a page carries in place of a file that was taken in already; good for this person only, for twelve hours."""
    return signing.dumps([file.pk, user.pk], salt=_SALT)


def of_ticket(text: str, user: User) -> StoredFile | None:
    """The file of a ticket; None for anything that we did not give to this person."""
    try:
        pk, owner = signing.loads(text, salt=_SALT, max_age=_HOURS * 3600)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return StoredFile.objects.filter(pk=pk, uploaded_by_id=user.pk).first() if owner == user.pk else None
