"""The plan of a stream: its totals come out exactly, at every scale, for any seed."""

from collections import Counter
from datetime import date, datetime, time
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as some

from motcua.scenarios.localities.drawing import draw
from motcua.scenarios.localities.plan import Stream, scaled_streams, share
from motcua.scenarios.localities.registry import LOCALITIES
from motcua.scenarios.localities.terms import Broken, Terms
from motcua.workdays.rules.limits import Limit, Unit
from motcua.workdays.rules.national import national


def terms(code: str, amount: str, unit: Unit, *, online: bool = False) -> Terms:
    limit = Limit(Decimal(amount), unit, time(15))
    return Terms(code, 1, dict.fromkeys(("counter", "online", "post"), limit), (), (), online, False)


TERMS = {
    "copy": terms("copy", "1", Unit.SAME_DAY),
    "paper": terms("paper", "3", Unit.WORKING_DAY, online=True),
    "land": terms("land", "20", Unit.WORKING_DAY),
}
WEIGHTS = {"copy": 5.0, "paper": 3.0, "land": 2.0}
YEAR = {"first": date(2018, 1, 2), "last": date(2018, 12, 28)}


def sides(stream: Stream, seed: int = 1) -> Counter[str]:
    found: Counter[str] = Counter()
    for visit in draw(stream, TERMS, national(), Random(seed)):
        end, due = visit.finish.date(), visit.due.date()
        open_ = end > stream.last
        found["open" if open_ else "late" if end > due else "on" if end == due else "before"] += 1
    return found


@given(some.integers(0, 10**6), some.integers(0, 120), some.integers(0, 20), some.integers(0, 12))
def test_in_time_late_and_open_are_what_the_stream_says(seed, in_time, late, open_):
    plenty = 3 * (late + open_)
    stream = Stream("s", "q", in_time=in_time + plenty, late=late, open=open_, weights=WEIGHTS, **YEAR)
    found = sides(stream, seed)
    assert (found["before"] + found["on"], found["late"], found["open"]) == (in_time + plenty, late, open_)


@given(some.integers(0, 10**6), some.integers(0, 50))
def test_the_number_before_the_due_date_is_exact_where_it_is_fixed(seed, before):
    stream = Stream("s", "q", in_time=120, late=3, before=before, weights=WEIGHTS, **YEAR)
    assert sides(stream, seed)["before"] == before


def test_a_stream_is_the_same_for_the_same_seed_and_another_for_another():
    stream = Stream("s", "q", in_time=60, late=4, weights=WEIGHTS, online=0.1, supplemented=0.2, **YEAR)
    one, same, other = (draw(stream, TERMS, national(), Random(seed)) for seed in (7, 7, 8))
    assert one == same
    assert one != other


def test_nobody_comes_on_a_day_off_and_an_open_dossier_is_not_yet_due_on_the_last_day():
    stream = Stream("s", "q", in_time=300, open=9, weights=WEIGHTS, **YEAR)
    calendar = national()
    visits = draw(stream, TERMS, calendar, Random(3))
    assert all(calendar.is_working(visit.received.date()) for visit in visits)
    assert {visit.channel for visit in visits} == {"counter"}
    for visit in visits:
        opened = calendar.sessions_on(visit.at.date())
        assert any(start <= visit.at.time() <= end for start, end in opened), visit.at
    left = [visit for visit in visits if visit.finish.date() > stream.last]
    assert len(left) == 9
    assert all(visit.received.date() <= stream.last < visit.due.date() for visit in left)


def test_a_plan_that_cannot_be_drawn_says_so():
    with pytest.raises(Broken, match="không đủ thủ tục nhiều ngày"):
        draw(Stream("s", "q", in_time=1, late=9, weights={"copy": 1.0}, **YEAR), TERMS, national(), Random(1))


@given(some.integers(0, 300_000), some.lists(some.integers(0, 50), min_size=1, max_size=20))
def test_shares_add_up(total, weights):
    found = share(total, weights)
    assert sum(found) == (total if sum(weights) else 0)
    assert all(n >= 0 for n in found)


@pytest.mark.parametrize("name", LOCALITIES)
@pytest.mark.parametrize("scale", [1, 0.1, 0.01, 0.003])
def test_each_group_of_streams_is_scaled_as_one(name, scale):
    for group in {s.key.split("/")[0] for s in LOCALITIES[name].streams}:
        whole = [s for s in LOCALITIES[name].streams if s.key.split("/")[0] == group]
        small = [s for s in scaled_streams(LOCALITIES[name].streams, scale) if s.key.split("/")[0] == group]
        for part in ("in_time", "late", "open"):
            wanted = int(sum(getattr(s, part) for s in whole) * scale + 0.5)
            assert sum(getattr(s, part) for s in small) == wanted


def test_the_published_totals_are_those_of_the_plans():
    que_son, cu_mgar, thuan_bac = (LOCALITIES[n] for n in ("que-son-2017", "cu-mgar-2019", "thuan-bac-2019"))
    assert (que_son.planned(1), que_son.streams[0].in_time) == (2604, 2561)
    assert (cu_mgar.planned(1), sum(s.open for s in cu_mgar.streams)) == (272_129, 129)
    assert thuan_bac.streams[0].in_time == 1510


def test_every_agency_that_a_plan_names_is_founded_and_counters_have_their_own_codes():
    for locality in LOCALITIES.values():
        keys = {node.key for node in locality.nodes}
        assert {one.agency for one in locality.offers} <= keys
        assert {post[0] for person in locality.people for post in person.posts} <= keys
        assert {stream.office for stream in locality.streams} <= {plan.key for plan in locality.offices}
        codes = {node.key: node.code for node in locality.nodes}
        kept = [codes[plan.agency] for plan in locality.offices]
        assert all(kept)
        assert len(set(kept)) == len(kept)


@pytest.mark.parametrize(
    ("name", "communes"),
    [("que-son-2017", 14), ("thanh-binh-2012", 13), ("kim-long-2018", 1), ("thuan-bac-2019", 6), ("cu-mgar-2019", 17)],
)  # fmt: skip
def test_a_locality_has_its_communes(name, communes):
    assert sum(node.key.startswith("xa") for node in LOCALITIES[name].nodes) == communes


def test_a_replay_ends_after_the_last_day_of_every_stream():
    for locality in LOCALITIES.values():
        last = max(stream.last for stream in locality.streams)
        assert locality.until.replace(tzinfo=None) > datetime.combine(last, time())
