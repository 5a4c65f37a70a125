"""The document from which an agency makes a result: set, exchanged, ended, handed to officers once it is clean."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.agencies.testing import make_agency, make_user_with
from motcua.audit.models import Event
from motcua.core.errors import NotFound, RuleViolation
from motcua.files.actions import release
from motcua.files.models import StoredFile
from motcua.procedures.models import Offering, ResultTemplate
from motcua.procedures.queries.attachments import may_open
from motcua.procedures.queries.templates import template_for
from motcua.procedures.testing import make_offering, make_version
from motcua.procedures.tests.acts import act
from motcua.procedures.tests.conftest import AT, TODAY
from motcua.procedures.tests.screens import CODE, page, url

pytestmark = pytest.mark.usefixtures("frozen_day")
LATER = TODAY + timedelta(days=20)


def pdf(text: bytes = b"x") -> SimpleUploadedFile:
    return SimpleUploadedFile("mau.pdf", b"%PDF-1.7\n" + text + b"\n%%EOF\n")


@pytest.fixture
def offering(world) -> Offering:
    return make_offering(make_version(CODE).procedure, world.commune)


def put(world, agency, day=TODAY, text=b"x", actor=None):
    return act(world, "set_template", CODE, agency.pk, pdf(text), day, actor=actor)


def used(offering, day=TODAY):
    return template_for(offering.procedure_id, offering.agency, day)


def clean() -> None:
    StoredFile.objects.update(state="safe")


def test_a_template_holds_from_its_day_and_the_one_before_ends_the_day_before(world, offering):
    first, second = put(world, offering.agency), put(world, offering.agency, LATER, b"y")
    clean()
    first.refresh_from_db()
    assert first.valid_to == LATER - timedelta(days=1)
    assert [used(offering, day) for day in (TODAY - timedelta(days=1), TODAY, LATER)] == [None, first, second]
    told = Event.objects.filter(kind="procedure.template_set").first().data
    assert told == {
        "agency": offering.agency_id, "from": TODAY.isoformat(), "file": first.file_id, "sha256": first.file.sha256,
    }  # fmt: skip


def test_another_file_of_the_same_day_takes_the_place_of_the_first(world, offering):
    first, again = put(world, offering.agency), put(world, offering.agency, text=b"y")
    assert (first.pk, ResultTemplate.objects.count()) == (again.pk, 1)
    assert again.file_id != first.file_id


def test_before_a_later_template_none_is_put(world, offering):
    put(world, offering.agency, LATER)
    with pytest.raises(RuleViolation, match="muộn hơn"):
        put(world, offering.agency)


def test_a_new_offering_keeps_the_template(world, offering):
    put(world, offering.agency)
    clean()
    act(world, "offer", CODE, offering.agency_id, LATER)
    assert used(offering, LATER) is not None


def test_an_agency_that_does_not_resolve_the_procedure_has_none(world, offering):
    other = make_agency("UBND xã Khác", world.province)
    with pytest.raises(RuleViolation, match="không thực hiện thủ tục này"):
        put(world, other)
    Offering.objects.update(valid_to=TODAY - timedelta(days=1))
    with pytest.raises(RuleViolation, match="không thực hiện thủ tục này"):
        put(world, offering.agency)


def test_only_who_keeps_the_catalogue_there_sets_and_ends_it(world, offering):
    row = put(world, offering.agency, actor=world.local)
    elsewhere = make_agency("UBND xã Khác", world.province)
    stranger = make_user_with("procedure_controller", elsewhere)
    with pytest.raises(NotFound):
        put(world, offering.agency, actor=stranger)
    with pytest.raises(NotFound):
        act(world, "end_template", row.pk, LATER, actor=stranger)
    with pytest.raises(NotFound):
        act(world, "end_template", row.pk + 99, LATER)


def test_a_template_ends_not_before_it_began(world, offering):
    row = put(world, offering.agency)
    clean()
    with pytest.raises(RuleViolation, match="trước ngày bắt đầu"):
        act(world, "end_template", row.pk, TODAY - timedelta(days=1))
    act(world, "end_template", row.pk, TODAY)
    assert (used(offering), used(offering, LATER)) == (row, None)
    assert Event.objects.filter(kind="procedure.template_ended").get().data["until"] == TODAY.isoformat()


def test_a_file_held_back_is_not_offered_and_is_never_for_the_public(world, offering):
    row = put(world, offering.agency)
    assert (row.file.state, used(offering)) == ("quarantine", None)
    assert release(row.file_id, reason="Đã quét ngoài", actor=world.system, at=AT)
    assert used(offering) == row
    assert may_open(row.file, world.local, None)
    assert not may_open(StoredFile.objects.get(pk=row.file_id), AnonymousUser(), None)


def test_the_page_of_a_procedure_sets_shows_and_ends_it(world, offering, keeper):
    keeper.post(url("template_set", offering.pk), {"file": pdf(), "valid_from": f"{TODAY:%d/%m/%Y}"})
    row = ResultTemplate.objects.get()
    text = page(keeper, "procedure", CODE)
    assert url("template_file", row.pk) in text
    assert "Đặt mẫu kết quả" in text
    assert keeper.get(url("template_file", row.pk)).status_code == 302
    keeper.post(url("template_end", row.pk), {"last_day": f"{LATER:%d/%m/%Y}"})
    row.refresh_from_db()
    assert row.valid_to == LATER
    assert url("template_end", row.pk) not in page(keeper, "procedure", CODE)
