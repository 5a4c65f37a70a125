"""How due dates are shown on every screen and paper: by date or by the minute, soon by the setting, provisional, at rest."""

import re
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from motcua.agencies.models import DatedSetting
from motcua.dossiers import actions, slips
from motcua.dossiers.testing import (
    for_signature,
    in_review,
    live_task,
    make_procedure,
    make_process,
    make_world,
    moment,
    receive,
)

pytestmark = pytest.mark.django_db
# Received on Monday 2-11, five working days: due on Monday 9-11 at 17:30. Half an hour later:
AFTER = moment(days=7, hours=10.5)
END_OF_YEAR = moment(datetime(2026, 12, 30, 9))
PROVISIONAL = "tạm tính"


@pytest.fixture
def world():
    return make_world()


def set_to(world, key, value):
    DatedSetting.objects.create(
        agency=world.province, key=key, value=value, valid_from=date(2020, 1, 1), source="thử"
    )


def inbox(tab):
    return reverse("dossiers:inbox") + f"?tab={tab}"


def page_of(client, user, address, at=AFTER):
    with time_machine.travel(at, tick=False):
        client.force_login(user)
        return client.get(address).content.decode()


SCREENS = {
    "inbox": lambda d: inbox("mine"),
    "dossier": lambda d: reverse("dossiers:dossier", args=[d.pk]),
    "search": lambda d: reverse("dossiers:search") + "?q=Thu nghiem",
    "board": lambda d: reverse("dossiers:leader"),
}


@pytest.mark.parametrize(("granularity", "late"), [("date", False), ("minute", True)])
@pytest.mark.parametrize("screen", [*SCREENS, "sign list"])
def test_half_an_hour_after_the_due_time_is_late_where_lateness_is_judged_by_the_minute(
    client, world, screen, granularity, late
):
    set_to(world, "standing_granularity", granularity)
    dossier = for_signature(world) if screen == "sign list" else in_review(world)
    user = world.boss if screen in ("board", "sign list") else world.officer
    page = page_of(client, user, SCREENS.get(screen, SCREENS["board"])(dossier))
    assert ("Quá hạn hôm nay" in page) is late
    assert ("Đến hạn hôm nay, 17:30" in page) is not late


@pytest.mark.parametrize(
    ("granularity", "tab", "other"), [("date", "soon", "late"), ("minute", "late", "soon")]
)
def test_the_tabs_and_the_board_divide_late_from_soon_as_the_badge_does(
    client, world, granularity, tab, other
):
    set_to(world, "standing_granularity", granularity)
    dossier = in_review(world)
    assert dossier.code in page_of(client, world.officer, inbox(tab))
    assert dossier.code not in page_of(client, world.officer, inbox(other))
    board = page_of(client, world.boss, reverse("dossiers:leader"))
    late, soon = board[board.index('id="qua-han"') :].split('id="sap-den-han"')
    assert (dossier.code in late, dossier.code in soon) == (tab == "late", tab == "soon")


@pytest.mark.parametrize(("granularity", "outcome"), [("date", "on_time"), ("minute", "late")])
def test_the_control_slip_judges_a_step_as_the_agency_does(client, world, monkeypatch, granularity, outcome):
    set_to(world, "standing_granularity", granularity)
    dossier = in_review(world)
    task = live_task(dossier)
    done = task.due_at.replace(hour=task.due_at.hour, minute=task.due_at.minute + 1)
    actions.complete_task(task.pk, late_cause="partner", actor=world.officer, at=done)
    printed = {}
    monkeypatch.setattr(
        "motcua.dossiers.views.prints.render", lambda form, data: printed.update(data) or b"%PDF"
    )
    page_of(client, world.officer, reverse("dossiers:control_slip", args=[dossier.pk]))
    assert printed["passes"][0]["outcome"] == outcome


@pytest.mark.parametrize(("days", "kind"), [(1, "on-time"), (3, "soon"), (5, "soon")])
def test_soon_is_what_the_setting_says_on_badge_tab_and_board(client, world, days, kind):
    set_to(world, "due_soon_days", days)
    dossier = in_review(world)
    at = moment(days=2, hours=1)  # three working days left
    assert f'class="due due-{kind}"' in page_of(client, world.officer, inbox("mine"), at)
    assert (dossier.code in page_of(client, world.officer, inbox("soon"), at)) is (kind == "soon")
    board = page_of(client, world.boss, reverse("dossiers:leader"), at)
    assert board.count(f"Đến hạn trong {days} ngày làm việc tới") >= 2
    assert (dossier.code in board) is (kind == "soon")


def test_a_dossier_with_parallel_tasks_counts_once_on_the_board(client, world):
    procedure = make_procedure("1.66", world.commune)
    pair = [("resolving", "officer", "8"), ("resolving", "officer", "8")]
    make_process(procedure, None, [("review", pair), ("signature", [("resolving", "leader", "4")])])
    dossier = receive(world, procedure=procedure)
    actions.hand_over([dossier.pk], actor=world.clerk, at=moment(hours=1))
    board = page_of(client, world.boss, reverse("dossiers:leader"))
    soon = board[board.index('id="sap-den-han"') :]
    assert soon.count(f">{dossier.code}<") == 2
    assert re.findall(r'class="count[^"]*">(\d+)<', soon) == ["1", "1"]


@pytest.mark.parametrize("screen", [*SCREENS, "sign list", "opinions", "register", "hand-over list"])
def test_a_due_date_on_a_calendar_not_announced_is_called_provisional_everywhere(client, world, screen):
    begun = for_signature if screen == "sign list" else in_review
    dossier = begun(world, at=END_OF_YEAR)
    assert dossier.due_provisional
    if screen == "opinions":
        actions.ask_opinion(
            dossier.pk,
            to_agency_id=world.police.pk,
            question="?",
            due_working_days=9,
            actor=world.officer,
            at=END_OF_YEAR + timedelta(hours=3),
        )
    handover = dossier.tasks.exclude(handover=None).first().handover
    addresses = {
        **{name: make(dossier) for name, make in SCREENS.items()},
        "sign list": reverse("dossiers:leader"),
        "opinions": inbox("opinion"),
        "register": reverse("counter:register") + "?nam=2026",
        "hand-over list": reverse("counter:handed_over", args=[handover.pk]),
    }
    user = {
        "board": world.boss,
        "sign list": world.boss,
        "opinions": world.policeman,
        "register": world.clerk,
    }
    page = page_of(
        client, user.get(screen, world.officer), addresses[screen], END_OF_YEAR + timedelta(days=6)
    )
    assert PROVISIONAL in page[page.index(dossier.code) :]


def test_papers_too_call_a_provisional_due_date_so(world):
    dossier = in_review(world, at=END_OF_YEAR)
    handover = dossier.tasks.exclude(handover=None).first().handover
    register = slips.register_data(world.office, 2026, [dossier], date(2026, 11, 9))
    assert register["rows"][0]["note"] == "Hẹn trả tạm tính"
    assert slips.handover_data(handover, handover.tasks.all())["rows"][0]["note"].endswith(
        "; hẹn trả tạm tính"
    )
    assert slips.control_slip_data(dossier)["due_note"] == "Lịch nghỉ còn dự kiến"


def test_a_step_is_not_late_while_the_clock_rests(client, world):
    dossier = in_review(world)
    places = [inbox("mine"), reverse("dossiers:dossier", args=[dossier.pk])]
    assert all("step-late" in page_of(client, world.officer, place, moment(days=5)) for place in places)
    actions.request_supplement(dossier.pk, reason="x", items=["y"], actor=world.officer, at=moment(days=1))
    for place in places:
        assert "step-late" not in page_of(client, world.officer, place, moment(days=5))


def test_while_a_supplement_is_awaited_the_derivation_says_that_the_limit_starts_anew(client, world):
    dossier = in_review(world)
    actions.request_supplement(dossier.pk, reason="x", items=["y"], actor=world.officer, at=moment(days=1))
    page = page_of(client, world.officer, reverse("dossiers:derivation", args=[dossier.pk]), moment(days=2))
    assert "khi nhận đủ bổ sung, thời hạn tính lại từ đầu" in page
    assert "sẽ được lùi" not in page
