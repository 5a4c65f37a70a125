"""Acts on the tree: founding, correcting, moving, ending with a successor."""

from datetime import date, timedelta

import pytest

from motcua.agencies import actions
from motcua.agencies.models import (
    Agency,
    Assignment,
    Delegation,
    OneStopOffice,
    Placement,
    Seat,
)
from motcua.agencies.queries import access_agency, authority_of, tree_at
from motcua.agencies.testing import give_role, make_level
from motcua.agencies.tests.conftest import AT, DAY, World, told
from motcua.audit.models import Event
from motcua.core.errors import NotFound, RuleViolation

FIRST = date(2026, 1, 1)


def found(world: World, **fields: object) -> Agency:
    """A new agency under the province, by the chief."""
    base = {"name": "UBND xã Cẩm Khê", "kind": "committee", "valid_from": FIRST, "parent": world.province}
    return actions.create_agency(**{**base, **fields}, actor=world.chief, at=AT)


def test_an_agency_is_founded_with_path_place_and_log(world: World) -> None:
    agency = found(world, code="000.00.14.H40", phone="0240", level=make_level("commune"), document="NQ 1")
    assert (agency.path, agency.code, agency.search_text) == (
        f"/{world.province.pk}/{agency.pk}/",
        "H40.14",
        "ubnd xa cam khe h40.14",
    )
    assert agency.placements.get().document == "NQ 1"
    assert told(f"agency/{agency.pk}") == ["agency.created"]


def test_only_who_reaches_every_root_founds_another_root(world: World) -> None:
    assert found(world, parent=None, name="Tỉnh khác").path.count("/") == 2
    with pytest.raises(NotFound):
        found(world, parent=None, name="Tỉnh thứ ba")
    with pytest.raises(NotFound):
        actions.create_agency(name="X", kind="division", valid_from=FIRST, actor=world.local, at=AT)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"name": "  "}, "Nhập tên"),
        ({"code": "H40.12"}, "đang là của UBND xã An Phú"),
        ({"code": "12.H40"}, "không đúng"),
        ({"valid_from": date(1999, 1, 1)}, "không hoạt động vào ngày"),
    ],
)
def test_a_bad_agency_is_refused(world: World, fields: dict[str, object], why: str) -> None:
    with pytest.raises(RuleViolation, match=why):
        found(world, **fields)


def test_no_district_is_founded_after_30_6_2025(world: World) -> None:
    district = make_level("district")
    with pytest.raises(RuleViolation, match="không còn vào ngày"):
        found(world, level=district, valid_from=date(2025, 7, 1))
    assert found(world, level=district, valid_from=date(2025, 6, 30)).level == district


def test_a_code_is_free_again_after_its_agency_ended(world: World) -> None:
    actions.end_agency(
        world.other,
        last_day=date(2025, 12, 31),
        document="NQ 2",
        actor=world.chief,
        at=AT,
        with_children=True,
    )
    assert found(world, code="H40.13").code == "H40.13"


def test_details_are_corrected_and_the_log_has_before_and_after(world: World) -> None:
    actions.update_agency(
        world.commune, name="UBND xã An Phú Đông", level=make_level("commune"), actor=world.local, at=AT
    )
    event = Event.objects.get(chain=f"agency/{world.commune.pk}")
    assert event.data["before"] == {"name": "UBND xã An Phú"}
    assert event.data["after"] == {"name": "UBND xã An Phú Đông"}
    actions.update_agency(world.commune, name="UBND xã An Phú Đông", actor=world.local, at=AT)
    assert Event.objects.count() == 1
    assert access_agency(world.commune.pk).search_text.startswith("ubnd xa an phu dong")
    for fields in ({"name": ""}, {"code": "H40.13"}):
        with pytest.raises(RuleViolation):
            actions.update_agency(world.commune, **fields, actor=world.local, at=AT)
    with pytest.raises(NotFound):
        actions.update_agency(world.other, name="X", actor=world.local, at=AT)


def test_what_is_not_a_detail_cannot_be_slipped_in(world: World) -> None:
    actions.update_agency(world.commune, path="/", parent=None, valid_to=DAY, actor=world.local, at=AT)
    agency = access_agency(world.commune.pk)
    assert (agency.parent, agency.valid_to, agency.path) == (world.province, None, world.commune.path)


def test_a_commune_moves_with_its_divisions_and_the_past_tree_stays(world: World) -> None:
    actions.move_agency(
        world.commune,
        parent=world.other,
        from_day=date(2025, 7, 1),
        document="NQ 3",
        actor=world.chief,
        at=AT,
    )
    assert (
        access_agency(world.division.pk).path == f"{world.other.path}{world.commune.pk}/{world.division.pk}/"
    )
    before = {row.agency.name: row.depth for row in tree_at(date(2025, 6, 30))}
    after = {row.agency.name: row.depth for row in tree_at(date(2025, 7, 1))}
    assert (before["UBND xã An Phú"], after["UBND xã An Phú"]) == (1, 2)
    assert told(f"agency/{world.commune.pk}") == ["agency.moved"]


def test_an_agency_may_become_a_root_by_who_reaches_all(world: World) -> None:
    moved = actions.move_agency(
        world.other, parent=None, from_day=FIRST, document="NQ", actor=world.chief, at=AT
    )
    assert moved.path == f"/{moved.pk}/"


@pytest.mark.parametrize(
    ("parent", "day", "document", "why"),
    [
        ("division", FIRST, "NQ", "dưới chính nó"),
        ("commune", FIRST, "NQ", "dưới chính nó"),
        ("other", DAY + timedelta(days=1), "NQ", "không được sau hôm nay"),
        ("other", date(2000, 1, 1), "NQ", "phải sau ngày"),
        ("other", FIRST, "", "quyết định"),
    ],
)
def test_a_move_that_makes_no_sense_is_refused(world: World, parent, day, document, why) -> None:
    with pytest.raises(RuleViolation, match=why):
        actions.move_agency(
            world.commune,
            parent=getattr(world, parent),
            from_day=day,
            document=document,
            actor=world.chief,
            at=AT,
        )


def test_a_move_needs_powers_at_both_ends(world: World) -> None:
    for agency, parent in ((world.commune, world.other), (world.other, world.commune)):
        with pytest.raises(NotFound):
            actions.move_agency(
                agency, parent=parent, from_day=FIRST, document="NQ", actor=world.local, at=AT
            )


def test_a_successor_takes_over_posts_people_and_powers(world: World) -> None:
    last, next_day = date(2026, 11, 30), date(2026, 12, 1)
    Delegation.objects.create(
        assignment=Assignment.objects.get(user=world.leader),
        to_user=world.clerk,
        valid_from=DAY,
        valid_to=date(2026, 12, 31),
        document="GUQ",
    )
    actions.end_agency(
        world.commune,
        last_day=last,
        successor=world.other,
        document="NQ 4",
        with_children=True,
        actor=world.chief,
        at=AT,
    )
    before, after = authority_of(world.clerk, last), authority_of(world.clerk, next_day)
    assert (before.can("dossier.receive", world.commune), before.can("dossier.receive", world.other)) == (
        True,
        False,
    )
    # What was left open in the commune must find somebody: powers over dossiers reach back, those over its house do not.
    assert (after.can("dossier.receive", world.commune), after.can("dossier.receive", world.other)) == (
        True,
        True,
    )
    local = authority_of(world.local, next_day)
    assert (local.can("agency.edit", world.commune), local.can("agency.edit", world.other)) == (False, True)
    assert not after.can("dossier.sign", world.other)
    assert authority_of(world.leader, next_day).can("dossier.sign", world.other)
    agency = access_agency(world.commune.pk)
    assert (agency.valid_to, agency.successor) == (last, world.other)
    assert access_agency(world.division.pk).successor == world.other
    assert OneStopOffice.objects.get(pk=world.office.pk).valid_to == last
    assert not Seat.objects.filter(agency=world.commune, valid_to=None).exists()
    assert not Placement.objects.filter(agency=world.commune, valid_to=None).exists()
    assert told(f"agency/{world.other.pk}") == ["agency.succeeded", "agency.succeeded"]
    assert "assignment.carried" in told(f"user/{world.clerk.pk}")


def test_an_agency_may_end_without_anything_going_on(world: World) -> None:
    future = give_role(world.nobody, "cashier", world.other, valid_from=date(2027, 1, 1))
    coming = Delegation.objects.create(
        assignment=Assignment.objects.get(user=world.stranger),
        to_user=world.nobody,
        valid_from=date(2026, 12, 1),
        valid_to=date(2026, 12, 2),
        document="GUQ",
    )
    actions.end_agency(world.other, last_day=DAY, document="NQ 5", actor=world.chief, at=AT)
    assert not authority_of(world.stranger, DAY + timedelta(days=1)).posts
    future.refresh_from_db()
    coming.refresh_from_db()
    assert (future.valid_to, coming.revoked_at) == (DAY, AT)


def test_posts_stay_behind_when_told_so(world: World) -> None:
    actions.end_agency(
        world.other,
        last_day=DAY,
        successor=world.commune,
        document="NQ",
        carry_posts=False,
        actor=world.chief,
        at=AT,
    )
    assert not authority_of(world.stranger, DAY + timedelta(days=1)).posts


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({}, "Còn 1 đơn vị trực thuộc"),
        ({"document": " "}, "quyết định"),
        ({"last_day": date(1999, 1, 1)}, "trước ngày bắt đầu"),
        ({"successor": "division"}, "kế thừa không được là chính nó"),
        ({"successor": "commune"}, "kế thừa không được là chính nó"),
    ],
)
def test_an_end_that_makes_no_sense_is_refused(world: World, fields: dict[str, object], why: str) -> None:
    if "successor" in fields:
        fields = {**fields, "successor": getattr(world, str(fields["successor"]))}
    with pytest.raises(RuleViolation, match=why):
        actions.end_agency(
            world.commune, **{"last_day": DAY, "document": "NQ", **fields}, actor=world.chief, at=AT
        )


def test_what_has_ended_does_not_end_again_nor_succeed(world: World) -> None:
    actions.end_agency(world.other, last_day=DAY, document="NQ", actor=world.chief, at=AT)
    with pytest.raises(RuleViolation, match="đã kết thúc"):
        actions.end_agency(world.other, last_day=DAY, document="NQ", actor=world.chief, at=AT)
    with pytest.raises(RuleViolation, match="không hoạt động"):
        actions.end_agency(
            world.commune,
            last_day=DAY,
            successor=access_agency(world.other.pk),
            document="NQ",
            with_children=True,
            actor=world.chief,
            at=AT,
        )


def test_ending_needs_powers_in_the_agency_and_in_the_successor(world: World) -> None:
    for agency, successor in ((world.other, world.commune), (world.commune, world.other)):
        with pytest.raises(NotFound):
            actions.end_agency(
                agency,
                last_day=DAY,
                successor=successor,
                document="NQ",
                actor=world.local,
                at=AT,
                with_children=True,
            )


def test_an_agency_whose_place_was_never_written_down_may_be_moved(world: World) -> None:
    Placement.objects.filter(agency=world.other).delete()
    actions.move_agency(
        world.other, parent=world.commune, from_day=FIRST, document="NQ", actor=world.chief, at=AT
    )
    assert Placement.objects.get(agency=world.other).parent == world.commune
