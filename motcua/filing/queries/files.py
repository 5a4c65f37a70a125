"""Who may open files of an application, besides who uploaded them."""

from typing import Any

from django.db.models import Q

from motcua.accounts.queries import open_visits
from motcua.agencies.rules.permissions import Permission
from motcua.core.moments import now
from motcua.dossiers.queries import visible_to
from motcua.files.models import StoredFile
from motcua.filing.models import Application


def may_open(file: StoredFile, user: Any, authority: Any) -> bool:
    """The signed copy: whoever may see personal data of the dossier that it became. Copy and uploads: the citizen whose
    application it is, also when somebody who helped them made it.
    """
    if user.pk is None:
        return False
    if getattr(user, "is_citizen", False):
        own = Application.objects.filter(owner_id=user.pk).exclude(state=Application.State.DISCARDED)
        return own.filter(Q(copy=file) | Q(uploads__file=file)).exists()
    if authority is None:
        return False
    found = Application.objects.filter(copy=file).values_list("dossier_id", flat=True).first()
    personal = visible_to(authority, Permission.DOSSIER_VIEW_PERSONAL)
    return found is not None and personal.filter(pk=found).exists()


def left_with_visit(file: StoredFile, user: Any) -> bool:
    """Whether a member of staff uploaded a file while they helped somebody who has left since."""
    if not getattr(user, "is_staff_member", False):
        return False
    helped = Application.objects.filter(Q(copy=file) | Q(uploads__file=file), assistance__helper_id=user.pk)
    return helped.exclude(open_visits(now(), "assistance__")).exists()
