"""The pages: a citizen's own data and requests, the officer's queue and acts, the times that data is kept."""

import io
import json
import re
import zipfile

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from motcua.accounts.models import Profile
from motcua.accounts.testing import make_citizen
from motcua.agencies.testing import make_agency, make_user_with
from motcua.audit.models import Event
from motcua.dossiers.models import Dossier
from motcua.payments.models import Charge
from motcua.privacy import actions
from motcua.privacy.models import DataRequest, RetentionRule
from motcua.privacy.testing import AT, Desk, accepted, asked

pytestmark = pytest.mark.django_db
IN_ENGLISH = {
    "none": "Nothing to pay", "due": "Not paid yet", "paid": "Paid", "refunded": "Paid back", "exempt": "Exempt", "cancelled": "Cancelled",
}  # fmt: skip
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False):
        yield


def browser(user) -> Client:
    made = Client()
    made.force_login(user)
    return made


def text(answer) -> str:
    return answer.content.decode()


def test_a_citizen_sees_everything_and_takes_it_home(desk: Desk) -> None:
    me = browser(desk.citizen)
    assert reverse("portal:my_data") in text(me.get(reverse("portal:account")))
    page = text(me.get(reverse("portal:my_data")))
    for words in (
        "Thủ tục",
        "H40.12-",
        "Nhận thông báo qua Zalo",
        "Ai đã xem dữ liệu của tôi",
        "001099000001",
    ):
        assert words in page
    answer = me.post(reverse("portal:my_data_download"))
    assert answer["Content-Type"] == "application/zip"
    assert "no-store" in answer["Cache-Control"]
    box = zipfile.ZipFile(io.BytesIO(answer.content))
    assert {"du-lieu.json", "doc.html", "ho-so.csv", "dong-y.csv"} <= set(box.namelist())
    told = json.loads(box.read("du-lieu.json"))
    assert {one["code"] for one in told["classes"]} >= {"tai-khoan", "ho-so", "ai-da-xem"}
    assert "<script" not in box.read("doc.html").decode()
    assert Event.objects.filter(chain=f"user/{desk.citizen.pk}", kind="privacy.downloaded").exists()


@pytest.mark.parametrize("state", Charge.State)
def test_the_state_of_a_charge_is_told_in_the_readers_language(desk: Desk, state: Charge.State) -> None:
    dossier = Dossier.objects.get(applicant__identity_number="001099000001")
    Charge.objects.create(
        agency=desk.online.world.commune, kind="phi", amount=9000, payer_name="Na", state=state, created_at=AT, key="K1",
        match_key="K1", reference=f"dossier/{dossier.pk}", code="H1", purpose="Phí thử",
    )  # fmt: skip
    me, url = browser(desk.citizen), reverse("portal:my_data")
    assert f'<td data-label="Tình trạng" lang="vi">{state.label}</td>' in text(me.get(url))
    me.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    english = text(me.get(url))
    cell = re.search(r'<td data-label="[^"]+" lang="en">([^<]+)</td>', english)
    assert cell is not None
    assert cell[1] == IN_ENGLISH[state]
    assert "Phí thử" in english
    assert state.label not in english


def test_what_is_in_the_files_is_harmless(desk: Desk) -> None:
    desk.citizen.full_name = '=cmd|"/c calc"!A1<script>'
    desk.citizen.save()
    box = zipfile.ZipFile(io.BytesIO(browser(desk.citizen).post(reverse("portal:my_data_download")).content))
    assert "\n=cmd" not in box.read("tai-khoan.csv").decode().replace(",=", "\n=")
    assert "&lt;script&gt;" in box.read("doc.html").decode()


def test_a_correction_goes_from_the_page_to_the_account_and_back(desk: Desk, settings) -> None:
    settings.UPLOAD_UNSCANNED = "accept"
    me, officer = browser(desk.citizen), browser(desk.officer)
    url = reverse("portal:my_data_correct")
    assert me.get(url).status_code == 200
    wrong = me.post(url, {"agency": desk.agency_id, "field": "full_name", "right_value": ""})
    assert wrong.status_code == 422
    sent = me.post(url, {
        "agency": desk.agency_id, "field": "full_name", "present_value": "Na", "right_value": "Nguyễn Thị Nga",
        "proof": SimpleUploadedFile("cccd.pdf", PDF, "application/pdf"),
    })  # fmt: skip
    found = DataRequest.objects.get()
    assert sent["Location"] == reverse("portal:my_request", args=[found.pk])
    assert "Hạn trả lời" in text(me.get(sent["Location"]))

    page = text(officer.get(reverse("privacy:item", args=[found.pk])))
    assert "Nguyễn Thị Nga" not in page
    assert "001099000001" not in page
    shown = text(officer.post(reverse("privacy:reveal", args=[found.pk])))
    assert "Nguyễn Thị Nga" in shown
    assert "001099000001" in shown
    for act, data in (("accept", {"identity": "account"}), ("correct", {"value": "Nguyễn Thị Nga"})):
        act_url = reverse("privacy:act", args=[found.pk, act])
        assert officer.get(act_url).status_code == 200
        assert officer.post(act_url, data).status_code == 302
    desk.citizen.refresh_from_db()
    assert desk.citizen.full_name == "Nguyễn Thị Nga"
    mine = text(me.get(reverse("portal:my_request", args=[found.pk])))
    assert "Đã làm xong" in mine
    looks = text(me.get(reverse("portal:my_data")))
    assert desk.officer.full_name in looks


def test_a_deletion_shows_what_stays_and_signs_the_person_out_for_good(desk: Desk) -> None:
    me, officer = browser(desk.citizen), browser(desk.officer)
    url = reverse("portal:my_data_delete")
    page = text(me.get(url))
    assert "Luật Lưu trữ 33/2024/QH15" in page
    assert me.post(url, {"agency": desk.agency_id, "words": "Xóa hết"}).status_code == 422
    me.post(url, {"agency": desk.agency_id, "words": "Xóa hết", "sure": "on"})
    found = DataRequest.objects.get()
    actions.accept(found.pk, identity="account", actor=desk.officer, at=AT)
    erase = reverse("privacy:act", args=[found.pk, "erase"])
    assert "Phải giữ" in text(officer.get(erase))
    assert officer.post(erase, {}).status_code == 422
    assert officer.post(erase, {"parts": ["account"]}).status_code == 302
    assert me.get(reverse("portal:account")).status_code == 302
    assert Profile.objects.get(user=desk.citizen).phone == ""
    assert officer.get(reverse("privacy:item", args=[found.pk])).status_code == 200


def test_others_find_no_request_of_mine(desk: Desk) -> None:
    found = asked(desk)
    stranger = browser(make_citizen("Trần Văn Lạ", "001099000002", "0900000002"))
    assert stranger.get(reverse("portal:my_request", args=[found.pk])).status_code == 404
    assert stranger.post(reverse("portal:my_request_back", args=[found.pk])).status_code == 404
    far = make_agency("UBND xã Bình Minh", desk.online.world.province, code="H40.13")
    for who in (make_user_with("office_head", far), desk.online.world.officer):
        staff = browser(who)
        assert staff.get(reverse("privacy:item", args=[found.pk])).status_code == 404
        assert staff.post(reverse("privacy:reveal", args=[found.pk])).status_code == 404
        for act in ("accept", "erase", "copy", "khong-co"):
            assert staff.post(reverse("privacy:act", args=[found.pk, act])).status_code == 404
        assert found.code not in text(staff.get(reverse("privacy:queue")))
    assert browser(desk.clerk).post(reverse("privacy:act", args=[found.pk, "accept"])).status_code == 422


def test_a_citizen_takes_a_request_back(desk: Desk) -> None:
    found, me = asked(desk), browser(desk.citizen)
    assert me.post(reverse("portal:my_request_back", args=[found.pk])).status_code == 302
    assert "Đã rút" in text(me.get(reverse("portal:my_request", args=[found.pk])))


def test_the_queue_is_in_the_order_of_the_due_dates_and_finds_codes(desk: Desk) -> None:
    later, sooner = asked(desk, "delete"), asked(desk, "see")
    officer, url = browser(desk.officer), reverse("privacy:queue")
    page = text(officer.get(url))
    assert page.index(sooner.code) < page.index(later.code)
    assert "Nguyễn Thị Na" not in page
    found = text(officer.get(url, {"q": later.code}))
    assert later.code in found
    assert sooner.code not in found
    assert "Không có yêu cầu nào" in text(officer.get(url, {"xem": "late"}))


def test_a_clerk_takes_a_request_down_and_an_officer_hands_out_a_copy(desk: Desk) -> None:
    clerk, officer = browser(desk.clerk), browser(desk.officer)
    url = reverse("privacy:new")
    data = {
        "kind": "see",
        "channel": "counter",
        "agency": desk.agency_id,
        "full_name": "Nguyễn Thị Na",
        "identity_number": "001099000001",
    }
    assert clerk.get(url).status_code == 200
    assert clerk.post(url, {**data, "identity_number": "1"}).status_code == 422
    assert clerk.post(url, data).status_code == 302
    found = DataRequest.objects.get()
    copy = reverse("privacy:act", args=[found.pk, "copy"])
    assert officer.get(copy).status_code == 422
    officer.post(reverse("privacy:act", args=[found.pk, "accept"]), {"identity": "card", "account_phone": ""})
    assert officer.get(copy).status_code == 200
    answer = officer.post(copy)
    assert "ho-so.csv" in zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert (
        officer.post(reverse("privacy:act", args=[found.pk, "refuse"]), {"reason": "", "law": ""}).status_code
        == 422
    )


def test_consents_are_seen_and_ended(desk: Desk) -> None:
    me, url = browser(desk.citizen), reverse("portal:my_consents")
    assert text(me.get(url)).count("Rút đồng ý") == 2
    assert me.post(reverse("portal:my_consent_end", args=["zalo"])).status_code == 302
    assert text(me.get(url)).count("Rút đồng ý<") == 1
    assert me.post(reverse("portal:my_consent_end", args=["assistance"])).status_code == 404


def test_an_administrator_sees_what_is_due_and_sets_times(desk: Desk) -> None:
    admin = browser(make_user_with("administrator", desk.online.world.province, subtree=True))
    page = text(admin.get(reverse("privacy:retention")))
    assert "cần đối chiếu văn bản" in page
    assert "Mã đăng nhập một lần" in page
    url = reverse("privacy:rule", args=["messages"])
    assert "Từ 01/01/2026" in text(admin.get(url))
    data = {"amount": "6", "unit": "month", "source": "Quy chế", "valid_from": "10/11/2026"}
    assert admin.post(url, {**data, "amount": "0"}).status_code == 422
    assert admin.post(url, data).status_code == 302
    assert RetentionRule.objects.filter(data_class="messages").count() == 2
    assert admin.get(reverse("privacy:rule", args=["khong-co"])).status_code == 404
    assert browser(desk.clerk).get(reverse("privacy:retention")).status_code == 404


def test_an_extension_is_told_with_its_reason(desk: Desk) -> None:
    found = accepted(desk)
    url = reverse("privacy:act", args=[found.pk, "extend"])
    browser(desk.officer).post(url, {"days": "5", "reason": "Phải tra sổ giấy."})
    assert "Phải tra sổ giấy." in text(
        browser(desk.citizen).get(reverse("portal:my_request", args=[found.pk]))
    )
