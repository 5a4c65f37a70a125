"""What a person may do on a day, and what the question costs."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.accounts.models import User
from motcua.agencies import actions
from motcua.agencies.models import Agency, Assignment, DatedSetting, Delegation, Post, Role
from motcua.agencies.queries import (
    NOBODY,
    agencies_under,
    agency_by_code,
    all_settings,
    authority_in_batch,
    authority_of,
    chain_of_code,
    offices_at,
    offices_seating,
    people_visible,
    people_with,
    remember,
    seated_agencies,
    setting,
    settings_for,
    successor_at,
)
from motcua.agencies.testing import give_role, make_agency, make_office, make_seat, make_user, make_user_with
from motcua.agencies.tests.conftest import AT, DAY, World
from motcua.core import store
from motcua.core.errors import NotFound


def test_a_role_holds_in_its_agency_only_unless_the_subtree_is_given(world: World) -> None:
    clerk, chief = authority_of(world.clerk, DAY), authority_of(world.chief, DAY)
    assert clerk.can("dossier.receive", world.commune)
    assert clerk.can("dossier.receive", world.commune.pk)
    assert not clerk.can("dossier.receive", world.division)
    assert not clerk.can("dossier.receive", world.other.pk)
    assert not clerk.can("dossier.receive", None)
    assert chief.can("people.edit", world.division)
    assert chief.can("people.edit", world.division.pk)
    assert not chief.can("dossier.receive", world.commune)
    assert clerk.agency_ids("dossier.receive") == {world.commune.pk}
    assert chief.agency_ids("people.edit") == set(Agency.objects.values_list("pk", flat=True))
    assert clerk.agency_ids("people.edit") == frozenset()


def test_what_is_not_held_looks_as_if_it_were_missing(world: World) -> None:
    authority = authority_of(world.clerk, DAY)
    authority.require("dossier.receive", world.commune)
    authority.require_any("dossier.receive")
    with pytest.raises(NotFound):
        authority.require("dossier.receive", world.other)
    with pytest.raises(NotFound):
        authority.require_any("people.edit")


def test_the_filter_and_the_ids_agree(world: World) -> None:
    for user in (world.clerk, world.chief, world.local, world.nobody, world.system):
        authority = authority_of(user, DAY)
        for permission in ("dossier.receive", "people.edit"):
            found = Agency.objects.filter(authority.where(permission))
            assert set(found.values_list("pk", flat=True)) == authority.agency_ids(permission)
            posts = Post.objects.filter(authority.where(permission, "agency"))
            assert {post.agency_id for post in posts} <= authority.agency_ids(permission)


def test_the_question_costs_one_statement_and_one_more_for_ids_of_a_subtree(world: World) -> None:
    with CaptureQueriesContext(connection) as asked:
        authority = authority_of(world.chief, DAY)
        assert authority.can("people.edit", world.commune)
        assert authority.has("people.edit")
        assert authority.main_agency_id == world.province.pk
        assert authority.place_name == "UBND tỉnh Lam Sơn"
        assert authority.requires_totp is False
    assert len(asked) == 1
    with CaptureQueriesContext(connection) as asked:
        assert authority.agency_ids("people.edit")
        assert authority.can("agency.edit", world.division.pk)
        assert not authority.can("agency.edit", 999_999)
    assert len(asked) == 1


def test_a_visitor_and_a_closed_account_may_do_nothing(world: World) -> None:
    from django.contrib.auth.models import AnonymousUser

    assert authority_of(AnonymousUser(), DAY) is NOBODY
    world.clerk.is_active = False
    assert authority_of(world.clerk, DAY) is NOBODY
    assert NOBODY.main_agency_id is None
    assert NOBODY.place_name == ""
    assert not NOBODY.has("dossier.view")


def test_the_systems_own_account_may_do_everything(world: World) -> None:
    authority = authority_of(world.system, DAY)
    assert authority.can("role.edit", None)
    assert authority.agency_ids("dossier.sign") == set(Agency.objects.values_list("pk", flat=True))
    assert not world.system.has_usable_password()


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2026, 2, 28), False),
        (date(2026, 3, 1), True),
        (date(2026, 3, 31), True),
        (date(2026, 4, 1), False),
    ],
)
def test_a_post_is_held_from_its_first_day_to_its_last(world: World, day: date, holds: bool) -> None:
    give_role(world.nobody, "cashier", world.commune, valid_from=date(2026, 3, 1), valid_to=date(2026, 3, 31))
    assert authority_of(world.nobody, day).can("fee.collect", world.commune) is holds


def test_nothing_is_held_through_a_post_that_has_ended(world: World) -> None:
    row = give_role(world.nobody, "cashier", world.commune)
    Post.objects.filter(pk=row.post_id).update(valid_to=DAY - timedelta(days=1))
    assert not authority_of(world.nobody, DAY).posts


def test_several_posts_add_up_and_the_main_one_names_the_agency(world: World) -> None:
    give_role(world.nobody, "cashier", world.other, is_main=False)
    give_role(world.nobody, "officer", world.division, scope=world.commune)
    authority = authority_of(world.nobody, DAY)
    assert authority.role_codes == {"cashier", "officer"}
    assert authority.main_agency_id == world.division.pk
    assert authority.can("dossier.process", world.commune)
    assert authority.can("fee.collect", world.other)


def lend(giver: User, receiver: User, start: date, end: date, **fields: object) -> Delegation:
    held = Assignment.objects.get(user=giver)
    return Delegation.objects.create(
        assignment=held, to_user=receiver, valid_from=start, valid_to=end, document="GUQ 1", **fields
    )


@pytest.mark.parametrize(("shift", "holds"), [(-1, False), (0, True), (4, True), (5, False)])
def test_lent_powers_hold_for_the_period_only(world: World, shift: int, holds: bool) -> None:
    lend(world.leader, world.nobody, DAY, DAY + timedelta(days=4))
    authority = authority_of(world.nobody, DAY + timedelta(days=shift))
    assert authority.can("dossier.sign", world.commune) is holds
    if holds:
        assert authority.posts[0].delegated_by == world.leader.pk
        assert list(people_with("dossier.sign", world.commune, DAY)) == [world.leader, world.nobody]


def test_revoked_powers_are_gone_at_once(world: World) -> None:
    lend(world.leader, world.nobody, DAY, DAY, revoked_at=AT)
    assert not authority_of(world.nobody, DAY).has("dossier.sign")
    assert list(people_with("dossier.sign", world.commune, DAY)) == [world.leader]


def test_powers_lent_by_someone_who_left_are_gone(world: World) -> None:
    lend(world.leader, world.nobody, DAY, DAY)
    Assignment.objects.filter(user=world.leader).update(valid_to=DAY - timedelta(days=1))
    assert not authority_of(world.nobody, DAY).has("dossier.sign")


def test_only_the_named_roles_are_lent(world: World) -> None:
    row = lend(world.leader, world.nobody, DAY, DAY, roles=["leader"])
    assert authority_of(world.nobody, DAY).has("dossier.sign")
    assert world.nobody in people_with("dossier.sign", world.commune, DAY)
    row.roles = ["cashier"]
    row.save()
    assert not authority_of(world.nobody, DAY).has("dossier.sign")
    assert world.nobody not in people_with("dossier.sign", world.commune, DAY)


def test_what_one_may_hand_out_is_not_lent(world: World) -> None:
    lend(world.chief, world.nobody, DAY, DAY)
    authority = authority_of(world.nobody, DAY)
    assert authority.can("people.edit", world.commune)
    assert not any(holding.grants for holding in authority.holdings)


def test_a_lent_role_demands_its_second_factor_too(world: World) -> None:
    Role.objects.filter(code="leader").update(requires_totp=True)
    lend(world.leader, world.nobody, DAY, DAY)
    assert authority_of(world.nobody, DAY).requires_totp


def test_an_owner_who_also_lends_keeps_one_set_of_roles(world: World) -> None:
    lend(world.leader, world.nobody, DAY, DAY)
    lend(world.leader, world.clerk, DAY, DAY)
    authority = authority_of(world.leader, DAY)
    assert len(authority.posts) == 1
    assert len(authority.roles) == 1


def test_answers_are_remembered_only_inside_a_block_and_forgotten_by_acts(world: World) -> None:
    with remember():
        with CaptureQueriesContext(connection) as asked:
            authority_of(world.clerk, DAY)
            authority_of(world.clerk, DAY)
            setting("due_soon_days", world.commune, DAY)
            setting("due_soon_days", world.commune, DAY)
        assert len(asked) == 2
        post = Post.objects.get(assignments__user=world.clerk)
        actions.end_post(post, last_day=DAY - timedelta(days=1), actor=world.system, at=AT)
        assert not authority_of(world.clerk, DAY).has("dossier.receive")
    with CaptureQueriesContext(connection) as asked:
        authority_of(world.clerk, DAY)
        authority_of(world.clerk, DAY)
    assert len(asked) == 2


def dated(value: int, start: date, agency: Agency | None = None, end: date | None = None) -> None:
    DatedSetting.objects.create(
        key="due_soon_days", value=value, valid_from=start, valid_to=end, agency=agency, source="thử"
    )


def test_the_nearest_value_up_the_tree_holds(world: World) -> None:
    assert setting("due_soon_days", world.commune, DAY) == 3
    assert setting("due_soon_days", world.commune, DAY, default=99) == 99
    assert setting("unheard_of", None, DAY, default="x") == "x"
    dated(4, date(2020, 1, 1))
    assert setting("due_soon_days", world.commune, DAY) == 4
    dated(5, date(2020, 1, 1), world.province)
    assert setting("due_soon_days", world.division, DAY) == 5
    dated(6, date(2020, 1, 1), world.commune)
    assert setting("due_soon_days", world.division, DAY) == 6
    assert setting("due_soon_days", world.other, DAY) == 5
    assert setting("due_soon_days", None, DAY) == 4
    assert all_settings(world.division, DAY)["due_soon_days"] == 6
    assert all_settings(world.division, DAY)["same_day_cutoff"] == "15:00"


def test_a_value_holds_on_its_dates_and_several_cost_one_statement(world: World) -> None:
    dated(4, date(2026, 1, 1), end=date(2026, 6, 30))
    assert [setting("due_soon_days", None, day) for day in (date(2025, 12, 31), date(2026, 6, 30), DAY)] == [
        3,
        4,
        3,
    ]
    with CaptureQueriesContext(connection) as asked:
        found = settings_for(["due_soon_days", "same_day_cutoff"], world.division, date(2026, 6, 30))
    assert (len(asked), found) == (1, {"due_soon_days": 4})


def test_an_agency_is_found_by_its_code_in_either_form(world: World) -> None:
    assert agency_by_code("000.00.12.H40") == world.commune
    assert agency_by_code("h40.12", DAY) == world.commune
    assert agency_by_code("H99.1") is None
    assert agency_by_code("not a code") is None


def test_the_log_knows_agencies_by_code_and_people_by_name(world: World) -> None:
    assert chain_of_code("000.00.12.H40") == f"agency/{world.commune.pk}"
    assert chain_of_code(" Clerk ") == f"user/{world.clerk.pk}"
    assert chain_of_code("nobody-at-all") is None


def test_who_sits_at_an_office_depends_on_the_day(world: World) -> None:
    police = make_agency("Công an", world.province, kind="vertical", sector="police")
    make_seat(world.office, police, valid_from=date(2020, 3, 1))
    assert seated_agencies(world.office, date(2020, 2, 29)) == [world.commune]
    assert seated_agencies(world.office, date(2020, 3, 1)) == [world.commune, police]
    assert list(offices_seating(police, date(2020, 2, 29))) == []
    assert list(offices_seating(police, DAY)) == [world.office]
    assert list(offices_at(world.commune, DAY)) == [world.office]
    assert list(offices_seating(world.commune, DAY)) == [world.office]


def test_a_subtree_is_read_by_its_path(world: World) -> None:
    assert set(agencies_under(world.commune)) == {world.commune, world.division}
    Agency.objects.filter(pk=world.division.pk).update(valid_to=DAY - timedelta(days=1))
    assert set(agencies_under(world.commune, DAY)) == {world.commune}


def test_a_chain_of_successors_is_followed_and_a_ring_does_not_hang(world: World) -> None:
    last, third = date(2025, 6, 30), make_agency("UBND xã Cẩm Khê", world.province)
    Agency.objects.filter(pk=world.commune.pk).update(valid_to=last, successor=world.other)
    Agency.objects.filter(pk=world.other.pk).update(valid_to=date(2026, 1, 31), successor=third)
    commune = Agency.objects.get(pk=world.commune.pk)
    assert successor_at(commune, last) == commune
    assert successor_at(commune, date(2025, 7, 1)) == world.other
    assert successor_at(commune, DAY) == third
    Agency.objects.filter(pk=third.pk).update(valid_to=date(2026, 2, 1), successor=world.commune)
    assert successor_at(Agency.objects.get(pk=world.commune.pk), DAY) == third


def test_people_are_seen_by_those_who_may_and_found_without_accents(world: World) -> None:
    local = authority_of(world.local, DAY)
    assert set(people_visible(local)) == {world.local, world.clerk, world.leader}
    assert list(people_visible(local, "nguyen van an")) == [world.clerk]
    assert list(people_visible(authority_of(world.clerk, DAY))) == []
    assert world.stranger in people_visible(authority_of(world.chief, DAY), "dung pham")
    assert world.nobody in people_visible(authority_of(world.system, DAY))


def test_in_a_batch_powers_turn_on_their_days_and_are_asked_once_between_them(world: World) -> None:
    days = [DAY + timedelta(days=shift) for shift in range(-4, 9)]
    deputy = give_role(
        world.nobody,
        "leader",
        world.commune,
        valid_from=DAY - timedelta(days=2),
        valid_to=DAY + timedelta(days=1),
    )
    lend(world.clerk, world.nobody, DAY, DAY + timedelta(days=3))
    Post.objects.filter(pk=deputy.post_id).update(valid_to=DAY)
    asked = {day: authority_of(world.nobody, day) for day in days}
    assert len({(held.posts, held.roles) for held in asked.values()}) == 4
    with store.batch() as batch:
        assert {day: authority_in_batch(world.nobody, day) for day in days} == asked
        with CaptureQueriesContext(connection) as statements:
            assert [authority_in_batch(world.nobody, day).day for day in days] == days
        assert len(statements) == 0
        Post.objects.filter(pk=deputy.post_id).update(valid_to=None)
        assert authority_in_batch(world.nobody, DAY + timedelta(days=1)).can("dossier.sign", world.commune)
        assert not batch.flushes


def test_many_posts_stay_one_statement(world: World) -> None:
    officer = make_user("busy")
    for number in range(12):
        place = make_agency(f"Đơn vị {number}", world.province)
        make_office(place)
        give_role(officer, "officer", place, is_main=number == 0)
    lend(world.leader, officer, DAY, DAY)
    with CaptureQueriesContext(connection) as asked:
        authority = authority_of(officer, DAY)
    assert (len(asked), len(authority.posts)) == (1, 13)
    assert make_user_with("officer", world.commune) in people_with("dossier.process", world.commune, DAY)
