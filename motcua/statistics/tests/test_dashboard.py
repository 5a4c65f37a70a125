"""The board: its numbers are those of the registry, open to their dossiers, and cost no more the more rows there are."""

import re
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.agencies.testing import make_agency, make_user_with
from motcua.core.errors import NotFound
from motcua.dossiers import actions
from motcua.dossiers.testing import for_signature, in_review, make_world, moment, ready, receive
from motcua.statistics.queries import Scope, behind, count, scope_of
from motcua.statistics.queries import dashboard as board
from motcua.statistics.queries.counting import total
from motcua.statistics.queries.outlook import expected_late
from motcua.statistics.queries.spans import where_time_goes
from motcua.statistics.rules.figures import number, value
from motcua.statistics.rules.periods import Basis, Kind, Window, containing

pytestmark = pytest.mark.django_db
NOVEMBER = Window(date(2026, 11, 1), date(2026, 11, 30))
BOARD, STAGES, OPEN = (reverse(f"statistics:{name}") for name in ("dashboard", "stages", "open_work"))


@pytest.fixture
def world():
    return make_world()


def page(client, user, url, *, days: float = 8, status: int = 200, **query) -> str:
    client.force_login(user)
    with time_machine.travel(moment(days=days), tick=False):
        answer = client.get(url, query)
    assert answer.status_code == status
    return answer.content.decode()


def refused(world, **at):
    dossier = in_review(world, at=moment())
    actions.refuse(
        dossier.pk,
        reason="Không",
        legal_basis="Điều 1",
        late_cause="partner",
        actor=world.boss,
        at=moment(**at),
    )
    return dossier


def test_one_pass_gives_the_sums_by_agency_field_and_procedure(world):
    ready(world)
    in_review(world)
    receive(world, channel="online")
    found = board.figures(Scope(world.commune), NOVEMBER, at=moment(days=8))
    assert (
        number("received_new", found.whole),
        found.whole["resolved_before"],
        found.whole["open_late"],
    ) == (3, 1, 2)
    assert value("online_rate", found.whole) == Decimal("33.33")
    for lines in (found.agencies, found.fields, found.procedures):
        assert sum((line.counts for line in lines), Counter()) == +found.whole
    assert [line.name for line in found.agencies] == [world.commune.name]
    assert found.procedures[0].name == "Thủ tục thử nghiệm 1.000001"


def test_twelve_months_are_the_same_whether_summed_from_days_or_counted_month_by_month(world):
    ready(world)
    refused(world, days=40)
    receive(world, channel="online", at=moment(days=12, hours=4))
    scope, at = Scope(world.commune), moment(days=60)
    for basis in Basis:
        months = [containing(date(2026, month, 10), Kind.MONTH, basis).window for month in range(9, 13)]
        months.append(containing(date(2027, 1, 10), Kind.MONTH, basis).window)
        each = [+total(count(scope, month, at=at, tests=board.FLOW).values()) for month in months]
        assert [+counts for counts in board.series(scope, months, at=at)] == each
        assert sum(each, Counter())["resolved_late"] == 1


def test_twelve_months_leave_what_was_carried_over_with_who_resolved_it_then(world):
    refused(world, days=3)
    in_review(world)
    heir = make_agency("UBND xã An Phú mới", world.province, code="H40.20")
    months = [NOVEMBER, Window(date(2026, 12, 1), date(2026, 12, 31))]
    before = board.series(Scope(world.commune), months, at=moment(days=30))
    actions.transfer_open_work(world.commune, heir, document="NQ 1", actor=world.admin, at=moment(days=35))
    assert number("received_new", board.series(Scope(world.commune), months, at=moment(days=60))[0]) == 2
    assert board.series(Scope(world.commune), months, at=moment(days=60))[0] == before[0]


def test_arrivals_are_told_by_local_weekday_and_hour(world):
    receive(world)
    receive(world, at=moment(hours=0.9))
    receive(world, at=moment(days=4, hours=8))
    found = board.arrivals(Scope(world.commune), NOVEMBER, at=moment(days=8))
    assert found == {(1, 8): 2, (5, 16): 1}


def test_late_dossiers_are_told_by_procedure_unit_and_stage_with_the_oldest_date(world):
    in_review(world)
    in_review(world, at=moment(hours=2))
    receive(world)
    rows = board.top_delays(Scope(world.commune), at=moment(days=8))
    assert [(row.agency, row.stage, row.count) for row in rows] == [
        (world.commune.name, "Bước 1", 2),
        ("", "", 1),
    ]
    assert rows[0].since.date() == date(2026, 11, 9)
    assert board.top_delays(Scope(world.commune), at=moment(days=7)) == []


def test_what_is_due_in_three_working_days_is_not_what_is_late_or_far(world):
    dossier = in_review(world)
    scope = Scope(world.commune)
    seen = [list(board.due_soon(scope, at=moment(days=days))) for days in (1, 4, 7, 8)]
    assert seen == [[], [dossier], [dossier], []]


def test_the_load_of_each_officer_counts_open_and_late_tasks(world):
    in_review(world)
    in_review(world)
    for_signature(world)
    loads = {row.name: row for row in board.workload(Scope(world.commune), at=moment(days=8))}
    mine = loads[world.officer.full_name]
    assert (mine.open, mine.late, mine.of_late) == (2, 2, 2)
    assert loads["Chưa phân công"].open == 1


def finish(world, hours: float, at):
    """A dossier whose review takes so long."""
    dossier = in_review(world, at=at)
    task = dossier.tasks.get(stage=1)
    actions.complete_task(task.pk, actor=world.officer, at=at + timedelta(hours=hours))
    actions.sign_result(dossier.pk, number="1/GCN", actor=world.boss, at=at + timedelta(hours=hours + 0.5))
    actions.mark_ready(dossier.pk, actor=world.clerk, at=at + timedelta(hours=hours + 1))


def test_a_dossier_is_expected_late_when_its_stages_usually_take_longer_than_is_left(world):
    slow = in_review(world, at=moment(days=7))  # due on Monday the 16th
    scope = Scope(world.commune)
    with_plan = expected_late(scope, at=moment(days=11, hours=1))  # Friday: 14 hours left or less, 28 planned
    assert [row.dossier for row in with_plan] == []
    close = expected_late(scope, at=moment(days=14, hours=1))
    assert [row.dossier for row in close] == [slow]
    assert [step.known for step in close[0].forecast.steps] == [False, False, False]
    assert close[0].forecast.needed > close[0].forecast.left
    for index in range(5):
        finish(world, 2.5, moment(days=8, hours=index * 0.01))
    quick = expected_late(scope, at=moment(days=14, hours=1))
    assert quick == []


def test_what_rests_or_is_late_already_is_not_forecast(world):
    in_review(world)
    assert expected_late(Scope(world.commune), at=moment(days=8)) == []


def test_time_goes_into_waiting_and_hands_stage_by_stage(world):
    finish(world, 2.5, moment())
    found = where_time_goes(Scope(world.commune), NOVEMBER, at=moment(days=8), cut=30)
    line = found.lines[0]
    first = line.stages[0]
    assert (first.waited, first.held, first.planned, first.reworked) == (
        Decimal("0.50"),
        Decimal("1.00"),
        16,
        0,
    )
    assert (line.pace.count, line.pace.late, line.pace.made_late) == (1, 0, 0)
    assert line.pace.p50 == Decimal("3.50")
    assert line.pace.limit == Decimal("47.50")  # the rest of the day of reception and five working days


def test_time_begins_anew_with_the_clock_and_a_deep_cut_makes_late(world):
    dossier = in_review(world)
    actions.request_supplement(
        dossier.pk,
        items=[{"name": "Giấy tờ", "reason": "Thiếu"}],
        reason="Thiếu",
        actor=world.officer,
        at=moment(days=1),
    )
    actions.complete_supplement(dossier.pk, actor=world.clerk, at=moment(days=3))
    actions.refuse(dossier.pk, reason="Không", legal_basis="Điều 1", actor=world.boss, at=moment(days=4))
    scope = Scope(world.commune)
    taken = where_time_goes(scope, NOVEMBER, at=moment(days=8), cut=30).lines[0].pace
    assert (taken.p50, taken.made_late) == (Decimal(8), 0)  # the clock began anew when the paper came
    assert where_time_goes(scope, NOVEMBER, at=moment(days=8), cut=90).lines[0].pace.made_late == 1


def test_the_page_costs_the_same_however_many_dossiers_there_are(client, world):
    def statements(url) -> int:
        client.force_login(world.boss)
        with (
            time_machine.travel(moment(days=5), tick=False),
            CaptureQueriesContext(
                connection,
            ) as seen,
        ):
            client.get(url)
        return len(seen)

    in_review(world)
    receive(world, channel="online")
    ready(world)
    for_signature(world)
    statements(BOARD)
    few = {url: statements(url) for url in (BOARD, STAGES)}
    for _ in range(6):
        in_review(world)
        ready(world)
        receive(world, channel="online")
        for_signature(world)
    assert {url: statements(url) for url in (BOARD, STAGES)} == few
    assert few[BOARD] <= 45


def test_every_number_of_the_page_opens_to_as_many_dossiers(client, world):
    ready(world)
    in_review(world)
    receive(world, channel="online")
    refused(world, days=1)
    text = page(client, world.boss, BOARD)
    tiles = re.findall(
        r'<a href="([^"]+)" class="stat[^"]*"><span class="stat-label">.*?</span><span class="stat-value">([\d.]+)</span>',
        text,
    )
    cells = re.findall(r'<td class="num"[^>]*><a href="([^"]+)"[^>]*>([\d.]+)</a>', text)
    assert len(tiles) >= 8
    assert len(cells) >= 20
    for href, shown in {*tiles, *cells}:
        opened = page(client, world.boss, href.replace("&amp;", "&"))
        listed = re.search(r'<h1>.*?<span class="count">(\d+)</span>', opened, re.S)
        assert listed[1] == shown, href


def test_numbers_of_the_period_keep_their_share_and_target(client, world):
    for _ in range(3):
        ready(world)
    text = page(client, world.boss, BOARD)
    assert "mục tiêu 50%" in text
    assert "100,00%" in text
    assert "(ít hồ sơ)" in text


def test_the_choice_stands_in_the_address_and_a_wrong_one_is_told(client, world):
    ready(world)
    asked = {"agency": world.commune.pk, "period": "2026-11", "basis": "calendar"}
    assert "từ 01/11/2026 đến 30/11/2026" in page(client, world.boss, BOARD, **asked)
    assert "Kỳ báo cáo phải ghi" in page(
        client, world.boss, BOARD, status=422, **{**asked, "period": "2026-13"}
    )
    assert "Kỳ báo cáo phải ghi" in page(client, world.boss, STAGES, status=422, **{**asked, "period": "x"})


def test_who_may_not_read_reports_here_finds_nothing(client, world):
    far = make_user_with("leader", make_agency("UBND xã Khác", world.province, code="H40.13"))
    for url in (BOARD, STAGES, OPEN, reverse("statistics:behind", args=["open_late"])):
        page(client, world.officer, url, status=404)
        page(client, far, url, status=404, agency=world.commune.pk)


def test_what_lies_below_is_counted_only_for_who_may_read_there(world):
    alone, whole = (
        make_user_with("monitor", world.province),
        make_user_with("monitor", world.province, subtree=True),
    )
    from motcua.agencies.queries import authority_of

    day = date(2026, 11, 2)
    with pytest.raises(NotFound):
        scope_of(world.province, authority_of(alone, day), below=True)
    assert world.commune.pk in scope_of(world.province, authority_of(whole, day), below=True).agencies


def test_the_lists_of_open_work_know_only_what_they_offer(client, world):
    dossier = in_review(world)
    assert dossier.code in page(client, world.boss, OPEN, loai="qua-han")
    assert dossier.code in page(client, world.boss, OPEN, days=5, loai="sap-den-han")
    assert dossier.code in page(client, world.boss, OPEN, **{"can-bo": world.officer.pk})
    assert "trung vị" in page(client, world.boss, OPEN, loai="du-bao")
    for wrong in (
        {"loai": "x"},
        {"can-bo": "x"},
        {"can-bo": world.admin.pk},
        {"loai": "qua-han", "buoc": "a", "don-vi": "²"},
    ):
        page(client, world.boss, OPEN, status=404, **wrong)
    page(client, world.boss, reverse("statistics:behind", args=["khong-co"]), status=404)


def test_the_list_of_late_now_is_that_of_the_figure(world):
    in_review(world)
    scope, at = Scope(world.commune), moment(days=8)
    assert list(board.late_now(scope, at=at)) == list(
        behind("open_late", scope, Window(at.date(), at.date()), at=at)
    )
