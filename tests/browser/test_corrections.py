"""A correction asked and answered: pointed at by the clerk, answered on a phone, seen side by side, accepted."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.forms import latest_form
from motcua.dossiers.testing import make_intake, moment
from motcua.dossiers.tests.test_corrections import PNG
from motcua.eforms.testing import ANSWERS, make_form
from tests.axe import faults
from tests.browser.conftest import Seat
from tests.world import Province, our_party

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHOTO = {"name": "to-khai.png", "mimeType": "image/png", "buffer": PNG}


def filed(stage: Province) -> Dossier:
    """A dossier that the citizen has filed online with a form and one paper."""
    citizen, world = stage.user("citizen"), stage.base
    assert citizen is not None
    form = make_form(world.procedure.versions.get())
    intake = make_intake(
        world,
        channel="online",
        holder_id=citizen.pk,
        applicant=our_party(),
        form_version_id=form.pk,
        answers=ANSWERS,
    )
    return actions.submit(intake, actor=citizen, at=moment(days=8))


@pytest.mark.both_engines
def test_a_correction_is_asked_for_and_answered_on_a_phone(
    stage: Province, sit: Callable[[str], Seat]
) -> None:
    dossier, wrong = filed(stage), []
    clerk, citizen = sit("clerk"), sit("citizen")
    citizen.page.set_viewport_size({"width": 390, "height": 844})

    clerk.go("counter:waiting")
    wrong += faults(clerk.page, "queue")
    clerk.page.set_viewport_size({"width": 1280, "height": 900})
    with clerk.page.expect_navigation():
        clerk.page.keyboard.press("n")
    expect(clerk.page.locator("main")).to_contain_text("Bạn đang kiểm tra hồ sơ này")
    points = clerk.page.locator("details.point")
    points.first.locator("summary").click()
    points.first.locator("select").select_option("sai-thong-tin")
    points.first.locator("input").fill("Ghi họ tên như trong giấy khai sinh.")
    paper = dossier.papers.get()
    clerk.page.locator(f"details:has([name='reason-p-{paper.pk}']) summary").click()
    clerk.page.locator(f"[name='reason-p-{paper.pk}']").select_option("khong-ro")
    wrong += faults(clerk.page, "check")
    clerk.page.set_viewport_size({"width": 1280, "height": 900})
    clerk.send(clerk.page.locator("form.check-page"), "Yêu cầu sửa, bổ sung")
    dossier.refresh_from_db()
    assert dossier.status == "pre_supplement"
    clerk.pdf("dossiers:notice_pdf", dossier.pk, dossier.notices.get().pk)

    citizen.go("portal:mine")
    expect(citizen.page.locator("main")).to_contain_text("Việc bạn cần làm")
    wrong += faults(citizen.page, "mine")
    citizen.page.set_viewport_size({"width": 390, "height": 844})
    citizen.page.get_by_role("link", name="Xem và bổ sung").click()
    expect(citizen.page.locator("main")).to_contain_text("Ghi họ tên như trong giấy khai sinh.")
    wrong += faults(citizen.page, "reply")
    citizen.page.set_viewport_size({"width": 390, "height": 844})
    form = citizen.page.locator("main form").last
    form.locator("[name='nguoi_khai.ho_ten']").fill("Nguyễn Thị Ná")
    citizen.send(form, "Gửi phần bổ sung")
    expect(citizen.page.locator(".error-summary")).to_contain_text("Tờ khai")
    wrong += faults(citizen.page, "reply with errors")
    form = citizen.page.locator("main form").last
    expect(form.locator("[name='nguoi_khai.ho_ten']")).to_have_value("Nguyễn Thị Ná")
    form.locator("[name='giay-to-1']").set_input_files(files=[PHOTO])
    citizen.send(form, "Gửi phần bổ sung")
    expect(citizen.page.locator("main")).to_contain_text("Đã gửi phần bổ sung")
    wrong += faults(citizen.page, "own dossier")
    assert latest_form(dossier).answers["nguoi_khai"]["ho_ten"] == "Nguyễn Thị Ná"

    citizen.go("portal:mine_messages", dossier.pk)
    citizen.page.locator("[name='body']").fill("Tôi đã gửi lại, nhờ cán bộ xem.")
    citizen.send(citizen.page.locator("main form").last, "Gửi tin nhắn")
    wrong += faults(citizen.page, "messages")

    clerk.go("counter:check", dossier.pk)
    expect(clerk.page.locator("main del")).to_have_text("Nguyễn Thị Na")
    expect(clerk.page.locator("main ins").first).to_have_text("Nguyễn Thị Ná")
    expect(clerk.page.locator("main")).to_contain_text("1 tin mới")
    wrong += faults(clerk.page, "check again")
    clerk.page.set_viewport_size({"width": 1280, "height": 900})
    with clerk.page.expect_navigation():
        clerk.page.keyboard.press("a")
    dossier.refresh_from_db()
    assert (dossier.status, bool(dossier.code)) == ("received", True)
    assert wrong == []
