"""What anyone may ask: tracking, verification; and the printed forms."""

from datetime import date

import pytest

from motcua.agencies.testing import give_role
from motcua.core.errors import NotFound
from motcua.dossiers import actions, queries, slips
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.intake import PartyData
from motcua.dossiers.testing import (
    in_review,
    live_task,
    make_intake,
    make_procedure,
    moment,
    receive,
    returned,
    signed,
)
from motcua.printing.actions import render

# By anyone ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("digits", ["0001", "5678", "3210", " 56 78 "])
def test_a_dossier_is_tracked_by_code_and_four_digits_of_its_people(world, digits):
    dossier = receive(world, submitter=PartyData("citizen", "B", phone="0987653210"), authorisation="con")
    assert queries.track(dossier.code.lower(), digits) == dossier


@pytest.mark.parametrize(
    ("code", "digits"),
    [
        ("", "5678"),
        ("H40.12-261102-0002", "5678"),
        (None, "5679"),
        (None, ""),
        (None, "678"),
        (None, "abcd"),
        ("T-1-261102-0001", "5678"),
    ],
)
def test_wrong_codes_and_digits_look_the_same(world, code, digits):
    dossier = receive(world)
    with pytest.raises(NotFound) as error:
        queries.track(dossier.code if code is None else code, digits)
    assert "bốn số cuối" in error.value.message


def test_a_dossier_without_numbers_cannot_be_tracked(world):
    dossier = receive(world, applicant=PartyData("citizen", "A"))
    with pytest.raises(NotFound):
        queries.track(dossier.code, "0000")


def test_a_filed_dossier_is_tracked_by_its_temporary_number(world):
    filed = actions.submit(make_intake(world, channel="online"), actor=world.clerk, at=moment())
    assert queries.track(filed.temporary_number, "5678") == filed


def test_a_slip_is_verified_without_showing_persons(world):
    dossier = receive(world)
    found = queries.verify_token(queries.notice_token(dossier.notices.get().pk))
    assert (found.code, found.valid, found.number) == (dossier.code, True, "01/TNHS")
    assert "Nguyễn" not in repr(found)
    assert dict(found.facts)["Hẹn trả kết quả"] == "17:30 ngày 09/11/2026"


def test_a_slip_of_a_filed_dossier_has_no_dates_yet(world):
    filed = actions.submit(make_intake(world, channel="online"), actor=world.clerk, at=moment())
    request = actions.request_supplement_before(
        filed.pk, reason="x", items=["y"], actor=world.clerk, at=moment()
    )
    assert dict(queries.verify_token(queries.notice_token(request.notice_id)).facts)["Tiếp nhận"] == "–"


def test_a_result_is_verified_by_its_token_also_when_revoked(world):
    dossier = returned(world)
    token = dossier.results.get().token
    assert queries.verify_token(token).valid
    actions.start_correction(
        dossier.pk, reason="Sai", revoke_results=True, actor=world.officer, at=moment(days=2)
    )
    found = queries.verify_token(token)
    assert (found.valid, found.number) == (False, "12/GCN")
    assert found.note.startswith("Đã thu hồi lúc ")


@pytest.mark.parametrize(
    "token", ["", "x", "p1", "p1-", "p1-0000000000000000", "p!-00", "pzzzz-aaaa", "0" * 24]
)
def test_forged_tokens_are_not_found(world, token):
    receive(world)
    with pytest.raises(NotFound):
        queries.verify_token(token)


def test_a_true_token_of_a_slip_that_is_not_there_is_not_found(db):
    with pytest.raises(NotFound):
        queries.verify_token(queries.notice_token(10**6))


# Slips ----------------------------------------------------------------------------------------------------------------------------


def test_every_slip_prints(world):
    give_role(world.officer, "land_desk", world.commune, is_main=False)
    dossier = in_review(world)
    actions.apologise(dossier.pk, extra_working_days=1, reason="x", actor=world.boss, at=moment(hours=3))
    actions.request_supplement(
        dossier.pk,
        reason="x",
        items=["y", {"name": "z", "originals": 1}],
        actor=world.officer,
        at=moment(days=1),
    )
    actions.stop(dossier.pk, reason_code="law", reason="Luật", actor=world.boss, at=moment(days=2))
    other = in_review(world)
    actions.refuse(other.pk, reason="x", legal_basis="y", actor=world.officer, at=moment(days=1))
    wrong = returned(world)
    actions.start_correction(wrong.pk, reason="x", actor=world.officer, at=moment(days=2))
    kinds = set()
    for notice in [*dossier.notices.all(), *other.notices.all(), *wrong.notices.all()]:
        data = slips.slip_data(notice)
        assert "/xac-minh/p" in data["verify_url"]
        assert render(notice.kind, data).startswith(b"%PDF")
        kinds.add(notice.kind)
    assert kinds == {
        "receipt_slip",
        "supplement_request",
        "rejection_notice",
        "apology_notice",
        "stop_notice",
        "error_apology",
    }


def test_control_slip_register_list_and_result_print(world):
    dossier = returned(world)
    late = in_review(world, receive(world, procedure=make_procedure("1.52", world.commune)))
    actions.complete_task(live_task(late).pk, late_cause="partner", actor=world.officer, at=moment(days=20))
    assert render("control_slip", slips.control_slip_data(dossier)).startswith(b"%PDF")
    passes = slips.control_slip_data(late, by_minute=True)["passes"]
    assert [(p["outcome"], p["note"]) for p in passes] == [("late", "Do cơ quan phối hợp chậm"), ("", "")]
    data = slips.register_data(
        world.office, 2026, Dossier.objects.order_by("pk"), date(2026, 12, 31), closed=True
    )
    assert data["rows"][0]["returned_by"] == "Trực tiếp"
    assert render("register", data).startswith(b"%PDF")
    handover = dossier.tasks.first().handover
    assert render("handover_list", slips.handover_data(handover, handover.tasks.all())).startswith(b"%PDF")
    assert render("result_notice", slips.result_notice_data(dossier.results.get())).startswith(b"%PDF")


def test_the_control_slip_has_one_row_for_each_pass_with_both_signatures(world):
    dossier = signed(world)
    data = slips.control_slip_data(dossier)
    assert [(p["giver"], p["receiver"], p["outcome"]) for p in data["passes"]] == [
        ("Trần Thị Tiếp Nhận", "Lê Văn Thụ Lý", "early"), ("Lê Văn Thụ Lý", "Phạm Thị Ký", "early"), ("Phạm Thị Ký", "", ""),
    ]  # fmt: skip
    assert data["form_number"].startswith("Mẫu số 06")
    assert data["blank_rows"] == 3
