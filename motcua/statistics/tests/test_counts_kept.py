"""Counts kept ready are what a recount says, whatever happens; what changes the past throws them away."""

from datetime import date, timedelta
from io import StringIO
from itertools import pairwise
from random import Random

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from motcua.agencies.testing import make_agency
from motcua.core import timer
from motcua.core.moments import legal_date
from motcua.dossiers import actions as dossiers
from motcua.dossiers.models import ClockEntry, Dossier, FormerResolver
from motcua.dossiers.testing import in_review, make_intake, make_world, moment, ready, receive
from motcua.procedures.models import Field
from motcua.statistics import actions, stale
from motcua.statistics.models import CountState, HalfCount
from motcua.statistics.queries import Scope, build, count, kept_counts
from motcua.statistics.queries import dashboard as board
from motcua.statistics.queries.counts_check import differences, kept_halves
from motcua.statistics.queries.standing import midnight
from motcua.statistics.rules.halves import KEPT, half_of, halves_in
from motcua.statistics.rules.periods import Basis, Kind, Window, containing
from motcua.statistics.rules.reports import form_on
from motcua.statistics.testing import History, Step, make_stage

pytestmark = pytest.mark.django_db
NOVEMBER = Window(date(2026, 11, 1), date(2026, 11, 30))
FIRST = Window(date(2026, 11, 1), date(2026, 11, 14))
LATER = moment(days=70)
GROUPS = ((), ("agency",), ("field",), ("agency", "field"))


@pytest.fixture
def world():
    return make_world()


def until():
    return CountState.objects.values_list("until", flat=True).first()


def both(scope, window, at, by=()):
    """What is counted with what is kept, and without."""
    return tuple(
        {key: dict(+cell.counts) for key, cell in found.items()}
        for found in (count(scope, window, at=at, by=by, tests=KEPT, kept=kept) for kept in (True, False))
    )


def is_read(window, at=LATER, by=()):
    return kept_counts.plan(window, at=at, by=by, tests=KEPT) is not None


# Halves ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("basis", Basis)
@pytest.mark.parametrize("kind", Kind)
def test_every_period_is_made_of_whole_halves(kind, basis):
    window = containing(date(2026, 11, 23), kind, basis).window
    halves = halves_in(window)
    assert (halves[0].start, halves[-1].end) == (window.start, window.end)
    assert all(b.start - a.end == timedelta(days=1) for a, b in pairwise(halves))
    assert all(half_of(half.start) == half_of(half.end) == half for half in halves)


def test_days_that_begin_within_a_half_begin_with_none():
    assert halves_in(Window(date(2026, 11, 2), date(2026, 12, 31))) == []
    assert len(halves_in(Window(date(2026, 11, 1), date(2026, 11, 29)))) == 1
    assert half_of(date(2028, 2, 29)) == Window(date(2028, 2, 15), date(2028, 2, 29))


# Whatever happens -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(2))
def test_whatever_happens_what_is_kept_is_what_a_recount_says(seed):
    """A history of every act, successors and new calendars; counts are kept along the way; every window is asked both ways."""
    stage, chance, read = make_stage(), Random(seed), []

    def closed(at):
        actions.keep_counts(actor=None, at=at)

    plan = [
        Step(chance.choice((5, 180, 1440, 2880)), chance.randrange(1000), chance.randrange(100_000), chance.randrange(1000))
        for _ in range(90)
    ]  # fmt: skip
    history = History(stage, closed).play(plan)
    at = history.now + timedelta(days=40)
    actions.keep_counts(actor=None, at=at)
    assert len(list(kept_halves())) > 4
    assert list(differences(at=at)) == []
    scope, last = Scope(stage.province, below=True), legal_date(history.now)
    for number, window in enumerate(_windows(last)):
        read.append(is_read(window, at))
        for by in GROUPS if number % 5 == 0 else GROUPS[-1:]:
            with_kept, without = both(scope, window, at, by)
            assert with_kept == without, (window, by)
    assert any(read)
    for agency in (*stage.communes, stage.heir):
        for window in _windows(last)[:6]:
            assert (
                len({str(sorted(found.items())) for found in both(Scope(agency), window, at, ("field",))})
                == 1
            )


def _windows(last):
    """Periods that end, run, or begin in the middle."""
    day, found = date(2026, 10, 1), []
    while day <= last + timedelta(days=40):
        found += [containing(day, kind, basis).window for kind in Kind for basis in Basis]
        day = half_of(day).end + timedelta(days=1)
    return list(dict.fromkeys([*found, Window(date(2026, 10, 1), last), Window(date(2026, 10, 9), last)]))


def test_a_report_is_the_same_from_what_is_kept(world):
    ready(world)
    in_review(world)
    form = form_on("ii-06a", NOVEMBER.end)
    before = build(form, Scope(world.commune), NOVEMBER, LATER)
    actions.keep_counts(actor=None, at=LATER)
    assert is_read(NOVEMBER)
    after = build(form, Scope(world.commune), NOVEMBER, LATER)
    assert (before.lines, before.total) == (after.lines, after.total)
    assert after.total["open_late"] == 1


def test_a_running_window_is_kept_halves_and_the_days_since(world):
    ready(world)
    at = moment(days=33)
    actions.keep_counts(actor=None, at=at)
    receive(world, at=moment(days=32))
    window = Window(date(2026, 11, 1), date(2026, 12, 31))
    assert kept_counts.plan(window, at=at, by=(), tests=KEPT).rest.start == date(2026, 12, 1)
    with_kept, without = both(Scope(world.commune), window, at)
    assert with_kept == without != {}


@pytest.mark.parametrize(
    "window",
    [Window(date(2026, 11, 2), date(2026, 11, 30)), Window(date(2027, 1, 1), date(2027, 1, 14))],
    ids=["begins within a half", "is not kept yet"],
)
def test_other_windows_are_counted(world, window):
    ready(world)
    actions.keep_counts(actor=None, at=LATER)
    assert not is_read(window)


def test_figures_and_groups_that_are_not_kept_are_counted(world):
    ready(world)
    actions.keep_counts(actor=None, at=LATER)
    assert kept_counts.plan(NOVEMBER, at=LATER, by=("procedure",), tests=KEPT) is None
    assert kept_counts.plan(NOVEMBER, at=LATER, by=(), tests=("uncollected",)) is None
    assert kept_counts.plan(NOVEMBER, at=moment(days=2), by=(), tests=KEPT) is None, (
        "as it stood before its end"
    )
    found = count(Scope(world.commune), NOVEMBER, at=LATER, tests=KEPT, by_minute=True)
    assert found[()].counts["resolved_before"] == 1


def test_twelve_months_of_the_board_are_the_same_from_what_is_kept(world):
    ready(world)
    receive(world, at=moment(days=45))
    months = [containing(date(2026, n, 20), Kind.MONTH).window for n in (10, 11, 12)]
    before = board.series(Scope(world.commune), months, at=LATER)
    actions.keep_counts(actor=None, at=moment(days=40))
    assert board.series(Scope(world.commune), months, at=LATER) == before
    assert [sum(counts.values()) for counts in before] == [2, 0, 1]


# What throws it away --------------------------------------------------------------------------------------------------


def _received_late(world, dossier):
    """A reception entered so long afterwards that its day is kept."""
    receive(world, at=moment(days=1))


def _cause_corrected(world, dossier):
    Dossier.objects.filter(pk=dossier.pk).update(late_cause="other")


def _other_field(world, dossier):
    other = Field.objects.create(name="Lĩnh vực khác", code="K")
    Dossier.objects.filter(pk=dossier.pk).update(field=other)


def _other_channel(world, dossier):
    Dossier.objects.filter(pk=dossier.pk).update(channel="post")


def _other_agency(world, dossier):
    other = make_agency("UBND xã khác", world.province, code="H40.99")
    Dossier.objects.filter(pk=dossier.pk).update(resolving_agency=other)


def _other_end(world, dossier):
    Dossier.objects.filter(pk=dossier.pk).update(status="refused")


def _ledger_of_then(world, dossier):
    open_one = Dossier.objects.exclude(pk=dossier.pk).get()
    last = open_one.clock_entries.last()
    ClockEntry.objects.create(
        dossier=open_one, seq=last.seq + 1, kind="extend", at=moment(days=3), due_at=moment(days=90),
        reason="Nhập bù", document="Phiếu 1", actor=world.boss, calendar=last.calendar,
    )  # fmt: skip


def _ended_then(world, dossier):
    Dossier.objects.exclude(pk=dossier.pk).update(status="stopped", ended_at=moment(days=4))


def _carried_over_then(world, dossier):
    FormerResolver.objects.create(dossier=dossier, agency=world.commune, until=moment(days=2))


LATE = [
    _received_late, _cause_corrected, _other_field, _other_channel, _other_agency, _other_end, _ledger_of_then, _ended_then,
    _carried_over_then,
]  # fmt: skip


@pytest.mark.parametrize("change", LATE, ids=lambda f: f.__name__.strip("_"))
def test_what_changes_the_past_throws_away_what_it_makes_untrue(world, change):
    dossier = ready(world)
    in_review(world)
    actions.keep_counts(actor=None, at=LATER)
    assert is_read(FIRST)
    change(world, dossier)
    assert not is_read(FIRST)
    assert until() <= moment(days=5)
    with_kept, without = both(Scope(world.commune), NOVEMBER, LATER, ("agency", "field"))
    assert with_kept == without
    actions.keep_counts(actor=None, at=LATER)
    assert is_read(FIRST)
    assert list(differences(at=LATER)) == []


def test_acts_of_the_day_touch_nothing_that_is_kept(world):
    dossier = in_review(world)
    done = ready(world)
    actions.keep_counts(actor=None, at=LATER)
    kept = until()
    dossiers.apologise(dossier.pk, reason="Chậm", extra_working_days=30, actor=world.boss, at=LATER)
    dossiers.refuse(
        dossier.pk, reason="Không đủ", legal_basis="Điều 1", late_cause="partner", actor=world.boss, at=LATER
    )
    dossiers.return_result(done.pk, receiver_name="Nguyễn Thị Thử", actor=world.head, at=LATER)
    dossiers.submit(make_intake(world, channel="online"), actor=world.clerk, at=LATER)
    assert until() == kept
    assert list(differences(at=LATER)) == []


def test_a_transfer_is_counted_anew_in_the_windows_that_hold_it_and_leaves_the_others_kept(world):
    in_review(world)
    heir = make_agency("UBND xã An Phú mới", world.province, code="H40.20")
    actions.keep_counts(actor=None, at=moment(days=35))
    dossiers.transfer_open_work(world.commune, heir, document="NQ 1", actor=world.admin, at=moment(days=36))
    actions.keep_counts(actor=None, at=LATER)
    whole = Window(date(2026, 11, 1), date(2026, 12, 31))
    assert is_read(NOVEMBER)
    assert not is_read(whole)
    for agency in (world.commune, heir):
        for window in (NOVEMBER, whole):
            with_kept, without = both(Scope(agency), window, LATER)
            assert with_kept == without


# Commands -------------------------------------------------------------------------------------------------------------


def said(what):
    out = StringIO()
    call_command("statistics", what, stdout=out)
    return out.getvalue()


def test_counts_are_kept_checked_and_made_anew_by_commands(world):
    ready(world)
    actions.keep_counts(actor=None, at=LATER)
    assert "khớp" in said("check")
    HalfCount.objects.filter(test="received_counter").update(count=7)
    with pytest.raises(SystemExit):
        said("check")
    actions.rebuild_counts(actor=None, at=LATER)
    assert list(differences(at=LATER)) == []
    assert said("keep") == "Đã lập 0 nửa tháng.\n"
    assert "Đã lập lại" in said("rebuild")


def test_wrong_counts_are_made_anew_at_the_command_line_where_django_checks_itself_first(world):
    ready(world)
    actions.keep_counts(actor=None, at=LATER)
    HalfCount.objects.filter(test="received_counter").update(count=7)
    call_command("statistics", "rebuild", stdout=StringIO(), skip_checks=False)
    assert list(differences(at=LATER)) == []


def test_the_timer_keeps_counts(world):
    receive(world)
    ran = dict(timer.jobs(None, LATER))["số đếm giữ sẵn"]()
    assert ran == len(list(kept_halves())) > 0


def test_a_number_that_is_wrong_or_missing_is_named(world):
    ready(world)
    actions.keep_counts(actor=None, at=LATER)
    HalfCount.objects.filter(test="received_counter").delete()
    [found] = differences(at=LATER)
    assert (found.test, found.kept, found.counted) == ("received_counter", 0, 1)


def test_nothing_is_kept_of_an_empty_database_nor_of_days_that_may_still_change():
    assert actions.keep_counts(actor=None, at=LATER) == 0
    assert until() is None
    world = make_world()
    receive(world)
    first = half_of(legal_date(moment()))
    assert actions.keep_counts(actor=None, at=midnight(first.end + timedelta(days=3))) == 0
    assert actions.keep_counts(actor=None, at=midnight(first.end + timedelta(days=4))) == 1


def test_every_trigger_is_there():
    wanted = {watch.name for watch in stale.WATCHES}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgname LIKE 'statistics_stale%'")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        assert wanted <= {name for (name,) in cursor.fetchall()}


def test_reading_what_is_kept_costs_the_same_statements_for_one_half_as_for_many(world):
    ready(world)
    actions.keep_counts(actor=None, at=LATER)

    def statements(window):
        with CaptureQueriesContext(connection) as asked:
            count(Scope(world.commune), window, at=LATER, tests=KEPT)
        return len(asked)

    assert statements(NOVEMBER) == statements(Window(date(2026, 10, 1), date(2026, 12, 31)))


@pytest.mark.django_db(transaction=True)
def test_whoever_keeps_counts_waits_for_a_late_writer():
    """A reception of long ago, not yet committed, holds the keeper off: a second connection may not take its lock."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    world = make_world()
    other = connection.copy()
    try:
        with transaction.atomic():
            receive(world, at=moment(days=-400))
            with other.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_lock(%s)", [stale.LOCK])
                assert cursor.fetchone() == (False,)
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [stale.LOCK])
            assert cursor.fetchone() == (True,)
    finally:
        other.close()


def test_what_is_thrown_away_after_it_was_planned_is_not_read(world):
    ready(world)
    actions.keep_counts(actor=None, at=LATER)
    plan = kept_counts.plan(NOVEMBER, at=LATER, by=(), tests=KEPT)
    ids = list(Scope(world.commune).agencies)
    assert kept_counts.rows(plan, ids, by=(), tests=KEPT)
    assert kept_counts.rows(plan, [], by=(), tests=KEPT) == []
    CountState.objects.update(until=moment())
    assert kept_counts.rows(plan, ids, by=(), tests=KEPT) is None
    assert kept_counts.by_half(plan, ids, KEPT) is None
