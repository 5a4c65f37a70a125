"""The process editor and the posting board in use."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.files.actions import release, store
from motcua.printing import qr
from motcua.procedures.models import (
    Posting,
    PostingPlace,
    Process,
)
from motcua.procedures.queries.attachments import may_open
from motcua.procedures.testing import make_offering, make_process, make_version
from motcua.procedures.tests.conftest import AT, TODAY
from motcua.procedures.tests.screens import CODE, page, url

pytestmark = pytest.mark.usefixtures("frozen_day")


@pytest.fixture
def version(world):
    return make_version(CODE, "Cấp giấy thử", keywords="giay to")


def test_a_process_is_drawn_up_by_hand_and_published(world, version, keeper):
    make_offering(version.procedure, world.commune)
    answer = keeper.post(url("process_start", CODE), {"agency": world.commune.pk})
    process = Process.objects.get()
    assert answer.url == url("process", process.pk)
    assert keeper.post(url("process_start", CODE), {"agency": world.commune.pk}).status_code == 422
    for name, kind in (("Thẩm tra", "review"), ("Trả", "result"), ("Ký", "signature")):
        keeper.post(url("stage_add", process.pk), {"name": name, "kind": kind})
    assert keeper.post(url("stage_add", process.pk), {"name": " ", "kind": "review"}).status_code == 422
    review, result, sign = process.stages.order_by("position")
    keeper.post(url("stage_move", process.pk, sign.pk, 2))
    keeper.post(url("stage_edit", process.pk, result.pk), {"name": "Trả kết quả", "kind": "result"})
    assert "Bước chưa có công việc" in page(keeper, "process", process.pk)
    task = {
        "name": "Xem xét",
        "place": "division",
        "division_name": "Kinh tế",
        "role_code": "receptionist",
        "hours": "4,5",
        "is_lead": "on",
        "required": "on",
    }
    for stage in (review, sign, result):
        assert keeper.post(url("task_add", process.pk, stage.pk), task).status_code == 302
    assert keeper.post(url("task_add", process.pk, review.pk), task | {"hours": "-1"}).status_code == 422
    extra = keeper.post(
        url("task_add", process.pk, review.pk),
        task | {"name": "Công an góp ý", "place": "police", "is_lead": ""},
    )
    assert extra.status_code == 302
    text = page(keeper, "process", process.pk)
    assert "13,5 giờ" in text
    assert "Công an xã An Phú" in text
    assert "<svg" in text
    police = review.tasks.get(place="police")
    keeper.post(
        url("task_edit", process.pk, police.pk), task | {"hours": "99", "place": "police", "is_lead": ""}
    )
    assert "vượt thời hạn 40 giờ" in page(keeper, "process", process.pk)
    assert (
        keeper.post(
            url("process_publish", process.pk), {"document": "QĐ 1", "valid_from": "01/12/2026"}
        ).status_code
        == 422
    )
    keeper.post(url("task_remove", process.pk, police.pk))
    assert keeper.post(
        url("process_publish", process.pk), {"document": "QĐ 1", "valid_from": "01/12/2026"}
    ).url == url("process", process.pk)
    text = page(keeper, "process", process.pk)
    assert "Đã ban hành" in text
    assert "Thêm bước" not in text
    assert keeper.post(url("stage_remove", process.pk, review.pk)).status_code == 422


def test_a_draft_process_is_thrown_away(world, version, keeper):
    make_process(version.procedure)
    keeper.post(url("process_start", CODE), {})
    draft = Process.objects.get(status="draft")
    keeper.post(url("stage_remove", draft.pk, draft.stages.first().pk))
    assert draft.stages.count() == 2
    assert keeper.post(url("process_discard", draft.pk)).url == url("procedure", CODE)
    assert not Process.objects.filter(status="draft").exists()
    assert keeper.get(url("stage_edit", draft.pk, 1)).status_code == 404
    assert keeper.get(url("task_edit", draft.pk, 1)).status_code == 404


def test_posting_with_one_click_and_a_photograph(world, version, keeper):
    make_offering(version.procedure, world.commune)
    answer = keeper.post(url("place_new"), {"agency": world.commune.pk, "kind": "board", "name": "Bảng tin"})
    place = PostingPlace.objects.get()
    assert answer.url == url("place", place.pk)
    assert "Cấp giấy thử" in page(keeper, "place", place.pk)
    assert "Bảng tin" in page(keeper, "board")
    assert keeper.post(url("post", place.pk), {}).status_code == 422
    bad = SimpleUploadedFile("anh.exe", b"MZ nothing", content_type="image/jpeg")
    assert keeper.post(url("post", place.pk), {"versions": [version.pk], "photo": bad}).status_code == 422
    assert not Posting.objects.exists()
    assert keeper.post(url("post", place.pk), {"versions": [version.pk]}).url == url("place", place.pk)
    posting = Posting.objects.get()
    assert "Mọi thủ tục có hiệu lực đều đã niêm yết" in page(keeper, "place", place.pk)
    assert "Ảnh chụp<" not in page(keeper, "place", place.pk)
    photo = store(qr.png("bảng tin"), name="bang.png", actor=world.local, at=AT, personal=False)
    Posting.objects.filter(pk=posting.pk).update(photo_file_id=photo.pk)
    assert "Ảnh chụp: Cách ly" in page(keeper, "place", place.pk)
    release(photo.pk, reason="Ảnh chụp tại chỗ", actor=world.system, at=AT)
    assert "Ảnh chụp<" in page(keeper, "place", place.pk)
    assert may_open(photo, world.clerk, None)
    assert keeper.post(url("take_down", posting.pk)).url == url("place", place.pk)
    posting.refresh_from_db()
    assert posting.removed_by == world.controller


def test_boards_and_qr_sheets_are_printed(world, version, keeper):
    make_offering(version.procedure, world.commune)
    place = PostingPlace.objects.create(agency=world.commune, kind="board", name="Bảng", valid_from=TODAY)
    for name, query in (
        ("board_pdf", {}),
        ("board_pdf", {"mau": "to", "linh-vuc": "Lĩnh vực thử"}),
        ("qr_pdf", {}),
    ):
        answer = keeper.get(url(name, place.pk), query)
        assert answer.content.startswith(b"%PDF")
        assert answer["Content-Type"] == "application/pdf"
    assert keeper.get(url("board_pdf", place.pk), {"linh-vuc": "không có"}).status_code == 422
