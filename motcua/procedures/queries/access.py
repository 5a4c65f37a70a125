"""Who may change the shared catalogue."""

from motcua.agencies.models import Agency
from motcua.agencies.queries import Authority


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
