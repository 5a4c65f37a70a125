"""Posting: what must hang, what must go, by when."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.core.errors import NotFound, RuleViolation
from motcua.files.models import StoredFile
from motcua.printing import qr
from motcua.procedures import queries
from motcua.procedures.models import (
    Posting,
    ProcedureVersion,
)
from motcua.procedures.queries import postings
from motcua.procedures.testing import LONG_AGO, make_offering, make_version
from motcua.procedures.tests.acts import DECISION, act, kinds, publish
from motcua.procedures.tests.conftest import AT, TODAY


@pytest.fixture
def place(world, version):
    make_offering(version.procedure, world.commune)
    return act(
        world,
        "add_place",
        world.commune.pk,
        "board",
        "Bảng tin trụ sở",
        actor=world.local,
        valid_from=LONG_AGO,
    )


def test_what_is_in_force_and_not_posted_is_listed_with_the_days_late(world, version, place):
    found = postings.to_hang(place, TODAY)
    assert [row.version for row in found] == [version]
    assert found[0].duty.is_late


def test_the_days_run_from_the_receipt_of_the_decision(world, version, place):
    act(world, "draft_version", "1.900001")
    publish(world, ("amended", "1.900001"), decision=replace(DECISION, effective_on=TODAY))
    row = postings.to_hang(place, TODAY)[0]
    assert (row.version.number, row.duty.due_on, row.duty.is_late) == (
        2,
        date(2026, 11, 30),
        False,
    )  # 24-11 is off
    assert postings.to_hang(place, date(2026, 12, 1))[0].duty.days_late == 1


def test_a_new_place_has_its_days_from_its_first_one(world, version, place):
    new = act(world, "add_place", world.commune.pk, "kiosk", "Ki-ốt")
    assert not postings.to_hang(new, TODAY)[0].duty.is_late


def test_posting_takes_it_off_the_list_and_is_logged(world, version, place):
    photo = SimpleUploadedFile("bang.png", qr.png("bảng tin"))
    rows = act(world, "post_versions", place.pk, [version.pk], actor=world.local, photo=photo)
    assert rows[0].posted_by == world.local
    assert StoredFile.objects.get(pk=rows[0].photo_file_id).media_type == "image/png"
    assert postings.to_hang(place, TODAY) == []
    assert act(world, "post_versions", place.pk, [version.pk]) == []
    assert kinds(version) == ["procedure.posted"]
    assert list(postings.hanging(place)) == rows


def test_a_new_version_hung_takes_the_old_one_down(world, version, place):
    act(world, "post_versions", place.pk, [version.pk])
    act(world, "draft_version", "1.900001")
    publish(world, ("amended", "1.900001"), decision=replace(DECISION, effective_on=TODAY))
    assert len(postings.to_take_down(place, TODAY)) == 1
    act(world, "post_versions", place.pk, [queries.version_in_force(version.procedure, TODAY).pk])
    assert postings.to_take_down(place, TODAY) == []
    assert Posting.objects.get(version=version).removed_at == AT


def test_what_is_repealed_must_be_taken_down(world, version, place):
    posting = act(world, "post_versions", place.pk, [version.pk])[0]
    publish(world, ("repealed", "1.900001"), decision=replace(DECISION, effective_on=TODAY))
    found = postings.to_take_down(place, TODAY)
    assert [(row.posting, row.duty.days_late) for row in found] == [(posting, 1)]
    act(world, "remove_posting", posting.pk, actor=world.local)
    assert postings.to_take_down(place, TODAY) == []
    with pytest.raises(RuleViolation, match="đã được gỡ"):
        act(world, "remove_posting", posting.pk)


def test_only_versions_in_force_are_hung(world, version, place):
    draft_version = act(world, "draft_version", "1.900001")
    with pytest.raises(RuleViolation, match="không có hiệu lực"):
        act(world, "post_versions", place.pk, [draft_version.pk])
    ProcedureVersion.objects.filter(pk=version.pk).update(valid_to=TODAY - timedelta(days=1))
    with pytest.raises(RuleViolation, match="không có hiệu lực"):
        act(world, "post_versions", place.pk, [version.pk])


def test_a_place_is_made_and_given_up(world, version, place):
    with pytest.raises(RuleViolation, match="Nhập tên"):
        act(world, "add_place", world.commune.pk, "board", " ")
    with pytest.raises(RuleViolation, match="chọn loại"):
        act(world, "add_place", world.commune.pk, "bồ câu", "x")
    posting = act(world, "post_versions", place.pk, [version.pk])[0]
    with pytest.raises(RuleViolation, match="còn thủ tục"):
        act(world, "end_place", place.pk, TODAY)
    act(world, "remove_posting", posting.pk)
    with pytest.raises(RuleViolation, match="trước ngày bắt đầu"):
        act(world, "end_place", place.pk, LONG_AGO - timedelta(days=1))
    act(world, "end_place", place.pk, TODAY)
    assert list(postings.places_at(TODAY + timedelta(days=1))) == []


def test_others_do_not_record_postings(world, version, place):
    for name, args in (
        ("post_versions", (place.pk, [version.pk])),
        ("add_place", (world.commune.pk, "web", "x")),
        ("end_place", (place.pk, TODAY)),
    ):
        with pytest.raises(NotFound):
            act(world, name, *args, actor=world.clerk)


def test_what_sits_at_the_counter_is_posted_there_too(world, version, place):
    other = make_version("1.900002")
    make_offering(other.procedure, world.police)
    assert {v.procedure.code for v in postings.due_versions(place, TODAY)} == {"1.900001", "1.900002"}


def test_the_days_run_from_the_first_day_on_which_the_procedure_is_offered(world, version, place):
    version.procedure.offerings.filter(agency=world.commune).update(valid_from=TODAY)
    assert not postings.to_hang(place, TODAY)[0].duty.is_late


def test_an_internal_procedure_hangs_nowhere(world, version, place):
    version.procedure.kind = version.procedure.Kind.INTERNAL
    version.procedure.save(update_fields=["kind"])
    assert postings.to_hang(place, TODAY) == []
