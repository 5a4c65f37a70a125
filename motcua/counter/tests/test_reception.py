"""Receiving at the counter over HTTP."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from motcua.accounts.testing import make_citizen
from motcua.agencies.testing import make_agency, make_user_with
from motcua.audit.models import Event
from motcua.dossiers.models import Dossier, Party
from motcua.dossiers.rules.states import Status
from motcua.dossiers.testing import SINCE, make_procedure, moment, receive
from motcua.printing import qr
from motcua.privacy.queries.subject import dossiers_about, subject_of
from motcua.procedures.models import Fee, FeeExemption, Offering, Paper

CARD = "038200000001||Nguyễn Văn A|01022000|Nam|Thôn 1, Xã X, Thanh Hóa|15082021"
RECEIVE = reverse("counter:receive")


def offering_of(procedure) -> Offering:
    return Offering.objects.get(procedure=procedure)


def typed(world, **changes) -> dict[str, str]:
    """A complete dossier as the browser sends it."""
    offering = offering_of(world.procedure)
    [first, second] = world.procedure.versions.get().papers.order_by("position")
    values = {
        "offering": offering.pk, "case": "", "channel": "counter", "delivery": "counter", "copies_of_dossier": 1,
        "content": "", "decision": "receive", "applicant-kind": "citizen", "applicant-name": "Nguyễn  Văn A",
        "applicant-identity_number": "038200000001", "applicant-birth_date": "01/02/2000", "applicant-gender": "Nam",
        "applicant-phone": "0912 345 678", "applicant-address": "Thôn 1", "applicant-email": "",
        "papers-TOTAL_FORMS": 3, "papers-INITIAL_FORMS": 3, "papers-0-paper_id": first.pk, "papers-0-name": first.name,
        "papers-0-present": "on", "papers-0-originals": 1, "papers-0-copies": 0, "papers-1-paper_id": second.pk,
        "papers-1-name": second.name, "papers-1-originals": 1, "papers-2-name": "",
    }  # fmt: skip
    return {**values, **changes}


def test_a_clerk_receives_a_complete_dossier_and_sees_code_due_moment_and_slip(clerk, world):
    answer = clerk.post(RECEIVE, typed(world), follow=True)
    dossier = Dossier.objects.get()
    assert (dossier.status, dossier.received_by) == (Status.RECEIVED, world.clerk)
    assert (dossier.applicant.name, dossier.applicant.phone) == ("Nguyễn Văn A", "+84912345678")
    assert [paper.name for paper in dossier.papers.all()] == ["Tờ khai"]
    page = answer.content.decode()
    assert answer.status_code == 200
    assert dossier.code in page
    assert "ngày 09/11/2026" in page
    assert reverse("dossiers:notice_pdf", args=[dossier.pk, dossier.notices.get().pk]) in page
    assert f"{RECEIVE}?cung-nguoi={dossier.pk}" in page


def test_errors_keep_everything_typed_and_save_nothing(clerk, world):
    answer = clerk.post(RECEIVE, typed(world, **{"applicant-phone": "123", "papers-2-name": "Giấy ủy quyền"}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert not Dossier.objects.exists()
    assert "Số điện thoại không đúng" in page
    for kept in (
        "Nguyễn  Văn A",
        "038200000001",
        'value="123"',
        "Giấy ủy quyền",
        'value="01/02/2000"',
        "Thôn 1",
    ):
        assert kept in page


def test_a_rule_that_forbids_reception_is_shown_beside_what_was_typed(clerk, world):
    data = typed(world)
    del data["papers-0-present"]
    answer = clerk.post(RECEIVE, data)
    assert answer.status_code == 422
    assert "còn thiếu: Tờ khai" in answer.content.decode()
    assert "Nguyễn  Văn A" in answer.content.decode()
    assert not Dossier.objects.exists()


def test_missing_papers_become_a_supplement_slip_in_one_step(clerk, world):
    data = typed(world, decision="supplement")
    del data["papers-0-present"]
    answer = clerk.post(RECEIVE, data, follow=True)
    dossier = Dossier.objects.get()
    assert dossier.status == Status.PRE_SUPPLEMENT
    assert dossier.supplement_requests.get().items[0]["name"] == "Tờ khai"
    assert "phiếu yêu cầu bổ sung" in answer.content.decode()


def test_a_refusal_needs_a_reason_and_leaves_a_slip(clerk, world):
    refused = clerk.post(RECEIVE, typed(world, decision="decline"))
    assert refused.status_code == 422
    assert "Nhập lý do từ chối" in refused.content.decode()
    why = {"decision": "decline", "reason": "Không thuộc thẩm quyền"}
    unfounded = clerk.post(RECEIVE, typed(world, **why))
    assert unfounded.status_code == 422
    assert "Nhập căn cứ pháp lý" in unfounded.content.decode()
    clerk.post(RECEIVE, typed(world, **why, legal_basis="NĐ 61/2018/NĐ-CP, Điều 17"))
    assert Dossier.objects.get().status == Status.NOT_ACCEPTED
    assert Dossier.objects.get().notices.get().kind == "rejection_notice"


def test_a_dossier_can_be_left_for_checking(clerk, world):
    clerk.post(RECEIVE, typed(world, decision="keep"))
    assert Dossier.objects.get().status == Status.SUBMITTED


def test_somebody_else_may_submit_with_an_authorisation(clerk, world):
    other = {
        "has_submitter": "on",
        "authorisation": "con",
        "submitter-kind": "citizen",
        "submitter-name": "Nguyễn Văn B",
    }
    clerk.post(RECEIVE, typed(world, **other))
    dossier = Dossier.objects.get()
    assert (dossier.submitter.name, dossier.authorisation) == ("Nguyễn Văn B", "con")


def test_a_submitter_without_authorisation_is_asked_for_it(clerk, world):
    answer = clerk.post(
        RECEIVE, typed(world, **{"has_submitter": "on", "submitter-kind": "citizen", "submitter-name": "B"})
    )
    assert answer.status_code == 422
    assert "giấy ủy quyền hoặc quan hệ" in answer.content.decode()


@pytest.mark.parametrize("text", ["thu nghiem", "THỬ NGHIỆM", "1.000001", "nghiem thu"])
def test_procedures_are_found_without_accents_by_name_or_code(clerk, world, text):
    page = clerk.get(reverse("counter:procedures"), {"q": text}).content.decode()
    assert "1.000001" in page
    assert reverse("counter:sheet", args=[offering_of(world.procedure).pk]) in page


def test_an_exact_code_stands_before_others(clerk, world):
    make_procedure("1.0000011", world.commune)
    page = clerk.get(reverse("counter:procedures"), {"q": "1.000001"}).content.decode()
    assert page.index(">1.000001<") < page.index(">1.0000011<")


def test_a_list_of_nothing_says_why_and_is_a_list_still(clerk, world):
    page = clerk.get(reverse("counter:procedures"), {"q": "khong co"}).content.decode()
    assert "khớp “khong co”" in page
    assert 'role="option" aria-disabled="true"' in page
    page = clerk.get(reverse("counter:procedures"), {"q": ""}).content.decode()
    assert "chưa tiếp nhận thủ tục nào" in page
    assert "khớp" not in page


def test_procedures_of_agencies_without_a_seat_here_are_not_offered(clerk, world):
    far = make_agency("UBND xã Khác", world.province, code="H40.13")
    make_procedure("2.000009", far)
    page = clerk.get(reverse("counter:procedures"), {"q": "2.000009"}).content.decode()
    assert "Không có thủ tục nào khớp" in page
    other = Offering.objects.get(agency=far)
    assert clerk.get(reverse("counter:sheet", args=[other.pk])).status_code == 404


def test_the_sheet_has_the_checklist_complete_by_default(clerk, world):
    page = clerk.get(reverse("counter:sheet", args=[offering_of(world.procedure).pk])).content.decode()
    assert 'name="papers-0-present" id="id_papers-0-present" checked' in page
    assert 'name="papers-1-present" id="id_papers-1-present" aria' in page
    assert "5 ngày làm việc" in page


def test_a_limit_for_a_case_can_be_chosen_where_the_papers_know_no_cases(clerk, world):
    world.procedure.versions.get().channels.update(
        variants=[{"case": "Cần xác minh", "amount": "8", "unit": "working_day"}]
    )
    sheet = reverse("counter:sheet", args=[offering_of(world.procedure).pk])
    page = clerk.get(sheet).content.decode()
    assert "Trường hợp chung" in page
    assert "Cần xác minh" in page
    preview = clerk.post(reverse("counter:preview"), typed(world, limit_case="Cần xác minh")).content.decode()
    assert "8 ngày làm việc" in preview
    assert "trường hợp “Cần xác minh”" in preview
    clerk.post(RECEIVE, typed(world, limit_case="Cần xác minh"))
    dossier = Dossier.objects.get()
    assert (dossier.case, dossier.limit_case, int(dossier.limit_amount)) == ("", "Cần xác minh", 8)


def test_the_papers_case_and_the_limits_case_are_two_choices(clerk, world):
    """Changing the one keeps the other; a case that both know is offered once."""
    version = world.procedure.versions.get()
    version.channels.update(
        variants=[
            {"case": "Cần xác minh", "amount": "8", "unit": "working_day"},
            {"case": "Nộp tại xã", "amount": "3", "unit": "working_day"},
        ]
    )
    for position, case in enumerate(("Nộp tại xã", "Nộp tại tỉnh"), 4):
        Paper.objects.create(version=version, position=position, name=f"Giấy {case}", case=case)
    sheet = reverse("counter:sheet", args=[offering_of(world.procedure).pk])
    page = clerk.get(sheet, {"case-number": "1", "limit_case": "Cần xác minh"}).content.decode()
    assert 'value="Nộp tại tỉnh" checked' in page
    assert 'name="limit_case" id="limit-case-2" value="Cần xác minh" checked' in page
    assert page.count('name="limit_case"') == 2
    assert "Giấy Nộp tại tỉnh" in page
    unknown = clerk.get(sheet, {"limit_case": "lạ"}).content.decode()
    assert 'id="limit-case-1" value="" checked' in unknown


def test_the_preview_tells_the_appointment_with_its_derivation(clerk, world):
    page = clerk.post(reverse("counter:preview"), typed(world)).content.decode()
    assert "09/11/2026" in page
    assert "thứ Hai" in page
    assert "Vì sao ngày này?" in page


def test_the_preview_warns_of_an_open_twin_and_of_contradictions(clerk, world):
    first = receive(world, at=moment(hours=-0.1))
    data = typed(world, **{"applicant-birth_date": "01/02/1990"})
    page = clerk.post(reverse("counter:preview"), data).content.decode()
    assert "Có thể trùng hồ sơ" in page
    assert first.code in page
    assert "năm sinh 2000" in page


def test_the_preview_of_an_empty_form_asks_for_a_procedure(clerk):
    assert "Chưa chọn thủ tục" in clerk.post(reverse("counter:preview"), {}).content.decode()


def test_a_card_fills_the_person(clerk):
    page = clerk.post(reverse("counter:card"), {"card": CARD, "role": "submitter"}).content.decode()
    assert 'name="submitter-name"' in page
    for value in ("Nguyễn Văn A", "038200000001", "01/02/2000", "Thôn 1, Xã X, Thanh Hóa"):
        assert f'value="{value}"' in page


def test_text_that_is_no_card_is_refused_in_words(clerk):
    answer = clerk.post(reverse("counter:card"), {"card": "xin chào"}, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert "không phải mã QR trên thẻ căn cước" in answer.content.decode()


def test_an_earlier_person_is_offered_masked_and_shown_in_full_only_when_chosen_and_logged(clerk, world):
    receive(world, at=moment(hours=-0.2))
    party = Party.objects.get()
    hints = clerk.post(
        reverse("counter:preview"), {"applicant-identity_number": "038200000001"}
    ).content.decode()
    assert "Nguyễn T. T. N." in hints
    assert "Nguyễn Thị Thử Nghiệm" not in hints
    page = clerk.post(reverse("counter:person"), {"party": party.pk, "role": "applicant"}).content.decode()
    assert 'value="Nguyễn Thị Thử Nghiệm"' in page
    event = Event.objects.get(kind="view.personal_data")
    assert (event.actor_id, event.data["record"]) == (world.clerk.pk, f"party/{party.pk}")


def test_a_person_known_only_to_another_commune_is_not_offered(client, world, monday):
    receive(world, at=moment(hours=-0.2))
    far = make_agency("UBND xã Khác", world.province, code="H40.13")
    client.force_login(make_user_with("receptionist", far))
    assert client.post(reverse("counter:person"), {"party": Party.objects.get().pk}).status_code == 404


def test_the_next_dossier_of_the_same_person_keeps_the_person(clerk, world):
    dossier = receive(world, at=moment(hours=-0.2))
    page = clerk.get(RECEIVE, {"cung-nguoi": dossier.pk}).content.decode()
    assert 'value="Nguyễn Thị Thử Nghiệm"' in page
    assert Event.objects.filter(kind="view.personal_data", data__record=f"dossier/{dossier.pk}").exists()


@pytest.mark.parametrize("role", ["officer", "auditor"])
def test_who_may_not_receive_finds_no_counter(client, world, monday, role):
    client.force_login(make_user_with(role, world.commune))
    assert client.get(RECEIVE).status_code == 404
    assert client.post(RECEIVE, typed(world)).status_code == 404
    assert not Dossier.objects.exists()


def test_a_visitor_is_sent_to_sign_in(client, world):
    assert client.get(RECEIVE).status_code == 302


def test_a_photograph_of_a_card_fills_the_person(clerk):
    photo = SimpleUploadedFile("the.png", qr.png(CARD), "image/png")
    page = clerk.post(reverse("counter:card"), {"photo": photo}).content.decode()
    assert 'value="Nguyễn Văn A"' in page


def test_a_photograph_without_a_code_is_refused_in_words(clerk):
    photo = SimpleUploadedFile("the.png", qr.png("không phải thẻ"), "image/png")
    assert clerk.post(reverse("counter:card"), {"photo": photo}).status_code == 422


def test_a_required_paper_may_be_waived_with_a_reason(clerk, world):
    data = typed(world, **{"papers-0-waiver": "Khai thác từ CSDL quốc gia về dân cư"})
    del data["papers-0-present"]
    clerk.post(RECEIVE, data)
    paper = Dossier.objects.get().papers.get()
    assert (paper.waiver, paper.originals) == ("Khai thác từ CSDL quốc gia về dân cư", 0)


def test_the_fee_is_told_with_its_exemptions_and_paid_by_code(clerk, world):
    fee = Fee.objects.create(
        procedure=world.procedure, kind="le_phi", name="Lệ phí thử", per="case", amount_dong=15_000, legal_basis="NQ", valid_from=SINCE
    )  # fmt: skip
    FeeExemption.objects.create(fee=fee, reason="Hộ nghèo")
    page = clerk.post(reverse("counter:preview"), typed(world)).content.decode()
    assert "15.000 đ" in page
    assert "Hộ nghèo" in page
    free = clerk.post(reverse("counter:preview"), typed(world, exemption_reason="Hộ nghèo")).content.decode()
    assert "<span>0 đ</span>" in free
    clerk.post(RECEIVE, typed(world, exemption_reason="Hộ nghèo"))
    assert Dossier.objects.get().payment == "exempt"


def test_procedures_can_be_found_without_javascript(clerk, world):
    page = clerk.get(RECEIVE, {"q": "thu nghiem"}).content.decode()
    assert f"{RECEIVE}?thu-tuc={offering_of(world.procedure).pk}" in page
    chosen = clerk.get(RECEIVE, {"thu-tuc": offering_of(world.procedure).pk}).content.decode()
    assert "Tờ khai" in chosen


def test_only_who_may_collect_is_led_to_the_cash_desk(client, clerk, world):
    Fee.objects.create(
        procedure=world.procedure, kind="phi", name="Phí", per="case", amount_dong=5000, legal_basis="NQ 1",
        valid_from="2020-01-01",
    )  # fmt: skip
    dossier = receive(world)
    page = reverse("counter:received", args=[dossier.pk])
    cash_desk = f"{reverse('payments:collect')}?reference=dossier/{dossier.pk}"
    shown = clerk.get(page).content.decode()
    assert "Phí, lệ phí: 5.000 đ" in shown
    assert cash_desk not in shown
    client.force_login(world.head)
    assert cash_desk in client.get(page).content.decode()
    assert client.get(cash_desk).status_code == 200


def jane(**changes):
    """A person with a passport, as the clerk types it."""
    typed = {"applicant-identity_number": "tk 000 0001", "applicant-identity_country": "nhat ban", "applicant-name": "Jane"}  # fmt: skip
    return typed | {f"applicant-{name}": value for name, value in changes.items()}


def test_a_passport_is_received_with_its_country_and_its_holder_finds_the_dossier(clerk, world):
    page = clerk.get(RECEIVE).content.decode()
    assert '<datalist id="countries">' in page
    assert '<option value="Nhật Bản">' in page
    answer = clerk.post(RECEIVE, typed(world, **jane()), follow=True)
    assert answer.status_code == 200
    dossier = Dossier.objects.get()
    assert (dossier.applicant.identity_number, dossier.applicant.identity_country) == ("TK0000001", "JPN")
    holder = make_citizen("Jane", "TK0000001", "0900000009", country="JPN")
    other = make_citizen("Hans", "TK0000001", "0900000010", country="DEU")
    about = [list(dossiers_about(subject_of(one, moment()))) for one in (holder, other)]
    assert about == [[dossier], []]
    again = clerk.get(RECEIVE, {"cung-nguoi": dossier.pk}).content.decode()
    assert 'name="applicant-identity_country" value="Nhật Bản"' in again
    shown = clerk.post(reverse("dossiers:reveal", args=[dossier.pk])).content.decode()
    assert "TK0000001 (hộ chiếu Nhật Bản)" in shown


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"identity_country": "Nhật Bổn"}, "Không có nước này"),
        ({"identity_number": "038200000001"}, "Số hộ chiếu không đúng"),
    ],
)
def test_a_country_that_is_none_and_a_number_that_is_no_passports_are_refused(clerk, world, changes, said):
    answer = clerk.post(RECEIVE, typed(world, **jane(**changes)))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Dossier.objects.exists()


def test_a_passport_of_digits_alone_needs_its_country_and_one_without_a_country_is_warned_of(clerk, world):
    preview = reverse("counter:preview")
    warned = "Hộ chiếu chưa có nước cấp"
    assert warned in clerk.post(preview, typed(world, **jane(identity_country=""))).content.decode()
    assert warned not in clerk.post(preview, typed(world, **jane())).content.decode()
    digits = jane(identity_number="1234567", identity_country="FRA")
    assert clerk.post(RECEIVE, typed(world, **digits)).status_code == 302
    assert Party.objects.get().identity_country == "FRA"


def test_the_checklist_shows_the_note_beside_a_paper(clerk, world):
    paper = world.procedure.versions.get().papers.order_by("position").first()
    Paper.objects.filter(pk=paper.pk).update(note="Ghi cả tên đệm & số nhà")
    text = clerk.get(reverse("counter:sheet", args=[offering_of(world.procedure).pk])).content.decode()
    assert "Ghi cả tên đệm &amp; số nhà" in text
    assert 'aria-describedby="id_papers-0-present-ghi-chu"' in text
