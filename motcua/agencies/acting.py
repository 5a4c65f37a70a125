"""What acts of this app and of those above share: who may act, and writing it down."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model

from motcua.accounts.models import User
from motcua.agencies.models import Agency, Post, PostRole, Role
from motcua.agencies.queries import Authority, authority_of, forget
from motcua.agencies.rules.grants import Holding, Reach, require_no_excess
from motcua.agencies.rules.permissions import Permission, known
from motcua.audit.actions import append
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import legal_date
from motcua.core.text import nfc

M = TypeVar("M", bound=Model)


def locked(model: type[M], pk: int) -> M:
    """The row, locked until the transaction ends. Raises NotFound."""
    found = model._default_manager.select_for_update().filter(pk=pk).first()
    if found is None:
        raise NotFound()
    return found


def powers(actor: User, at: datetime) -> Authority:
    """What the actor may do on the legal date of the act."""
    return authority_of(actor, legal_date(at))


def require_everywhere(actor: User, at: datetime, permission: Permission) -> Authority:
    """For acts that touch every agency: the permission must reach every root of the tree. Raises NotFound."""
    authority = powers(actor, at)
    if not reaches_everywhere(authority, permission):
        raise NotFound()
    return authority


def reaches_everywhere(authority: Authority, permission: Permission) -> bool:
    """Whether a permission reaches every root of the tree: for pages that offer an act touching every agency."""
    if authority.everything:
        return True
    reaches = [h.reach for h in authority.holdings if permission in h.permissions]
    paths = Agency.objects.filter(parent=None).values_list("path", flat=True)
    roots = [Reach(path, subtree=True) for path in paths]
    return bool(roots) and all(any(reach.covers(root) for reach in reaches) for root in roots)


def required_text(text: str, message: str, *, field: str) -> str:
    """The text in NFC. Raises RuleViolation with `message` when it is empty."""
    clean = nfc(text)
    if not clean:
        raise RuleViolation(message, field=field)
    return clean


def record(chain: str, kind: str, /, *, actor: User, at: datetime, first: bool = False, **data: Any) -> None:
    """Append the act to the log, and drop remembered answers that it may have changed."""
    append(chain, kind, actor=actor, at=at, data=data, first=first)
    forget()


def holding_of(role: Role, scope: Agency, subtree: bool) -> Holding:
    """A role in a place, as the rule against escalation weighs it."""
    return Holding(Reach(scope.path, subtree), known(role.permissions), known(role.grants))


def holdings_of_post(post: Post) -> list[Holding]:
    """Everything that a post gives to who holds it."""
    rows = PostRole.objects.filter(post=post).select_related("role", "scope")
    return [holding_of(row.role, row.scope, row.subtree) for row in rows]


def require_may_give(authority: Authority, wanted: Iterable[Holding], *, act: str) -> None:
    """Raise RuleViolation when the act would hand out more than the actor may."""
    require_no_excess(authority.holdings, wanted, act=act)


def changes(row: Model, fields: dict[str, Any]) -> dict[str, Any]:
    """Those of the new values that differ from the row's; writes them onto it."""
    changed = {name: value for name, value in fields.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    return changed
