"""What anyone may read, and what nobody may learn there."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from motcua.agencies.testing import make_agency
from motcua.dossiers import actions
from motcua.dossiers.queries import notice_token
from motcua.dossiers.testing import (
    in_review,
    make_procedure,
    make_world,
    moment,
    ready,
    receive,
    returned,
)
from motcua.files.actions import release, store
from motcua.procedures.models import Fee

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_throttle():
    cache.clear()


@pytest.fixture
def world():
    return make_world()


def look_up(client, code: str, last4: str):
    return client.post(reverse("portal:track"), {"code": code, "last4": last4})


def test_the_home_page_leads_to_the_three_things_that_people_come_for(client, world):
    page = client.get(reverse("portal:home")).content.decode()
    for name in ("portal:catalogue", "portal:track", "portal:verify"):
        assert reverse(name) in page


@pytest.mark.parametrize("words", ["khai sinh", "KHAI SINH", "Khai Sinh", "sinh khai", "9.000001"])
def test_a_procedure_is_found_by_words_without_accents_or_by_code(client, words):
    make_procedure("9.000001", make_agency("UBND xã"), name="Đăng ký khai sinh")
    page = client.get(reverse("portal:catalogue"), {"q": words}).content.decode()
    assert reverse("portal:procedure", args=["9.000001"]) in page


def test_a_search_without_hit_says_what_to_do(client, world):
    page = client.get(reverse("portal:catalogue"), {"q": "không có thủ tục nào như vậy"}).content.decode()
    assert "Thử từ ngắn hơn" in page


@pytest.mark.parametrize("number", ["abc", "-1", "99999999999999999999", "٣"])
def test_a_field_that_is_no_number_is_ignored(client, world, number):
    assert client.get(reverse("portal:catalogue"), {"linh-vuc": number}).status_code == 200


def test_the_sheet_says_what_to_bring_how_long_and_where(client, world):
    page = client.get(reverse("portal:procedure", args=[world.procedure.code])).content.decode()
    assert "Tờ khai" in page
    assert "5 ngày làm việc" in page
    assert world.office.name in page


def test_the_sheet_shows_limits_by_case_and_what_each_page_costs(client, world):
    version = world.procedure.versions.get()
    version.channels.update(
        amount="1.5", variants=[{"case": "Có xác minh", "amount": "8", "unit": "working_day"}]
    )
    Fee.objects.create(
        procedure=world.procedure, kind="phi", name="Phí sao", per="page", amount_dong=2000,
        tiers=[[2, 2000], [None, 1000]], cap_dong=200_000, legal_basis="TT 226", valid_from="2020-01-01",
    )  # fmt: skip
    other = make_procedure("9.000009", world.commune, name="Thủ tục kèm theo")
    version.related.add(other)
    page = client.get(reverse("portal:procedure", args=[world.procedure.code])).content.decode()
    assert "Thủ tục kèm theo" in page
    assert "12 giờ làm việc" in page
    assert "(Có xác minh)" in page
    assert "8 ngày làm việc" in page
    assert "2.000 đ/trang (2 trang đầu), 1.000 đ/trang (các trang sau), tối đa 200.000 đ" in page


def test_the_sheet_offers_clean_forms_and_says_what_was_not_checked(client, world):
    version = world.procedure.versions.get()
    version.legal_bases.create(number="Quy chế tuyển sinh [likely]")
    paper, at = version.papers.first(), moment()
    form = store(b"%PDF-1.7\n%%EOF\n", name="to-khai.pdf", actor=world.clerk, at=at, personal=False)
    version.papers.filter(pk=paper.pk).update(form_file_id=form.pk)
    sheet = reverse("portal:procedure", args=[world.procedure.code])
    page = client.get(sheet).content.decode()
    assert "Biểu mẫu tải về" not in page
    assert "Quy chế tuyển sinh (chưa đối chiếu với văn bản gốc)" in page
    release(form.pk, reason="Đã quét ngoài", actor=world.clerk, at=at)
    page = client.get(sheet).content.decode()
    assert "to-khai.pdf" in page
    address = reverse("procedures:public_file", args=[paper.pk, "mau"])
    assert address in page
    answer = client.get(client.get(address).url)
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


def test_a_sheet_that_does_not_exist_is_not_found(client, world):
    assert client.get(reverse("portal:procedure", args=["0.000000"])).status_code == 404


@pytest.mark.parametrize("last4", ["5678", "0001"])
def test_a_dossier_is_tracked_by_the_end_of_the_phone_or_identity_number(client, world, last4):
    dossier = receive(world)
    response = look_up(client, dossier.code, last4)
    assert response.status_code == 200
    assert "Đã tiếp nhận hồ sơ" in response.content.decode()


def test_tracking_shows_the_due_date_with_its_derivation_and_nobody_s_name(client, world):
    dossier = in_review(world)
    page = look_up(client, dossier.code, "5678").content.decode()
    assert "17:30 ngày 09/11/2026" in page
    assert "Vì sao hẹn ngày này?" in page
    for secret in ("Nguyễn Thị Thử Nghiệm", "Thôn 1", "0912345678", "038200000001"):
        assert secret not in page


def test_what_an_officer_wrote_as_a_reason_is_not_shown_to_passers_by(client, world):
    dossier = in_review(world)
    actions.apologise(
        dossier.pk, extra_working_days=2, reason="Ông Bí Mật vắng nhà", actor=world.boss, at=moment(days=1)
    )
    page = look_up(client, dossier.code, "5678").content.decode()
    assert "Bí Mật" not in page
    assert "Ngày hẹn ban đầu" in page


def test_a_wrong_code_and_wrong_digits_look_the_same(client, world):
    dossier = receive(world)
    wrong_digits = look_up(client, dossier.code, "9999")
    wrong_code = look_up(client, "H40.12-261102-9999", "5678")
    assert wrong_digits.status_code == wrong_code.status_code == 422
    message = "Không có hồ sơ nào khớp"
    assert message in wrong_digits.content.decode()
    assert message in wrong_code.content.decode()


def test_guessing_is_braked(client, world):
    dossier = receive(world)
    statuses = [look_up(client, dossier.code, f"{n:04d}").status_code for n in range(100, 125)]
    assert statuses[:20] == [422] * 20
    assert set(statuses[20:]) == {429}
    assert look_up(client, dossier.code, "5678").status_code == 429


@pytest.mark.parametrize("last4", ["12", "abcd", "１２３４", ""])
def test_four_digits_are_asked_for(client, world, last4):
    assert look_up(client, "H40.12-261102-0001", last4).status_code == 422


def test_tracking_takes_few_statements_whatever_the_number_of_tasks(
    client, world, django_assert_max_num_queries
):
    dossier = returned(world)
    with django_assert_max_num_queries(7):
        assert look_up(client, dossier.code, "5678").status_code == 200


def test_a_result_sent_by_post_is_tracked_with_its_item_number(client, world):
    dossier = ready(world)
    actions.return_result(
        dossier.pk,
        receiver_name="A",
        method="post",
        postal_number="EB123456785VN",
        actor=world.head,
        at=moment(days=1),
    )
    assert "số hiệu bưu gửi EB123456785VN" in look_up(client, dossier.code, "5678").content.decode()
    client.force_login(world.head)
    page = client.get(reverse("dossiers:dossier", args=[dossier.pk])).content.decode()
    assert 'số hiệu bưu gửi <span class="code">EB123456785VN</span>' in page


def test_what_became_of_a_result_sent_by_post_is_tracked_in_plain_words(client, world):
    dossier = ready(world)
    sent = {"receiver_name": "A", "method": "post", "actor": world.head}
    actions.return_result(dossier.pk, postal_number="EB123456785VN", at=moment(days=1), **sent)
    page = look_up(client, dossier.code, "5678").content.decode()
    assert "Kết quả đang trên đường đến bạn." in page
    assert "Bạn đã nhận kết quả." not in page
    actions.take_back(dossier.pk, reason="address", actor=world.head, at=moment(days=4))
    page = look_up(client, dossier.code, "5678").content.decode()
    assert "Bưu chính đã hoàn lại kết quả" in page
    assert "Sai hoặc không đủ địa chỉ" in page
    actions.return_result(dossier.pk, postal_number="EB123456799VN", at=moment(days=5), **sent)
    who = {"received_by": "Ông Bí Mật", "delivered_on": date(2026, 11, 9)}
    actions.confirm_delivery(dossier.pk, **who, actor=world.head, at=moment(days=8))
    page = look_up(client, dossier.code, "5678").content.decode()
    for said in (
        "Bạn đã nhận kết quả.",
        "Gửi lại kết quả",
        "EB123456799VN",
        "Bưu chính đã phát kết quả",
        "09/11/2026",
    ):
        assert said in page
    assert "Bí Mật" not in page


def test_a_printed_slip_is_verified_by_its_token(client, world):
    dossier = receive(world)
    token = notice_token(dossier.notices.get().pk)
    page = client.get(reverse("portal:verify_token", args=[token])).content.decode()
    assert "Giấy tờ do cơ quan phát hành" in page
    assert dossier.code in page
    assert "Nguyễn Thị Thử Nghiệm" not in page


def test_a_forged_token_is_told_to_be_unknown(client, world):
    dossier = receive(world)
    token = notice_token(dossier.notices.get().pk)
    response = client.get(reverse("portal:verify_token", args=[token[:-1] + "0x"[token[-1] == "0"]]))
    assert response.status_code == 404
    assert "Không tìm thấy giấy tờ này" in response.content.decode()


def test_a_result_revoked_shows_that_it_is(client, world):
    dossier = returned(world)
    paper = dossier.results.get()
    address = reverse("portal:verify_token", args=[paper.token])
    assert "do cơ quan phát hành" in client.get(address).content.decode()
    actions.start_correction(
        dossier.pk,
        reason="Sai tên ông Bí Mật",
        revoke_results=True,
        actor=world.officer,
        at=dossier.returned_at + timedelta(hours=1),
    )
    page = client.get(address).content.decode()
    assert "đã bị thu hồi" in page
    assert "Bí Mật" not in page


def test_typing_the_token_leads_to_its_page(client, world):
    response = client.post(reverse("portal:verify"), {"token": " p1-abc def "})
    assert response.status_code == 302
    assert response.url == reverse("portal:verify_token", args=["p1-abcdef"])
