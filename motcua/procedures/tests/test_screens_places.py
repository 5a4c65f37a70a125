"""The screens of what belongs to a place or to another procedure: boards that end, levels of an agency, related procedures."""

from datetime import timedelta

import pytest

from motcua.core.errors import RuleViolation
from motcua.procedures.models import Offering, PostingPlace, ProcedureVersion
from motcua.procedures.queries.printing import board_data
from motcua.procedures.testing import make_fee, make_offering, make_version
from motcua.procedures.tests.acts import act
from motcua.procedures.tests.conftest import TODAY
from motcua.procedures.tests.screens import CODE, page, url

pytestmark = pytest.mark.usefixtures("frozen_day")


@pytest.fixture
def place(world) -> PostingPlace:
    return PostingPlace.objects.create(agency=world.commune, kind="board", name="Bảng tin", valid_from=TODAY)


def test_a_place_ends_on_its_screen_once_nothing_hangs_there(world, version, keeper, place):
    posting = act(world, "post_versions", place.pk, [version.pk])[0]
    assert url("place_end", place.pk) in page(keeper, "place", place.pk)
    answer = keeper.post(url("place_end", place.pk), {"last_day": "20/11/2026"})
    assert answer.status_code == 422
    assert "Gỡ hết rồi mới ngừng" in answer.content.decode()
    act(world, "remove_posting", posting.pk)
    assert keeper.post(url("place_end", place.pk), {"last_day": "20/11/2026"}).url == url("board")
    text = page(keeper, "place", place.pk)
    assert "sử dụng đến 20/11/2026" in text
    assert url("place_end", place.pk) not in text


def test_only_those_who_post_there_end_a_place(world, place, client):
    client.force_login(world.local)
    assert client.get(url("place_end", place.pk)).status_code == 200
    PostingPlace.objects.update(agency=world.police)
    assert client.get(url("place_end", place.pk)).status_code == 404


def test_an_agency_has_an_online_level_of_its_own(world, version, keeper):
    data = {"agency": world.commune.pk, "valid_from": "01/01/2026", "online_level": "level_4", "desk": "3"}
    assert keeper.post(url("offering_add", CODE), data).status_code == 422
    assert keeper.post(url("offering_add", CODE), data | {"online_level": "full"}).status_code == 302
    assert Offering.objects.get().online_level == "full"
    text = page(keeper, "procedure", CODE)
    assert "Toàn trình · quầy 3 · không nhận qua bưu chính" in text


@pytest.mark.parametrize("lines", ["1.900001", "1.999999"])
def test_related_procedures_are_others_of_the_catalogue(world, version, keeper, lines):
    draft = act(world, "draft_version", CODE)
    with pytest.raises(RuleViolation, match="liên quan không có"):
        act(world, "edit_draft", draft.pk, related=[lines])


def test_related_procedures_are_written_by_code_and_shown_with_their_names(world, version, keeper):
    other = make_version("1.900002", "Thủ tục kèm theo")
    keeper.post(url("draft_start", CODE))
    header = {
        "name": "Tên",
        "field": "Lĩnh vực",
        "copies_of_dossier": 1,
        "online_level": "none",
        "related": "1.900002\n",
    }
    assert keeper.post(url("draft_header", CODE), header).url == url("draft", CODE)
    draft = ProcedureVersion.objects.get(status="draft")
    assert draft.related.get() == other.procedure
    text = page(keeper, "draft", CODE)
    assert "Thủ tục kèm theo" in text
    assert "<dt>Thủ tục liên quan</dt>" in text
    assert "1.900002" in page(keeper, "draft_header", CODE)
    bad = keeper.post(url("draft_header", CODE), header | {"related": CODE})
    assert bad.status_code == 422


def test_a_board_prints_the_fees_of_its_own_area(world, version, place):
    make_offering(version.procedure, world.commune)
    make_fee(version.procedure, 1000, name="Lệ phí")
    make_fee(version.procedure, 2000, name="Lệ phí", area=world.commune)
    make_fee(version.procedure, 3000, name="Lệ phí", area=world.police)
    make_fee(version.procedure, 4000, name="Phí cũ", valid_to=TODAY - timedelta(days=1))
    assert board_data(place, TODAY)["procedures"][0]["fee"] == "Lệ phí: 2.000 đồng/trường hợp"


def test_a_board_without_a_schedule_prints_what_the_catalogue_says(world, version, place):
    make_offering(version.procedure, world.commune)
    assert board_data(place, TODAY)["procedures"][0]["fee"] == "Không"
    version.channels.filter(channel="counter").update(fee_dong=8000)
    assert board_data(place, TODAY)["procedures"][0]["fee"] == "8.000 đồng"
