"""What follows when an agency ends: counters close, posts end, people and their powers go on in the
successor.
"""

from datetime import date, datetime, timedelta

from django.db.models import Q

from motcua.accounts.models import User
from motcua.agencies.acting import holding_of, powers, record, require_may_give
from motcua.agencies.models import Agency, Assignment, Delegation, OneStopOffice, Post, PostRole, Seat
from motcua.agencies.rules.periods import earlier


def _after(last_day: date) -> Q:
    """Rows that would still be in force after the last day."""
    return Q(valid_to=None) | Q(valid_to__gt=last_day)


def pass_on_heritage(agency: Agency, successor: Agency | None, first_day: date) -> None:
    """From the first day the successor answers for the agency's dossiers, and for those that the agency answered for.

    Who was named before as its successor answers no longer.
    """
    left = {key: max(day, first_day.isoformat()) for key, day in agency.heritage.items()}
    left[str(agency.pk)] = first_day.isoformat()
    for former in Agency.objects.select_for_update().filter(heritage__has_key=str(agency.pk)):
        former.heritage = {key: day for key, day in former.heritage.items() if key not in left}
        former.save(update_fields=["heritage"])
    if successor is not None:
        heir = Agency.objects.select_for_update().get(pk=successor.pk)
        heir.heritage = heir.heritage | left
        heir.save(update_fields=["heritage"])


def close_counters(agency: Agency, last_day: date) -> None:
    """Close the agency's one-stop offices with all their seats, and its own seats elsewhere."""
    offices = OneStopOffice.objects.filter(_after(last_day), agency=agency)
    Seat.objects.filter(_after(last_day), Q(office__in=offices) | Q(agency=agency)).update(valid_to=last_day)
    offices.update(valid_to=last_day)


def end_posts(agency: Agency, last_day: date, at: datetime) -> None:
    """End the agency's posts, who holds them, and what they have lent."""
    posts = Post.objects.filter(_after(last_day), agency=agency)
    held = Assignment.objects.filter(_after(last_day), post__in=list(posts))
    cut_delegations(list(held), last_day, at)
    held.update(valid_to=last_day)
    posts.update(valid_to=last_day)


def cut_delegations(assignments: list[Assignment], last_day: date, at: datetime) -> None:
    """Lent powers end with the assignment that they come from; those that would begin later are revoked."""
    lent = Delegation.objects.filter(assignment__in=assignments, revoked_at=None, valid_to__gt=last_day)
    lent.filter(valid_from__gt=last_day).update(revoked_at=at)
    lent.filter(valid_from__lte=last_day).update(valid_to=last_day)


def carry_posts_over(
    agency: Agency, successor: Agency, last_day: date, document: str, *, actor: User, at: datetime
) -> None:
    """Give each post of the agency a counterpart in the successor from the day after, with its roles and
    people.
    """
    authority = powers(actor, at)
    for post in Post.objects.filter(_after(last_day), agency=agency).order_by("id"):
        heir = Post.objects.create(
            agency=successor,
            title=post.title,
            valid_from=last_day + timedelta(days=1),
            valid_to=post.valid_to,
        )
        rows = [
            PostRole(
                post=heir, role=row.role, scope=_mapped(row.scope, agency, successor), subtree=row.subtree
            )
            for row in post.roles.select_related("role", "scope")
        ]
        require_may_give(
            authority,
            [holding_of(row.role, row.scope, row.subtree) for row in rows],
            act=f"chuyển vị trí {post.title} sang {successor.name}",
        )
        PostRole.objects.bulk_create(rows)
        _carry_people(post, heir, last_day, document, actor=actor, at=at)


def _mapped(scope: Agency, agency: Agency, successor: Agency) -> Agency:
    return successor if scope.path.startswith(agency.path) else scope


def _carry_people(
    post: Post, heir: Post, last_day: date, document: str, *, actor: User, at: datetime
) -> None:
    for held in Assignment.objects.filter(_after(last_day), post=post).select_related("user").order_by("id"):
        start = max(held.valid_from, last_day + timedelta(days=1))
        new = Assignment.objects.create(
            user=held.user,
            post=heir,
            is_main=held.is_main,
            valid_from=start,
            valid_to=earlier(held.valid_to, heir.valid_to),
            document=document,
        )
        record(
            f"user/{held.user_id}",
            "assignment.carried",
            actor=actor,
            at=at,
            before=held.pk,
            after=new.pk,
            post=heir.pk,
            agency=heir.agency_id,
            valid_from=start,
            document=document,
        )
