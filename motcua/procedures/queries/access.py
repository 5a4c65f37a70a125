"""Who may change the shared catalogue, and the parts of it that belong to one agency."""

from motcua.agencies.models import Agency
from motcua.agencies.queries import Authority
from motcua.core.errors import NotFound


def holds_at_top(authority: Authority, permission: str) -> bool:
    """Whether the permission is held where the shared catalogue is kept: at the root agency or one of its level.

    At most two statements; none for who does not hold it anywhere.
    """
    if authority.everything:
        return True
    if not authority.has(permission):
        return False
    held = Agency.objects.filter(authority.where(permission))
    top = Agency.objects.filter(parent=None)
    return (held & top).exists() or held.filter(level__in=top.values("level")).exists()


def may_in(authority: Authority, permission: str, agency: Agency | None) -> bool:
    """Whether the permission is held in an agency; without one the matter is the whole catalogue's."""
    return holds_at_top(authority, permission) if agency is None else authority.can(permission, agency)


def require_in(authority: Authority, permission: str, agency: Agency | None = None) -> None:
    """Raise NotFound unless `may_in`: to whom it is forbidden, a form does not exist."""
    if not may_in(authority, permission, agency):
        raise NotFound()
