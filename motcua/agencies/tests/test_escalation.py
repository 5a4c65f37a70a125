"""Nobody gets, gives or takes over more than they were given. Each test is an attempt."""

from datetime import date

import pytest

from motcua.accounts.models import User
from motcua.agencies import actions
from motcua.agencies.models import Agency, Assignment, Post, PostRole, Role
from motcua.agencies.queries import authority_of
from motcua.agencies.testing import give_role, make_agency, make_role, make_user_with
from motcua.agencies.tests.conftest import AT, DAY, World
from motcua.core.errors import NotFound, RuleViolation

FIRST = date(2026, 1, 1)


@pytest.fixture
def modest(world: World) -> User:
    """An administrator of one commune who may hand out nothing but what they hold."""
    Role.objects.create(
        code="modest",
        name="Quản trị hạn chế",
        permissions=["agency.edit", "people.edit", "people.view", "role.grant", "setting.edit"],
    )
    user = make_user_with("agency_administrator", world.commune, username="modest")
    PostRole.objects.filter(post__assignments__user=user).update(
        role=Role.objects.get(code="modest"), subtree=True
    )
    return user


def vacant(agency: Agency) -> Post:
    return Post.objects.create(agency=agency, title="Vị trí trống", valid_from=FIRST)


def test_a_permission_that_one_neither_holds_nor_may_grant_is_not_given(world: World, modest: User) -> None:
    with pytest.raises(RuleViolation, match="vượt quá quyền"):
        actions.grant_role(vacant(world.commune), make_role("leader"), actor=modest, at=AT)


def test_a_right_to_hand_out_is_not_given_by_who_lacks_it(world: World, modest: User) -> None:
    with pytest.raises(RuleViolation, match="vượt quá quyền"):
        actions.grant_role(vacant(world.commune), make_role("agency_administrator"), actor=modest, at=AT)


@pytest.mark.parametrize("role", ["administrator", "privacy_officer"])
def test_a_local_administrator_makes_no_administrator_of_the_whole(world: World, role: str) -> None:
    with pytest.raises(RuleViolation, match="vượt quá quyền"):
        actions.grant_role(vacant(world.commune), make_role(role), actor=world.local, at=AT)


@pytest.mark.parametrize("scope", ["province", "other"])
def test_a_role_is_not_given_outside_ones_reach(world: World, scope: str) -> None:
    with pytest.raises(NotFound):
        actions.grant_role(
            vacant(world.commune), make_role("officer"), scope=getattr(world, scope), actor=world.local, at=AT
        )


def test_a_role_in_one_agency_does_not_give_its_subtree(world: World) -> None:
    narrow = make_user_with("agency_administrator", world.commune)
    actions.grant_role(vacant(world.commune), make_role("officer"), actor=narrow, at=AT)
    with pytest.raises(RuleViolation, match="vượt quá quyền"):
        actions.grant_role(vacant(world.commune), make_role("cashier"), subtree=True, actor=narrow, at=AT)


def test_nobody_hangs_a_role_on_their_own_post(world: World) -> None:
    own = Post.objects.get(assignments__user=world.local)
    with pytest.raises(RuleViolation, match="đang giữ vị trí này"):
        actions.grant_role(own, make_role("leader"), actor=world.local, at=AT)


def test_nobody_takes_a_post_for_themselves(world: World) -> None:
    with pytest.raises(RuleViolation, match="tự phân công"):
        actions.assign(world.local, vacant(world.commune), valid_from=DAY, actor=world.local, at=AT)


def test_a_post_that_was_given_wide_powers_from_above_is_not_filled_from_below(world: World) -> None:
    post = vacant(world.commune)
    actions.grant_role(
        post, make_role("leader"), scope=world.province, subtree=True, actor=world.chief, at=AT
    )
    with pytest.raises(RuleViolation, match="vượt quá quyền"):
        actions.assign(world.clerk, post, valid_from=DAY, actor=world.local, at=AT)
    with pytest.raises(RuleViolation, match="vượt quá quyền"):
        actions.create_officer(
            username="ban", full_name="Bạn Thân", post=post, valid_from=DAY, actor=world.local, at=AT
        )
    assert not User.objects.filter(username="ban").exists()


@pytest.mark.parametrize("act", [actions.reset_password, actions.reset_totp, actions.deactivate])
def test_a_stronger_account_is_not_taken_over(world: World, act) -> None:
    strong = make_user_with("receptionist", world.commune)
    post = Post.objects.get(assignments__user=strong)
    PostRole.objects.create(post=post, role=make_role("leader"), scope=world.province, subtree=True)
    with pytest.raises(RuleViolation, match="vượt quá quyền"):
        act(strong, actor=world.local, at=AT)
    act(strong, actor=world.chief, at=AT)


def test_a_closed_stronger_account_is_not_reopened_from_below(world: World) -> None:
    strong = make_user_with("receptionist", world.commune)
    post = Post.objects.get(assignments__user=strong)
    PostRole.objects.create(post=post, role=make_role("leader"), scope=world.province, subtree=True)
    actions.deactivate(strong, end_posts=False, actor=world.chief, at=AT)
    with pytest.raises(RuleViolation, match="vượt quá quyền"):
        actions.reactivate(strong, actor=world.local, at=AT)
    assert not User.objects.get(pk=strong.pk).is_active


def test_a_role_of_all_is_not_changed_by_an_administrator_of_some(world: World) -> None:
    give_role(world.local, "administrator", world.commune, subtree=True, is_main=False)
    with pytest.raises(NotFound):
        actions.update_role(
            make_role("cashier"),
            name="X",
            permissions=["audit.read"],
            requires_totp=False,
            actor=world.local,
            at=AT,
        )
    with pytest.raises(NotFound):
        actions.create_role(code="x", name="X", permissions=[], actor=world.local, at=AT)


def test_nobody_widens_a_role_that_they_hold(world: World) -> None:
    with pytest.raises(RuleViolation, match="đang giữ vai trò"):
        actions.update_role(
            make_role("administrator"),
            name="Quản trị hệ thống",
            permissions=["dossier.view_personal"],
            requires_totp=False,
            actor=world.chief,
            at=AT,
        )


def test_a_role_is_not_widened_beyond_what_the_editor_may_give(world: World) -> None:
    Role.objects.create(code="editor", name="Sửa vai trò", permissions=["role.edit"])
    editor = make_user_with("cashier", world.province, subtree=True)
    PostRole.objects.filter(post__assignments__user=editor).update(role=Role.objects.get(code="editor"))
    with pytest.raises(RuleViolation, match="vượt quá quyền"):
        actions.update_role(
            make_role("cashier"),
            name="Thu ngân",
            permissions=["dossier.sign"],
            requires_totp=False,
            actor=editor,
            at=AT,
        )
    narrowed = actions.update_role(
        make_role("cashier"),
        name="Thu ngân",
        permissions=["fee.view"],
        requires_totp=False,
        actor=editor,
        at=AT,
    )
    assert narrowed.permissions == ["fee.view"]


def test_an_administrator_does_not_enter_a_delegation_of_powers_beyond_theirs(world: World) -> None:
    held = Assignment.objects.get(user=world.leader)
    PostRole.objects.create(post=held.post, role=make_role("leader"), scope=world.province, subtree=True)
    with pytest.raises(RuleViolation, match="vượt quá quyền"):
        actions.delegate(
            held, world.clerk, valid_from=DAY, valid_to=DAY, document="G", actor=world.local, at=AT
        )


def test_carrying_posts_over_gives_nobody_more_than_the_actor_may_give(world: World) -> None:
    auditor = make_user_with("privacy_officer", world.commune)
    successor = make_agency("UBND xã mới", world.province)
    local = make_user_with("agency_administrator", world.commune, subtree=True)
    give_role(local, "agency_administrator", successor, subtree=True, is_main=False)
    with pytest.raises(RuleViolation, match="vượt quá quyền"):
        actions.end_agency(
            world.commune,
            last_day=DAY,
            successor=successor,
            document="NQ",
            with_children=True,
            actor=local,
            at=AT,
        )
    assert authority_of(auditor, DAY).can("privacy.manage", world.commune)


def test_nobody_widens_their_subtree_by_moving_an_agency_into_it(world: World) -> None:
    mover = make_user_with("leader", world.commune, subtree=True)
    give_role(mover, "agency_administrator", world.commune, is_main=False)
    Role.objects.create(code="mover", name="Sửa cơ quan", permissions=["agency.edit"])
    row = give_role(mover, "cashier", world.other, is_main=False)
    PostRole.objects.filter(post=row.post).update(role=Role.objects.get(code="mover"))
    with pytest.raises(RuleViolation, match="vượt quá quyền"):
        actions.move_agency(
            world.other, parent=world.commune, from_day=FIRST, document="NQ", actor=mover, at=AT
        )
