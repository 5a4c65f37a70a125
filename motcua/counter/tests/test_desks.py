"""The other desks of the counter over HTTP: waiting list, hand-over, return, register."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.agencies.testing import give_role, make_agency, make_office, make_user_with
from motcua.audit.models import Event
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, Handover
from motcua.dossiers.queries import notice_token, verify_url
from motcua.dossiers.rules.intake import PartyData
from motcua.dossiers.rules.states import Status
from motcua.dossiers.testing import make_intake, make_procedure, make_process, moment, ready, receive

WAITING, HAND_OVER, RETURN, REGISTER = (
    reverse(f"counter:{n}") for n in ("waiting", "hand_over", "return_desk", "register")
)


def filed(world, **changes) -> Dossier:
    """A dossier filed online early on Monday."""
    intake = make_intake(world, channel="online", **changes)
    return actions.submit(intake, actor=world.clerk, at=moment(hours=-0.4))


def check(dossier) -> str:
    return reverse("counter:check", args=[dossier.pk])


# Waiting for acceptance ----------------------------------------------------------------------------------------------


def test_filed_dossiers_wait_with_their_deadline(clerk, world):
    dossier = filed(world)
    page = clerk.get(WAITING).content.decode()
    assert dossier.temporary_number in page
    assert "Hạn tiếp nhận" in page
    assert "Nguyễn Thị Thử Nghiệm" not in page


def test_checking_a_filed_dossier_shows_it_in_full_and_is_logged(clerk, world):
    dossier = filed(world)
    assert "Nguyễn Thị Thử Nghiệm" in clerk.get(check(dossier)).content.decode()
    assert Event.objects.get(kind="view.personal_data").data["record"] == f"dossier/{dossier.pk}"


@pytest.mark.parametrize(
    ("data", "status"),
    [({"decision": "accept"}, Status.RECEIVED),
     ({"decision": "supplement", "reason": "Thiếu", "items": "Tờ khai\n\nBản sao"}, Status.PRE_SUPPLEMENT),
     ({"decision": "decline", "reason": "Không thuộc thẩm quyền"}, Status.SUBMITTED),
     ({"decision": "decline", "legal_basis": "NĐ 1"}, Status.SUBMITTED),
     ({"decision": "decline", "reason": "Không thuộc thẩm quyền", "legal_basis": "NĐ 1"}, Status.NOT_ACCEPTED)],
)  # fmt: skip
def test_a_filed_dossier_is_accepted_supplemented_or_declined(clerk, world, data, status):
    dossier = filed(world)
    clerk.post(check(dossier), data)
    dossier.refresh_from_db()
    assert dossier.status == status


def test_a_supplemented_dossier_waits_again(clerk, world):
    dossier = filed(world)
    clerk.post(check(dossier), {"decision": "supplement", "reason": "Thiếu", "items": "Tờ khai"})
    clerk.post(check(dossier), {"decision": "complete"})
    dossier.refresh_from_db()
    assert dossier.status == Status.SUBMITTED


def test_a_decision_without_its_reason_keeps_what_was_typed(clerk, world):
    dossier = filed(world)
    answer = clerk.post(check(dossier), {"decision": "supplement", "reason": "", "items": "Giấy ủy quyền"})
    assert answer.status_code == 422
    assert "Giấy ủy quyền" in answer.content.decode()
    assert "Ghi lý do yêu cầu bổ sung" in answer.content.decode()


# Hand-over -----------------------------------------------------------------------------------------------------------


def test_dossiers_to_hand_over_stand_by_agency_with_their_deadline(clerk, world):
    dossier = receive(world, at=moment(hours=-0.2))
    page = clerk.get(HAND_OVER).content.decode()
    assert dossier.code in page
    assert world.commune.name in page
    assert "15 giờ" in page
    assert f'data-token="{notice_token(dossier.notices.get().pk)}"' in page


def test_what_is_received_after_three_is_due_at_the_next_opening(clerk, world):
    receive(world, at=moment(hours=7.5) - timedelta(days=3))
    page = clerk.get(HAND_OVER).content.decode()
    assert "02/11/2026" in page


def test_ticked_dossiers_go_on_one_list_that_prints(clerk, world):
    first, second = receive(world, at=moment(hours=-0.2)), receive(world, at=moment(hours=-0.1))
    data = {"dossier": [first.pk], "to_agency": world.commune.pk}
    answer = clerk.post(HAND_OVER, data, follow=True)
    handover = Handover.objects.get()
    assert first.code in answer.content.decode()
    assert second.code not in answer.content.decode()
    pdf = clerk.get(reverse("counter:handover_list", args=[handover.pk]))
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")


def test_handing_over_nothing_is_refused_in_words(clerk, world):
    receive(world, at=moment(hours=-0.2))
    answer = clerk.post(HAND_OVER, {"to_agency": world.commune.pk})
    assert answer.status_code == 422
    assert "Đánh dấu ít nhất một hồ sơ" in answer.content.decode()


def test_a_list_of_another_office_is_not_found(client, world, monday):
    dossier = receive(world, at=moment(hours=-0.2))
    [handover] = actions.hand_over([dossier.pk], actor=world.clerk, at=moment())
    far = make_agency("UBND xã Khác", world.province, code="H40.13")
    make_office(far)
    client.force_login(make_user_with("receptionist", far))
    assert client.get(reverse("counter:handed_over", args=[handover.pk])).status_code == 404


def two_agencies(world):
    """A dossier whose first step goes to two agencies at once."""
    procedure = make_procedure("1.77", world.commune)
    make_process(procedure, None, [("review", [("resolving", "officer", "8"), ("police", "officer", "8")])])
    return receive(world, procedure=procedure, at=moment(hours=-0.2))


def test_a_list_is_signed_for_by_the_agency_that_receives_it(clerk, client, world):
    dossiers = [receive(world, at=moment(hours=-0.2)), receive(world, at=moment(hours=-0.1))]
    clerk.post(HAND_OVER, {"dossier": [d.pk for d in dossiers], "to_agency": world.commune.pk})
    handover = Handover.objects.get()
    address = reverse("counter:handed_over", args=[handover.pk])
    client.force_login(world.officer)
    page = client.get(address).content.decode()
    assert "Ký nhận danh sách" in page
    assert "chờ ký nhận 2 hồ sơ" in page
    said = client.post(reverse("counter:sign_list", args=[handover.pk]), follow=True).content.decode()
    assert "Đã ký nhận 2 hồ sơ" in said
    assert "Ký nhận danh sách</button>" not in said
    assert world.officer.full_name in said
    handover.refresh_from_db()
    assert (handover.receiver, handover.received_at is not None) == (world.officer, True)
    assert {t.officer for t in handover.tasks.all()} == {None}
    again = client.post(reverse("counter:sign_list", args=[handover.pk]))
    assert again.status_code == 422
    assert "không còn hồ sơ nào chờ ký nhận" in again.content.decode()


def test_who_signs_may_take_the_dossiers_in_hand_at_once(client, world, monday):
    (handover,) = actions.hand_over([receive(world).pk], actor=world.clerk, at=moment())
    client.force_login(world.officer)
    client.post(reverse("counter:sign_list", args=[handover.pk]), {"claim": "1"})
    assert handover.tasks.get().officer == world.officer


def test_a_stranger_signs_for_nothing(client, world, monday):
    (handover,) = actions.hand_over([receive(world).pk], actor=world.clerk, at=moment())
    far = make_agency("UBND xã Khác", world.province, code="H40.13")
    client.force_login(make_user_with("officer", far))
    assert client.post(reverse("counter:sign_list", args=[handover.pk])).status_code == 404
    assert handover.tasks.get().taken_at is None


def test_the_giver_sees_that_a_list_waits_but_signs_only_where_it_may_take(clerk, world):
    dossier = two_agencies(world)
    data = {"dossier": [dossier.pk], "to_agency": world.commune.pk}
    answer = clerk.post(HAND_OVER, data, follow=True)
    page = answer.content.decode()
    lists = Handover.objects.order_by("number")
    assert len(lists) == 2
    assert all(reverse("counter:handover_list", args=[one.pk]) in page for one in lists)
    police = lists.get(to_agency=world.police)
    assert (
        "Ký nhận danh sách"
        not in clerk.get(reverse("counter:handed_over", args=[police.pk])).content.decode()
    )


def test_printing_a_list_is_logged(clerk, world):
    (handover,) = actions.hand_over([receive(world).pk], actor=world.clerk, at=moment())
    clerk.get(reverse("counter:handover_list", args=[handover.pk]))
    assert Event.objects.filter(
        chain=f"views/{world.clerk.pk}", data__record=f"handover/{handover.pk}"
    ).exists()


# Return --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def finished(world):
    return ready(world, at=moment(days=-3))


@pytest.fixture
def returner(clerk, world):
    give_role(world.clerk, "returner", world.commune, is_main=False)
    return clerk


def test_uncollected_results_are_listed_with_their_age(returner, finished):
    page = returner.get(RETURN).content.decode()
    assert finished.code in page
    assert "3 ngày" in page
    assert "Nguyễn Thị Thử Nghiệm" not in page


@pytest.mark.parametrize("how", ["code", "end", "slip", "number", "phone", "name"])
def test_a_result_is_found_by_scan_code_number_phone_or_name(returner, finished, how):
    texts = {
        "code": finished.code, "end": finished.code[-4:], "slip": verify_url(notice_token(finished.notices.get().pk)),
        "number": "038200000001", "phone": "0912 345 678", "name": "nguyen thi",
    }  # fmt: skip
    answer = returner.get(RETURN, {"ma": texts[how]})
    assert answer.url == reverse("counter:return_one", args=[finished.pk])


def test_a_text_that_matches_nothing_says_where_to_look(returner, finished):
    assert (
        "Không có kết quả nào chờ trả" in returner.get(RETURN, {"ma": "H40.12-000000-0000"}).content.decode()
    )


def test_a_result_is_handed_over_with_its_originals_once_the_receiver_has_signed(returner, finished):
    address = reverse("counter:return_one", args=[finished.pk])
    data = {
        "receiver_name": "Nguyễn Thị Thử Nghiệm",
        "with_slip": "on",
        "method": "counter",
        "originals": finished.papers.get().pk,
    }
    refused = returner.post(address, data)
    assert refused.status_code == 422
    assert "phải ký nhận" in refused.content.decode()
    assert returner.post(address, {**data, "signed": "on"}).url == RETURN
    finished.refresh_from_db()
    assert finished.status == Status.RETURNED
    assert finished.papers.get().original_returned_at


def test_without_the_slip_an_identity_number_is_asked_for_and_nothing_is_half_done(returner, finished):
    address = reverse("counter:return_one", args=[finished.pk])
    data = {
        "receiver_name": "Người Khác",
        "method": "counter",
        "signed": "on",
        "originals": finished.papers.get().pk,
    }
    answer = returner.post(address, data)
    assert answer.status_code == 422
    assert "không mang giấy hẹn" in answer.content.decode()
    assert finished.papers.get().original_returned_at is None
    answer = returner.post(address, {**data, "receiver_identity": "001099000009"})
    assert "chưa trả kết quả" in answer.content.decode()
    assert '<details class="not-online mb-3" open>' in answer.content.decode()
    assert finished.papers.get().original_returned_at is None
    letter = {"receiver_identity": "001099000009", "letter_number": "12/UQ", "letter_day": "06/11/2020"}
    assert returner.post(address, {**data, **letter}).url == RETURN
    said = Event.objects.filter(chain=f"dossier/{finished.pk}", kind="dossier.return").get().data
    assert (said["receiver"], said["letter"], said["letter_day"]) == ("paper", "12/UQ", "2020-11-06")


def test_who_may_not_return_results_has_no_return_desk(clerk, finished):
    assert clerk.get(RETURN).status_code == 404
    assert clerk.get(reverse("counter:return_one", args=[finished.pk])).status_code == 404


# Register ------------------------------------------------------------------------------------------------------------


def test_the_register_lists_the_year_and_closes(clerk, world):
    dossiers = [receive(world, at=moment(hours=-0.3 + n / 100)) for n in range(3)]
    page = clerk.get(REGISTER).content.decode()
    assert all(dossier.code in page for dossier in dossiers)
    assert "Sổ này có 3 hồ sơ, từ số 1 đến số 3." in page


def test_the_register_prints_and_the_print_is_logged(clerk, world):
    receive(world, at=moment(hours=-0.3))
    answer = clerk.get(reverse("counter:register_pdf", args=[2026]))
    assert answer.content.startswith(b"%PDF")
    assert Event.objects.get(kind="view.personal_data").data["record"] == f"register/{world.office.pk}/2026"


def test_the_register_as_a_spreadsheet_has_names_moments_and_no_formulas(clerk, world):
    receive(world, at=moment(hours=-0.3), applicant=PartyData("citizen", "=1+1", "038200000001"))
    answer = clerk.get(reverse("counter:register_xlsx", args=[2026]))
    rows = list(openpyxl.load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[2][1] == "Mã hồ sơ"
    assert rows[3][4] == "=1+1"
    assert rows[3][7].strftime("%d/%m/%Y %H:%M") == "02/11/2026 07:42"
    assert "Sổ này có 1 hồ sơ" in rows[-1][0]


@pytest.mark.parametrize("address", [WAITING, HAND_OVER, REGISTER])
def test_lists_need_the_same_statements_for_few_and_many_rows(clerk, world, address):
    def statements() -> int:
        clerk.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert clerk.get(address).status_code == 200
        return len(seen)

    def more(number: int) -> None:
        for n in range(number):
            receive(world, at=moment(hours=-0.4 + n / 1000))
            filed(world)

    more(2)
    few = statements()
    more(10)
    assert few == statements() <= 16


def test_a_clerk_of_two_offices_chooses_where_to_sit(clerk, world):
    other = make_office(world.commune, name="Bộ phận Một cửa số 2")
    page = clerk.get(reverse("counter:receive")).content.decode()
    assert "Bộ phận Một cửa số 2" in page
    answer = clerk.post(reverse("counter:office"), {"office": other.pk, "next": WAITING})
    assert answer.url == WAITING
    filed(world)
    assert "Không có hồ sơ nào chờ tiếp nhận" in clerk.get(WAITING).content.decode()


def test_choosing_an_office_never_leads_to_another_site(clerk):
    answer = clerk.post(reverse("counter:office"), {"office": "x", "next": "https://example.com/"})
    assert answer.url == reverse("counter:receive")
