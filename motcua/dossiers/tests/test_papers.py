"""The QR code of every paper, read off the print: it leads to the page that says what the paper is, and names nobody."""

from datetime import date
from urllib.parse import urlparse

import pytest
import zxingcpp

from motcua.agencies.testing import give_role, make_user_with
from motcua.core.errors import NotFound
from motcua.dossiers import actions, queries, slips
from motcua.dossiers.models import Dossier, Notice
from motcua.dossiers.queries.scan import scanned_dossier
from motcua.dossiers.rules.intake import PartyData
from motcua.dossiers.testing import in_review, live_task, moment, receive, returned
from motcua.payments import actions as payments
from motcua.payments import queries as payment_queries
from motcua.payments.rules.lines import FeeLine
from motcua.printing import tokens
from motcua.printing.actions import render
from motcua.printing.rules.forms import FORMS
from motcua.printing.tests.tools import flat_text, needs_poppler, pages_of, pictures_of

PEOPLE = ("Nguyễn", "Trần Thị", "Lê Văn", "Phạm Thị", "Mẫu Thu")


def _notice(kind):
    def made(world):
        give_role(world.officer, "land_desk", world.commune, is_main=False)
        dossier = returned(world) if kind == Notice.Kind.ERROR_APOLOGY else in_review(world)
        if kind == Notice.Kind.ERROR_APOLOGY:
            actions.start_correction(dossier.pk, reason="x", actor=world.officer, at=moment(days=2))
        if kind == Notice.Kind.REJECTION:
            actions.refuse(dossier.pk, reason="x", legal_basis="y", actor=world.officer, at=moment(days=1))
        if kind == Notice.Kind.SUPPLEMENT:
            actions.request_supplement(
                dossier.pk, reason="x", items=["y"], actor=world.officer, at=moment(days=1)
            )
        if kind == Notice.Kind.APOLOGY:
            actions.apologise(
                dossier.pk, extra_working_days=1, reason="x", actor=world.boss, at=moment(hours=3)
            )
        if kind == Notice.Kind.STOP:
            actions.stop(dossier.pk, reason_code="law", reason="Luật", actor=world.boss, at=moment(days=2))
        return kind, slips.slip_data(dossier.notices.get(kind=kind))

    return made


def _control_slip(world):
    return "control_slip", slips.control_slip_data(in_review(world))


def _register(world):
    receive(world)
    day = date(2026, 11, 30)
    return "register", slips.register_data(world.office, 2026, Dossier.objects.all(), day)


def _handover(world):
    handover = in_review(world).tasks.exclude(handover=None).first().handover
    return "handover_list", slips.handover_data(handover, handover.tasks.all())


def _result(world):
    return "result_notice", slips.result_notice_data(returned(world).results.get())


def paid(world):
    """A receipt of 8,000 đồng, and who took the money."""
    cashier = make_user_with("cashier", world.commune, username="thu", full_name="Lê Thị Mẫu Thu")
    head = make_user_with("office_head", world.commune, username="truong.bp")
    payments.open_book(world.commune, symbol="AP-26", year=2026, source="TB 01", actor=head, at=moment())
    line = FeeLine("le_phi", "Lệ phí", 8000, "NQ 10")
    (charge,) = payments.charge(
        "dossier/1", [line], agency=world.commune, code="H40.12-261102-0001", payer_name="Nguyễn Văn Mẫu",
        actor=cashier, at=moment(),
    )  # fmt: skip
    return payments.collect_cash([charge.pk], actor=cashier, at=moment()), cashier


def _payment(world):
    return "payment_receipt", payment_queries.receipt_data(paid(world)[0])


PAPERS = {
    **{str(kind): _notice(kind) for kind in Notice.Kind},
    "control_slip": _control_slip,
    "register": _register,
    "handover_list": _handover,
    "payment_receipt": _payment,
    "result_notice": _result,
}


@needs_poppler
@pytest.mark.parametrize("name", PAPERS)
def test_the_code_on_every_paper_leads_to_the_page_that_says_what_it_is(world, client, name):
    form, data = PAPERS[name](world)
    page = pictures_of(render(form, data), 150)[0]
    (address,) = [code.text for code in zxingcpp.read_barcodes(page)]
    answer = client.get(urlparse(address).path, follow=True)
    said = answer.content.decode()
    assert (address, answer.status_code) == (data["verify_url"], 200)
    assert "Giấy tờ do cơ quan phát hành" in said
    assert data["form_title"] in said
    assert data["agency"] in said
    assert date.fromisoformat(str(data["date"])).strftime("%d/%m/%Y") in said
    assert not [person for person in PEOPLE if person in said]


def test_every_form_of_a_dossier_or_of_money_is_in_the_table_above():
    others = {
        "posting_board",
        "posting_qr",
        "statistical_report",
        "application",
        "filed_application",
        "statutory_application",
        "queue_ticket",
    }  # their codes lead to procedures or to a place in a queue, or they have none
    assert set(FORMS) - set(PAPERS) <= others


@pytest.mark.parametrize("kind", ["k", "b", "s", "t", "p"])
def test_a_token_of_another_kind_of_paper_or_another_number_is_not_ours(kind):
    good = tokens.token(kind, 7, 2)
    assert tokens.read_token(good) == (kind, (7, 2))
    other = {"k": "b", "b": "s", "s": "t", "t": "p", "p": "k"}[kind]
    assert tokens.read_token(other + good[1:]) is None
    assert tokens.read_token(good.replace("7.2", "7.3")) is None
    assert tokens.read_token(good.upper()) is None


def test_tokens_of_slips_that_citizens_hold_stay_as_they_were(settings):
    settings.SECRET_KEY = "a key of the test, long enough to please"
    assert queries.notice_token(1234) == "pya-bacc3b19cba38c7d"


def test_a_control_slip_tells_that_the_dossier_went_on(world):
    dossier = in_review(world)
    address = slips.control_slip_data(dossier)["verify_url"]
    token = address.rsplit("/", 1)[1]
    assert (queries.verify_token(token).note, scanned_dossier(address)) == ("", dossier.pk)
    actions.complete_task(live_task(dossier).pk, actor=world.officer, at=moment(hours=4))
    assert "đã ghi thêm 1 lượt giao nhận" in queries.verify_token(token).note


def test_a_register_tells_how_many_it_listed_and_that_it_goes_on(world):
    receive(world)
    data = slips.register_data(world.office, 2026, Dossier.objects.all(), date(2026, 11, 2))
    token = data["verify_url"].rsplit("/", 1)[1]
    found = queries.verify_token(token)
    assert (found.number, found.note, dict(found.facts)["Số hồ sơ"]) == ("Quyển số 2026", "", "1")
    receive(world)
    assert queries.verify_token(token).note == "Sổ hiện nay ghi đến số thứ tự 2; bản in này dừng ở số 1."


def test_a_list_names_offices_and_counts_and_says_whether_it_was_signed_for(world):
    dossier = receive(world)
    (handover,) = actions.hand_over([dossier.pk], actor=world.clerk, at=moment(hours=1))
    token = slips.handover_data(handover, [])["verify_url"].rsplit("/", 1)[1]
    found = queries.verify_token(token)
    assert (found.number, found.code, dict(found.facts)["Số hồ sơ"]) == (handover.number, "", "1")
    assert dict(found.facts)["Trạng thái hiện nay"] == "Chờ ký nhận"
    actions.take_over(handover_id=handover.pk, actor=world.officer, at=moment(hours=2))
    signed_for = dict(queries.verify_token(token).facts)["Trạng thái hiện nay"]
    assert signed_for == "Đã ký nhận lúc 10:00 ngày 02/11/2026"


def test_a_cancelled_receipt_is_told_to_be_cancelled_without_the_reason(world, client):
    receipt, cashier = paid(world)
    address = payment_queries.receipt_data(receipt)["verify_url"]
    assert dict(queries.verify_token(address.rsplit("/", 1)[1]).facts)["Tổng số tiền"] == "8.000 đ"
    payments.cancel_receipt(receipt.pk, reason="Ghi sai tên ông Bí Mật", actor=cashier, at=moment(hours=1))
    said = client.get(urlparse(address).path, follow=True).content.decode()
    assert "Biên lai này đã bị hủy" in said
    assert "Bí Mật" not in said


@pytest.mark.parametrize(
    ("kind", "numbers"),
    [("k", (10**6, 1)), ("b", (10**6,)), ("s", (10**6, 2026, 739000, 1, 1)), ("t", (10**6,))],
)
def test_a_true_token_of_what_is_not_there_is_not_found(db, kind, numbers):
    with pytest.raises(NotFound):
        queries.verify_token(tokens.token(kind, *numbers))


def test_a_receipt_slip_says_what_it_promised_and_what_holds_now(world):
    dossier = in_review(world)
    token = queries.notice_token(dossier.notices.get().pk)
    assert "Hẹn trả ghi trên giấy" not in dict(queries.verify_token(token).facts)
    actions.apologise(dossier.pk, extra_working_days=1, reason="x", actor=world.boss, at=moment(hours=3))
    facts = dict(queries.verify_token(token).facts)
    assert facts["Hẹn trả ghi trên giấy"] == "17:30 ngày 09/11/2026"
    assert facts["Hẹn trả kết quả"] == "17:30 ngày 10/11/2026"


# What is printed ------------------------------------------------------------------------------------------------------


@needs_poppler
def test_a_slip_names_its_form_at_the_foot_and_telephones_as_people_write_them(world):
    dossier = receive(world, applicant=PartyData("citizen", "Nguyễn Thị Thử", phone="0900000300"))
    notice = dossier.notices.get()
    notice.data["template_version"] = "receipt_slip Thông tư 03/2025/TT-VPCP"  # as slips were frozen once
    text = flat_text(render("receipt_slip", slips.slip_data(notice)))
    assert "Mẫu số 01 – Thông tư 03/2025/TT-VPCP" in text
    assert "receipt_slip" not in text
    assert "0900 000 300" in text
    assert "+84" not in text


@needs_poppler
def test_a_slip_with_five_papers_is_one_leaf_for_each_copy(world):
    dossier = receive(world)
    data = slips.slip_data(dossier.notices.get())
    paper = {
        "name": "Giấy tờ tùy thân (thẻ căn cước, hộ chiếu hoặc giấy tờ khác có dán ảnh còn giá trị)",
        "originals": 1,
    }
    assert pages_of(render("receipt_slip", {**data, "papers": [paper] * 5})) == data["copies"]


@needs_poppler
def test_a_list_of_handing_over_has_a_place_and_counts_papers(world):
    data = _handover(world)[1]
    text = flat_text(render("handover_list", data))
    assert f"{world.commune.place_name}, ngày" in text
    assert data["parent_agency"] == world.commune.name
    handed = [p for p in Dossier.objects.get().papers.all() if p.originals or p.copies]
    assert data["rows"][0]["papers"] == len(handed)
