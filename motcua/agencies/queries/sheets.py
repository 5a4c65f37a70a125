"""What the administrator's pages show of one agency, post or person, in a fixed number of statements."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from motcua.accounts.models import User
from motcua.agencies.models import (
    Agency,
    Assignment,
    Delegation,
    OneStopOffice,
    Placement,
    Post,
    PostRole,
    Role,
    Seat,
)
from motcua.agencies.queries.people import assignments_of, delegations_from
from motcua.agencies.queries.tree import ancestors
from motcua.agencies.rules.codes import CodeForm, in_form
from motcua.agencies.rules.permissions import LABELS, Permission
from motcua.core.errors import RuleViolation
from motcua.core.validity import not_over


@dataclass(frozen=True)
class AgencySheet:
    """One agency as its page shows it."""

    agency: Agency
    old_code: str
    above: list[Agency]
    children: list[Agency]
    offices: list[OneStopOffice]
    posts: list[Post]
    predecessors: list[Agency]
    placements: list[Placement]
    in_force: bool


@dataclass(frozen=True)
class PostSheet:
    """One post as its page shows it."""

    post: Post
    roles: list[PostRole]
    assignments: list[Assignment]
    in_force: bool


@dataclass(frozen=True)
class PersonSheet:
    """One person as their page shows them."""

    person: User
    assignments: list[tuple[Assignment, bool]]
    given: list[Delegation]
    received: list[Delegation]


@dataclass(frozen=True)
class RoleLine:
    """A role with what it allows in words."""

    role: Role
    labels: list[str]
    grants: int


def agency_sheet(agency: Agency, day: date) -> AgencySheet:
    """One agency with its surroundings on a legal date."""
    seats = Seat.objects.filter(not_over(day)).select_related("agency").order_by("desk", "id")
    offices = OneStopOffice.objects.filter(agency=agency).prefetch_related(
        Prefetch("seats", seats, to_attr="open_seats")
    )
    return AgencySheet(
        agency=agency,
        old_code=_old_code(agency.code),
        above=ancestors(agency),
        children=list(agency.children.filter(Agency.in_force(day)).order_by("name")),
        offices=list(offices.order_by("-valid_from")),
        posts=list(_posts_with_people(agency, day)),
        predecessors=list(agency.predecessors.order_by("name")),
        placements=list(agency.placements.select_related("parent").order_by("-valid_from")),
        in_force=agency.valid_from <= day and (agency.valid_to is None or agency.valid_to >= day),
    )


def post_sheet(post: Post, day: date) -> PostSheet:
    """One post with its roles, and everybody who has held it."""
    return PostSheet(
        post=post,
        roles=list(post.roles.select_related("role", "scope").order_by("role__name")),
        assignments=list(post.assignments.select_related("user").order_by("-valid_from")),
        in_force=post.valid_from <= day and (post.valid_to is None or post.valid_to >= day),
    )


def person_sheet(person: User, day: date) -> PersonSheet:
    """One person with posts (and whether each is not over yet) and delegations."""
    rows = [(row, row.valid_to is None or row.valid_to >= day) for row in assignments_of(person)]
    received = Delegation.objects.filter(to_user=person).select_related(
        "assignment__post__agency", "assignment__user"
    )
    return PersonSheet(person, rows, list(delegations_from(person)), list(received.order_by("-valid_from")))


def with_posts(people: Iterable[User], day: date) -> list[tuple[User, list[Assignment]]]:
    """People with what each holds on a legal date, in one statement."""
    people = list(people)
    rows = Assignment.objects.filter(Assignment.in_force(day), user__in=people).select_related("post__agency")
    held: dict[int, list[Assignment]] = {}
    for row in rows.order_by("-is_main", "id"):
        held.setdefault(row.user_id, []).append(row)
    return [(person, held.get(person.pk, [])) for person in people]


def roles_with_labels() -> list[RoleLine]:
    """Every role with its permissions in words."""
    return [
        RoleLine(role, [LABELS[code] for code in Permission if code in role.permissions], len(role.grants))
        for role in Role.objects.all()
    ]


def _posts_with_people(agency: Agency, day: date) -> Iterable[Post]:
    held = (
        Assignment.objects.filter(Assignment.in_force(day)).select_related("user").order_by("user__full_name")
    )
    roles = PostRole.objects.select_related("role")
    rows = Post.objects.filter(not_over(day), agency=agency)
    return rows.prefetch_related(
        Prefetch("assignments", held, to_attr="held"), Prefetch("roles", roles)
    ).order_by("title")


def _old_code(code: str) -> str:
    try:
        return in_form(code, CodeForm.OLD) if code else ""
    except RuleViolation:
        return ""
