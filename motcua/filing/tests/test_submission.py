"""Sending: complete, once, with a number, a time to answer and a signed copy."""

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from motcua.accounts.testing import make_citizen
from motcua.agencies.queries import authority_of
from motcua.audit.queries import verify
from motcua.core import timer
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import legal_date
from motcua.dossiers.models import Dossier, DossierForm, DossierHolder, DossierPaper
from motcua.dossiers.queries import held_by
from motcua.dossiers.testing import moment
from motcua.eforms.testing import make_form
from motcua.files.queries import access_file, read
from motcua.filing import actions, queries
from motcua.filing.actions import _copies
from motcua.filing.models import Application
from motcua.filing.rules import steps
from motcua.filing.testing import Online, make_online
from motcua.notifications.models import Message
from motcua.printing.sign import check_pdf
from motcua.printing.tests.tools import flat_text, needs_poppler
from motcua.procedures.models import ChannelRule, Paper


def test_what_was_sent_is_a_dossier_with_a_number_and_a_time_to_answer(online: Online) -> None:
    made, dossier = online.sent(at=moment(hours=2))
    assert (dossier.status, dossier.channel, dossier.code) == ("submitted", "online", None)
    assert dossier.temporary_number.startswith("T-")
    assert dossier.acceptance_due_at == moment(
        days=1, hours=2
    )  # 8 working hours: the same hour of the next working day
    assert dossier.applicant.identity_number == "001099000001"
    assert list(held_by(online.citizen, moment(days=1))) == [dossier]
    assert DossierHolder.objects.get().right == "owner"
    assert [p.file_id for p in DossierPaper.objects.filter(dossier=dossier)] == [made.uploads.get().file_id]
    assert Message.objects.filter(kind="submitted", reference=f"dossier/{dossier.pk}").exists()
    assert made.state == "submitted"
    assert verify().is_whole


def test_a_second_click_and_a_second_device_give_the_same_dossier(online: Online) -> None:
    made = online.complete()
    key = uuid4()
    first = actions.submit(made.pk, key=key, actor=online.citizen, at=moment())
    assert actions.submit(made.pk, key=key, actor=online.citizen, at=moment()) == first
    assert actions.submit(made.pk, key=uuid4(), actor=online.citizen, at=moment(days=200)) == first
    assert Dossier.objects.count() == 1


def test_one_page_sends_one_application(online: Online) -> None:
    key = uuid4()
    first, second = online.complete(), None
    actions.submit(first.pk, key=key, actor=online.citizen, at=moment())
    second = online.complete()
    with pytest.raises(RuleViolation, match="Tải lại trang"):
        actions.submit(second.pk, key=key, actor=online.citizen, at=moment())
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=second.pk).update(submission_key=key)
    assert Dossier.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"office": None}, "Nơi nộp"),
        ({"party": {}}, "Họ và tên"),
        ({"delivery": {}}, "Nhận kết quả"),
        ({"acting": "user/999"}, "không còn quyền"),
    ],
)
def test_everything_is_checked_again_when_it_is_sent(online: Online, change: dict, said: str) -> None:
    made = online.complete()
    Application.objects.filter(pk=made.pk).update(**change)
    with pytest.raises(RuleViolation, match=said):
        actions.submit(made.pk, key=uuid4(), actor=online.citizen, at=moment())
    assert not Dossier.objects.exists()


def test_a_required_paper_must_be_there(online: Online) -> None:
    made = online.complete()
    made.uploads.all().delete()
    with pytest.raises(RuleViolation, match="Tờ khai: Chưa có tệp"):
        actions.submit(made.pk, key=uuid4(), actor=online.citizen, at=moment())


def test_a_case_must_be_chosen(online: Online) -> None:
    made = online.complete()
    Paper.objects.create(
        version=online.version, position=3, name="Giấy A", case="Trường hợp A", required=False
    )
    with pytest.raises(RuleViolation, match="Trường hợp"):
        actions.submit(made.pk, key=uuid4(), actor=online.citizen, at=moment())


def test_a_hidden_question_is_not_kept_and_a_condition_cannot_be_passed_by(online: Online) -> None:
    make_form(online.version, paper=Paper.objects.get(version=online.version, name="Tờ khai"))
    made = online.complete()
    assert not made.uploads.exists()  # the form stands for the paper
    online.save(made, "to-khai-nguoi_khai", ho_ten="Na", so_dinh_danh="001099000001", uy_quyen="yes")
    online.save(made, "to-khai-noi_dung", so_ban="2")
    online.save(made, "to-khai-ky", chu_ky={"name": "Nguyễn Thị Na", "agree": "yes"})
    with pytest.raises(RuleViolation, match="Quan hệ"):
        actions.submit(made.pk, key=uuid4(), actor=online.citizen, at=moment())
    forged = {**online.journey(made).application.answers, "nguoi_khai": {
        "ho_ten": "Na", "so_dinh_danh": "001099000001", "uy_quyen": "no", "quan_he": "giấu"}}  # fmt: skip
    forged["noi_dung"]["tien"] = 1
    Application.objects.filter(pk=made.pk).update(answers=forged)
    dossier = actions.submit(made.pk, key=uuid4(), actor=online.citizen, at=moment())
    kept = DossierForm.objects.get(dossier=dossier).answers
    assert "quan_he" not in kept["nguoi_khai"]
    assert kept["noi_dung"] == {"so_ban": 2, "tien": 16000}
    sent = actions.keep_copy(made.pk, actor=online.citizen, at=moment())
    assert DossierPaper.objects.get(dossier=dossier).file == sent.copy


def test_the_copy_is_signed_by_the_office_and_opens_for_its_owner_only(online: Online) -> None:
    made, dossier = online.sent()
    kept = actions.keep_copy(made.pk, actor=online.citizen, at=moment())
    assert kept.copy is not None
    assert check_pdf(read(kept.copy)).intact
    assert actions.keep_copy(made.pk, actor=online.citizen, at=moment()).copy == kept.copy
    other = make_citizen("Trần Văn Lạ", "001099000009", "0900000009")
    day = legal_date(moment())
    assert access_file(kept.copy.pk, online.citizen, authority_of(online.citizen, day)) == kept.copy
    assert access_file(kept.copy.pk, online.world.clerk, authority_of(online.world.clerk, day)) == kept.copy
    with pytest.raises(NotFound):
        access_file(kept.copy.pk, other, authority_of(other, day))
    assert queries.of_dossier(dossier) == kept


def test_a_copy_that_could_not_be_signed_is_made_later(
    online: Online, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, _dossier = online.sent()

    def broken(*_args: object, **_options: object) -> bytes:
        raise RuleViolation("Khóa ký số đã hết hạn.")

    with monkeypatch.context() as now:
        now.setattr("motcua.filing.actions._copies.sign_pdf", broken)
        assert actions.keep_copy(made.pk, actor=online.citizen, at=moment()).copy is None
    done = dict(timer.jobs(online.world.admin, moment()))["hồ sơ đang soạn"]()
    assert done == "báo trước 0, xóa 0, lập bản sao 1"


def test_a_copy_that_cannot_be_signed_yet_keeps_no_other_copy_waiting(
    online: Online, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (online.sent(at=moment(hours=hour))[0] for hour in (0, 1))
    real = _copies.sign_pdf

    def broken_once(pdf: bytes, **options: Any) -> bytes:
        if first.dossier.temporary_number in options["reason"]:
            raise RuleViolation("Khóa ký số đã hết hạn.")
        return real(pdf, **options)

    monkeypatch.setattr(_copies, "sign_pdf", broken_once)
    assert actions.make_missing_copies(actor=online.world.admin, at=moment(hours=2)) == 1
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.copy, check_pdf(read(second.copy)).intact) == (None, True)
    monkeypatch.undo()
    assert actions.make_missing_copies(actor=online.world.admin, at=moment(hours=3)) == 1


@needs_poppler
def test_the_copy_says_the_case_that_was_chosen_and_whose_passport_was_shown(online: Online) -> None:
    Paper.objects.filter(version=online.version, name="Giấy tờ kèm theo").update(case="Người nước ngoài")
    verify = {"case": "Cần xác minh", "amount": "8", "unit": "working_day"}
    ChannelRule.objects.filter(version=online.version, channel="online").update(variants=[verify])
    made = online.complete()
    online.save(made, steps.CASE, case="Người nước ngoài", limit_case="Cần xác minh")
    online.save(made, steps.FOR, acting="other")
    online.save(
        made, steps.PARTY, name="TANAKA HANA", identity_number="TK0000001", identity_country="JPN",
        phone="0900000003", address="Thôn Đông", authorisation="vợ",
    )  # fmt: skip
    actions.submit(made.pk, key=uuid4(), actor=online.citizen, at=moment())
    said = flat_text(read(actions.keep_copy(made.pk, actor=online.citizen, at=moment()).copy))
    assert "Người nước ngoài" in said
    assert "Cần xác minh" in said
    assert "Hộ chiếu của Nhật Bản" in said


def test_who_files_for_another_stands_as_submitter(online: Online) -> None:
    made = online.complete()
    online.save(made, steps.FOR, acting="other")
    online.save(
        made, steps.PARTY, name="Lê Thị Mẹ", identity_number="001099000003", phone="0900000003", address="Thôn Đông",
        authorisation="mẹ",
    )  # fmt: skip
    online.save(made, steps.DELIVERY, way="post", address="Thôn Đông, xã An Phú")
    dossier = actions.submit(made.pk, key=uuid4(), actor=online.citizen, at=moment())
    assert (dossier.applicant.name, dossier.submitter.name, dossier.authorisation) == (
        "Lê Thị Mẹ",
        "Nguyễn Thị Na",
        "mẹ",
    )
    assert dossier.delivery == "post"
    assert "Thôn Đông, xã An Phú" in dossier.content
    copy = actions.keep_copy(made.pk, actor=online.citizen, at=moment()).copy
    assert copy is not None


@pytest.mark.django_db(transaction=True)
def test_two_devices_at_the_same_moment_make_one_dossier(settings) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite writes one after the other anyway")
    settings.UPLOAD_UNSCANNED = "accept"
    online = make_online()
    made = online.complete()
    start, found, wrong = Barrier(2), [], []

    def send() -> None:
        try:
            start.wait(timeout=20)
            found.append(actions.submit(made.pk, key=uuid4(), actor=online.citizen, at=moment()).pk)
        except Exception as error:  # told to the test below
            wrong.append(error)
        finally:
            connection.close()

    threads = [Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert wrong == []
    assert len(set(found)) == 1
    assert Dossier.objects.count() == 1


def test_the_time_to_answer_passes_over_the_night_and_the_weekend(online: Online) -> None:
    friday_evening = moment(days=4, hours=13)
    _made, dossier = online.sent(at=friday_evening)
    assert dossier.acceptance_due_at - friday_evening > timedelta(days=2)
