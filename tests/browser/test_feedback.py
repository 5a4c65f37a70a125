"""Feedback about an officer's conduct, from a citizen's phone to publication; once without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from motcua.feedback.models import Feedback
from tests.axe import faults
from tests.browser.conftest import Seat
from tests.world import Province

pytestmark = [pytest.mark.browser, pytest.mark.both_engines, pytest.mark.django_db(transaction=True)]
Sit = Callable[[str], Seat]
WORDS = "Sáng nay anh Lê Văn Thụ Lý yêu cầu tôi nộp thêm giấy không có trong danh mục. Gọi tôi 0912345670."
PERSON = {"name": "Nguyễn Thị Thử", "phone": "0912345670"}


def send(citizen: Seat, commune: str) -> Feedback:
    """Every question answered on a phone, and sent."""
    citizen.go("portal:feedback_start")
    citizen.page.get_by_role("link", name="Gửi phản ánh").first.click()
    form = citizen.page.locator("main form")
    citizen.page.get_by_label("Cán bộ, công chức chậm trễ, gây phiền hà").check()
    citizen.send(form, "Tiếp tục")
    citizen.fill(form, {"content": WORDS, "officer_words": "anh Thụ Lý"})
    citizen.send(form, "Tiếp tục")
    citizen.fill(form, {"agency": commune, "address": "Trụ sở xã"})
    citizen.send(form, "Tiếp tục")
    citizen.fill(form, PERSON)
    citizen.send(form, "Tiếp tục")
    expect(citizen.page.locator("main")).to_contain_text("Nguyễn Thị Thử")
    citizen.send(form, "Gửi phản ánh")
    expect(citizen.page.locator("main")).to_contain_text("Mã bí mật")
    return Feedback.objects.latest("pk")


def work(seat: Seat, found: Feedback, act: str, button: str, **fields: str) -> None:
    """One act by its form."""
    seat.go("feedback:act", found.pk, act)
    form = seat.page.locator("form.panel")
    seat.fill(form, fields)
    seat.send(form, button)


def test_a_complaint_about_conduct_goes_from_the_phone_to_publication(stage: Province, sit: Sit) -> None:
    citizen, keeper, handler, leader = (
        sit(who) for who in ("anonymous", "controller", "division_head", "leader")
    )
    citizen.page.set_viewport_size({"width": 390, "height": 844})
    found, bad = send(citizen, stage.base.commune.name), []
    bad += faults(citizen.page, "sent")
    citizen.page.set_viewport_size({"width": 390, "height": 844})
    keeper.go("feedback:item", found.pk)
    bad += faults(keeper.page, "item")
    assert "Nguyễn Thị Thử" not in keeper.text
    officer = stage.cast.officer.full_name
    keeper.go("feedback:act", found.pk, "accept")
    bad += faults(keeper.page, "accept")
    form = keeper.page.locator("form.panel")
    form.locator("[name=kind][value=conduct]").check()
    keeper.fill(form, {"officer": officer})
    keeper.send(form, "Phân loại và tiếp nhận")
    keeper.go("feedback:act", found.pk, "assign")
    assert officer not in keeper.page.locator("[name=handler]").inner_text()
    keeper.fill(form, {"handler": stage.cast.division_head.full_name})
    keeper.send(form, "Phân công xử lý")
    about = sit("officer")
    assert about.go("feedback:item", found.pk).status == 404
    minutes = {"number": "01/BB", "place": "UBND xã", "people": "hai bên", "text": "Đã xem camera."}
    handler.go("feedback:act", found.pk, "verify")
    handler.page.locator("[name=verdict][value=founded]").check()
    handler.fill(handler.page.locator("form.panel"), minutes)
    handler.send(handler.page.locator("form.panel"), "Ghi biên bản xác minh")
    work(
        handler, found, "propose", "Trình dự thảo trả lời", answer=f"Phản ánh đúng. Ông {officer} đã xin lỗi."
    )
    work(leader, found, "approve", "Duyệt trả lời", number="12/UBND")
    keeper.go("feedback:publish", found.pk)
    bad += faults(keeper.page, "publish")
    assert officer not in keeper.page.locator("[name=answer]").input_value()
    keeper.send(form, "Công khai")
    citizen.go("portal:feedback_one", Feedback.objects.get(pk=found.pk).code)
    assert "[đã ẩn]" in citizen.text
    for word in ("Nguyễn Thị Thử", officer, "0912345670"):
        assert word not in citizen.text
    citizen.go("portal:feedback_mine")
    citizen.page.get_by_label("Hài lòng", exact=True).check()
    citizen.send(citizen.page.locator("main form"), "Gửi")
    bad += faults(citizen.page, "mine")
    assert (Feedback.objects.get(pk=found.pk).satisfaction, bad) == ("satisfied", [])


def test_feedback_is_sent_and_followed_without_javascript(
    stage: Province, browser: Browser, live_server
) -> None:
    context = browser.new_context(
        locale="vi-VN", viewport={"width": 390, "height": 844}, java_script_enabled=False
    )
    citizen = Seat(context.new_page(), live_server.url)
    page = citizen.page
    citizen.go("portal:feedback_topic")

    def next_(button: str, **fields: str) -> None:
        for name, value in fields.items():
            page.locator(f"main [name='{name}']").first.fill(value)
        page.get_by_role("button", name=button).last.click()

    page.get_by_label("Cán bộ, công chức chậm trễ, gây phiền hà").check()
    next_("Tiếp tục")
    next_("Tiếp tục", content=WORDS)
    page.locator("[name=agency]").select_option(label=stage.base.commune.name)
    next_("Tiếp tục")
    next_("Tiếp tục", **PERSON)
    next_("Gửi phản ánh")
    expect(page.locator(".code-big")).to_have_count(2)
    code, secret = page.locator(".code-big").all_inner_texts()
    context.clear_cookies()
    citizen.go("portal:feedback_track")
    next_("Xem phản ánh", code=code, secret=secret.lower())
    expect(page.locator("main")).to_contain_text("Đã nhận phản ánh")
    context.close()


def test_a_kiosk_asks_who_falls_silent_and_then_forgets_what_was_typed(stage: Province, sit: Sit) -> None:
    citizen, bad = sit("anonymous"), []
    page = citizen.page
    page.clock.install()
    citizen.go("portal:kiosk", stage.base.office.pk)
    bad += faults(citizen.page, "kiosk")
    page.get_by_role("link", name="Gửi phản ánh, kiến nghị").click()
    page.get_by_label("Cán bộ, công chức chậm trễ, gây phiền hà").check()
    page.get_by_role("button", name="Tiếp tục").click()
    page.locator("[name=content]").fill(WORDS)
    page.wait_for_load_state()  # the silence is counted from when the page's script has come
    asked = page.get_by_role("dialog")
    page.clock.fast_forward(80_000)
    expect(asked).to_have_count(0)
    page.clock.fast_forward(11_000)
    expect(asked).to_contain_text("còn ở đây không")
    page.get_by_role("button", name="Tôi còn ở đây").click()
    expect(asked).to_have_count(0)
    assert page.locator("[name=content]").input_value() == WORDS
    page.clock.fast_forward(91_000)
    expect(asked).to_contain_text("xóa những gì đã nhập")
    bad += faults(citizen.page, "still here?")
    page.clock.fast_forward(31_000)
    expect(page.locator("h1")).to_contain_text("Đã nhận kết quả?")
    citizen.go("portal:feedback_content")
    expect(page.locator("h1")).to_contain_text("Đã nhận kết quả?")
    assert bad == []
