"""What the pages of this app share."""

from django.db.models import QuerySet

from motcua.agencies.models import Agency
from motcua.agencies.queries import agencies_at
from motcua.agencies.web import StaffRequest
from motcua.core.moments import today


def agencies_for(request: StaffRequest, permission: str) -> QuerySet[Agency]:
    """Agencies of today where the person holds the permission. Raises NotFound when there are none at all."""
    request.authority.require_any(permission)
    return agencies_at(today()).filter(request.authority.where(permission))
