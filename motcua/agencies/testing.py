"""Help for the tests of every app: agencies and people in one line each, written straight into the tables."""

from datetime import date
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model

from motcua.accounts.models import User, search_text_of
from motcua.agencies.models import (
    Agency,
    Assignment,
    Level,
    OneStopOffice,
    Placement,
    Post,
    PostRole,
    Role,
    Seat,
)
from motcua.agencies.rules.levels import BEFORE_RECORDS, LEVELS
from motcua.agencies.rules.roles import BY_CODE
from motcua.core.moments import now
from motcua.core.store import plain
from motcua.core.text import fold

PASSWORD = "Thu-Nghiem-2026!"  # noqa: S105 - of synthetic people
M = TypeVar("M", bound=Model)


def add(model: type[M], /, **values: Any) -> M:
    """A row written straight into its table, by a statement built once: worlds are made thousands of times."""
    return plain.insert([plain.new(model, values)])[0]


def shipped(model: type[M], column: str, value: str, /, **rest: Any) -> M:
    """The row of that name or code, made when there is none yet."""
    found = plain.find(model, column, value, lock=False)
    return found[0] if found else add(model, **{column: value}, **rest)


def make_level(code: str) -> Level:
    """A level of government as shipped, e.g. "commune"."""
    data = next(level for level in LEVELS if level.code == code)
    fields = {
        "name": data.name,
        "rank": data.rank,
        "source": data.source,
        "valid_from": data.valid_from,
        "valid_to": data.valid_to,
    }
    return shipped(Level, "code", code, **fields)


def make_agency(
    name: str,
    parent: Agency | None = None,
    *,
    level: str = "commune",
    kind: str = Agency.Kind.COMMITTEE,
    code: str = "",
    valid_from: date = BEFORE_RECORDS,
    **fields: object,
) -> Agency:
    """An agency in force since long ago, with its path and place in the tree."""
    agency = add(
        Agency,
        name=name,
        parent=parent,
        level=make_level(level),
        kind=kind,
        code=code,
        valid_from=valid_from,
        **fields,
    )
    agency.path = f"{parent.path if parent else '/'}{agency.pk}/"
    agency.search_text = fold(f"{name} {agency.short_name} {code}")
    plain.update([agency], ["path", "search_text"])
    add(Placement, agency=agency, parent=parent, valid_from=valid_from)
    return agency


def make_office(agency: Agency, name: str = "", *, valid_from: date = BEFORE_RECORDS) -> OneStopOffice:
    """The agency's one-stop office, with its own seat."""
    office = add(
        OneStopOffice,
        agency=agency,
        name=name or f"Bộ phận Một cửa {agency.name}",
        valid_from=valid_from,
    )
    make_seat(office, agency, valid_from=valid_from)
    return office


def make_seat(office: OneStopOffice, agency: Agency, *, valid_from: date = BEFORE_RECORDS) -> Seat:
    """An agency seated at an office from a date."""
    return add(Seat, office=office, agency=agency, valid_from=valid_from)


def make_role(code: str) -> Role:
    """A standard role of `rules.roles`."""
    data = BY_CODE[code]
    fields = {
        "name": data.name,
        "permissions": sorted(data.permissions),
        "grants": sorted(data.grants),
        "requires_totp": False,
    }
    return shipped(Role, "code", code, **fields)


def make_user(username: str, full_name: str = "", *, password: str | None = None, **fields: object) -> User:
    """A staff account. Without a password it signs in by `client.force_login` only, which is much faster."""
    given: dict[str, Any] = {"full_name": full_name or username, **fields}
    if password is not None:
        return User.objects.create_user(username, password, **given)
    user = User(username=username.lower(), **given)
    user.search_text, user.created_at = search_text_of(user), now()
    user.set_unusable_password()
    return plain.insert([user])[0]


def give_role(
    user: User,
    role: str,
    agency: Agency,
    *,
    scope: Agency | None = None,
    subtree: bool = False,
    valid_from: date = BEFORE_RECORDS,
    valid_to: date | None = None,
    is_main: bool = True,
    title: str = "",
) -> Assignment:
    """Put a person into a new post of `agency` that carries one standard role in `scope` (the agency
    itself).
    """
    held = make_role(role)
    post = add(Post, agency=agency, title=title or held.name, valid_from=BEFORE_RECORDS)
    add(PostRole, post=post, role=held, scope=scope or agency, subtree=subtree)
    return add(Assignment, user=user, post=post, is_main=is_main, valid_from=valid_from, valid_to=valid_to)


def _people() -> int:
    """How many accounts there are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM accounts_user")
        return int(cursor.fetchone()[0])


def make_user_with(
    role: str,
    agency: Agency,
    *,
    username: str = "",
    full_name: str = "",
    subtree: bool = False,
    password: str | None = None,
) -> User:
    """A new person who holds one standard role in an agency, e.g. `make_user_with("receptionist",
    commune)`.
    """
    name = username or f"{role.replace('_', '-')}-{agency.pk}-{_people()}"
    user = make_user(name, full_name or f"{BY_CODE[role].name} {agency.name}"[:120], password=password)
    give_role(user, role, agency, subtree=subtree)
    return user


def make_system_user() -> User:
    """The system's own account: may do everything, cannot sign in."""
    return User.objects.get_or_create(
        username="he-thong", defaults={"full_name": "Hệ thống", "kind": User.Kind.SYSTEM, "password": "!"}
    )[0]
