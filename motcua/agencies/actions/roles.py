"""Acts on roles, the named permission sets that all agencies share."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.acting import changes, locked, record, require_everywhere, required_text
from motcua.agencies.models import Agency, Level, Role
from motcua.agencies.queries import Authority
from motcua.agencies.rules.grants import Holding, Reach, require_no_excess
from motcua.agencies.rules.levels import LEVELS
from motcua.agencies.rules.permissions import Permission, known
from motcua.agencies.rules.roles import BY_CODE, STANDARD_ROLES
from motcua.audit.queries import events_of
from motcua.core.errors import RuleViolation


@transaction.atomic
def create_role(
    *,
    code: str,
    name: str,
    permissions: Iterable[str],
    actor: User,
    at: datetime,
    requires_totp: bool = False,
) -> Role:
    """Make a role. Raises NotFound without role.edit everywhere; RuleViolation for more than the actor
    may give.
    """
    authority = require_everywhere(actor, at, Permission.ROLE_EDIT)
    wanted = _checked(permissions)
    _require_may_put_in(authority, wanted)
    if Role.objects.filter(code=code).exists():
        raise RuleViolation(f"Đã có vai trò mang mã {code}.", field="code")
    role = Role.objects.create(
        code=code,
        name=required_text(name, "Nhập tên vai trò.", field="name"),
        permissions=sorted(wanted),
        requires_totp=requires_totp,
    )
    facts: dict[str, Any] = {"code": code, "permissions": role.permissions, "requires_totp": requires_totp}
    record(f"role/{role.pk}", "role.created", actor=actor, at=at, first=True, **facts)
    return role


@transaction.atomic
def update_role(
    role: Role, *, name: str, permissions: Iterable[str], requires_totp: bool, actor: User, at: datetime
) -> Role:
    """Change a role everywhere at once. What it may hand out (`grants`) is set at installation only.

    Raises NotFound without role.edit everywhere; RuleViolation for a role that the actor holds, or for
    permissions beyond what the actor may give.
    """
    authority = require_everywhere(actor, at, Permission.ROLE_EDIT)
    role = locked(Role, role.pk)
    if role.code in authority.role_codes:
        raise RuleViolation("Bạn đang giữ vai trò này nên không được tự sửa. Nhờ quản trị khác thực hiện.")
    wanted = _checked(permissions)
    added = wanted - known(role.permissions)
    _require_may_put_in(authority, added)
    before = {"permissions": role.permissions, "requires_totp": role.requires_totp, "name": role.name}
    fields = {
        "name": required_text(name, "Nhập tên vai trò.", field="name"),
        "permissions": sorted(wanted),
        "requires_totp": requires_totp,
    }
    changed = changes(role, fields)
    if changed:
        role.save(update_fields=list(changed))
        old = {key: before[key] for key in changed}
        record(f"role/{role.pk}", "role.updated", actor=actor, at=at, before=old, after=changed)
    return role


@transaction.atomic
def install_standards(*, actor: User, at: datetime) -> None:
    """Put in the levels of government and the standard roles that are missing; those present are left as
    they are.

    Only the system's own account may (installation and upgrade). Raises NotFound for others.
    """
    _require_system(actor)
    for level in LEVELS:
        Level.objects.get_or_create(
            code=level.code,
            defaults={
                "name": level.name,
                "rank": level.rank,
                "source": level.source,
                "valid_from": level.valid_from,
                "valid_to": level.valid_to,
            },
        )
    for data in STANDARD_ROLES:
        role, created = Role.objects.get_or_create(
            code=data.code,
            defaults={
                "name": data.name,
                "permissions": sorted(data.permissions),
                "grants": sorted(data.grants),
                "requires_totp": data.requires_totp,
            },
        )
        if created:
            record(f"role/{role.pk}", "role.installed", actor=actor, at=at, first=True, code=role.code)


class RoleNews(NamedTuple):
    """What a standard role of this version may do beyond the role of this installation. Codes of permissions.

    `taken_away`: permissions and grants that somebody here removed from the role on purpose; they stay removed.
    """

    role: Role
    permissions: frozenset[str]
    grants: frozenset[str]
    taken_away: frozenset[str]


@transaction.atomic
def renew_standards(*, actor: User, at: datetime, save: bool = True) -> list[RoleNews]:
    """Give the standard roles the permissions that this version of the software brought; for upgrades.

    What was removed from a role by hand is told by the log and stays removed; a role that people made themselves under a
    standard code, and every other role, is left alone. `save=False` only tells what would change. Only the system's
    own account may. Raises RuleViolation for others.
    """
    _require_system(actor)
    found = [
        _news(role) for role in Role.objects.select_for_update().filter(code__in=BY_CODE).order_by("code")
    ]
    news = [one for one in found if one and (one.permissions or one.grants or one.taken_away)]
    for one in news:
        if save and (one.permissions or one.grants):
            _renew(one, actor, at)
    return news


def _news(role: Role) -> RoleNews | None:
    events = list(events_of(f"role/{role.pk}"))
    if any(event.kind == "role.created" for event in events):
        return None
    once = {code for event in events for code in event.data.get("before", {}).get("permissions", ())}
    standard = BY_CODE[role.code]
    missing = frozenset(standard.permissions) - known(role.permissions)
    grants = frozenset(standard.grants) - known(role.grants)
    return RoleNews(role, missing - once, grants, missing & once)


def _renew(news: RoleNews, actor: User, at: datetime) -> None:
    role, before = news.role, {"permissions": news.role.permissions, "grants": news.role.grants}
    role.permissions = sorted({*role.permissions, *news.permissions})
    role.grants = sorted({*role.grants, *news.grants})
    role.save(update_fields=["permissions", "grants"])
    after = {"permissions": role.permissions, "grants": role.grants}
    record(f"role/{role.pk}", "role.renewed", actor=actor, at=at, before=before, after=after)


def _require_system(actor: User) -> None:
    """Raise RuleViolation unless the actor is the system's own account."""
    if actor.kind != User.Kind.SYSTEM:
        raise RuleViolation("Việc này chỉ do hệ thống thực hiện khi cài đặt, nâng cấp.")


def _checked(permissions: Iterable[str]) -> frozenset[str]:
    wanted = frozenset(permissions)
    unknown = sorted(wanted - known(wanted))
    if unknown:
        raise RuleViolation(f"Không có quyền: {', '.join(unknown)}.", field="permissions")
    return wanted


def _require_may_put_in(authority: Authority, wanted: frozenset[str]) -> None:
    roots = Agency.objects.filter(parent=None).values_list("path", flat=True)
    asked = [Holding(Reach(path, subtree=True), wanted) for path in roots]
    require_no_excess(authority.holdings, asked, act="đưa các quyền này vào vai trò")
