"""Citizens' ratings among the figures: counts, shares, component 5.4 of the index, each open to votes that are nobody's."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers.testing import make_world, moment
from motcua.statistics.queries import Scope
from motcua.statistics.queries.index766 import DISCONTENT, LATE
from motcua.statistics.queries.index766 import counted as index_counted
from motcua.statistics.queries.index766_behind import Part, items_behind
from motcua.statistics.queries.things import Look, counted, facts
from motcua.statistics.rules.figures import value
from motcua.statistics.rules.index766 import Ratio, satisfaction
from motcua.statistics.rules.index766_measures import MEASURES, NO_RATINGS
from motcua.statistics.rules.periods import Window
from motcua.surveys.models import Ballot

NOVEMBER = Window(date(2026, 11, 1), date(2026, 11, 30))
AT = moment(days=40)
KEYS = ("ratings_satisfied", "ratings_neutral", "ratings_dissatisfied")


@pytest.fixture
def world(db):
    world = make_world()
    marks = (5, 5, 4, 4, 3, 2, 1, 4, 4, 4)
    Ballot.objects.bulk_create(
        Ballot(
            about="agency",
            agency=world.commune,
            month=date(2026, 11, 1),
            released=True,
            marks={"overall": mark},
        )
        for mark in marks
    )
    Ballot.objects.create(about="agency", agency=world.commune, month=date(2026, 11, 1), marks={"overall": 1})
    Ballot.objects.create(
        about="agency", agency=world.commune, month=date(2026, 10, 1), released=True, marks={"overall": 1}
    )
    return world


def test_votes_that_have_come_out_are_figures_and_open_to_rows_without_a_date(world):
    found = facts(KEYS, Look(Scope(world.commune, False), NOVEMBER, AT))
    counts = counted(found, KEYS)
    assert dict(counts) == {"ratings_satisfied": 7, "ratings_neutral": 1, "ratings_dissatisfied": 2}
    assert value("ratings", counts) == 10
    assert str(value("ratings_satisfied_rate", counts)) == "70.00"
    assert str(value("ratings_dissatisfied_rate", counts)) == "20.00"
    assert all(fact.on is None and fact.address == ("", ()) for fact in found)


def test_component_5_4_takes_late_dossiers_and_discontent_votes_off_a_hundred(world):
    scope = Scope(world.commune, False)
    ratios = index_counted(scope, NOVEMBER, AT)
    assert ratios.ratio(DISCONTENT) == Ratio(2, 10)
    assert ratios.ratio(LATE) is None
    assert ratios.ratio("satisfied") == Ratio(8000, 10_000)
    measure = MEASURES["satisfied"]
    sizes = {part: len(items_behind(measure, part, scope, NOVEMBER, AT)) for part in Part}
    assert sizes == {Part.PART: 8, Part.WHOLE: 10, Part.REST: 2}


def test_without_votes_component_5_4_is_not_known(world):
    before = Window(date(2026, 1, 1), date(2026, 3, 31))
    assert index_counted(Scope(world.commune, False), before, AT).ratio("satisfied") is None
    assert "tối thiểu" in NO_RATINGS


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_the_share_left_lies_between_nothing_and_all(late, in_time, low, content):
    found = satisfaction(Ratio(late, late + in_time), Ratio(low, low + content))
    if low + content == 0:
        assert found is None
        return
    lost = Fraction(low, low + content) + (Fraction(late, late + in_time) if late + in_time else 0)
    assert 0 <= found.part <= found.whole == 10_000
    assert found.part <= max(0, (1 - lost) * 10_000) < found.part + 1
    assert (found.part == 10_000) == (lost == 0)
