"""The board: its numbers are those of the registry, open to their dossiers, and cost no more the more rows there are."""

import re
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.agencies.actions import set_setting
from motcua.agencies.testing import give_role, make_agency, make_user_with
from motcua.core.errors import NotFound
from motcua.dossiers import actions
from motcua.dossiers.rules.ending import STOP_REASONS
from motcua.dossiers.testing import for_signature, in_review, make_world, moment, ready, receive
from motcua.statistics.queries import Scope, behind, count, outlook, scope_of
from motcua.statistics.queries import dashboard as board
from motcua.statistics.queries.counting import total
from motcua.statistics.queries.outlook import Outlook, forecasts, furnished
from motcua.statistics.rules.figures import number, value
from motcua.statistics.rules.periods import Basis, Kind, Window, containing
from motcua.statistics.tests.boards import finish, page, refused

pytestmark = pytest.mark.django_db
NOVEMBER = Window(date(2026, 11, 1), date(2026, 11, 30))
BOARD, STAGES, OPEN = (reverse(f"statistics:{name}") for name in ("dashboard", "stages", "open_work"))


@pytest.fixture
def world():
    return make_world()


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


@pytest.mark.parametrize("by_minute", [False, True])
def test_twelve_months_are_the_same_in_one_pass_or_counted_month_by_month(world, by_minute):
    ready(world)
    refused(world, days=40)
    receive(world, channel="online", at=moment(days=12, hours=4))
    stopped = in_review(world, at=moment(hours=3))
    actions.stop(stopped.pk, reason_code=next(iter(STOP_REASONS)), reason="Thôi", actor=world.boss, at=moment(days=1))  # fmt: skip
    scope, at = Scope(world.commune), moment(days=60)
    for basis in Basis:
        months = [containing(date(2026, month, 10), Kind.MONTH, basis).window for month in range(9, 13)]
        months.append(containing(date(2027, 1, 10), Kind.MONTH, basis).window)
        counted = (count(scope, one, at=at, tests=board.MONTHLY, by_minute=by_minute) for one in months)
        each = [+total(cells.values()) for cells in counted]
        assert [+counts for counts in board.series(scope, months, at=at, by_minute=by_minute)] == each
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


def delays(world, **at) -> list[board.Delay]:
    return board.top_delays(board.late_ids(Scope(world.commune), at=moment(**at)))


def test_late_dossiers_are_told_by_procedure_unit_and_stage_with_the_oldest_date(world):
    in_review(world)
    in_review(world, at=moment(hours=2))
    receive(world)
    rows = delays(world, days=8)
    assert [(row.agency, row.stage, row.count) for row in rows] == [
        (world.commune.name, "Bước 1", 2),
        ("", "", 1),
    ]
    assert rows[0].since.date() == date(2026, 11, 9)
    assert delays(world, days=7) == []


def test_what_is_late_is_sought_among_an_agencys_own_unless_some_was_carried_over_since(world):
    scope, at = Scope(world.commune), moment(days=30)
    late = in_review(world)
    plain = board.late_now(scope, at=at)
    assert list(plain) == [late]
    assert "formerresolver" not in str(plain.query)  # it would keep the index of agencies from being used
    heir = make_agency("UBND xã An Phú mới", world.province, code="H40.20")
    actions.transfer_open_work(world.commune, heir, document="NQ 1", actor=world.admin, at=moment(days=35))
    assert list(board.late_now(scope, at=at)) == [late]
    assert list(board.late_now(scope, at=moment(days=36))) == []
    assert list(board.late_now(Scope(heir), at=moment(days=36))) == [late]


def test_what_is_due_in_three_working_days_is_not_what_is_late_or_far(world):
    dossier = in_review(world)
    scope = Scope(world.commune)
    seen = [list(board.due_soon(scope, at=moment(days=days))) for days in (1, 4, 7, 8)]
    assert seen == [[], [dossier], [dossier], []]


def test_the_load_of_each_officer_counts_open_and_late_tasks(world):
    in_review(world)
    in_review(world)
    for_signature(world)
    scope, at = Scope(world.commune), moment(days=8)
    late = board.late_ids(scope, at=at)
    loads = {row.name: row for row in board.workload(scope, late, at=at).rows}
    mine = loads[world.officer.full_name]
    assert (mine.open, mine.late, mine.of_late) == (2, 2, 2)
    assert loads["Chưa phân công"].open == 1


def expected_late(scope, *, at) -> list[Outlook]:
    return furnished(forecasts(scope, at=at).rows)


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


def test_a_screen_that_leaves_some_out_says_so(client, world, monkeypatch):
    for_signature(world)  # with nobody yet, beside what lies with the officer
    for _ in range(2):
        in_review(world)
    forecast, people = "Chỉ xét 1 hồ sơ đến hạn sớm nhất", "Chỉ hiện 1 người nhiều việc nhất"
    shown = page(client, world.boss, BOARD, days=5), page(client, world.boss, OPEN, days=5, loai="du-bao")
    assert not any(words in text for words in (forecast, people) for text in shown)
    monkeypatch.setattr(outlook, "MOST", 1)
    monkeypatch.setattr("motcua.statistics.views.dashboard.MOST", 1)
    monkeypatch.setattr(board, "MOST_OFFICERS", 1)
    whole = page(client, world.boss, BOARD, days=5)
    assert forecast in whole
    assert people in whole
    assert forecast in page(client, world.boss, OPEN, days=5, loai="du-bao")


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
        r'<a href="([^"]+)" class="stat[^"]*"[^>]*><span class="stat-label">.*?</span><span class="stat-value">([\d.]+)</span>',
        text,
    )
    cells = re.findall(r'<td class="num"[^>]*><a href="([^"]+)"[^>]*>([\d.]+)</a>', text)
    assert len(tiles) >= 8
    assert len(cells) >= 20
    for href, shown in {*tiles, *cells}:
        opened = page(client, world.boss, href.replace("&amp;", "&"))
        listed = re.search(r'<h1>.*?<span class="count">(\d+)</span>', opened, re.S)
        assert listed[1] == shown, href


def test_every_number_beside_an_officer_opens_to_as_many_dossiers(client, world):
    for dossier in (in_review(world), in_review(world, at=moment(days=3))):
        first = dossier.tasks.get(stage=1)
        first.pk = None  # side by side in the same hands: two tasks, one dossier
        first.save(force_insert=True)
    for_signature(world)
    text = page(client, world.boss, BOARD)
    table = text[text.index('aria-label="Việc đang có của từng người"') :].split("</table>")[0]
    told = {}
    for name, cells in re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', table, re.S):
        for href, shown in re.findall(r'<a href="([^"]+)">(\d+)</a>', cells):
            opened = page(client, world.boss, href.replace("&amp;", "&"))
            assert name in opened
            assert re.search(r'<h1>.*?<span class="count">(\d+)</span>', opened, re.S)[1] == shown, href
            told.setdefault(name, []).append(int(shown))
    assert told == {world.officer.full_name: [2, 2, 1], "Chưa phân công": [1, 1, 1]}
    page(client, world.boss, OPEN, status=404, **{"can-bo": world.officer.pk, "viec": "x"})


def test_the_channels_add_up_to_what_came_and_the_levels_to_what_came_online(client, world):
    for channel in ("counter", "counter", "post", "online"):
        receive(world, channel=channel)
    text = page(client, world.boss, BOARD)
    table = text[text.index('aria-label="Theo kênh tiếp nhận"') :].split("</table>")[0]
    rows = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', table, re.S)
    told = {name: re.findall(r"<a [^>]*>(.*?)</a>", cells) for name, cells in rows}
    levels = [int(shown[0]) for name, shown in told.items() if name.startswith("Trong đó")]
    assert told["Tại quầy"] == ["2", "50,00%"]
    assert told["Dịch vụ bưu chính"] == told["Trực tuyến"] == ["1", "25,00%"]
    assert (len(levels), sum(levels)) == (3, 1)


def test_the_load_of_officers_leads_to_what_each_has_resolved_where_one_may_read_it(client, world):
    ready(world)
    way = re.search(r'<a href="([^"]*tt01-2018-cb[^"]*)"', page(client, world.boss, BOARD))
    opened = page(client, world.boss, way[1].replace("&amp;", "&"))
    assert world.officer.full_name in opened
    reader = make_user_with("auditor", world.commune)  # reads reports, watches over nobody
    assert "tt01-2018-cb" not in page(client, reader, BOARD)


def test_numbers_of_the_period_keep_their_share_and_target(client, world):
    for _ in range(3):
        ready(world)
    text = page(client, world.boss, BOARD)
    assert "mục tiêu 50%" in text
    assert "100,00%" in text
    assert "(ít hồ sơ)" in text


def test_beside_the_rate_in_time_stands_what_is_late_and_not_answered(client, world):
    ready(world)
    in_review(world)
    assert "1/1 hồ sơ (ít hồ sơ)</span>" in page(client, world.boss, BOARD, days=5)
    assert "1/1 hồ sơ (ít hồ sơ); còn 1 đang quá hạn" in page(client, world.boss, BOARD, days=8)
    past = {"agency": world.commune.pk, "period": "2026-11", "basis": "law"}  # closed on the 14th
    closed = page(client, world.boss, BOARD, days=14, **past)
    assert "1/1 hồ sơ (ít hồ sơ); cuối kỳ còn 1 đang quá hạn" in closed


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


def owing(world, **at):
    """A dossier in the officer's hands whose clock rests since a moment, until the citizen has paid what the law asks."""
    dossier = in_review(world)
    give_role(world.officer, "land_desk", world.commune, is_main=False)
    actions.issue_obligation(
        dossier.pk, amount_dong=1_000_000, notice_number="TB 1", actor=world.officer, at=moment(**at)
    )
    return dossier


def late_lists(client, world, **at) -> dict[str, str]:
    """The tile "late now" of the board and the list behind it, the officer's column and its list, the list of open work."""
    text = page(client, world.boss, BOARD, **at)
    tile = re.search(
        r'<a href="([^"]+)" class="stat[^"]*"[^>]*>(?:(?!</a>).)*?Đang quá hạn</span>', text, re.S
    )[1]
    whose = re.search(rf'href="([^"]*can-bo={world.officer.pk}[^"]*viec=ho-so-qua-han)"', text)[1]
    cell, stat = (re.search(rf'href="{re.escape(href)}".*?>(\d+)</', text, re.S)[1] for href in (whose, tile))
    assert cell == stat
    links = {"tile": tile, "officer": whose, "open": f"{OPEN}?loai=qua-han"}
    return {name: page(client, world.boss, href.replace("&amp;", "&"), **at) for name, href in links.items()} | {"n": stat}  # fmt: skip


def test_late_now_means_the_same_at_the_tile_beside_the_officer_and_in_the_lists(client, world):
    late_then_paused, paused_in_time, late = owing(world, days=8), owing(world, days=1), in_review(world)
    found = late_lists(client, world, days=10)
    assert found.pop("n") == "2"
    for name, text in found.items():
        assert late_then_paused.code in text, name
        assert late.code in text, name
        assert paused_in_time.code not in text, name
    leader = page(client, world.boss, reverse("dossiers:leader"), days=10)
    part = leader[leader.index('id="qua-han"') : leader.index('id="sap-den-han"')]
    assert "Quá hạn, đồng hồ đang chạy" in part
    assert late.code in part
    assert late_then_paused.code not in part


def test_an_office_that_judges_by_the_minute_has_its_late_dossiers_beside_its_officers_too(client, world):
    dossier = in_review(world)
    hours = dossier.due_at - moment()
    after = hours.total_seconds() / 86_400 + 1 / 1440
    assert late_lists(client, world, days=8)["n"] == "1"
    assert late_lists(client, world, days=after)["n"] == "0"
    set_setting("standing_granularity", "minute", valid_from=date(2026, 11, 2), source="QĐ 1", actor=world.admin, at=moment(), agency=world.commune)  # fmt: skip
    found = late_lists(client, world, days=after)
    assert found.pop("n") == "1"
    assert all(dossier.code in text for text in found.values())
