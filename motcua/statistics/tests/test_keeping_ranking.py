"""The ranking of those below frozen: each by the index that it has sent, else as reckoned; kept, signed, sent and amended like the others."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.agencies.models import DatedSetting
from motcua.agencies.queries import authority_of
from motcua.agencies.testing import make_agency, make_system_user, make_user_with
from motcua.audit.models import Event
from motcua.audit.queries import verify
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import legal_date
from motcua.dossiers.testing import SINCE, in_review, moment, ready
from motcua.statistics import actions
from motcua.statistics.models import IndexComponent, KeptReport
from motcua.statistics.queries.keeping import access_kept, kept_reports, reporting
from motcua.statistics.rules import keeping_kinds
from motcua.statistics.rules.index766 import CODE
from motcua.statistics.rules.index766_sheet import SOURCE
from motcua.statistics.rules.keeping_ranking import dump_ranking, load_ranking
from motcua.statistics.rules.periods import Basis, parse
from motcua.statistics.tests.ranked import (
    AFTER,
    LATER,
    NOVEMBER,
    OURS,
    PERIOD,
    another_count,
    frozen,
    index,
    kept,
    live,
    place,
    sent,
)


@pytest.fixture(autouse=True)
def installed(world):
    actions.install_index(actor=make_system_user(), at=moment())
    world.keeper = make_user_with("reform_officer", world.commune)
    world.above = make_user_with("reform_officer", world.province, subtree=True)
    world.chair = make_user_with("leader", world.province)


# What is kept --------------------------------------------------------------------------------------------------------------


def test_while_nobody_has_sent_it_is_the_live_ranking_to_the_last_word(world) -> None:
    report = frozen(world)
    found, now = kept(report), live(world)
    assert [replace(one, share=None, said="") for one in found.places] == list(now.places)
    assert replace(found, places=now.places) == now
    assert {one.said for one in found.places} == {"chưa chốt chỉ số; tính trực tiếp"}
    assert {one.share.report for one in found.places} == {None}
    assert (report.kind, report.form_code, report.number, report.below) == (
        "ranking", "qd-766-xep-hang-commune", 1, True,
    )  # fmt: skip
    (event,) = Event.objects.filter(chain=f"report/{report.pk}")
    assert (event.kind, event.data["kind"], event.data["hash"]) == (
        "report.frozen",
        "ranking",
        report.content_hash,
    )
    assert verify().is_whole


def test_a_unit_is_ranked_by_the_index_that_it_has_sent_and_not_by_a_recount(world) -> None:
    own = sent(world, index(world))
    another_count(world)
    found, now, board = place(kept(frozen(world))), place(live(world)), kept(own)
    assert (found.value, found.sums) == (board.value, board.sums)
    assert found.value != now.value
    assert [(one.ratio, one.points, one.reason) for one in found.lines] == [
        (one.ratio, one.points, one.reason) for one in board.lines
    ]
    assert (found.share.report, found.share.number, found.share.hash, found.share.sent_on) == (
        own.pk, 1, own.content_hash, "2026-12-07",
    )  # fmt: skip
    assert found.said == "gửi 07-12-2026"
    assert place(kept(KeptReport.objects.get(kind="ranking")), "UBND xã Bình Yên").share.report is None


def test_the_change_of_a_unit_that_sent_is_the_one_that_it_sent(world) -> None:
    ready(world, at=moment(days=-20))
    board = kept(sent(world, index(world)))
    in_review(world, at=moment(days=-25))  # late in October, recorded since
    found = place(kept(frozen(world)))
    assert found.trend == board.trend is not None
    assert found.trend != found.value - place(live(world)).value + place(live(world)).trend


def test_compared_with_other_days_the_change_is_reckoned(world) -> None:
    """The unit froze November as free dates, so it was compared with the thirty days before and not with October."""
    actions.freeze_index(world.commune, NOVEMBER.window, actor=world.keeper, at=AFTER)
    own = sent(world, KeptReport.objects.get())
    found = place(kept(frozen(world)))
    assert (found.share.report, found.trend) == (own.pk, place(live(world)).trend)


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("frozen", "đã chốt, chưa gửi (lần chốt 1); tính trực tiếp"),
        ("wider", "chỉ gửi chỉ số gồm cả đơn vị trực thuộc; tính trực tiếp"),
        ("other set", "đã gửi chỉ số theo điểm, chỉ tiêu khác (lần chốt 1); tính trực tiếp"),
    ],
)
def test_what_cannot_stand_beside_the_others_is_reckoned_and_says_why(world, case: str, said: str) -> None:
    report = index(world, below=case == "wider")
    if case != "frozen":
        sent(world, report)
    if case == "other set":
        IndexComponent.objects.filter(code="2.1").update(target=D("50"))
    another_count(world)
    found = place(kept(frozen(world)))
    assert (found.said, found.share.report) == (said, None)
    assert (found.value, found.trend) == (place(live(world)).value, place(live(world)).trend)


def test_an_amendment_that_was_not_sent_leaves_what_was_sent_and_is_named(world) -> None:
    own = sent(world, index(world))
    another_count(world)
    actions.amend(own.pk, reason="Bổ sung hồ sơ", actor=world.keeper, at=AFTER)
    found = place(kept(frozen(world)))
    assert (found.share.report, found.said) == (own.pk, "gửi 07-12-2026; lần chốt 2 chưa gửi")
    assert found.value == kept(own).value


def test_all_are_ranked_by_one_rule_for_what_cannot_be_counted_and_a_unit_of_another_rule_says_so(
    world,
) -> None:
    about = {"key": "index_766_missing", "value": "zero", "valid_from": date(2020, 1, 1), "source": "QĐ"}
    DatedSetting.objects.create(agency=world.commune, **about)
    own = kept(sent(world, index(world)))
    found = place(kept(frozen(world)))
    assert own.value == own.sums.earned != found.value == own.sums.rescaled
    value = str(own.value).replace(".", ",")
    assert found.said == f"gửi 07-12-2026; đơn vị lấy cách khác cho thành phần không tính được: {value}"


def test_equal_units_share_a_rank_whether_sent_or_reckoned(world) -> None:
    keepers = {}
    for name in ("UBND xã Cát Tường", "UBND xã Đông Hà"):
        twin = make_agency(name, world.province)
        world.others["land"].offerings.create(agency=twin, valid_from=SINCE)
        keepers[twin] = make_user_with("reform_officer", twin), make_user_with("leader", twin)
    twin, (keeper, leader) = keepers.popitem()
    report = actions.freeze_index(twin, NOVEMBER.window, **PERIOD, actor=keeper, at=AFTER)
    actions.sign(report.pk, actor=leader, at=AFTER)
    actions.send(report.pk, actor=keeper, at=AFTER)
    found = kept(frozen(world))
    names = [OURS, "UBND xã Cát Tường", "UBND xã Đông Hà", "UBND xã Bình Yên"]
    assert [(p.rank, p.agency.name) for p in found.places] == list(zip([1, 2, 2, 4], names, strict=True))
    assert [p.agency.name for p in found.places if p.share.report] == ["UBND xã Đông Hà"]


def test_a_ranking_without_a_window_before_and_a_live_one_are_written_and_read_again(world) -> None:
    for found in (replace(live(world), before=None), live(world), live(world, sent=True)):
        assert load_ranking(json.loads(json.dumps(dump_ranking(found)))) == found


def test_nothing_that_comes_later_moves_it(world) -> None:
    sent(world, index(world))
    report = frozen(world)
    before = kept(report)
    IndexComponent.objects.filter(code="2.1").update(target=D("50"), points=D("1"), name="Tên khác")
    another_count(world)
    actions.amend(KeptReport.objects.get(kind="index").pk, reason="Sửa", actor=world.keeper, at=LATER)
    assert kept(report) == before
    assert verify().is_whole


# Acts ------------------------------------------------------------------------------------------------------------------------


def test_each_kind_of_units_is_frozen_once_when_the_period_is_over_by_who_keeps_reports(world) -> None:
    with pytest.raises(RuleViolation, match="30-11-2026 mới kết thúc"):
        frozen(world, at=moment(days=28))
    for role in ("leader", "inspector"):
        with pytest.raises(NotFound):
            frozen(world, actor=make_user_with(role, world.province, subtree=True))
    with pytest.raises(NotFound):
        frozen(world, actor=world.keeper)
    first = frozen(world)
    with pytest.raises(RuleViolation, match="đã chốt"):
        frozen(world)
    department = make_agency("Sở Mới", world.province, kind="department", level="province")
    world.others["land"].offerings.create(agency=department, valid_from=SINCE)
    other = frozen(world, units="agency")
    assert (other.number, other.form_code) == (1, "qd-766-xep-hang-agency")
    assert {p.agency.name for p in kept(other).places}.isdisjoint(p.agency.name for p in kept(first).places)


def test_no_set_or_nobody_to_rank_no_ranking_to_freeze(world) -> None:
    with pytest.raises(RuleViolation, match="Chưa có bộ chỉ số"):
        frozen(world, window=parse("2015", Basis.CALENDAR).window, period="2015")
    for units in ("district", "agency"):  # none there; one without any figures
        with pytest.raises(RuleViolation, match="không có cơ quan trực thuộc nào có số liệu"):
            frozen(world, units=units)
    with pytest.raises(NotFound):
        frozen(world, units="village")
    assert not KeptReport.objects.exists()


def test_it_is_amended_with_a_reason_when_a_figure_or_what_was_taken_differs(world) -> None:
    report = frozen(world)
    with pytest.raises(RuleViolation, match="không có số nào khác"):
        actions.amend(report.pk, reason="Thử", actor=world.above, at=LATER)
    index(world)  # frozen and not sent: no other figure, and none taken
    with pytest.raises(RuleViolation, match="không có số nào khác"):
        actions.amend(report.pk, reason="Thử", actor=world.above, at=LATER)
    own = sent(world, KeptReport.objects.get(kind="index"))
    with pytest.raises(RuleViolation, match="lý do"):
        actions.amend(report.pk, reason=" ", actor=world.above, at=LATER)
    new = actions.amend(report.pk, reason="Xã đã gửi chỉ số", actor=world.above, at=LATER)
    assert (new.number, new.kind, new.reason) == (2, "ranking", "Xã đã gửi chỉ số")
    (only,) = keeping_kinds.changes(kept(report), kept(new))
    assert (only.row, only.column) == ("UBND xã An Phú (H40.12)", SOURCE)
    assert (only.before, only.after) == (
        "tính trực tiếp",
        f"lần chốt 1, mã băm {own.content_hash[:16]}…",
    )
    with pytest.raises(RuleViolation, match="đã được điều chỉnh"):
        actions.amend(report.pk, reason="x", actor=world.above, at=LATER)


def test_an_amendment_names_rank_points_and_rule_that_differ(world) -> None:
    report = frozen(world)
    IndexComponent.objects.filter(code="2.1").update(target=D("50"))
    about = {"key": "index_766_missing", "value": "zero", "valid_from": date(2020, 1, 1), "source": "QĐ"}
    DatedSetting.objects.create(agency=world.province, **about)
    new = actions.amend(report.pk, reason="Sửa bộ", actor=world.above, at=AFTER)
    found = {(one.row, one.column) for one in keeping_kinds.changes(kept(report), kept(new))}
    assert ("UBND xã An Phú (H40.12)", "Chỉ số") in found
    assert ("UBND xã An Phú (H40.12)", "Cộng, Điểm đạt") in found
    assert ("Bảng xếp hạng", "Cách lấy chỉ số") in found


def test_signed_and_sent_it_arrives_above_and_is_not_taken_for_the_units_own_index(world) -> None:
    district = make_agency("UBND huyện Giữa", world.province, level="district", code="H40.50")
    below = make_agency("UBND xã Dưới Huyện", district)
    world.others["land"].offerings.create(agency=below, valid_from=SINCE)
    keeper, chair = make_user_with("reform_officer", district), make_user_with("leader", district)
    report = frozen(world, agency=district, actor=keeper)
    actions.sign(report.pk, actor=chair, at=AFTER)
    above = authority_of(make_user_with("reform_officer", world.province), legal_date(AFTER))
    with pytest.raises(NotFound):
        access_kept(above, report.pk)
    actions.send(report.pk, actor=keeper, at=AFTER)
    assert access_kept(above, report.pk).form_number == "Xếp hạng 766, cấp xã"
    assert list(kept_reports(above)) == [report]
    lines = {one.agency: one for one in reporting(world.province, CODE, NOVEMBER.window, date(2026, 12, 9))}
    assert lines[district].is_missing
    assert lines[district].report is None


def test_statements_do_not_grow_with_the_units_that_have_sent(world) -> None:
    def asked() -> int:
        live(world, sent=True)
        with CaptureQueriesContext(connection) as caught:
            live(world, sent=True)
        return len(caught)

    sent(world, index(world))
    few = asked()
    for number in range(4):
        more = make_agency(f"UBND xã Số {number}", world.province)
        keeper, leader = make_user_with("reform_officer", more), make_user_with("leader", more)
        report = actions.freeze_index(more, NOVEMBER.window, **PERIOD, actor=keeper, at=AFTER)
        actions.sign(report.pk, actor=leader, at=AFTER)
        actions.send(report.pk, actor=keeper, at=AFTER)
    assert asked() == few
    assert sum(one.share.report is not None for one in live(world, sent=True).places) == 5
