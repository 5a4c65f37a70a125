"""Filing over HTTP: the pages in their order, what another person sees, what the script asks, statements per request."""

import re
from datetime import date
from hashlib import sha256
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.accounts.testing import make_citizen
from motcua.core.templatetags.motcua import vn_datetime
from motcua.dossiers.actions import accept
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.clock import derivation_of
from motcua.dossiers.testing import moment
from motcua.eforms.testing import make_form
from motcua.filing import actions
from motcua.filing.models import Application, Upload
from motcua.filing.rules import steps
from motcua.filing.testing import PDF, Online, make_online, photo
from motcua.procedures.models import Paper, ProcedureVersion


@pytest.fixture
def online(db: None, settings):
    """The world at the counter's opening on Monday; the citizen is signed in."""
    settings.UPLOAD_UNSCANNED = "accept"
    with time_machine.travel(moment(hours=2), tick=False):
        yield make_online()


@pytest.fixture
def citizen(online: Online) -> Client:
    client = Client()
    client.force_login(online.citizen)
    return client


def at(name: str, made: Application, *args: object) -> str:
    return reverse(f"portal:{name}", args=[made.pk, *args])


def draft(online: Online) -> Application:
    return Application.objects.get(owner=online.citizen, state="draft")


def post(citizen: Client, made: Application, step: str, **given: object):
    made.refresh_from_db()
    return citizen.post(at("file_step", made, step), {"revision": made.revision, **given})


def test_from_the_procedures_page_to_the_acknowledgement(citizen: Client, online: Online) -> None:
    make_form(online.version, paper=Paper.objects.get(version=online.version, name="Tờ khai"))
    start = reverse("portal:file_start", args=["1.000001"])
    assert "Bắt đầu soạn hồ sơ" in citizen.get(start).content.decode()
    page = citizen.post(start, follow=True)
    assert page.redirect_chain[-1][0].endswith("/buoc/noi-nop/")
    made = draft(online)
    office = f"{online.world.office.pk}-{online.world.commune.pk}"
    for step, given, then in (
        (steps.OFFICE, {"place": office}, steps.FOR),
        (steps.FOR, {"acting": "self"}, steps.PARTY),
        (steps.PARTY, {"phone": "0900 000 001", "address": "Thôn Đông"}, "to-khai-nguoi_khai"),
        (
            "to-khai-nguoi_khai",
            {
                "nguoi_khai.ho_ten": "Na",
                "nguoi_khai.so_dinh_danh": "001099000001",
                "nguoi_khai.uy_quyen": "no",
            },
            "to-khai-noi_dung",
        ),
        ("to-khai-noi_dung", {"noi_dung.so_ban": "2"}, "to-khai-ky"),
        ("to-khai-ky", {"ky.chu_ky.name": "Nguyễn Thị Na", "ky.chu_ky.agree": "1"}, steps.PAPERS),
        (steps.PAPERS, {}, steps.DELIVERY),
        (steps.DELIVERY, {"way": "post", "address": "Thôn Đông"}, steps.REVIEW),
    ):
        assert citizen.get(at("file_step", made, step)).status_code == 200
        answer = post(citizen, made, step, **given)
        assert (answer.status_code, answer.headers.get("Location", "")) == (
            302,
            at("file_step", made, then),
        ), step
    review = citizen.get(at("file_step", made, steps.REVIEW)).content.decode()
    assert "16.000 đ" in review
    assert at("file_step", made, "to-khai-noi_dung") in review
    key = re.search(r'name="key" value="([^"]+)"', review)
    assert key
    first = citizen.post(at("file_submit", made), {"key": key[1]}, follow=True)
    again = citizen.post(at("file_submit", made), {"key": key[1]}, follow=True)
    dossier = Dossier.objects.get()
    for page in (first, again, citizen.get(at("file_resume", made), follow=True)):
        text = page.content.decode()
        assert dossier.temporary_number in text
        assert f"trước {vn_datetime(dossier.acceptance_due_at)}" in text
    copy = citizen.get(at("file_copy", made), follow=True)
    assert b"".join(copy.streaming_content).startswith(b"%PDF")
    assert citizen.get(at("file_step", made, steps.PARTY), follow=True).redirect_chain[-1][0] == at(
        "file_done", made
    )


def test_every_page_says_what_is_wrong_and_keeps_it(citizen: Client, online: Online) -> None:
    made = online.begin()
    answer = post(citizen, made, steps.PARTY, phone="12", address="Thôn Đông")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="12"' in text
    assert "error-summary" in text
    assert citizen.get(at("file_step", made, steps.PARTY)).content.decode().count('value="12"') == 1
    assert post(citizen, made, steps.DELIVERY).status_code == 422
    review = citizen.get(at("file_step", made, steps.REVIEW)).content.decode()
    assert "Nộp hồ sơ</button>" not in review
    assert citizen.post(at("file_submit", made), {"key": str(uuid4())}).status_code == 422
    assert not Dossier.objects.exists()


def test_another_device_was_here_in_between(citizen: Client, online: Online) -> None:
    made = online.begin()
    online.save(made, steps.DELIVERY, way="online")
    answer = citizen.post(at("file_step", made, steps.DELIVERY), {"revision": 1, "way": "counter"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "thiết bị khác" in text
    assert re.search(r'value="counter"[^>]*checked', text)  # what was typed here stands there still
    assert draft(online).delivery["way"] == "online"
    revision = re.search(r'name="revision" value="(\d+)"', text)
    assert revision
    kept = citizen.post(at("file_step", made, steps.DELIVERY), {"revision": revision[1], "way": "counter"})
    assert kept.status_code == 302
    assert draft(online).delivery["way"] == "counter"


def test_a_page_saves_itself_while_one_types(citizen: Client, online: Online) -> None:
    made = online.begin()
    answer = citizen.post(at("file_autosave", made, steps.PARTY), {"revision": 1, "address": "Thôn Đ"})
    assert (answer.status_code, answer.json()["revision"], answer.json()["saved_at"]) == (200, 2, "10:00")
    assert draft(online).party["address"] == "Thôn Đ"
    stale = citizen.post(at("file_autosave", made, steps.PARTY), {"revision": "1", "address": "khác"})
    assert (stale.status_code, stale.json()["stale"], stale.json()["revision"]) == (409, True, 2)
    assert draft(online).party["address"] == "Thôn Đ"
    assert citizen.post(at("file_autosave", made, steps.PARTY), {"revision": "²"}).status_code == 409


def test_a_form_asks_which_questions_follow_without_saving(citizen: Client, online: Online) -> None:
    make_form(online.version)
    made = online.begin()
    asked = {"revision": 1, "nguoi_khai.uy_quyen": "yes", "_look": "1"}
    page = at("file_step", made, "to-khai-nguoi_khai")
    answer = citizen.post(page, asked, headers={"X-Requested-With": "eform"})
    assert answer.status_code == 200
    assert "Quan hệ" in answer.content.decode()
    assert draft(online).revision == 1
    assert (
        citizen.post(page, asked).status_code == 200
    )  # without a script the button saves and shows the page again
    assert draft(online).answers["nguoi_khai"] == {"uy_quyen": "yes"}


def test_a_file_question_takes_files_by_a_plain_form(citizen: Client, online: Online) -> None:
    data = {
        "title": "Có tệp",
        "sections": [
            {"key": "tep", "title": "Tệp", "fields": [{"key": "anh", "type": "file", "label": "Ảnh"}]}
        ],
    }
    make_form(online.version, data)
    made = online.begin()
    answer = post(citizen, made, "to-khai-tep", **{"tep.anh": SimpleUploadedFile("đơn.pdf", PDF)})
    assert answer.status_code == 302
    assert draft(online).answers == {"tep": {"anh": [str(Upload.objects.get().pk)]}}
    assert "đơn.pdf" in citizen.get(at("file_step", made, "to-khai-tep")).content.decode()


def test_papers_go_up_by_a_plain_form_and_come_out_again(citizen: Client, online: Online) -> None:
    made = online.begin()
    slot = f"paper/{Paper.objects.get(version=online.version, name='Tờ khai').pk}"
    assert post(citizen, made, steps.PAPERS).status_code == 422
    file = SimpleUploadedFile("đơn.pdf", PDF)
    assert citizen.post(at("file_attach", made), {"slot": slot, "file": file}).status_code == 302
    assert "đơn.pdf" in citizen.get(at("file_step", made, steps.PAPERS)).content.decode()
    assert citizen.post(at("file_attach", made), {"slot": slot}).status_code == 422
    assert post(citizen, made, steps.PAPERS).status_code == 302
    assert citizen.post(at("file_remove", made, Upload.objects.get().pk)).status_code == 302
    assert not Upload.objects.exists()


def test_the_script_sends_a_file_in_parts_and_goes_on_where_it_stopped(
    citizen: Client, online: Online
) -> None:
    made, content = online.begin(), photo(90, 60)
    half, mark = len(content) // 2, sha256(content).hexdigest()
    slot = f"paper/{Paper.objects.get(version=online.version, name='Tờ khai').pk}"
    about = {"slot": slot, "name": "ảnh.jpg", "size": len(content), "sha256": mark}
    began = citizen.post(at("file_upload_begin", made), about).json()
    assert (began["offset"], began["state"]) == (0, "receiving")
    own = at("file_upload", made, began["id"])

    def put(offset: int, part: bytes, said: str = ""):
        head = {"Upload-Offset": str(offset), "Upload-Sha256": said or sha256(part).hexdigest()}
        return citizen.put(own, part, content_type="application/octet-stream", headers=head)

    assert put(0, content[:half]).json()["offset"] == half
    assert citizen.get(own).json()["offset"] == half
    assert put(half + 5, content[half + 5 :]).status_code == 409
    assert put(half, content[half:], "0" * 64).status_code == 422
    assert put(half, content[half:]).json()["offset"] == len(content)
    finish = at("file_upload_finish", made, began["id"])
    assert citizen.post(finish).json()["state"] == "stored"
    assert citizen.post(finish).status_code == 200
    assert citizen.post(at("file_upload_begin", made), about | {"size": "x"}).status_code == 422
    bad = citizen.post(
        at("file_upload_begin", made),
        about | {"name": "a.exe", "size": 3, "sha256": sha256(b"MZ\0").hexdigest()},
    )
    own = at("file_upload", made, bad.json()["id"])
    put(0, b"MZ\0")
    answer = citizen.post(at("file_upload_finish", made, bad.json()["id"]))
    assert (answer.status_code, answer.json()["gone"]) == (422, True)


def test_another_person_finds_nothing(online: Online) -> None:
    made = online.complete()
    upload = made.uploads.get().pk
    other = Client(raise_request_exception=False)
    other.force_login(make_citizen("Trần Văn Lạ", "001099000009", "0900000009"))
    for name, *args in (
        ("file_resume",), ("file_step", steps.PARTY), ("file_discard",), ("file_done",), ("file_copy",), ("file_upload", upload),
    ):  # fmt: skip
        assert other.get(at(name, made, *args)).status_code == 404, name
    for name, *args in (
        ("file_step", steps.PARTY), ("file_autosave", steps.PARTY), ("file_discard",), ("file_attach",), ("file_submit",),
        ("file_remove", upload), ("file_upload_begin",), ("file_upload_finish", upload), ("file_reuse", 1),
    ):  # fmt: skip
        assert other.post(at(name, made, *args), {"key": str(uuid4())}).status_code == 404, name
    assert not Dossier.objects.exists()


def test_nobody_signed_out_files_but_everybody_may_read_what_is_needed(online: Online) -> None:
    made, stranger = online.begin(), Client()
    start = reverse("portal:file_start", args=["1.000001"])
    text = stranger.get(start).content.decode()
    assert "Tờ khai" in text
    assert "Đăng nhập để nộp" in text
    assert stranger.post(start).status_code == 200
    assert Application.objects.count() == 1
    for name, *args in (("file_resume",), ("file_step", steps.PARTY), ("file_done",)):
        assert reverse("portal:sign_in") in stranger.get(at(name, made, *args))["Location"]
    ProcedureVersion.objects.update(online_level="none")
    assert "chưa nhận hồ sơ trực tuyến" in stranger.get(start).content.decode()


def test_drafts_are_listed_gone_on_with_and_given_up(citizen: Client, online: Online) -> None:
    made = online.begin()
    post(citizen, made, steps.FOR, acting="self")
    assert at("file_resume", made) in citizen.get(reverse("portal:drafts")).content.decode()
    assert citizen.get(at("file_resume", made))["Location"] == at("file_step", made, steps.FOR)
    assert citizen.get(at("file_discard", made)).status_code == 200
    assert citizen.post(at("file_discard", made)).status_code == 302
    assert citizen.get(at("file_resume", made)).status_code == 404
    assert at("file_resume", made) not in citizen.get(reverse("portal:drafts")).content.decode()


def test_who_comes_back_after_a_change_of_the_law_is_told(citizen: Client, online: Online) -> None:
    made = online.complete()
    ProcedureVersion.objects.filter(pk=online.version.pk).update(valid_to=date(2026, 11, 1))
    fresh = ProcedureVersion.objects.create(
        procedure=online.version.procedure, number=2, status="published", valid_from=date(2026, 11, 2), name="Tên mới",
        field=online.version.field, online_level="full",
    )  # fmt: skip
    Paper.objects.create(version=fresh, position=1, name="Tờ khai")
    text = citizen.get(at("file_step", made, steps.REVIEW)).content.decode()
    assert "đã thay đổi trong lúc bạn soạn" in text
    assert draft(online).version == fresh


def test_the_case_chosen_by_the_guide_is_taken_over(citizen: Client, online: Online) -> None:
    Paper.objects.create(version=online.version, position=3, name="Giấy A", case="Trường hợp A")
    start = reverse("portal:file_start", args=["1.000001"])
    assert 'value="Trường hợp A"' in citizen.get(start, {"truong-hop": "Trường hợp A"}).content.decode()
    citizen.post(start, {"case": "Trường hợp A"})
    assert draft(online).case == "Trường hợp A"


def test_the_case_of_the_time_limit_is_chosen_reviewed_and_named_in_the_derivation(
    citizen: Client, online: Online
) -> None:
    variant = {"case": "Cần xác minh", "amount": "8", "unit": "working_day"}
    online.version.channels.update(variants=[variant])
    made = online.complete()
    page = citizen.get(at("file_step", made, steps.CASE)).content.decode()
    assert "Trường hợp chung" in page
    assert 'name="case"' not in page
    given = {"revision": draft(online).revision, "limit_case": "Cần xác minh"}
    citizen.post(at("file_step", made, steps.CASE), given)
    assert "Cần xác minh" in citizen.get(at("file_step", made, steps.REVIEW)).content.decode()
    dossier = actions.submit(made.pk, key=uuid4(), actor=online.citizen, at=moment())
    world = online.world
    taken = accept(dossier.pk, actor=world.clerk, at=moment(hours=1))
    assert (taken.limit_case, int(taken.limit_amount)) == ("Cần xác minh", 8)
    assert "trường hợp “Cần xác minh”" in derivation_of(taken).as_text()


def statements(citizen: Client, method: str, url: str, given: dict | None = None) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        answer = getattr(citizen, method)(url, given or {})
    assert answer.status_code in (200, 302), answer.content.decode()[:500]
    return len([one for one in seen.captured_queries if "SAVEPOINT" not in one["sql"]])


def test_form_page_autosave_and_submission_take_few_statements_whatever_there_is(
    citizen: Client, online: Online
) -> None:
    make_form(online.version)
    made = online.complete()
    online.save(made, "to-khai-nguoi_khai", ho_ten="Na", so_dinh_danh="001099000001", uy_quyen="no")
    online.save(made, "to-khai-noi_dung", so_ban="2")
    online.save(made, "to-khai-ky", chu_ky={"name": "Nguyễn Thị Na", "agree": "yes"})
    page = at("file_step", made, "to-khai-noi_dung")
    citizen.get(page)
    alone = statements(citizen, "get", page)
    for number in range(5):
        Application.objects.create(
            owner=online.citizen, procedure=made.procedure, version=made.version, created_at=moment(), updated_at=moment(),
            expires_at=moment(days=90), revision=number + 2,
        )  # fmt: skip
        Paper.objects.create(version=online.version, position=9, name=f"Giấy {number}", required=False)
    citizen.get(page)
    assert statements(citizen, "get", page) == alone <= 14
    made.refresh_from_db()
    save = {"revision": made.revision, "noi_dung.so_ban": "3"}
    assert statements(citizen, "post", at("file_autosave", made, "to-khai-noi_dung"), save) <= 12
    assert statements(citizen, "post", at("file_submit", made), {"key": str(uuid4())}) <= 75
