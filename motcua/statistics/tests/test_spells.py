"""Spells say at every close what the ledger and the requests say when they are read as the figures read them."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from motcua.statistics.rules import spells as rules
from motcua.statistics.rules.spells import Asking, Entry

START = datetime(2026, 1, 1, tzinfo=UTC)
hours = st.integers(0, 12).map(lambda n: START + timedelta(hours=n))
maybe = st.none() | hours
kinds = st.sampled_from(["start", "suspend", "resume", "restart", "extend", "reproject", "end"])
entries = st.lists(st.builds(Entry, kinds, hours, maybe), max_size=6)
askings = st.lists(st.builds(Asking, hours, maybe, maybe), max_size=4)


def held(found, close):
    """The spells that hold for a window that closes then."""
    return [
        s for s in found if (s.since is None or s.since < close) and (s.until is None or s.until >= close)
    ]


@given(entries, hours, maybe, maybe, hours)
def test_the_due_date_in_force_is_that_of_the_last_entry_made_before_the_close(
    ledger, received, ended, due, close
):
    if not (received < close and (ended is None or ended >= close)):
        return
    made = [entry for entry in ledger if entry.at < close]
    found = held(rules.due_spells(ledger, received, ended, due), close)
    assert len(found) <= 1
    assert (found[0].moment if found else due) == (made[-1].due_at if made else None)


@given(entries, hours, maybe, hours)
def test_the_clock_rests_since_its_last_suspension(ledger, received, ended, close):
    if not (received < close and (ended is None or ended >= close)):
        return
    made = [entry for entry in ledger if entry.at < close and entry.kind in rules.RUNNING_OR_RESTING]
    found = held(rules.rest_spells(ledger, received, ended), close)
    expected = [made[-1].at] if made and made[-1].kind == "suspend" else []
    assert [spell.moment for spell in found] == expected


@given(entries, maybe, maybe)
def test_who_was_never_received_has_no_spells_of_the_clock(ledger, ended, due):
    assert rules.due_spells(ledger, None, ended, due) == rules.rest_spells(ledger, None, ended) == []


@given(st.lists(st.tuples(hours, st.integers(1, 3)), max_size=4).map(sorted), hours)
def test_who_resolved_is_the_first_to_have_given_it_away_since(former, close):
    found = held(rules.resolver_spells(former), close)
    assert (found[0].agency if found else 9) == rules.resolver_at(former, close, 9)
    assert len(found) <= 1
    assert rules.resolver_at(former, None, 9) == 9


@given(askings, hours, hours)
def test_acceptance_is_due_as_before_the_first_request_answered_later(requests, due, close):
    later = sorted(
        (r for r in requests if r.completed_at and r.completed_at >= close), key=lambda r: r.completed_at
    )
    found = held(rules.acceptance_spells(requests, due), close)
    assert len(found) <= 1
    assert (found[0].moment if found else due) == ((later and later[0].acceptance_due_at) or due)


@given(askings, hours)
def test_acceptance_rests_since_the_first_request_without_an_answer(requests, close):
    open_ = [
        r for r in requests if r.requested_at < close and (r.completed_at is None or r.completed_at >= close)
    ]
    found = [spell.moment for spell in held(rules.asked_spells(requests), close)]
    assert min(found, default=None) == min((r.requested_at for r in open_), default=None)


def test_what_lasts_ends_with_the_first_of_its_ends():
    one, two = START + timedelta(days=1), START + timedelta(days=2)
    assert rules.lasting("paid_online", START, two, one, None).until == one
    assert rules.lasting("corrected", START, None).until is None
