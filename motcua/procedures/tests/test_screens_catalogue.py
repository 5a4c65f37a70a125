"""The screens of the list, drafts, decisions, fees, offerings, files."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.procedures import queries
from motcua.procedures.models import (
    Fee,
    Offering,
    PostingPlace,
    Procedure,
    ProcedureVersion,
    PublicationDecision,
)
from motcua.procedures.testing import make_fee, make_offering, make_process, make_version
from motcua.procedures.tests.conftest import TODAY
from motcua.procedures.tests.samples import csv_text, row
from motcua.procedures.tests.screens import CODE, page, url

pytestmark = pytest.mark.usefixtures("frozen_day")


@pytest.fixture
def version(world):
    return make_version(CODE, "Cấp giấy thử", keywords="giay to")


def test_the_list_filters_and_a_code_opens_its_procedure(world, version, keeper):
    make_version("1.900002", "Thủ tục khác", field="Lĩnh vực khác")
    make_version("1.900003", "Đã hết", valid_to=date(2020, 1, 1))
    text = page(keeper, "list")
    assert "Cấp giấy thử" in text
    assert "2 thủ tục" in text
    assert "Thủ tục khác" not in keeper.get(url("list"), {"q": "cap giay"}).content.decode()
    assert "Đã hết" in keeper.get(url("list"), {"status": "ended"}).content.decode()
    other = ProcedureVersion.objects.get(procedure__code="1.900002").field_id
    assert "Cấp giấy thử" not in keeper.get(url("list"), {"field": other}).content.decode()
    assert "Không có thủ tục nào" in keeper.get(url("list"), {"level": "commune"}).content.decode()
    assert "2 thủ tục" in keeper.get(url("list"), {"field": "999999", "status": "gì đó"}).content.decode()
    assert keeper.get(url("list"), {"q": CODE}).url == url("procedure", CODE)


def test_the_list_takes_the_same_statements_for_any_number_of_rows(
    world, keeper, django_assert_max_num_queries
):
    for number in range(30):
        make_version(f"1.91{number:04}")
    page(keeper, "list")
    with django_assert_max_num_queries(14):
        page(keeper, "list")


def test_a_procedure_is_drafted_filled_and_published(world, keeper):
    answer = keeper.post(
        url("new"), {"code": "1.900007", "name": "Thủ tục mới", "field": "Lĩnh vực mới", "kind": "public"}
    )
    assert answer.url == url("draft", "1.900007")
    assert "Chưa có cách thức thực hiện" in page(keeper, "draft", "1.900007")
    header = {
        "name": "Thủ tục mới",
        "field": "Lĩnh vực mới",
        "levels": [world.commune.level_id],
        "audiences": "Công dân\n\nDoanh nghiệp",
        "copies_of_dossier": 1,
        "online_level": "none",
    }
    assert keeper.post(url("draft_header", "1.900007"), header).status_code == 302
    rows = {
        "dong-TOTAL_FORMS": 2,
        "dong-INITIAL_FORMS": 0,
        "dong-0-channel": "counter",
        "dong-0-amount": "1,5",
        "dong-0-unit": "working_hour",
        "dong-0-fee_dong": "8000",
        "dong-1-channel": "",
    }
    assert keeper.post(url("draft_part", "1.900007", "cach-thuc"), rows | {"more": "1"}).url == url(
        "draft_part", "1.900007", "cach-thuc"
    )
    draft = ProcedureVersion.objects.get(procedure__code="1.900007")
    assert (draft.audiences, draft.levels_text) == (["Công dân", "Doanh nghiệp"], "Cấp xã")
    assert draft.channels.get().amount == Decimal("1.5")
    decision = {
        "number": "9/QĐ",
        "issuer": "UBND tỉnh",
        "issued_on": "20/11/2026",
        "effective_on": "25/11/2026",
        "items": "mới; 1.900007",
    }
    answer = keeper.post(url("decision_new"), decision)
    assert answer.url == url("decision", PublicationDecision.objects.get().pk)
    draft.refresh_from_db()
    assert (draft.status, draft.valid_from) == ("published", date(2026, 11, 25))


def test_papers_are_put_in_order_and_deleted(world, version, keeper):
    keeper.post(url("draft_start", CODE))
    rows = {
        "dong-TOTAL_FORMS": 3, "dong-INITIAL_FORMS": 1,
        "dong-0-name": "Tờ khai", "dong-0-originals": 1, "dong-0-copies": 0, "dong-0-ORDER": 2, "dong-0-required": "on",
        "dong-1-name": "Ảnh", "dong-1-originals": 2, "dong-1-copies": 0, "dong-1-ORDER": 1,
        "dong-2-name": "Bỏ", "dong-2-originals": 1, "dong-2-copies": 0, "dong-2-DELETE": "on",
    }  # fmt: skip
    assert keeper.post(url("draft_part", CODE, "giay-to"), rows).url == url("draft", CODE)
    draft = ProcedureVersion.objects.get(status="draft")
    assert draft.papers.first().name == "Ảnh"
    assert "Bỏ" not in [p.name for p in draft.papers.all()]
    assert "Thêm" in page(keeper, "draft", CODE)


@pytest.mark.parametrize(
    ("part", "rows"),
    [
        (
            "cach-thuc",
            {
                "dong-TOTAL_FORMS": 2,
                "dong-0-channel": "counter",
                "dong-0-amount": "1",
                "dong-1-channel": "counter",
                "dong-1-amount": "2",
            },
        ),
        ("giay-to", {"dong-TOTAL_FORMS": 1, "dong-0-name": "x", "dong-0-originals": -1, "dong-0-copies": 0}),
    ],
)
def test_wrong_rows_of_a_part_come_back_with_their_errors(world, version, keeper, part, rows):
    keeper.post(url("draft_start", CODE))
    answer = keeper.post(url("draft_part", CODE, part), {"dong-INITIAL_FORMS": 0, **rows})
    assert answer.status_code == 422
    assert "Lỗi: " in answer.content.decode()


def test_unknown_parts_and_drafts_are_not_found(world, version, keeper):
    assert keeper.get(url("draft", CODE)).status_code == 404
    keeper.post(url("draft_start", CODE))
    assert keeper.get(url("draft_part", CODE, "la")).status_code == 404
    assert keeper.get(url("export", "pdf")).status_code == 404
    assert keeper.get(url("settle", 999_999)).status_code == 404


def test_a_draft_is_thrown_away(world, version, keeper):
    keeper.post(url("draft_start", CODE))
    assert keeper.post(url("draft_discard", CODE)).url == url("procedure", CODE)
    keeper.post(url("new"), {"code": "1.900007", "name": "x", "field": "y", "kind": "public"})
    assert keeper.post(url("draft_discard", "1.900007")).url == url("list")


@pytest.mark.parametrize(
    ("name", "args", "data", "words"),
    [
        ("new", (), {"code": CODE, "name": "x", "field": "y", "kind": "public"}, "đã có trong danh mục"),
        (
            "decision_new",
            (),
            {
                "number": "1",
                "issuer": "x",
                "issued_on": "20/11/2026",
                "effective_on": "20/11/2026",
                "items": "đổi; 1.900001",
            },
            "không đúng",
        ),
        (
            "decision_new",
            (),
            {
                "number": "1",
                "issuer": "x",
                "issued_on": "20/11/2026",
                "effective_on": "20/11/2026",
                "items": "sửa đổi; 1.900001",
            },
            "chưa có dự thảo",
        ),
        (
            "fee_add",
            (CODE,),
            {
                "kind": "phi",
                "name": "x",
                "per": "case",
                "amount_dong": 1,
                "legal_basis": "y",
                "valid_from": "20/11/2026",
                "exemptions": "Hộ nghèo; nhiều",
            },
            "mức giảm phải là số",
        ),
        ("place_new", (), {"kind": "board", "name": "x"}, "Cơ quan"),
    ],
)
def test_refused_forms_come_back_with_what_was_typed(world, version, keeper, name, args, data, words):
    answer = keeper.post(url(name, *args), data)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_units_are_settled_on_their_screen(world, keeper):
    version = make_version("1.900009", limit=("1", ""))
    assert "1.900009" in page(keeper, "units")
    answer = keeper.post(
        url("settle", version.pk),
        {
            "unit_counter": "same_day",
            "unit_online": "same_day",
            "unit_post": "same_day",
            "document": "Luật Hộ tịch",
        },
    )
    assert answer.url == url("units")
    assert "Mọi thời hạn đều có đơn vị" in page(keeper, "units")
    assert (
        keeper.post(
            url("settle", make_version("1.900010", limit=("1", "")).pk), {"document": "x"}
        ).status_code
        == 422
    )


def test_fees_are_added_by_tiers_and_ended(world, version, keeper):
    data = {
        "kind": "phi", "name": "Phí sao", "per": "page", "amount_dong": 2000, "first_pages": 2, "next_page_dong": 1000, "cap_dong": 200000,
        "legal_basis": "TT 226", "valid_from": "01/01/2026", "exemptions": "Hộ nghèo; 100 %; NQ; Giấy chứng nhận hộ nghèo\nNgười cao tuổi; 50", "area": world.commune.pk,
    }  # fmt: skip
    assert keeper.post(url("fee_add", CODE), data).url == url("procedure", CODE)
    fee = Fee.objects.get()
    assert (fee.tiers, fee.area) == ([[2, 2000], [None, 1000]], world.commune)
    assert [(e.reason, e.percent_off, e.proof) for e in fee.exemptions.order_by("id")] == [
        ("Hộ nghèo", 100, "Giấy chứng nhận hộ nghèo"),
        ("Người cao tuổi", 50, ""),
    ]
    assert "2.000 đồng/trang (2 trang đầu)" in page(keeper, "procedure", CODE)
    assert keeper.post(url("fee_end", fee.pk), {"last_day": "31/12/2026"}).status_code == 302
    assert keeper.post(url("fee_end", fee.pk), {"last_day": "31/12/2020"}).status_code == 422


def test_offerings_are_declared_and_ended_and_the_cut_is_shown(world, version, keeper):
    data = {
        "agency": world.commune.pk,
        "valid_from": "01/01/2026",
        "reduced_amount": "3",
        "reduced_unit": "working_day",
        "reduced_document": "QĐ 5",
        "by_post": "on",
    }
    assert keeper.post(url("offering_add", CODE), data).url == url("procedure", CODE)
    text = page(keeper, "cuts_of", world.commune.pk)
    assert "40,00%" in text
    assert "3 ngày làm việc" in text
    assert page(keeper, "cuts")
    offering = Offering.objects.get()
    assert keeper.post(url("offering_end", offering.pk), {"last_day": "31/12/2026"}).status_code == 302
    assert keeper.post(url("offering_end", offering.pk), {"last_day": "01/01/2020"}).status_code == 422


def upload(client, text: str | bytes, name: str = "danh-muc.csv", **more: str):
    content = text.encode() if isinstance(text, str) else text
    return client.post(url("import"), {"file": SimpleUploadedFile(name, content), **more})


def test_a_file_is_tried_then_taken(world, keeper):
    answer = upload(keeper, csv_text(row(truc_tiep_don_vi="")), dry_run="on")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "tạo mới 1" in text
    assert "Chạy thử" in text
    assert "không ghi đơn vị" in text
    assert not Procedure.objects.exists()
    assert (
        "Đã ghi vào danh mục" in upload(keeper, csv_text(row()), effective_on="01/01/2026").content.decode()
    )
    assert queries.version_in_force(Procedure.objects.get(), date(2026, 1, 1))


def test_a_bad_file_is_told_and_nothing_is_written(world, keeper):
    answer = upload(keeper, csv_text(row(), row(ma_tthc="x")))
    assert answer.status_code == 422
    assert "Chưa ghi gì" in answer.content.decode()
    assert upload(keeper, b"\xff\xfe\x00\xd8").status_code == 422
    assert not Procedure.objects.exists()
    assert upload(keeper, '{"quy_trinh": []}').status_code == 200


def test_what_is_held_can_be_taken_home(world, version, keeper):
    assert keeper.get(url("export", "csv")).content.decode().startswith("\ufeffma_tthc")
    assert CODE in keeper.get(url("export", "json")).content.decode()
    assert "quy_trinh" in keeper.get(url("export", "quy-trinh")).content.decode()


def test_a_local_keeper_sees_only_local_buttons(world, version, client):
    client.force_login(world.local)
    text = page(client, "procedure", CODE)
    assert "Thêm mức thu" in text
    assert "Lập dự thảo sửa đổi" not in text
    assert client.post(url("draft_start", CODE)).status_code == 422
    assert client.get(url("import")).status_code == 404
    answer = client.post(url("process_start", CODE), {"agency": world.police.pk})
    assert answer.status_code == 422


def test_forms_of_what_one_may_not_do_are_not_there(world, version, keeper, client):
    """Forbidden looks like missing, before anything is typed: the commune's keeper, then a clerk."""
    keeper.post(url("draft_start", CODE))
    process = make_process(version.procedure, agency=world.police, status="draft", valid_from=None)
    stage = process.stages.first()
    common = make_fee(version.procedure, 1000)
    own = make_fee(version.procedure, 1000, name="Phí của xã", area=world.commune)
    shared = [
        ("new",), ("settle", version.pk), ("draft_header", CODE), ("draft_part", CODE, "giay-to"), ("decision_new",), ("import",),
        ("fee_end", common.pk), ("offering_end", make_offering(version.procedure, world.police).pk),
        ("process_publish", process.pk), ("stage_add", process.pk), ("stage_edit", process.pk, stage.pk),
        ("task_add", process.pk, stage.pk), ("task_edit", process.pk, stage.tasks.get().pk),
    ]  # fmt: skip
    local = [
        ("fee_add", CODE),
        ("offering_add", CODE),
        ("process_start", CODE),
        ("place_new",),
        ("fee_end", own.pk),
    ]
    assert [keeper.get(url(*form)).status_code for form in shared + local] == [200] * 18
    client.force_login(world.local)
    assert [client.get(url(*form)).status_code for form in shared] == [404] * 13
    assert [client.get(url(*form)).status_code for form in local] == [200] * 5
    text = page(client, "procedure", CODE)
    assert url("fee_end", own.pk) in text
    assert url("fee_end", common.pk) not in text
    assert "Quy trình mẫu" not in page(client, "process_start", CODE)
    client.force_login(world.clerk)
    assert [client.get(url(*form)).status_code for form in shared + local] == [404] * 18


def test_marks_of_sources_are_read_in_words_and_kept_in_the_data(world, keeper):
    version = make_version(CODE, source="Thời hạn [likely]")
    version.legal_bases.update(number="Quy chế tuyển sinh [likely]", title="")
    fee = make_fee(version.procedure, 1000, source="Mức của từng tỉnh [check]")
    fee.exemptions.create(reason="Trẻ em", legal_basis="Nghị quyết [likely]")
    text = page(keeper, "procedure", CODE)
    assert text.count("chưa đối chiếu với văn bản gốc") == 4
    assert "[likely]" not in text
    assert "[check]" not in text
    keeper.post(url("draft_start", CODE))
    assert "[likely]" not in page(keeper, "draft", CODE)
    assert ProcedureVersion.objects.get(status="draft").source == "Thời hạn [likely]"


def test_a_note_among_the_papers_is_no_paper(world, keeper):
    version = make_version(CODE)
    version.papers.create(position=2, name="Mang bản chính để đối chiếu", note_only=True, originals=0)
    text = page(keeper, "procedure", CODE)
    assert '<li class="paper-note">Mang bản chính để đối chiếu' in text
    assert text.count("paper-note") == 1


def test_nothing_is_added_to_what_is_not_there(world, version, keeper):
    process = make_process(version.procedure, status="draft", valid_from=None)
    assert keeper.get(url("stage_add", 999_999)).status_code == 404
    assert keeper.get(url("task_add", 999_999, process.stages.first().pk)).status_code == 404
    assert keeper.get(url("task_add", process.pk, 999_999)).status_code == 404


def test_pages_of_a_procedure_take_a_fixed_number_of_statements(
    world, version, keeper, django_assert_max_num_queries
):
    for agency in (world.commune, world.police, world.tax, world.land):
        make_offering(version.procedure, agency)
    process = make_process(version.procedure)
    place = PostingPlace.objects.create(agency=world.commune, kind="board", name="Bảng", valid_from=TODAY)
    for name, args, most in (
        ("procedure", (CODE,), 26),
        ("process", (process.pk,), 22),
        ("place", (place.pk,), 18),
        ("cuts", (), 14),
    ):
        page(keeper, name, *args)
        with django_assert_max_num_queries(most):
            page(keeper, name, *args)
