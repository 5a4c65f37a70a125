"""An error found after the hand-over: its own clock, the apology in writing, who signs it, what is revoked."""

from datetime import date, datetime

import pytest

from motcua.agencies.testing import make_user_with
from motcua.audit.models import Event
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import to_local
from motcua.dossiers import actions, queries, slips
from motcua.dossiers.models import Notice, ResultPaper
from motcua.dossiers.queries import integrity
from motcua.dossiers.rules.forms_by_date import form_for
from motcua.dossiers.rules.states import Status
from motcua.dossiers.testing import in_review, moment, ready, returned
from motcua.notifications.models import Message
from motcua.printing.actions import render
from motcua.printing.tests.tools import flat_text, needs_poppler


def test_an_error_is_corrected_on_a_clock_of_its_own(world):
    dossier = returned(world)
    dates = (dossier.due_at, dossier.ready_at, dossier.ended_at)
    correction = actions.start_correction(
        dossier.pk, reason="Sai năm sinh", actor=world.officer, at=moment(days=3)
    )
    assert to_local(correction.due_at) == datetime(2026, 11, 10, 8)
    told = Message.objects.filter(kind="correction").first()
    assert told is not None
    assert ("co sai sot" in told.body, "10/11/2026" in told.body) == (True, True)
    assert not Message.objects.filter(kind="apology").exists()
    dossier.refresh_from_db()
    assert (dossier.status, dossier.results.get().revoked_at) == (Status.ERROR_FIX, None)
    actions.finish_correction(
        dossier.pk, number="12b/GCN", result_name="Giấy mới", actor=world.officer, at=moment(days=4)
    )
    dossier.refresh_from_db()
    assert dossier.status == Status.WAIT_COLLECT
    assert [(p.number, bool(p.revoked_at)) for p in dossier.results.order_by("pk")] == [
        ("12/GCN", True),
        ("12b/GCN", False),
    ]
    actions.return_result(dossier.pk, receiver_name="A", actor=world.head, at=moment(days=5))
    dossier.refresh_from_db()
    assert (dossier.due_at, dossier.ready_at, dossier.ended_at) == dates


def test_the_division_that_did_the_work_corrects_its_error_and_no_other(world):
    dossier = returned(world)
    dossier.tasks.filter(stage_kind="review").update(agency=world.division)
    worker, stranger = make_user_with("officer", world.division), make_user_with("officer", world.police)
    with pytest.raises(NotFound):
        actions.start_correction(dossier.pk, reason="Sai họ", actor=stranger, at=moment(days=3))
    actions.start_correction(dossier.pk, reason="Sai họ", actor=worker, at=moment(days=3))
    dossier.refresh_from_db()
    assert dossier.status == Status.ERROR_FIX


def test_a_wrong_result_may_be_revoked_at_once_and_corrected_without_a_new_number(world):
    dossier = returned(world)
    actions.start_correction(
        dossier.pk,
        reason="Sai",
        due_working_days=1,
        revoke_results=True,
        actor=world.officer,
        at=moment(days=3),
    )
    assert dossier.results.get().revoked_reason == "Sai"
    correction = actions.finish_correction(dossier.pk, actor=world.officer, at=moment(days=4))
    assert (correction.fixed_by, dossier.results.count()) == (world.officer, 1)


def test_a_correction_needs_a_reason_and_a_returned_result(world):
    with pytest.raises(RuleViolation):
        actions.start_correction(returned(world).pk, reason=" ", actor=world.officer, at=moment(days=3))
    with pytest.raises(RuleViolation):
        actions.start_correction(ready(world).pk, reason="Sai", actor=world.officer, at=moment(days=3))


# The apology in writing ------------------------------------------------------------------------------------------------


def correct(world, dossier, *, at=None, actor=None, **more):
    values = {"reason": "Sai năm sinh của mẹ", **more}
    return actions.start_correction(
        dossier.pk, **values, actor=actor or world.officer, at=at or moment(days=3)
    )


@needs_poppler
def test_the_apology_says_whose_result_was_wrong_how_by_whose_fault_and_when_the_right_one_comes(world):
    dossier = returned(world)
    dossier.tasks.filter(stage_kind="review").update(agency=world.division)
    correction = correct(world, dossier, caused_by_id=world.division.pk)
    text = flat_text(render("error_apology", slips.slip_data(correction.notice)))
    for said in (
        "VĂN BẢN XIN LỖI VỀ SAI SÓT TRONG KẾT QUẢ".lower(), "số: 01/pxl", "kính gửi: nguyễn thị thử nghiệm",
        f"kết quả đã được trả ngày {to_local(correction.dossier.returned_at):%d tháng %m năm %Y}",
        "số 12/gcn ngày 02 tháng 11 năm 2026", "nội dung sai sót: sai năm sinh của mẹ.",
        f"cơ quan gây ra sai sót: {world.division.name.lower()}", "chậm nhất vào ngày 10 tháng 11 năm 2026",
        "không phải nộp phí, lệ phí", "thủ trưởng cơ quan", "phạm thị ký", "nghị định 118/2025/nđ-cp",
    ):  # fmt: skip
        assert said in text.lower()
    assert "Lê Văn Thụ Lý" not in text
    assert "thu hồi" not in text


@needs_poppler
def test_the_apology_tells_that_the_wrong_result_holds_no_longer(world):
    correction = correct(world, returned(world), revoke_results=True)
    assert "đã được thu hồi" in flat_text(render("error_apology", slips.slip_data(correction.notice)))


def test_both_kinds_of_apology_share_one_row_of_numbers(world):
    late, wrong, again = in_review(world), returned(world), returned(world)
    first = actions.apologise(late.pk, extra_working_days=1, reason="x", actor=world.boss, at=moment(hours=4))
    others = [correct(world, one).notice for one in (wrong, again)]
    assert [one.number for one in (first, *others)] == [1, 2, 3]
    assert {one.data["symbol"] for one in (first, *others)} == {"PXL"}
    assert {one.series for one in (first, *others)} == {f"agency/{world.commune.pk}"}


def test_the_apology_stands_in_the_log_and_its_code_leads_to_what_it_is(world):
    correction = correct(world, returned(world))
    told = Event.objects.get(kind="dossier.start_correction").data
    assert (told["notice"], told["signer"], told["caused_by"]) == (
        correction.notice_id, world.boss.pk, world.commune.pk,
    )  # fmt: skip
    assert list(integrity.breaks()) == []
    found = queries.verify_token(queries.notice_token(correction.notice_id))
    assert (found.title, found.number) == ("Văn bản xin lỗi về sai sót trong kết quả", "01/PXL")
    assert dict(found.facts)["Trả kết quả đúng chậm nhất"] == "10/11/2026"
    assert "Hẹn trả kết quả" not in dict(found.facts)


@pytest.mark.parametrize(
    ("day", "source"),
    [
        (date(2012, 5, 1), ""),
        (date(2016, 5, 1), ""),
        (date(2019, 5, 1), "Nghị định 61/2018/NĐ-CP, Điều 21"),
        (date(2026, 5, 1), "Nghị định 118/2025/NĐ-CP"),
    ],
)
def test_no_set_of_forms_has_an_apology_for_an_error_so_it_names_the_decree_of_its_day(day, source):
    form = form_for("error_apology", day)
    assert (form.label, form.source, form.suffix) == ("", source, "PXL")


def test_one_of_two_results_is_wrong_and_only_that_one_is_named_and_revoked(world):
    dossier = returned(world)
    right = dossier.results.get()
    wrong = ResultPaper.objects.create(
        dossier=dossier,
        name="Bản đồ",
        number="13/BĐ",
        signed_on=right.signed_on,
        signer=world.boss,
        token="b" * 24,
    )
    correction = correct(world, dossier, result_id=wrong.pk)
    assert [one["number"] for one in correction.notice.data["results"]] == ["13/BĐ"]
    actions.finish_correction(dossier.pk, number="13b/BĐ", actor=world.officer, at=moment(days=4))
    standing = dossier.results.filter(revoked_at=None).order_by("pk")
    assert [one.number for one in standing] == ["12/GCN", "13b/BĐ"]


def test_what_was_never_handed_over_or_holds_no_longer_is_not_the_wrong_result(world):
    dossier, other = returned(world), returned(world)
    with pytest.raises(RuleViolation, match="còn hiệu lực"):
        correct(world, dossier, result_id=other.results.get().pk)


def test_an_agency_that_did_not_work_on_it_is_not_to_blame(world):
    with pytest.raises(RuleViolation, match="đã xử lý hồ sơ"):
        correct(world, returned(world), caused_by_id=world.police.pk)


def test_the_head_signs_the_apology_for_an_error_and_the_counter_never(world):
    dossier = returned(world)
    for person in (world.officer, world.clerk, world.head):
        with pytest.raises(RuleViolation, match="do người được ký kết quả"):
            correct(world, dossier, signer_id=person.pk)
    assert correct(world, dossier).notice.signer == world.boss


def test_with_two_heads_one_is_chosen_and_with_none_nothing_is_begun(world):
    second = make_user_with("leader", world.commune)
    dossier = returned(world)
    with pytest.raises(RuleViolation, match="Chọn lãnh đạo ký"):
        correct(world, dossier)
    assert correct(world, dossier, signer_id=second.pk).notice.signer == second
    other = returned(world)
    for person in (world.boss, second):
        person.is_active = False
        person.save(update_fields=["is_active"])
    with pytest.raises(RuleViolation, match="phân quyền ký trước"):
        correct(world, other)
    assert not Notice.objects.filter(dossier=other, kind="error_apology").exists()


def test_an_error_in_the_corrected_result_names_the_day_on_which_that_one_was_handed_over(world):
    dossier = returned(world)
    correct(world, dossier)
    actions.finish_correction(dossier.pk, number="12b/GCN", actor=world.officer, at=moment(days=4))
    actions.return_result(dossier.pk, receiver_name="A", actor=world.head, at=moment(days=5))
    second = correct(world, dossier, at=moment(days=8), actor=world.officer)
    assert second.notice.data["returned_on"] == "2026-11-07"
    assert [one["number"] for one in second.notice.data["results"]] == ["12b/GCN"]
