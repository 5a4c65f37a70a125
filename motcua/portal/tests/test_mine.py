"""One's own dossiers: the list, the page, the answer to a request, messages, downloads, withdrawal; never somebody else's."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from motcua.accounts.testing import make_citizen
from motcua.dossiers import actions
from motcua.dossiers.models import DossierPaper, Message
from motcua.dossiers.queries.forms import latest_form
from motcua.dossiers.rules.states import Status
from motcua.dossiers.rules.talk import A_DAY
from motcua.dossiers.testing import in_review, make_intake, make_world, moment, ready
from motcua.dossiers.tests.test_corrections import PNG
from motcua.eforms.testing import ANSWERS, make_form
from motcua.files.models import StoredFile

LIST = reverse("portal:mine")
NAME = {"name": "Họ và tên", "field": "nguoi_khai.ho_ten", "text": "Ghi như trong giấy khai sinh."}


@pytest.fixture
def world(db):
    return make_world()


@pytest.fixture
def citizen(db):
    return make_citizen()


@pytest.fixture
def stranger(db):
    return make_citizen("Trần Văn Lạ", "001099000002", "0900000002")


@pytest.fixture
def filed(world, citizen):
    form = make_form(world.procedure.versions.get())
    intake = make_intake(
        world, channel="online", holder_id=citizen.pk, form_version_id=form.pk, answers=ANSWERS
    )
    return actions.submit(intake, actor=citizen, at=moment())


@pytest.fixture
def tuesday(filed):
    with time_machine.travel(moment(days=1), tick=False) as clock:
        yield clock


@pytest.fixture
def mine(client, citizen, tuesday):
    client.force_login(citizen)
    return client


def at(name, dossier, *more):
    return reverse(f"portal:{name}", args=[dossier.pk, *more])


def text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def photo(name="anh.png"):
    return SimpleUploadedFile(name, PNG, "image/png")


def ask(world, dossier, *items):
    actions.request_supplement_before(
        dossier.pk, reason="", items=list(items), actor=world.clerk, at=moment(hours=2)
    )


# The list and the page -----------------------------------------------------------------------------------------------


def test_the_list_says_state_and_when_the_office_answers(mine, filed):
    page = text(mine, LIST)
    assert filed.temporary_number in page
    assert "Hồ sơ chờ tiếp nhận" in page
    assert "Cơ quan trả lời trước" in page
    assert "Việc bạn cần làm" not in page


def test_what_i_must_do_comes_first(mine, world, citizen, filed):
    later = actions.submit(
        make_intake(world, channel="online", holder_id=citizen.pk), actor=citizen, at=moment(hours=1)
    )
    ask(world, filed, NAME)
    page = text(mine, LIST)
    assert "Việc bạn cần làm" in page
    assert page.index(filed.temporary_number) < page.index(later.temporary_number)
    assert at("mine_reply", filed) in page


def test_an_empty_list_leads_to_the_procedures(client, stranger, world):
    client.force_login(stranger)
    assert reverse("portal:catalogue") in text(client, LIST)


def test_the_page_names_officer_agency_and_times(mine, world, filed):
    accepted = actions.accept(filed.pk, actor=world.clerk, at=moment(hours=3))
    in_review(world, accepted, at=moment(hours=3))
    page = text(mine, at("mine_dossier", filed))
    assert world.officer.full_name in page
    assert "Cơ quan đang giải quyết" in page
    assert "Vì sao hẹn ngày này?" in page
    assert "Nguyễn Thị Na" in page, "what I sent in"
    assert at("mine_notice", filed, filed.notices.get(kind="receipt_slip").pk) in page


def test_slips_results_and_papers_are_downloaded_by_the_holder(mine, world, filed, citizen):
    actions.accept(filed.pk, actor=world.clerk, at=moment(hours=3))
    ready(world, filed, at=moment(hours=3))
    slip = mine.get(at("mine_notice", filed, filed.notices.get(kind="receipt_slip").pk))
    assert slip.content.startswith(b"%PDF")
    assert "no-store" in slip["Cache-Control"]
    result = mine.get(at("mine_result", filed, filed.results.get().pk))
    assert result.content.startswith(b"%PDF")


@pytest.mark.parametrize(
    "name", ["mine_dossier", "mine_reply", "mine_messages", "mine_withdraw", "mine_application"]
)
def test_somebody_elses_dossier_does_not_exist(client, stranger, filed, tuesday, name):
    client.force_login(stranger)
    assert client.get(at(name, filed)).status_code == 404


@pytest.mark.parametrize("name", ["mine_notice", "mine_result", "mine_paper", "mine_message_file"])
def test_things_of_somebody_elses_dossier_do_not_exist(client, stranger, filed, tuesday, name):
    client.force_login(stranger)
    assert client.get(at(name, filed, 1)).status_code == 404


def test_the_public_and_staff_are_led_to_the_citizens_sign_in(client, world, filed):
    assert client.get(LIST).url.startswith(reverse("portal:sign_in"))
    client.force_login(world.clerk)
    assert client.get(at("mine_dossier", filed)).url.startswith(reverse("portal:sign_in"))


# The answer -----------------------------------------------------------------------------------------------------------


def test_the_reply_shows_only_what_is_asked(mine, world, filed):
    ask(world, filed, NAME)
    page = text(mine, at("mine_reply", filed))
    assert 'name="nguoi_khai.ho_ten"' in page
    assert "so_dinh_danh" not in page
    assert 'name="noi_dung.so_ban"' not in page
    assert "Ghi như trong giấy khai sinh." in page


def test_without_a_request_there_is_nothing_to_answer(mine, filed):
    assert mine.get(at("mine_reply", filed)).status_code == 404


def test_answers_and_papers_are_sent_together(mine, world, filed):
    paper = filed.papers.get()
    ask(world, filed, NAME, {"name": paper.name, "paper": paper.pk, "text": "Chụp lại."}, {"name": "Bản sao"})
    data = {"nguoi_khai.ho_ten": "Nguyễn Thị Ná", "giay-to-1": photo(), "giay-to-2": photo("b.png")}
    assert mine.post(at("mine_reply", filed), data).url == at("mine_dossier", filed)
    filed.refresh_from_db()
    assert filed.status == Status.SUBMITTED
    assert latest_form(filed).answers["nguoi_khai"]["ho_ten"] == "Nguyễn Thị Ná"
    names = list(DossierPaper.objects.filter(dossier=filed, replaced_at=None).values_list("name", flat=True))
    assert sorted(names) == sorted([paper.name, "Bản sao"])


def test_a_gap_keeps_what_was_typed_and_the_files_taken_in(mine, world, filed):
    ask(world, filed, NAME, {"name": "Bản sao một"}, {"name": "Bản sao hai"})
    data = {"nguoi_khai.ho_ten": "Nguyễn Thị Ná", "giay-to-1": photo()}
    refused = mine.post(at("mine_reply", filed), data)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Chọn tệp cho" in page
    assert "Nguyễn Thị Ná" in page
    ticket = page.split('name="giay-to-1-da-tai" value="')[1].split('"')[0]
    again = {"nguoi_khai.ho_ten": "Nguyễn Thị Ná", "giay-to-1-da-tai": ticket, "giay-to-2": photo()}
    assert mine.post(at("mine_reply", filed), again).status_code == 302
    assert filed.papers.filter(added_by_supplement=True).count() == 2


def test_a_ticket_for_somebody_elses_file_counts_for_nothing(mine, client, world, filed, stranger, citizen):
    from motcua.files.actions import store
    from motcua.portal.uploads import of_ticket, ticket

    theirs = store(PNG, actor=stranger, at=moment(), name="a.png")
    assert of_ticket(ticket(theirs, stranger), citizen) is None
    assert of_ticket(ticket(theirs, citizen), citizen) is None
    assert of_ticket("nonsense", citizen) is None
    assert of_ticket(ticket(theirs, stranger), stranger) == theirs


def test_a_wrong_answer_is_told_at_its_field(mine, world, filed):
    ask(world, filed, NAME)
    refused = mine.post(at("mine_reply", filed), {"nguoi_khai.ho_ten": ""})
    assert refused.status_code == 422
    assert filed.forms.count() == 1


def test_a_question_that_an_answer_opens_is_shown_and_taken(mine, world, filed):
    ask(world, filed, {"name": "Khai thay", "field": "nguoi_khai.uy_quyen", "text": "Chọn lại."})
    refused = mine.post(at("mine_reply", filed), {"nguoi_khai.uy_quyen": "yes"})
    assert refused.status_code == 422
    assert 'name="nguoi_khai.quan_he"' in refused.content.decode()
    data = {"nguoi_khai.uy_quyen": "yes", "nguoi_khai.quan_he": "Mẹ"}
    assert mine.post(at("mine_reply", filed), data).status_code == 302
    assert latest_form(filed).answers["nguoi_khai"]["quan_he"] == "Mẹ"


def test_a_file_that_cannot_be_taken_is_refused_in_words(mine, world, filed):
    ask(world, filed, {"name": "Bản sao", "text": "Gửi thêm."})
    bad = SimpleUploadedFile("a.exe", b"MZ\x90\x00", "application/octet-stream")
    refused = mine.post(at("mine_reply", filed), {"giay-to-1": bad})
    assert refused.status_code == 422
    assert not StoredFile.objects.exists()


# Messages -------------------------------------------------------------------------------------------------------------


def test_messages_go_both_ways_with_files_and_are_seen_to_be_read(
    mine, client, world, filed, citizen, settings
):
    settings.UPLOAD_UNSCANNED = "accept"
    address = at("mine_messages", filed)
    assert mine.post(address, {"body": "Bao giờ xong?", "files": [photo()]}).status_code == 302
    note = Message.objects.get()
    assert (note.from_citizen, note.author, note.read_at, note.files.count()) == (True, citizen, None, 1)
    assert "đã gửi" in text(mine, address)
    client.force_login(world.clerk)
    assert "tin mới" in text(client, reverse("counter:waiting"))
    more = text(client, reverse("dossiers:more", args=[filed.pk]))
    assert "Bao giờ xong?" in more
    opened = client.get(reverse("dossiers:message_file", args=[filed.pk, note.files.get().pk]))
    assert opened.status_code == 302
    note.refresh_from_db()
    assert note.read_by == world.clerk
    data = {"body": "Ngày mai.", "to_citizen": "on", "files": [photo("tra-loi.png")]}
    client.post(reverse("dossiers:message", args=[filed.pk]), data)
    client.force_login(citizen)
    assert "Có tin nhắn mới" in text(client, LIST)
    page = text(client, address)
    assert "cơ quan đã đọc" in page
    assert "Ngày mai." in page
    answer = Message.objects.get(to_citizen=True)
    assert answer.read_by == citizen
    file = client.get(at("mine_message_file", filed, answer.files.get().pk))
    assert client.get(file.url).status_code == 200, "the holder opens the office's file"
    assert "Có tin nhắn mới" not in text(client, LIST)


def test_what_officers_write_to_each_other_is_never_shown(mine, world, filed):
    actions.write_message(filed.pk, "Nội bộ: xem kỹ", actor=world.clerk, at=moment(hours=1))
    assert "Nội bộ" not in text(mine, at("mine_messages", filed))
    assert "Nội bộ" not in text(mine, at("mine_dossier", filed))


def test_a_citizen_sends_only_so_many_messages_in_a_day(mine, filed, citizen):
    for number in range(A_DAY):
        actions.write_to_office(filed.pk, f"Tin {number}", actor=citizen, at=moment(hours=20 + number / 10))
    refused = mine.post(at("mine_messages", filed), {"body": "Nữa"})
    assert refused.status_code == 422
    assert Message.objects.count() == A_DAY
    actions.write_to_office(filed.pk, "Hôm sau", actor=citizen, at=moment(days=3))


def test_an_empty_message_and_six_files_are_refused(mine, filed):
    for data in ({"body": " "}, {"body": "x", "files": [photo(f"{n}.png") for n in range(6)]}):
        assert mine.post(at("mine_messages", filed), data).status_code == 422
    assert not Message.objects.exists()


def test_a_message_does_not_become_markup(mine, filed):
    mine.post(at("mine_messages", filed), {"body": "<script>alert(1)</script>"})
    assert "<script>alert" not in text(mine, at("mine_messages", filed))


# Withdrawal -----------------------------------------------------------------------------------------------------------


def test_before_reception_a_dossier_is_withdrawn_at_once(mine, filed):
    assert "rút ngay" in text(mine, at("mine_withdraw", filed))
    mine.post(at("mine_withdraw", filed))
    filed.refresh_from_db()
    assert filed.status == Status.WITHDRAWN


def test_after_reception_the_office_confirms_and_one_may_change_ones_mind(mine, world, filed):
    actions.accept(filed.pk, actor=world.clerk, at=moment(hours=3))
    mine.post(at("mine_withdraw", filed), {"reason": "Không cần nữa"})
    filed.refresh_from_db()
    assert (filed.status, filed.withdrawal_reason) == (Status.WITHDRAW_REQUESTED, "Không cần nữa")
    assert at("mine_keep", filed) in text(mine, at("mine_dossier", filed))
    mine.post(at("mine_keep", filed))
    filed.refresh_from_db()
    assert filed.status == Status.RECEIVED


def test_letters_to_a_holder_lead_to_the_dossiers_own_page(world, filed):
    from motcua.notifications.models import Message as Letter

    ask(world, filed, NAME)
    assert f"/ho-so-cua-toi/{filed.pk}/" in Letter.objects.get(kind="supplement_needed", channel="sms").body


def test_a_month_later_nothing_has_changed_about_who_may_see_it(client, citizen, filed):
    with time_machine.travel(moment() + timedelta(days=30), tick=False):
        client.force_login(citizen)
        assert client.get(at("mine_dossier", filed)).status_code == 200
