"""People and their posts: who holds what on a day, and whom an administrator may see."""

from datetime import date

from django.db.models import Q, QuerySet

from motcua.accounts.models import User
from motcua.agencies.models import Agency, Assignment, Delegation, Post, PostRole, Role
from motcua.agencies.queries.authority import Authority
from motcua.agencies.queries.tree import house_of
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import NotFound
from motcua.core.text import fold
from motcua.core.validity import in_force


def people_visible(authority: Authority, text: str = "") -> QuerySet[User]:
    """Staff whose past or present posts lie where the viewer may see people; every word must match,
    accent-free.
    """
    rows = User.objects.filter(kind=User.Kind.STAFF)
    if not authority.everything:
        mine = Assignment.objects.filter(authority.where(Permission.PEOPLE_VIEW, "post__agency"))
        rows = rows.filter(pk__in=mine.values("user_id"))
    for word in fold(text).split():
        rows = rows.filter(search_text__contains=word)
    return rows.order_by("search_text", "id")


def access_person(authority: Authority, pk: int) -> User:
    """One of the people that the viewer may see. Raises NotFound."""
    found = people_visible(authority).filter(pk=pk).first()
    if found is None:
        raise NotFound()
    return found


def access_post(pk: int) -> Post:
    """One post. Raises NotFound."""
    found = Post.objects.select_related("agency").filter(pk=pk).first()
    if found is None:
        raise NotFound("Không tìm thấy vị trí này.")
    return found


def access_assignment(pk: int) -> Assignment:
    """One assignment. Raises NotFound."""
    found = Assignment.objects.select_related("post__agency", "user").filter(pk=pk).first()
    if found is None:
        raise NotFound("Không tìm thấy phân công này.")
    return found


def access_post_role(pk: int) -> PostRole:
    """One role on a post. Raises NotFound."""
    found = PostRole.objects.select_related("post__agency", "role", "scope").filter(pk=pk).first()
    if found is None:
        raise NotFound()
    return found


def access_delegation(authority: Authority, pk: int) -> Delegation:
    """A delegation that one gave or received, or that one administers. Raises NotFound."""
    rows = Delegation.objects.select_related("assignment__post__agency", "to_user")
    mine = Q(assignment__user_id=authority.user_id) | Q(to_user_id=authority.user_id)
    if not authority.everything:
        rows = rows.filter(mine | authority.where(Permission.ROLE_GRANT, "assignment__post__agency"))
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound()
    return found


def posts_within(authority: Authority, day: date) -> QuerySet[Post]:
    """Posts in force on a legal date into which one may put people."""
    rows = Post.objects.filter(Post.in_force(day)).filter(authority.where(Permission.PEOPLE_EDIT, "agency"))
    return rows.select_related("agency").order_by("agency__path", "title")


def colleagues_of(user: User, day: date) -> QuerySet[User]:
    """Active people of the same agency (divisions included) on a legal date: those whom one may delegate
    to.
    """
    own = Assignment.objects.filter(Assignment.in_force(day), user=user).select_related("post__agency")
    within = Q(pk__in=[])
    for path in {house_of(row.post.agency).path for row in own}:
        within |= Q(post__agency__path__startswith=path)
    held = Assignment.objects.filter(Assignment.in_force(day)).filter(within)
    rows = User.objects.filter(pk__in=held.values("user_id"), is_active=True).exclude(pk=user.pk)
    return rows.order_by("search_text", "id")


def access_role(code: str) -> Role:
    """One role by its code. Raises NotFound."""
    found = Role.objects.filter(code=code).first()
    if found is None:
        raise NotFound("Không tìm thấy vai trò này.")
    return found


def assignments_of(user: User) -> QuerySet[Assignment]:
    """All assignments of a person, the newest first."""
    return Assignment.objects.filter(user=user).select_related("post__agency").order_by("-valid_from", "-id")


def assignments_at(user: User, day: date) -> QuerySet[Assignment]:
    """Assignments of a person in force on a legal date, the main one first."""
    return assignments_of(user).filter(Assignment.in_force(day)).order_by("-is_main", "id")


def delegations_from(user: User) -> QuerySet[Delegation]:
    """Delegations that a person has given, the newest first."""
    rows = Delegation.objects.filter(assignment__user=user).select_related(
        "assignment__post__agency", "to_user"
    )
    return rows.order_by("-valid_from", "-id")


def delegations_to(user: User, day: date) -> QuerySet[Delegation]:
    """Delegations received by a person and in force on a legal date."""
    rows = Delegation.objects.filter(Delegation.in_force(day), to_user=user, revoked_at=None)
    return rows.select_related("assignment__post__agency", "assignment__user")


def roles_with(permission: str) -> list[Role]:
    """Roles that hold a permission; roles are few, so they are read whole."""
    return [role for role in Role.objects.all() if permission in role.permissions]


def people_with(permission: str, agency: Agency, day: date) -> QuerySet[User]:
    """Active people who hold a permission in an agency on a legal date, by own post or delegation."""
    roles = roles_with(permission)
    here = Q(post__roles__scope=agency) | Q(
        post__roles__scope_id__in=agency.chain_ids, post__roles__subtree=True
    )
    held = Assignment.objects.filter(Assignment.in_force(day), here, post__roles__role__in=roles)
    held = held.filter(in_force(day, "post"))
    held = held.filter(user__is_active=True)
    lent = Delegation.objects.filter(Delegation.in_force(day), revoked_at=None, assignment__in=held)
    codes = {role.code for role in roles}
    receivers = [
        to_user
        for to_user, lent_roles in lent.values_list("to_user_id", "roles")
        if not lent_roles or codes & set(lent_roles)
    ]
    found = User.objects.filter(Q(pk__in=held.values("user_id")) | Q(pk__in=receivers), is_active=True)
    return found.order_by("search_text", "id")
