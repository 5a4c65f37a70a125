"""Staff fill in the electronic form with a citizen who is present: who may, what they see and for how long, whose it is then."""

import re
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from motcua.accounts import actions as accounts
from motcua.accounts.models import Assistance, OneTimeCode, User
from motcua.accounts.testing import make_citizen
from motcua.agencies.testing import make_user_with
from motcua.audit.models import Event
from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers.models import Dossier, DossierHolder
from motcua.dossiers.queries import held_by
from motcua.dossiers.testing import moment
from motcua.eforms.testing import make_form
from motcua.files.actions import store
from motcua.files.queries import url_for
from motcua.filing import actions
from motcua.filing.models import Application
from motcua.filing.queries import access_application
from motcua.filing.rules import steps
from motcua.filing.testing import PDF, Online, make_online
from motcua.holdings import actions as holdings
from motcua.holdings.models import HeldPaper
from motcua.notifications.models import Message
from motcua.procedures.models import Paper, ProcedureVersion

NUMBER = "001099000077"
PHONE = "0900000077"
HERE = moment(hours=2)


@pytest.fixture
def online(db: None, settings: Any) -> Any:
    settings.UPLOAD_UNSCANNED = "accept"
    with time_machine.travel(HERE, tick=False):
        yield make_online()


@pytest.fixture
def clerk(online: Online) -> Client:
    client = Client()
    client.force_login(online.world.clerk)
    return client


def begin(online: Online, actor: User | None = None, **more: Any) -> Assistance:
    who = {"full_name": "Nguyễn Thị Na", "identity_number": NUMBER, "phone": PHONE, **more}
    helper = actor or online.world.clerk
    return holdings.assist(**who, checked_card=True, consent="Đồng ý", office="Xã Mẫu", actor=helper, at=HERE)


def at(name: str, *args: object) -> str:
    return reverse(f"assisting:{name}", args=args)


def helper_of(online: Online) -> User:
    return make_user_with("community_helper", online.world.commune, full_name="Trương Thị Giúp Đỡ")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def fill(client: Client, online: Online, made: Application) -> None:
    """Every page of a filing without a form, as who helps presses through them."""
    office = f"{online.world.office.pk}-{online.world.commune.pk}"
    paper = Paper.objects.get(version=online.version, name="Tờ khai")
    file = SimpleUploadedFile("to-khai.pdf", PDF)
    sent = client.post(at("file_attach", made.pk), {"slot": f"paper/{paper.pk}", "file": file})
    assert sent.headers["Location"] == at("file_step", made.pk, steps.PAPERS)
    for step, given in (
        (steps.OFFICE, {"place": office}),
        (steps.FOR, {"acting": "self"}),
        (steps.PARTY, {"phone": "0900 000 077", "address": "Thôn Đông", "name": "Kẻ Khác"}),
        (steps.PAPERS, {}),
        (steps.DELIVERY, {"way": "counter"}),
    ):
        assert client.get(at("file_step", made.pk, step)).status_code == 200, step
        made.refresh_from_db()
        answer = client.post(at("file_step", made.pk, step), {"revision": made.revision, **given})
        assert answer.status_code == 302, (step, answer.content.decode()[:2000])
        assert answer.headers["Location"].startswith(at("drafts"))


def test_a_helper_files_online_with_who_is_present_from_consent_to_the_signed_copy(online: Online) -> None:
    helper = helper_of(online)
    client = signed_in(helper)
    who = {"full_name": "Nguyễn Thị Na", "identity_number": NUMBER, "phone": PHONE, "agreed": "on"}
    page = client.post(reverse("holdings:assist"), who, follow=True)
    assert page.redirect_chain[-1][0] == at("drafts")
    assert "Nguyễn Thị Na" in page.content.decode()
    found = client.get(at("drafts"), {"q": online.version.name}).content.decode()
    assert at("file_start", "1.000001") in found
    assert "Tờ khai" in client.get(at("file_start", "1.000001")).content.decode()
    client.post(at("file_start", "1.000001"))
    made = Application.objects.get(assistance__helper=helper)
    fill(client, online, made)
    review = client.get(at("file_step", made.pk, steps.REVIEW)).content.decode()
    assert "Nguyễn Thị Na" in review
    assert "Kẻ Khác" not in review
    assert NUMBER in review
    key = re.search(r'name="key" value="([^"]+)"', review)
    assert key
    refused = client.post(at("file_submit", made.pk), {"key": key[1]})
    assert refused.status_code == 422
    assert refused.content.decode().count(actions.NOT_CONFIRMED) == 2
    assert not Dossier.objects.exists()
    done = client.post(at("file_submit", made.pk), {"key": key[1], "confirmed": "1"}, follow=True)
    assert done.redirect_chain[-1][0] == at("file_done", made.pk)
    dossier = Dossier.objects.get()
    assert dossier.temporary_number in done.content.decode()
    assert "/ho-so-cua-toi/" not in done.content.decode()
    assert (dossier.channel, dossier.applicant.identity_number, dossier.submitter) == ("online", NUMBER, None)
    assert dossier.acceptance_due_at is not None
    copy = client.get(at("file_copy", made.pk))
    assert copy["Content-Type"] == "application/pdf"
    assert Message.objects.filter(kind="submitted", to="+84900000077").exists()
    log = Event.objects.filter(chain=f"assistance/{made.assistance_id}").order_by("seq")
    log = list(log.values_list("kind", flat=True))
    assert log == ["assistance.started", "assistance.filed"]
    assert (
        Event.objects.filter(kind="dossier.submit", chain=f"dossier/{dossier.pk}").get().data["assistance"]
        == made.assistance_id
    )


def test_the_electronic_form_is_filled_in_as_a_citizen_does(clerk: Client, online: Online) -> None:
    make_form(online.version, paper=Paper.objects.get(version=online.version, name="Tờ khai"))
    visit = begin(online)
    made = actions.start_for(visit.pk, online.version, actor=online.world.clerk, at=HERE)
    step = "to-khai-nguoi_khai"
    page = clerk.get(at("file_step", made.pk, step)).content.decode()
    assert f'data-draft="{at("file_autosave", made.pk, step)}"' in page
    assert "eforms/section" in page
    assert "portal/filing" in page
    assert "htmx" in page
    given = {"nguoi_khai.ho_ten": "Na", "nguoi_khai.so_dinh_danh": "001", "nguoi_khai.uy_quyen": "no"}
    kept = clerk.post(at("file_autosave", made.pk, step), {"revision": made.revision, **given})
    assert kept.status_code == 200
    wrong = clerk.post(at("file_step", made.pk, step), {"revision": kept.json()["revision"], **given})
    assert wrong.status_code == 422
    made.refresh_from_db()
    assert made.answers["nguoi_khai"]["ho_ten"] == "Na"


def test_nothing_opens_after_the_visit_has_ended_nor_when_it_lasted_too_long(online: Online) -> None:
    helper = helper_of(online)
    client, visit = signed_in(helper), begin(online, helper)
    made = actions.start_for(visit.pk, online.version, actor=helper, at=HERE)
    pages = [at("file_resume", made.pk), at("file_step", made.pk, steps.OFFICE), at("file_start", "1.000001")]
    assert [client.get(page).status_code for page in pages] == [302, 200, 200]
    with time_machine.travel(moment(hours=7), tick=False):
        client.force_login(helper)
        assert [client.get(page).status_code for page in pages] == [404] * 3
    ended = client.post(at("visit_end"), follow=True).content.decode()
    assert "Đã kết thúc lượt hỗ trợ" in ended
    assert "Nguyễn Thị Na" not in ended
    assert [client.get(page).status_code for page in pages] == [404] * 3
    assert client.get(at("drafts")).headers["Location"] == reverse("holdings:assist")
    with pytest.raises(NotFound):
        actions.submit(made.pk, key=uuid4(), confirmed=True, actor=helper, at=HERE)
    with pytest.raises(NotFound):
        actions.start_for(visit.pk, online.version, actor=helper, at=HERE)


def test_the_next_person_ends_the_visit_of_the_one_before(online: Online) -> None:
    first = begin(online)
    made = actions.start_for(first.pk, online.version, actor=online.world.clerk, at=HERE)
    begin(online, full_name="Trần Văn Ba", identity_number="001099000078", phone="0900000078")
    first.refresh_from_db()
    assert first.ended_at == HERE
    with pytest.raises(NotFound):
        access_application(online.world.clerk, made.pk, HERE)


def test_neither_colleagues_nor_the_unentitled_nor_citizens_get_in(online: Online) -> None:
    helper = helper_of(online)
    visit = begin(online, helper)
    made = actions.start_for(visit.pk, online.version, actor=helper, at=HERE)
    page = at("file_step", made.pk, steps.OFFICE)
    assert signed_in(online.world.clerk).get(page).status_code == 404
    assert signed_in(online.world.officer).get(page).status_code == 404
    assert signed_in(online.citizen).get(page).status_code == 302  # a citizen is nobody on pages for staff
    assert signed_in(helper).get(reverse("portal:file_step", args=[made.pk, steps.OFFICE])).status_code == 302
    with pytest.raises(NotFound):
        actions.start_for(visit.pk, online.version, actor=online.world.officer, at=HERE)
    theirs = online.begin(at=HERE)  # a citizen's own draft is nothing that staff could open
    assert signed_in(helper).get(at("file_step", theirs.pk, steps.OFFICE)).status_code == 404


def test_the_person_must_confirm_before_it_is_sent(online: Online) -> None:
    clerk = online.world.clerk
    visit = begin(online)
    made = actions.start_for(visit.pk, online.version, actor=clerk, at=HERE)
    fill(signed_in(clerk), online, made)
    with pytest.raises(RuleViolation, match="xác nhận đúng"):
        actions.submit(made.pk, key=uuid4(), actor=clerk, at=HERE)
    actions.submit(made.pk, key=uuid4(), confirmed=True, actor=clerk, at=HERE)
    assert Event.objects.get(kind="assistance.filed").data["confirmed"] == "word"


def test_the_citizen_takes_over_what_was_sent_and_what_was_not(online: Online) -> None:
    clerk = online.world.clerk
    visit = begin(online)
    sent = actions.start_for(visit.pk, online.version, actor=clerk, at=HERE)
    fill(signed_in(clerk), online, sent)
    dossier = actions.submit(sent.pk, key=uuid4(), confirmed=True, actor=clerk, at=HERE)
    actions.keep_copy(sent.pk, actor=clerk, at=HERE)
    draft = actions.start_for(visit.pk, online.version, actor=clerk, at=HERE)
    assert draft.pk != sent.pk
    me = make_citizen(identity="", phone=PHONE, assurance="low")
    accounts.claim_assisted(identity_number=NUMBER, actor=me, at=HERE)
    assert list(held_by(me, HERE)) == [dossier]
    client = signed_in(me)
    mine = client.get(reverse("portal:mine_dossier", args=[dossier.pk])).content.decode()
    assert "Tờ khai" in mine
    paper = dossier.papers.exclude(file=None).get()
    opened = client.get(reverse("portal:mine_paper", args=[dossier.pk, paper.pk]), follow=True)
    assert opened.status_code == 200
    copy = client.get(reverse("portal:file_copy", args=[sent.pk]), follow=True)
    assert copy["Content-Type"] == "application/pdf"
    assert client.get(reverse("portal:file_step", args=[draft.pk, steps.OFFICE])).status_code == 200
    assert Event.objects.filter(kind="application.claimed").count() == 2
    assert DossierHolder.objects.filter(dossier=dossier).count() == 1


def send_code(client: Client) -> str:
    assert client.post(at("visit_send")).headers["Location"] == at("visit_confirm")
    found = re.search(r"\b\d{6}\b", Message.objects.filter(kind="assist_code").latest("pk").body)
    assert found
    return found[0]


def test_the_code_on_the_phone_opens_what_the_account_knows(clerk: Client, online: Online) -> None:
    me = make_citizen("Nguyễn Thị Na", NUMBER, PHONE)
    me.profile.address = "Thôn Tây, xã Mẫu"
    me.profile.save()
    visit = begin(online)
    before = actions.start_for(visit.pk, online.version, actor=online.world.clerk, at=HERE)
    assert (before.owner, before.party.get("address", "")) == (online.world.clerk, "")
    code = send_code(clerk)
    assert OneTimeCode.objects.get().purpose == "assist"
    wrong = "111111" if code != "111111" else "222222"
    assert clerk.post(at("visit_confirm"), {"code": wrong}).status_code == 422
    assert (
        "điền sẵn từ tài khoản"
        in clerk.post(at("visit_confirm"), {"code": code}, follow=True).content.decode()
    )
    visit.refresh_from_db()
    before.refresh_from_db()
    assert (visit.citizen, before.owner) == (me, me)
    actions.discard(before.pk, actor=online.world.clerk, at=HERE)
    made = actions.start_for(visit.pk, online.version, actor=online.world.clerk, at=HERE)
    assert (made.owner, made.party["address"]) == (me, "Thôn Tây, xã Mẫu")
    fill(clerk, online, made)
    dossier = actions.submit(made.pk, key=uuid4(), confirmed=True, actor=online.world.clerk, at=HERE)
    assert list(held_by(me, HERE)) == [dossier]
    assert Event.objects.get(kind="assistance.filed").data["confirmed"] == "code"


def test_papers_and_answers_of_before_are_offered_once_the_person_agreed(
    clerk: Client, online: Online
) -> None:
    me = make_citizen("Nguyễn Thị Na", NUMBER, PHONE)
    file = store(PDF + b"kho", name="cu.pdf", actor=me, at=HERE)
    paper = {"kind": "paper", "name": "Tờ khai", "file": file, "issued_on": HERE.date(), "kept_at": HERE}
    held = HeldPaper.objects.create(holder=me, **paper)
    slot = f"paper/{Paper.objects.get(version=online.version, name='Tờ khai').pk}"
    visit = begin(online)
    made = actions.start_for(visit.pk, online.version, actor=online.world.clerk, at=HERE)
    taking = at("file_take_held", made.pk, held.key)
    assert "kho giấy tờ" not in clerk.get(at("file_step", made.pk, steps.PAPERS)).content.decode()
    assert clerk.post(taking, {"slot": slot}).status_code == 404
    assert clerk.post(at("file_reuse", made.pk, 1)).status_code == 404
    clerk.post(at("visit_confirm"), {"code": send_code(clerk)})
    assert "kho giấy tờ" in clerk.get(at("file_step", made.pk, steps.PAPERS)).content.decode()
    assert clerk.post(taking, {"slot": slot}).status_code == 302
    assert made.uploads.get().file == file


def test_files_taken_in_for_somebody_close_to_the_helper_with_the_visit(online: Online) -> None:
    helper = helper_of(online)
    visit = begin(online, helper)
    made = actions.start_for(visit.pk, online.version, actor=helper, at=HERE)
    slot = f"paper/{Paper.objects.get(version=online.version, name='Tờ khai').pk}"
    kept = actions.attach(made.pk, slot, SimpleUploadedFile("a.pdf", PDF), actor=helper, at=HERE).file
    assert kept is not None
    client, link = signed_in(helper), url_for(kept, helper)
    assert client.get(link).status_code == 200
    accounts.end_assistance(visit.pk, actor=helper, at=HERE)
    assert client.get(link).status_code == 404


def test_who_checks_the_submission_reads_who_helped(clerk: Client, online: Online) -> None:
    visit = begin(online, helper_of(online))
    made = actions.start_for(visit.pk, online.version, actor=visit.helper, at=HERE)
    fill(signed_in(visit.helper), online, made)
    dossier = actions.submit(made.pk, key=uuid4(), confirmed=True, actor=visit.helper, at=HERE)
    page = clerk.get(reverse("counter:check", args=[dossier.pk])).content.decode()
    assert "Trương Thị Giúp Đỡ, Xã Mẫu" in page


def test_somebody_helped_files_for_another_as_the_one_who_submits(clerk: Client, online: Online) -> None:
    visit = begin(online)
    made = actions.start_for(visit.pk, online.version, actor=online.world.clerk, at=HERE)
    fill(clerk, online, made)
    child = {"name": "Nguyễn Gia Bảo", "identity_number": "001299000005", "phone": PHONE, "address": "Thôn Đông", "authorisation": "mẹ"}  # fmt: skip
    for step, given in ((steps.FOR, {"acting": "other"}), (steps.PARTY, child)):
        made.refresh_from_db()
        clerk.post(at("file_step", made.pk, step), {"revision": made.revision, **given})
    dossier = actions.submit(made.pk, key=uuid4(), confirmed=True, actor=online.world.clerk, at=HERE)
    assert (dossier.applicant.name, dossier.authorisation) == ("Nguyễn Gia Bảo", "mẹ")
    assert dossier.submitter is not None
    assert dossier.submitter.identity_number == NUMBER


def test_pages_of_a_visit_lead_back_when_nothing_waits(clerk: Client, online: Online) -> None:
    begin(online)
    assert clerk.get(at("visit_confirm")).headers["Location"] == at("drafts")
    assert "Tiếp tục lượt này" in clerk.get(reverse("holdings:assist")).content.decode()
    assert "Không tìm thấy thủ tục nào" in clerk.get(at("drafts"), {"q": "xyzxyz"}).content.decode()
    ProcedureVersion.objects.update(online_level="none")
    assert "chưa nhận hồ sơ trực tuyến" in clerk.get(at("file_start", "1.000001")).content.decode()
    assert "Chưa nhận trực tuyến" in clerk.get(at("drafts"), {"q": online.version.name}).content.decode()


def test_the_code_says_nothing_of_another_account(clerk: Client, online: Online) -> None:
    make_citizen("Trần Văn Ba", "001099000088", PHONE)
    visit = begin(online)
    clerk.post(at("visit_confirm"), {"code": send_code(clerk)})
    visit.refresh_from_db()
    assert visit.citizen is None
    assert visit.phone_confirmed_at == HERE
    made = actions.start_for(visit.pk, online.version, actor=online.world.clerk, at=HERE)
    assert made.owner == online.world.clerk


def test_a_draft_that_nobody_claimed_is_told_of_on_the_persons_phone(online: Online) -> None:
    clerk = online.world.clerk
    visit = begin(online)
    made = actions.start_for(visit.pk, online.version, actor=clerk, at=HERE)
    assert actions.warn_drafts(actor=clerk, at=made.expires_at - (made.expires_at - HERE) / 100) == 1
    told = Message.objects.get(kind="draft_expiring")
    assert told.to == "+84900000077"


def test_a_copy_that_is_missing_is_made_though_the_visit_is_over(online: Online) -> None:
    clerk = online.world.clerk
    visit = begin(online)
    made = actions.start_for(visit.pk, online.version, actor=clerk, at=HERE)
    fill(signed_in(clerk), online, made)
    actions.submit(made.pk, key=uuid4(), confirmed=True, actor=clerk, at=HERE)
    accounts.end_assistance(visit.pk, actor=clerk, at=HERE)
    assert actions.make_missing_copies(actor=clerk, at=moment(days=1)) == 1
