"""What a person may do on a day: own posts and powers lent by delegation, in one statement."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet

from motcua.accounts.models import User
from motcua.agencies.models import Agency, Assignment
from motcua.agencies.queries.memo import recall
from motcua.agencies.rules.grants import Holding, Reach
from motcua.agencies.rules.permissions import Permission, inherited, known
from motcua.core.errors import NotFound
from motcua.core.statements import Statement
from motcua.core.validity import in_force


@dataclass(frozen=True)
class HeldPost:
    """A post held on the day; `delegated_by` is the id of the person who lent it, None for one's own."""

    assignment_id: int
    post_id: int
    title: str
    agency_id: int
    agency_name: str
    is_main: bool
    delegated_by: int | None = None


@dataclass(frozen=True)
class HeldRole:
    """A role held somewhere on the day."""

    code: str
    scope_id: int
    holding: Holding
    requires_totp: bool
    delegated: bool
    heritage: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Authority:
    """What `user_id` may do on `day`. `everything` is the system's own account, which cannot sign in.

    Who holds a role in an agency holds its powers over dossiers and fees for the agencies whose place that one took
    (the districts on 1-7-2025): what is still open there must find somebody who may finish it.
    """

    user_id: int | None
    day: date
    posts: tuple[HeldPost, ...] = ()
    roles: tuple[HeldRole, ...] = ()
    everything: bool = False
    _reaches: dict[str, tuple[tuple[int, Reach], ...]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def can(self, permission: str, agency: Agency | int | None) -> bool:
        """Whether the permission is held in this agency. An Agency costs no statement, an id may cost one."""
        if self.everything:
            return True
        if agency is None:
            return False
        reaches = self._reaches_of(permission)
        if isinstance(agency, Agency):
            here = Reach(agency.path, subtree=False)
            return any(reach.covers(here) for _, reach in reaches) or agency.pk in self._heritage(permission)
        return any(scope == agency for scope, _ in reaches) or agency in self.agency_ids(permission)

    def has(self, permission: str) -> bool:
        """Whether the permission is held anywhere at all; costs no statement. For menus."""
        return self.everything or bool(self._reaches_of(permission))

    def require(self, permission: str, agency: Agency | int | None) -> None:
        """Raise NotFound unless the permission is held in this agency: forbidden looks like missing."""
        if not self.can(permission, agency):
            raise NotFound()

    def require_any(self, permission: str) -> None:
        """Raise NotFound unless the permission is held somewhere."""
        if not self.has(permission):
            raise NotFound()

    def agency_ids(self, permission: str) -> frozenset[int]:
        """Ids of all agencies where the permission is held. One statement the first time; prefer `where`
        in queries.
        """
        reaches = self._reaches_of(permission)
        direct = {scope for scope, _ in reaches} | self._heritage(permission)
        if not self.everything and not any(reach.subtree for _, reach in reaches):
            return frozenset(direct)
        prefixes = tuple(reach.path for _, reach in reaches if reach.subtree)
        return frozenset(
            direct | {pk for pk, path in self._paths if self.everything or path.startswith(prefixes)}
        )

    def where(self, permission: str, lookup: str = "") -> Q:
        """A filter for rows whose agency (at `lookup`, e.g. "agency"; empty for Agency itself) is within
        reach.
        """
        if self.everything:
            return Q()
        prefix = f"{lookup}__" if lookup else ""
        heritage = self._heritage(permission)
        found = Q(**{f"{prefix}id__in": heritage}) if heritage else Q(pk__in=[])
        for scope, reach in self._reaches_of(permission):
            found |= (
                Q(**{f"{prefix}path__startswith": reach.path})
                if reach.subtree
                else Q(**{f"{prefix}id": scope})
            )
        return found

    @property
    def main_agency_id(self) -> int | None:
        """The agency of the main post, else of any own post, else of a lent one."""
        ranked = sorted(
            self.posts, key=lambda p: (p.delegated_by is not None, not p.is_main, p.assignment_id)
        )
        return ranked[0].agency_id if ranked else None

    @property
    def place_name(self) -> str:
        """The name of the main agency, for the head of every page."""
        return next((post.agency_name for post in self.posts if post.agency_id == self.main_agency_id), "")

    @property
    def role_codes(self) -> frozenset[str]:
        """Codes of all roles held, lent ones included."""
        return frozenset(role.code for role in self.roles)

    @property
    def requires_totp(self) -> bool:
        """Whether any role held demands a second factor."""
        return any(role.requires_totp for role in self.roles)

    @property
    def holdings(self) -> tuple[Holding, ...]:
        """What the rule against privilege escalation weighs."""
        if self.everything:
            return (Holding(Reach("/", subtree=True), frozenset(Permission), frozenset(Permission)),)
        return tuple(role.holding for role in self.roles)

    def _reaches_of(self, permission: str) -> tuple[tuple[int, Reach], ...]:
        if permission not in self._reaches:
            self._reaches[permission] = tuple(
                (role.scope_id, role.holding.reach)
                for role in self.roles
                if permission in role.holding.permissions
            )
        return self._reaches[permission]

    def _heritage(self, permission: str) -> frozenset[int]:
        """Ids of agencies that ended and whose successor is in the roles' own agencies."""
        if not inherited(permission):
            return frozenset()
        held = (role.heritage for role in self.roles if permission in role.holding.permissions)
        return frozenset().union(*held)

    @cached_property
    def _paths(self) -> tuple[tuple[int, str], ...]:
        subtrees = Q(pk__in=[])
        for path in {role.holding.reach.path for role in self.roles if role.holding.reach.subtree}:
            subtrees |= Q(path__startswith=path)
        rows = Agency.objects.order_by() if self.everything else Agency.objects.filter(subtrees).order_by()
        return tuple(rows.values_list("id", "path"))


NOBODY = Authority(user_id=None, day=date.min)


def authority_of(user: User, day: date) -> Authority:
    """What a person may do on a legal date, delegations in force included. One statement; one more for
    subtrees.

    An account that is not active, and a visitor, may do nothing.
    """
    if not getattr(user, "pk", None) or not user.is_active:
        return NOBODY
    if user.kind == User.Kind.SYSTEM:
        return Authority(user_id=user.pk, day=day, everything=True)
    return recall(("authority", user.pk, day), lambda: _read(user.pk, day))


def _read(user_id: int, day: date) -> Authority:
    rows = [_Row(*row) for row in _HELD.rows(user_id=user_id, day=day)]
    usable = [
        row for row in rows if row.own(user_id) or not row.lent_roles or row.role_code in row.lent_roles
    ]
    return Authority(
        user_id=user_id,
        day=day,
        posts=tuple(dict.fromkeys(row.post(user_id) for row in usable)),
        roles=tuple(_unique(row.role(user_id, day) for row in usable if row.role_code)),
    )


def _rows(user_id: int, day: date) -> QuerySet[Assignment]:
    """One row per post and role, own or lent."""
    lent_now = Q(
        delegations__to_user_id=user_id,
        delegations__revoked_at=None,
        delegations__valid_from__lte=day,
        delegations__valid_to__gte=day,
    )
    return (
        Assignment.objects.filter(Assignment.in_force(day), user__is_active=True)
        .filter(in_force(day, "post"))
        .annotate(lent=FilteredRelation("delegations", condition=lent_now))
        .filter(Q(user_id=user_id) | Q(lent__isnull=False))
        .order_by("id")
        .values_list(
            "id",
            "user_id",
            "is_main",
            "post_id",
            "post__title",
            "post__agency_id",
            "post__agency__name",
            "post__roles__role__code",
            "post__roles__role__permissions",
            "post__roles__role__grants",
            "post__roles__role__requires_totp",
            "post__roles__scope_id",
            "post__roles__scope__path",
            "post__roles__scope__heritage",
            "post__roles__subtree",
            F("lent__roles"),
        )
    )


_HELD: Statement[tuple[Any, ...]] = Statement(_rows, user_id=int, day=date)


@dataclass(frozen=True)
class _Row:
    assignment_id: int
    user_id: int
    is_main: bool
    post_id: int
    title: str
    agency_id: int
    agency_name: str
    role_code: str | None
    permissions: list[str]
    grants: list[str]
    requires_totp: bool
    scope_id: int
    scope_path: str
    scope_heritage: dict[str, str] | None
    subtree: bool
    lent_roles: list[str] | None

    def own(self, user_id: int) -> bool:
        return self.user_id == user_id

    def post(self, user_id: int) -> HeldPost:
        lender = None if self.own(user_id) else self.user_id
        return HeldPost(
            self.assignment_id,
            self.post_id,
            self.title,
            self.agency_id,
            self.agency_name,
            self.is_main,
            lender,
        )

    def role(self, user_id: int, day: date) -> HeldRole:
        # What is lent may be used but never handed out further.
        grants = known(self.grants) if self.own(user_id) else frozenset()
        holding = Holding(Reach(self.scope_path, self.subtree), known(self.permissions), grants)
        begun = (int(key) for key, since in (self.scope_heritage or {}).items() if since <= day.isoformat())
        return HeldRole(
            str(self.role_code),
            self.scope_id,
            holding,
            self.requires_totp,
            not self.own(user_id),
            frozenset(begun),
        )


def _unique(roles: Iterable[HeldRole]) -> Iterable[HeldRole]:
    return dict.fromkeys(roles)
