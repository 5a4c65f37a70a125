"""Whatever happens to dossiers: figures stand as they stood when their window closed, add up, and open to their dossiers.

Of every day are the same few histories. HISTORIES=200 draws so many anew by chance, other ones on every run, and shortens one that fails
to its heart; `--hypothesis-seed=N` beside it draws those of a seed again.
"""

import os
from collections import Counter
from itertools import combinations
from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from motcua.statistics.queries import Scope, behind, count
from motcua.statistics.queries.counting import total
from motcua.statistics.queries.standing import midnight
from motcua.statistics.rules.figures import REGISTRY, TESTS, broken_identities, number, value
from motcua.statistics.rules.meaning import MEANING
from motcua.statistics.testing import History, Step, make_stage, windows_closing
from motcua.statistics.testing_acts import HANDLERS
from motcua.statistics.testing_beside import BESIDE
from motcua.statistics.tests import oracle

pytestmark = pytest.mark.django_db
DEEP = "HISTORIES" in os.environ
EXAMPLES = int(os.environ.get("HISTORIES", "2"))
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]
PHASES = tuple(Phase) if DEEP else (Phase.generate,)

steps = st.builds(
    Step,
    minutes=st.integers(1, 4320),
    which=st.integers(0, 999),
    what=st.integers(0, 99_999),
    how=st.integers(0, 999),
)


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker):
    """One stage for all histories of this file, in a transaction that lasts as long as the file."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_stage()
        transaction.set_rollback(True)


def figures(stage, window, at):
    """All tests of the whole province by agency and field: {(agency, field): counts that are not nought}."""
    cells = count(Scope(stage.province, below=True), window, at=at, by=("agency", "field"))
    return {key: {test: n for test, n in cell.counts.items() if n} for key, cell in cells.items()}


class Told:
    """A history played to its end: the figures counted live at every close, those counted after all, those reckoned."""

    def __init__(self, stage, plan):
        self.stage, self.live = stage, {}
        self.history = History(stage, self._closed).play(plan)
        self.now = self.history.now
        self.later = {window: figures(stage, window, self.now) for window in self.live}
        self.lives = list(self.history.lives.values())

    def _closed(self, moment):
        for window in windows_closing(moment):
            self.live[window] = figures(self.stage, window, moment)

    def reckoned(self, window):
        houses = Scope(self.stage.province, below=True).houses
        merged = {}
        for (agency, field), counts in oracle.reckon(self.lives, window).items():
            merged.setdefault((houses[agency], field), Counter()).update(counts)
        return {key: dict(counts) for key, counts in merged.items()}

    def whole(self, window):
        """The sum over all agencies and fields."""
        return sum((Counter(counts) for counts in self.later[window].values()), Counter())


def told(stage, plan, check):
    """The history, told in a transaction that leaves nothing behind."""
    with transaction.atomic():
        check(Told(stage, plan))
        transaction.set_rollback(True)


def plan_of(seed, length):
    """The same plan for the same seed."""
    chance, gaps = Random(seed), (5, 60, 180, 500, 1440, 2880)
    return [
        Step(chance.choice(gaps), chance.randrange(1000), chance.randrange(100_000), chance.randrange(1000))
        for _ in range(length)
    ]


def check_all(tale):
    for window in tale.live:
        stands_as_it_stood(tale, window)
        adds_up(tale, window)
    what_is_left_is_carried_over(tale)
    for window in list(tale.live)[-2:]:
        opens_to_its_dossiers(tale, window)
        sums_agree_at_every_level(tale, window)


def stands_as_it_stood(tale, window):
    for found, words in (
        (tale.live[window], "what was counted when it closed"),
        (tale.reckoned(window), "what the history says"),
    ):
        other = differences(tale.later[window], found)
        assert not other, f"{window}: {other} (agency and field, test: counted now, {words})"


def differences(counted, expected):
    """Where two tables of figures differ: {((agency, field), test): (counted, expected)}."""
    tables = [
        {(key, test): n for key, row in table.items() for test, n in row.items()}
        for table in (counted, expected)
    ]
    keys = tables[0].keys() | tables[1].keys()
    pairs = {key: tuple(table.get(key, 0) for table in tables) for key in keys}
    return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}


def adds_up(tale, window):
    """The identities of II.06a, II.07, 07a and II.08, in every cell."""
    for counts in tale.later[window].values():
        n = {key: number(key, counts) for key, figure in REGISTRY.items() if not figure.is_share}
        assert broken_identities(counts) == []
        assert n["received"] == n["received_online"] + n["received_direct"] + n["carried"]
        assert n["resolved"] == n["resolved_before"] + n["resolved_on"] + n["resolved_late"]
        assert n["open"] == n["open_in_time"] + n["open_late"]
        assert n["received"] == n["resolved"] + n["open"] + n["stopped"] + n["withdrawn"]
        assert n["resolved_late"] == sum(n[f"late_{letter}"] for letter in "abcd")
        assert n["resolved_late"] == n["resolved_late_apologised"] + n["resolved_late_plain"]
        assert n["open_late"] == n["open_late_apologised"] + n["open_late_plain"]
        assert n["received_online"] == n["received_whole"] + n["received_partial"] + n["received_other"]
        assert n["waiting"] == n["waiting_in_time"] + n["waiting_late"]
        assert n["refused"] <= n["resolved"]
        assert n["received_away"] <= n["received_new"]
        assert n["paid"] == n["paid_online"] + n["paid_direct"] <= n["fee_owed"] <= n["received_new"]
        assert n["digitised"] <= n["received_new"]
        assert n["result_electronic"] <= n["resolved"]
        assert n["online_of_offered"] <= n["offered_online"] <= n["received_new"]
        for rate in ("paid_online_rate", "fee_online_rate", "digitised_rate", "result_electronic_rate"):
            part, whole = REGISTRY[rate].share_of
            assert (value(rate, counts) is None) == (n[whole] == 0)
            assert n[part] <= n[whole]
        assert (value("on_time_rate", counts) == 100) == (n["resolved"] > 0 == n["resolved_late"])


def what_is_left_is_carried_over(tale):
    """(6) of a window is (11) of the one before it. Of an agency: its (11), less what it gave to a successor in the window
    while that was open or what the successor then finished, more what it took over so.
    """
    for earlier, window in combinations(tale.live, 2):
        if midnight(window.start) != oracle.closing(earlier):
            continue
        left, taken = Counter(), Counter()
        for (agency, _), counts in tale.later[earlier].items():
            left[agency] += number("open", counts)
        for (agency, _), counts in tale.later[window].items():
            taken[agency] += number("carried", counts)
        moved = oracle.carried_elsewhere(tale.lives, earlier, window)
        houses = Scope(tale.stage.province, below=True).houses
        for (giver, heir), n in moved.items():
            left[houses[giver]] -= n
            left[houses[heir]] += n
        assert +taken == +left, (earlier, window)
        assert sum(taken.values()) == sum(left.values())


def opens_to_its_dossiers(tale, window):
    """The list behind each figure has exactly its count; tests that exclude each other share no dossier."""
    scope, whole = Scope(tale.stage.province, below=True), tale.whole(window)
    lists = {
        test: set(behind(test, scope, window, at=tale.now).values_list("pk", flat=True)) for test in TESTS
    }
    assert {test: len(pks) for test, pks in lists.items() if pks} == dict(+whole)
    for one, other in (*combinations(oracle.PLACES, 2), ("paid_online", "paid_direct")):
        assert lists[one].isdisjoint(lists[other]), (one, other)
    for key in ("received", "resolved", "open"):
        assert behind(key, scope, window, at=tale.now).count() == number(key, whole)
    for (agency, field), counts in tale.later[window].items():
        row = behind("received", scope, window, at=tale.now, agency=agency, field=field)
        assert row.count() == number("received", counts)


def sums_agree_at_every_level(tale, window):
    """Sums over fields, over agencies and over scopes are the same total."""
    scope, whole = Scope(tale.stage.province, below=True), dict(tale.whole(window))
    for by in ((), ("agency",), ("field",), ("procedure", "channel")):
        assert dict(+total(count(scope, window, at=tale.now, by=by).values())) == whole
    houses = {tale.stage.province, *tale.stage.communes, tale.stage.heir, tale.stage.police}
    parts = [total(count(Scope(house), window, at=tale.now).values()) for house in houses]
    assert dict(+sum(parts, Counter())) == whole


@settings(max_examples=EXAMPLES, derandomize=not DEEP, suppress_health_check=SLOW, phases=PHASES)
@given(plan=st.lists(steps, min_size=60, max_size=100))
def test_whatever_happens_figures_stand_as_they_stood_add_up_and_open_to_their_dossiers(stage, plan):
    told(stage, plan, check_all)


def test_a_long_history_in_which_every_act_is_done(stage):
    def check(tale):
        wanted = {act.value for act in HANDLERS} | set(BESIDE) | {"reproject", "transfer"}
        assert wanted <= set(tale.history.done)
        for window in tale.live:
            stands_as_it_stood(tale, window)

    told(stage, plan_of(0, 420), check)


def test_every_test_of_the_registry_has_a_meaning():
    assert {test.value for test in MEANING} == set(TESTS)
