"""The survey of Thuận Bắc at a browser: planned, drawn, asked on a phone without an account and by a call, closed, scored."""

from collections.abc import Callable

import pytest

from motcua.dossiers.testing import moment
from motcua.surveys.actions import answer_by_phone
from motcua.surveys.models import Invitee, Response, Survey
from motcua.surveys.queries.surveys import invitation_token
from motcua.surveys.testing import finished
from tests.browser.conftest import Seat
from tests.browser.filling import look
from tests.world import Province

pytestmark = [pytest.mark.browser, pytest.mark.both_engines, pytest.mark.django_db(transaction=True)]
PEOPLE = 11


def test_the_survey_of_thuan_bac(stage: Province, sit: Callable[[str], Seat]) -> None:
    for number in range(1, PEOPLE + 1):
        finished(stage.base, number, at=moment())
    keeper = sit("controller")
    keeper.go("surveys:questionnaire_new")
    keeper.fill(keeper.page.locator("main form"), {"name": "Khảo sát 20 điểm"})
    keeper.send(keeper.page.locator("main form"), "Lập bộ câu hỏi")
    keeper.send(keeper.page.locator("form[action*='ban-hanh']"), "Ban hành")
    keeper.go("surveys:survey_new")
    form = keeper.page.locator("main form")
    commune = stage.base.commune.name
    plan = {"name": "Khảo sát hài lòng", "agency": commune, "subject": commune, "since": "01/11/2026", "until": "09/11/2026", "error": "5"}  # fmt: skip
    keeper.fill(form, plan)
    keeper.send(form, "Lập khảo sát")
    keeper.page.get_by_role("link", name="Bốc mẫu").click()
    keeper.send(keeper.page.locator("main form"), "Bốc mẫu")
    keeper.page.get_by_role("link", name="Mở thu phiếu").click()
    keeper.fill(keeper.page.locator("main form"), {"closes_on": "30/11/2026"})
    keeper.send(keeper.page.locator("main form"), "Mở thu phiếu")
    survey = Survey.objects.get()
    first, second, *others = Invitee.objects.filter(state="waiting").order_by("pk")
    _answer(sit("anonymous"), first)
    given = Response.objects.get().answers
    keeper.go("surveys:phone", second.pk)  # somebody who is called
    assert "có thể từ chối" in keeper.text
    _tick(keeper)
    keeper.send(keeper.page.locator("form.rating"), "Ghi phiếu trả lời")
    assert Response.objects.get(mode="phone").answers == given
    caller = stage.user("controller")
    assert caller is not None
    for one in others:  # by the act behind the page
        answer_by_phone(one.pk, given, actor=caller, at=moment(days=8, hours=2))
    assert Response.objects.filter(answers=given).count() == PEOPLE
    keeper.go("surveys:close", survey.pk)
    keeper.send(keeper.page.locator("main form"), "Đóng khảo sát")
    assert "20/20" in keeper.text
    assert "100,00%" in keeper.text or "100%" in keeper.text
    found = look(keeper, "result")
    keeper.page.set_viewport_size({"width": 1280, "height": 900})
    keeper.page.locator("main a", has_text=str(PEOPLE)).first.click()
    assert "ngẫu nhiên" in keeper.text
    assert found == []


def _tick(seat: Seat) -> None:
    """Content with everything that the page asks."""
    for question in seat.page.locator("fieldset.rating-topic").all():
        choices = question.locator("input[type=radio]")
        if choices.count():
            choices.nth(0 if choices.count() > 2 else 1).check()


def _answer(citizen: Seat, invitee: Invitee) -> None:
    """On a phone, section by section."""
    citizen.page.set_viewport_size({"width": 390, "height": 844})
    citizen.go("portal:survey", invitation_token(invitee.pk))
    for _ in range(7):
        if "Cảm ơn" in citizen.text:
            break
        _tick(citizen)
        button = citizen.page.locator("form.rating button").last
        with citizen.page.expect_navigation():
            button.click()
    assert "không nối với lời mời" in citizen.text
