"""The index of a commune, a province, and those below it against each other: every number from rows, few statements."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.agencies.models import DatedSetting
from motcua.agencies.testing import make_agency, make_system_user, make_user_with
from motcua.core.errors import NotFound
from motcua.dossiers.testing import SINCE, World, make_procedure, moment, ready
from motcua.procedures.models import (
    Posting,
    PostingPlace,
)
from motcua.statistics import actions
from motcua.statistics.models import IndexComponent
from motcua.statistics.queries import Scope
from motcua.statistics.queries.index766 import board, counted, window_before
from motcua.statistics.queries.index766_behind import Part, dossiers_behind, items_behind
from motcua.statistics.queries.index766_ranking import ranking
from motcua.statistics.queries.index766_sets import scheme_on
from motcua.statistics.rules.index766 import MISSING_SETTING, Missing, Ratio, State
from motcua.statistics.rules.index766_measures import COUNTED, MEASURES, Of
from motcua.statistics.rules.periods import Window
from motcua.statistics.rules.stages import NO_SPREAD, Spread
from motcua.statistics.tests.index766 import (
    DECEMBER,
    LATER,
    NOVEMBER,
    OCTOBER,
    decide,
    open_account,
    pay_online,
    put_up,
    with_fee,
)


@pytest.fixture(autouse=True)
def installed(world: World) -> None:
    actions.install_index(actor=make_system_user(), at=moment())


def of(
    world: World,
    window: Window = NOVEMBER,
    *,
    agency=None,
    below: bool = False,
    at=LATER,
    before: Window | None = None,
):
    return board(Scope(agency or world.commune, below=below), window, at, before=before)


def line(found, code: str):
    return next(one for one in found.lines if one.component.code == code)


# The board -------------------------------------------------------------------------------------------------------------


def test_progress_is_what_was_resolved_in_time_of_what_was_resolved_or_is_late(world: World) -> None:
    found = line(of(world), "2.1")
    assert (found.ratio, str(found.rate), found.points) == (Ratio(2, 5), "40.00", D("8.00"))
    early = line(of(world, at=moment(days=3)), "2.1")
    assert early.ratio == Ratio(2, 2)
    assert early.points == 20


def test_online_dossiers_are_counted_of_those_of_online_procedures(world: World) -> None:
    found = of(world)
    assert (line(found, "3.3").ratio, line(found, "3.3").points) == (Ratio(1, 1), D("6.00"))
    assert (line(found, "3.1").ratio, line(found, "3.2").ratio) == (Ratio(1, 2), Ratio(1, 1))
    assert line(found, "3.1").points == D("1.25")  # 50 % of 80 %


def test_what_cannot_be_counted_says_why_and_both_totals_are_there(world: World) -> None:
    found = of(world)
    unknown = {one.component.code for one in found.lines if one.state is State.UNKNOWN}
    assert unknown == {"1.2", "1.4", "4.2b", "4.3", "4.4", "4.5a", "4.5b", "5.4"}
    assert all(one.reason for one in found.lines if one.state in (State.UNKNOWN, State.NOTHING))
    assert "chưa khai báo nơi niêm yết" in line(found, "1.2").reason
    for reuse in ("4.3", "4.4"):  # the store exists; what it lends is recorded, and not counted
        assert "nhưng thống kê chưa đếm theo hồ sơ" in line(found, reuse).reason
    assert (line(found, "1.1").state, line(found, "3.6").state) == (State.NOTHING, State.NOTHING)
    computable = sum(one.component.points for one in found.lines if one.points is not None)
    assert (found.sums.possible, found.sums.points) == (computable, 100)
    assert found.value == found.sums.rescaled == (found.sums.earned * 100 / computable).quantize(D("0.01"))
    assert found.band == found.scheme.band(found.value)


def test_by_the_dated_setting_missing_components_count_nought(world: World) -> None:
    about = {"agency": world.province, "key": MISSING_SETTING, "source": "QĐ"}
    DatedSetting.objects.create(value=Missing.COUNT_ZERO.value, valid_from=date(2026, 11, 15), **about)
    assert of(world).value == of(world).sums.earned
    assert of(world, OCTOBER).missing == Missing.RESCALE


def test_the_trend_compares_with_the_window_before_by_its_own_set(world: World) -> None:
    ready(world, at=moment(days=-20))
    found = of(world, before=OCTOBER)
    assert found.trend == found.value - of(world, OCTOBER).value
    assert of(world, before=Window(date(2020, 1, 1), date(2020, 1, 31))).trend is None
    assert of(world, before=None).trend is None
    assert window_before(Window(date(2026, 11, 10), date(2026, 11, 14))) == Window(
        date(2026, 11, 5), date(2026, 11, 9)
    )


def test_a_period_with_nothing_has_no_index(world: World) -> None:
    quiet = make_agency("UBND xã Vắng", world.province, code="H40.99")
    found = of(world, agency=quiet)
    assert (found.value, found.band, found.trend, found.days) == (None, "", None, NO_SPREAD)
    assert found.sums.possible == 0


def test_the_average_time_is_for_information_and_stands_beside_median_and_90th_percentile(
    world: World,
) -> None:
    found = of(world)
    assert (line(found, "2.2").state, line(found, "2.2").points) == (State.INFO, None)
    # 6 hours, 2 days and 15 days over 3; the one in the middle; eight tenths of the way to the longest.
    assert found.days == Spread(D("5.75"), D("2.00"), D("12.40"))
    ready(world)
    assert of(world).days == Spread(D("4.38"), D("1.13"), D("11.10"))


def test_the_province_is_the_sum_of_its_agencies(world: World) -> None:
    whole = counted(Scope(world.province, below=True), NOVEMBER, LATER)
    houses = list(whole.by_house)
    for measure in COUNTED:
        parts = [whole.ratio(measure.key, [house]) for house in houses]
        assert whole.ratio(measure.key) == (sum((p for p in parts if p), Ratio()) if any(parts) else None)
    single = counted(Scope(world.commune), NOVEMBER, LATER)
    assert whole.by_house[world.commune.pk] == single.by_house[world.commune.pk]


def test_the_set_in_force_at_the_end_of_the_period_scores_it(world: World) -> None:
    old = IndexComponent.objects.get(code="2.1")
    keeper = make_user_with("reform_officer", world.province)
    new = actions.begin_set(
        old.group.index_set_id, date(2026, 12, 1), "QĐ mới", "Điều 1", actor=keeper, at=moment()
    )
    row = IndexComponent.objects.get(code="2.1", group__index_set=new)
    actions.change_component(
        row.pk, name=row.name, points=D(40), target=row.target, certainty="sure", source="x", actor=keeper, at=moment()
    )  # fmt: skip
    assert (line(of(world), "2.1").points, line(of(world, DECEMBER), "2.1").component.points) == (
        D("8.00"),
        40,
    )


# What is behind ------------------------------------------------------------------------------------------------------------


def test_every_number_opens_to_as_many_as_it_counts(world: World) -> None:
    prepare_all(world)
    for scope in (Scope(world.commune), Scope(world.province, below=True)):
        ratios = counted(scope, NOVEMBER, LATER)
        for measure in (one for one in COUNTED if one.of not in ELSEWHERE):
            found, expected = {}, ratios.ratio(measure.key)
            for part in Part:
                if measure.of is Of.DOSSIERS:
                    found[part] = dossiers_behind(measure, part, scope, NOVEMBER, LATER).count()
                else:
                    found[part] = len(items_behind(measure, part, scope, NOVEMBER, LATER))
            assert (found[Part.PART], found[Part.WHOLE]) == (expected.part, expected.whole), measure.key
            assert found[Part.REST] == expected.whole - expected.part, measure.key
            assert expected.whole > 0, f"{measure.key} is not tried"


ELSEWHERE = {Of.FEEDBACK, Of.RATINGS}  # tried in test_feedback.py and test_ratings.py


def prepare_all(world: World) -> None:
    """A fee that is paid online, an account, a place with postings, decisions of the province."""
    paid = with_fee(world)
    open_account(world)
    pay_online(world, paid)
    place = PostingPlace.objects.create(
        agency=world.commune, kind="board", name="Bảng tin", valid_from=date(2026, 11, 2)
    )
    version = world.procedure.versions.get()
    Posting.objects.create(place=place, version=version, posted_at=moment(days=1), posted_by=world.head)
    decide("1/QĐ-UBND", date(2026, 11, 1), date(2026, 11, 6))
    decide("2/QĐ-UBND", date(2026, 11, 2), date(2026, 11, 6), issuer="UBND tỉnh Lam Sơn")
    decide("3/QĐ-UBND", date(2026, 11, 2), date(2026, 11, 30), issuer="Chủ tịch UBND xã An Phú")


def test_a_measure_without_dossiers_opens_no_dossiers_and_the_other_way_round(world: World) -> None:
    scope = Scope(world.commune)
    with pytest.raises(NotFound):
        dossiers_behind(MEASURES["online_offered"], Part.WHOLE, scope, NOVEMBER, LATER)
    for key in ("progress", "synced", "population_procedures"):
        with pytest.raises(NotFound):
            items_behind(MEASURES[key], Part.WHOLE, scope, NOVEMBER, LATER)


# Ranking ------------------------------------------------------------------------------------------------------------------------


def ranked(world: World, **about):
    return ranking(Scope(world.province), about.pop("window", NOVEMBER), LATER, **about)


def test_communes_are_ranked_and_equal_ones_share_a_place(world: World) -> None:
    for name in ("UBND xã Cát Tường", "UBND xã Đông Hà"):
        twin = make_agency(name, world.province)
        world.others["land"].offerings.create(agency=twin, valid_from=SINCE)
    found = ranked(world)
    assert found.kind == "commune"
    names = ["UBND xã An Phú", "UBND xã Cát Tường", "UBND xã Đông Hà", "UBND xã Bình Yên"]
    assert [(p.rank, p.agency.name) for p in found.places] == list(zip([1, 2, 2, 4], names, strict=True))
    assert found.places[0].value == of(world).value
    assert found.places[1].sums.possible < found.places[0].sums.possible


def test_agencies_of_other_kinds_are_ranked_apart_and_those_without_figures_come_last(world: World) -> None:
    make_agency("Sở Mới", world.province, kind="department", level="province")
    make_agency("Sở Đã hết", world.province, kind="department", level="province", valid_to=date(2026, 10, 31))
    make_agency("UBND huyện Cũ", world.province, level="district")
    found = ranked(world, kind="agency")
    assert [(k, n) for k, _, n in found.kinds] == [("commune", 2), ("district", 1), ("agency", 2)]
    assert [(p.rank, p.agency.name, p.value) for p in found.places] == [
        (None, "Công an xã An Phú", None),
        (None, "Sở Mới", None),
    ]
    assert ranked(world, kind="nothing").kind == "commune"


def test_the_ranking_knows_the_change_since_the_window_before(world: World) -> None:
    ready(world, at=moment(days=-20))
    found = {p.agency.name: p for p in ranked(world, before=OCTOBER).places}
    mine = found["UBND xã An Phú"]
    assert mine.trend == mine.value - of(world, OCTOBER).value
    assert {p.trend for p in ranked(world, before=Window(date(2020, 1, 1), date(2020, 1, 31))).places} == {
        None
    }


def test_an_agency_without_any_below_ranks_nobody(world: World) -> None:
    found = ranking(Scope(world.others["neighbour"]), NOVEMBER, LATER)
    assert (found.places, found.kinds, found.kind) == ((), (), "")


def test_statements_do_not_grow_with_the_communes(world: World) -> None:
    def asked(make) -> int:
        make()  # what is remembered over a stretch of days is read once
        with CaptureQueriesContext(connection) as caught:
            make()
        return len(caught)

    def of_province():
        return of(world, agency=world.province, below=True, before=OCTOBER)

    put_up(world)
    few = asked(of_province), asked(lambda: ranked(world, before=OCTOBER))
    for number in range(12):
        more = make_agency(f"UBND xã Số {number}", world.province)
        world.others["land"].offerings.create(agency=more, valid_from=SINCE)
        make_procedure(f"2.0000{number:02d}", more)
        put_up(world, more)
    many = asked(of_province), asked(lambda: ranked(world, before=OCTOBER))
    assert many == few
    assert max(many) <= 60


def test_every_component_of_the_shipped_set_is_on_the_board(world: World) -> None:
    assert [one.component for one in of(world).lines] == list(scheme_on(NOVEMBER.end).components)
    assert sum((s.points for _, _, s in of(world).groups), D(0)) == 100
