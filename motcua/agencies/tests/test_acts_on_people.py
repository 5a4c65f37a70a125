"""Acts on posts, roles on them, people and their accounts."""

from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator

from motcua.accounts.models import User
from motcua.agencies import actions
from motcua.agencies.models import (
    Agency,
    Assignment,
    Delegation,
    Post,
    PostRole,
)
from motcua.agencies.queries import authority_of
from motcua.agencies.testing import give_role, make_role, make_user
from motcua.agencies.tests.conftest import AT, DAY, World, told
from motcua.audit.models import Event
from motcua.core.errors import NotFound, RuleViolation

FIRST = date(2026, 1, 1)


def new_post(world: World, agency: Agency | None = None) -> Post:
    return actions.create_post(
        agency=agency or world.division, title="Công chức hộ tịch", valid_from=FIRST, actor=world.chief, at=AT
    )


def test_a_post_with_a_role_gives_its_holder_the_powers(world: World) -> None:
    post = new_post(world)
    actions.grant_role(post, make_role("officer"), scope=world.commune, actor=world.local, at=AT)
    actions.assign(world.clerk, post, valid_from=DAY, is_main=False, actor=world.local, at=AT)
    assert authority_of(world.clerk, DAY).can("dossier.process", world.commune)
    assert not authority_of(world.clerk, DAY - timedelta(days=1)).can("dossier.process", world.commune)
    actions.revoke_role(PostRole.objects.get(post=post), actor=world.local, at=AT)
    assert not authority_of(world.clerk, DAY).can("dossier.process", world.commune)
    assert told(f"agency/{world.division.pk}") == ["post.created", "role.granted", "role.revoked"]


def test_a_role_may_be_widened_to_the_subtree_but_not_given_twice(world: World) -> None:
    post, role = new_post(world), make_role("officer")
    actions.grant_role(post, role, actor=world.local, at=AT)
    with pytest.raises(RuleViolation, match="đã có vai trò"):
        actions.grant_role(post, role, actor=world.local, at=AT)
    assert actions.grant_role(post, role, subtree=True, actor=world.local, at=AT).subtree


def test_a_new_main_post_makes_the_earlier_one_secondary(world: World) -> None:
    actions.assign(world.clerk, new_post(world), valid_from=DAY, actor=world.local, at=AT)
    assert authority_of(world.clerk, DAY).main_agency_id == world.division.pk
    assert Assignment.objects.filter(user=world.clerk, is_main=True).count() == 1


def test_ending_a_post_or_an_assignment_ends_what_was_lent_from_it(world: World) -> None:
    held = Assignment.objects.get(user=world.leader)
    lent = Delegation.objects.create(
        assignment=held, to_user=world.clerk, valid_from=DAY, valid_to=date(2026, 12, 31), document="G"
    )
    actions.end_assignment(held, last_day=DAY, document="QĐ", actor=world.local, at=AT)
    lent.refresh_from_db()
    assert lent.valid_to == DAY
    assert not authority_of(world.clerk, DAY + timedelta(days=1)).has("dossier.sign")
    post = Post.objects.get(assignments__user=world.clerk)
    actions.end_post(post, last_day=DAY, actor=world.local, at=AT)
    assert not authority_of(world.clerk, DAY + timedelta(days=1)).posts


def test_assignments_that_make_no_sense_are_refused(world: World) -> None:
    post = new_post(world)
    closed = make_user("closed", is_active=False)
    citizen = make_user("citizen", kind=User.Kind.CITIZEN)
    actions.assign(world.clerk, post, valid_from=DAY, actor=world.local, at=AT)
    cases = [
        (world.clerk, DAY + timedelta(days=9), None, "đã giữ vị trí này"),
        (world.leader, DAY, FIRST, "trước ngày bắt đầu"),
        (world.leader, date(2025, 1, 1), None, "vị trí Công chức hộ tịch"),
        (closed, DAY, None, "đang hoạt động"),
        (citizen, DAY, None, "cán bộ"),
        (world.local, DAY, None, "tự phân công"),
    ]
    for user, start, end, why in cases:
        with pytest.raises(RuleViolation, match=why):
            actions.assign(user, post, valid_from=start, valid_to=end, actor=world.local, at=AT)


def test_posts_keep_inside_the_time_of_their_agency(world: World) -> None:
    for fields in ({"title": " "}, {"valid_from": date(1999, 1, 1)}):
        with pytest.raises(RuleViolation):
            actions.create_post(
                **{"agency": world.commune, "title": "X", "valid_from": FIRST, **fields},
                actor=world.local,
                at=AT,
            )
    with pytest.raises(RuleViolation):
        actions.end_post(new_post(world), last_day=date(2025, 1, 1), actor=world.local, at=AT)
    row = Assignment.objects.get(user=world.clerk)
    with pytest.raises(RuleViolation):
        actions.end_assignment(row, last_day=date(1999, 1, 1), actor=world.local, at=AT)


def test_posts_and_people_belong_to_those_who_administer_the_agency(world: World) -> None:
    post = new_post(world, world.other)
    row = PostRole.objects.filter(post__agency=world.other).first()
    held = Assignment.objects.get(user=world.stranger)
    for act in (
        lambda: actions.create_post(
            agency=world.other, title="X", valid_from=FIRST, actor=world.local, at=AT
        ),
        lambda: actions.end_post(post, last_day=DAY, actor=world.local, at=AT),
        lambda: actions.grant_role(post, make_role("officer"), actor=world.local, at=AT),
        lambda: actions.revoke_role(row, actor=world.local, at=AT),
        lambda: actions.assign(world.clerk, post, valid_from=DAY, actor=world.local, at=AT),
        lambda: actions.end_assignment(held, last_day=DAY, actor=world.local, at=AT),
    ):
        with pytest.raises(NotFound):
            act()


def test_an_officer_is_made_with_a_post_and_a_temporary_password(world: World) -> None:
    user, password = actions.create_officer(
        username="Binh.Hoang",
        full_name="Hoàng  Văn Bình",
        post=new_post(world),
        valid_from=DAY,
        phone="0912 000 001",
        actor=world.local,
        at=AT,
    )
    assert (user.username, user.full_name, user.search_text) == (
        "binh.hoang",
        "Hoàng Văn Bình",
        "hoang van binh binh.hoang",
    )
    assert user.check_password(password)
    assert user.must_change_password
    assert told(f"user/{user.pk}") == ["user.created", "assignment.began"]
    assert password not in str(list(Event.objects.values_list("data", flat=True)))


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"username": "CLERK"}, "đã có người dùng"),
        ({"username": "Bình"}, "không dấu"),
        ({"username": "-binh"}, "không dấu"),
        ({"full_name": " "}, "họ và tên"),
        ({"phone": "12"}, "iện thoại"),
    ],
)
def test_a_bad_account_is_refused_and_nothing_stays(world: World, fields: dict[str, str], why: str) -> None:
    before = User.objects.count()
    base = {"username": "binh", "full_name": "Hoàng Văn Bình", "post": new_post(world), "valid_from": DAY}
    with pytest.raises(RuleViolation, match=why):
        actions.create_officer(**{**base, **fields}, actor=world.local, at=AT)
    assert User.objects.count() == before


def test_accounts_are_kept_by_who_administers_the_workplace(world: World) -> None:
    actions.update_officer(world.clerk, full_name="Nguyễn Văn Ân", actor=world.local, at=AT)
    password = actions.reset_password(world.clerk, actor=world.local, at=AT)
    Authenticator.objects.create(user=world.clerk, type="totp", data={})
    world.clerk.refresh_from_db()
    assert world.clerk.has_totp
    assert world.clerk.check_password(password)
    actions.reset_totp(world.clerk, actor=world.local, at=AT)
    world.clerk.refresh_from_db()
    assert not world.clerk.has_totp
    actions.deactivate(world.clerk, document="QĐ nghỉ việc", actor=world.local, at=AT)
    with pytest.raises(RuleViolation, match="trước đó"):
        actions.deactivate(world.clerk, actor=world.local, at=AT)
    actions.reactivate(world.clerk, actor=world.local, at=AT)
    with pytest.raises(RuleViolation, match="đang hoạt động"):
        actions.reactivate(world.clerk, actor=world.local, at=AT)
    assert told(f"user/{world.clerk.pk}") == [
        "user.updated",
        "user.password_reset",
        "user.totp_reset",
        "assignment.ended",
        "user.deactivated",
        "user.reactivated",
    ]
    with pytest.raises(RuleViolation, match="họ và tên"):
        actions.update_officer(world.clerk, full_name="", actor=world.local, at=AT)


def test_a_closed_account_keeps_its_posts_when_told_so(world: World) -> None:
    actions.deactivate(world.clerk, end_posts=False, actor=world.local, at=AT)
    assert not authority_of(User.objects.get(pk=world.clerk.pk), DAY).posts
    actions.reactivate(world.clerk, actor=world.local, at=AT)
    assert authority_of(User.objects.get(pk=world.clerk.pk), DAY).has("dossier.receive")


@pytest.mark.parametrize(
    "act",
    [actions.reset_password, actions.reset_totp, actions.deactivate, actions.reactivate],
    ids=lambda act: act.__name__,
)
def test_an_account_of_elsewhere_or_without_a_post_or_ones_own_is_out_of_reach(world: World, act) -> None:
    citizen = make_user("citizen", kind=User.Kind.CITIZEN)
    for user in (world.stranger, world.nobody, world.system, citizen):
        with pytest.raises(NotFound):
            act(user, actor=world.local, at=AT)
    with pytest.raises(RuleViolation, match="chính tài khoản của mình"):
        act(world.local, actor=world.local, at=AT)


def test_who_also_works_elsewhere_is_beyond_a_local_administrator(world: World) -> None:
    give_role(world.clerk, "cashier", world.other, is_main=False)
    with pytest.raises(NotFound):
        actions.reset_password(world.clerk, actor=world.local, at=AT)
    actions.reset_password(world.clerk, actor=world.chief, at=AT)


def test_a_person_may_come_back_to_a_post(world: World) -> None:
    post = new_post(world)
    actions.assign(world.clerk, post, valid_from=FIRST, valid_to=date(2026, 6, 30), actor=world.local, at=AT)
    actions.assign(world.clerk, post, valid_from=DAY, is_main=False, actor=world.local, at=AT)
    assert Assignment.objects.filter(user=world.clerk, post=post).count() == 2
