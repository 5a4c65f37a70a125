"""Rules of personal data: codes, acts by state, what may be deleted, when a row is old."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.accounts.rules.consents import PURPOSES, label_of
from motcua.core.errors import RuleViolation
from motcua.privacy.rules import erasure, requests, retention
from motcua.privacy.rules.requests import FIELDS, KINDS, STATES, Kind, State
from motcua.privacy.rules.retention import BY_CODE, CLASSES, Fate, cutoff, described, require_allowed

NOON = datetime(2026, 3, 31, 12)


@pytest.mark.parametrize(
    ("amount", "unit", "expected"),
    [
        (7, "day", datetime(2026, 3, 24, 12)),
        (1, "month", datetime(2026, 2, 28, 12)),  # 31-2 is no day
        (13, "month", datetime(2025, 2, 28, 12)),
        (3, "month", datetime(2025, 12, 31, 12)),
        (2, "year", datetime(2024, 3, 31, 12)),
        (None, "year", None),
    ],
)
def test_a_row_is_old_by_the_calendar(amount, unit, expected) -> None:
    assert cutoff(NOON, amount, unit) == expected


@given(st.integers(1, 1200), st.datetimes(datetime(2020, 1, 1), datetime(2090, 1, 1)))
def test_a_longer_time_never_throws_away_more(months: int, local: datetime) -> None:
    shorter, longer = cutoff(local, months, "month"), cutoff(local, months + 1, "month")
    assert longer < shorter < local


@pytest.mark.parametrize("one", CLASSES, ids=lambda one: one.code)
def test_every_class_says_what_from_when_and_by_which_source(one) -> None:
    assert one.label
    assert one.since.startswith("từ ")
    assert one.source
    assert one.is_carried_out == (one.amount is not None)
    assert (one.fate is Fate.KEEP) == (one.code in {"dossiers", "results", "receipts", "consents", "log"})


@pytest.mark.parametrize(
    ("code", "amount", "unit", "words"),
    [
        ("dossiers", 5, "year", "luật giữ"),
        ("drafts", 90, "day", "nơi khác"),
        ("khong-co", 1, "year", "luật giữ"),
        ("codes", 1, "day", "ít nhất 2 ngày"),
        ("requests", 11, "month", "ít nhất 365 ngày"),
        ("messages", 101, "year", "100 năm"),
    ],
)
def test_a_time_that_law_or_safety_forbids_is_refused(code, amount, unit, words) -> None:
    with pytest.raises(RuleViolation, match=words):
        require_allowed(code, amount, unit)


def test_for_ever_is_a_time_too() -> None:
    assert require_allowed("messages", None, "year") is BY_CODE["messages"]
    assert (described(12, "month"), described(None, "day")) == ("12 tháng", "không thời hạn")


def test_codes_are_read_back() -> None:
    assert requests.code_of(17, 2026) == "DLCN-2026-000017"
    assert requests.number_in(" dlcn-2026-000017 ") == 17
    assert [
        requests.number_in(text) for text in ("", "DLCN-2026-", "DLCN-2026-x", "PAKN-1-2", "DLCN-1-²")
    ] == [None] * 5


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("kind", list(Kind))
def test_nothing_can_be_done_to_a_finished_request(kind: Kind, state: State) -> None:
    acts = requests.acts_for(kind, state, "full_name", has_account=True)
    assert bool(acts) == (state in requests.OPEN)
    assert all(requests.may(act, state) for act in acts)


@pytest.mark.parametrize(
    ("kind", "field", "has_account", "own"),
    [
        (Kind.SEE, "", False, {"copy"}),
        (Kind.CORRECT, "full_name", True, {"correct"}),
        (Kind.CORRECT, "full_name", False, set()),
        (Kind.CORRECT, "dossier", True, set()),
        (Kind.DELETE, "", True, {"erase"}),
        (Kind.DELETE, "", False, set()),
    ],
)
def test_the_acts_fit_what_is_asked(kind, field, has_account, own) -> None:
    acts = set(requests.acts_for(kind, State.ACCEPTED, field, has_account=has_account))
    assert acts == {"answer", "extend", "refuse"} | own


def test_an_account_that_proves_nothing_identifies_nobody() -> None:
    assert requests.checked_identity("account", proven_account=True) == "account"
    assert requests.checked_identity("card", proven_account=False) == "card"
    for how in ("account", "", "lời nói"):
        with pytest.raises(RuleViolation, match=r"căn cước|Chọn cách"):
            requests.checked_identity(how, proven_account=False)


@pytest.mark.parametrize(
    ("dossiers", "charges", "words"), [(0, 0, ""), (2, 0, "2 hồ sơ"), (0, 1, "1 khoản"), (1, 1, "1 hồ sơ")]
)
def test_who_waits_for_a_result_keeps_the_account(dossiers, charges, words) -> None:
    plan = erasure.plan({"drafts": 3}, open_dossiers=dossiers, open_charges=charges)
    lines = {line.code: line for line in plan.goes}
    assert (lines["drafts"].count, lines["drafts"].why_not) == (3, "")
    assert words in lines["account"].why_not
    assert bool(lines["account"].why_not) == bool(words)
    if words:
        with pytest.raises(RuleViolation, match=words):
            erasure.checked_parts(["account"], plan)
    else:
        assert erasure.checked_parts(["account"], plan) == list(erasure.PARTS)


def test_only_what_was_chosen_goes() -> None:
    plan = erasure.plan({}, open_dossiers=1, open_charges=0)
    assert erasure.checked_parts(["shares", "drafts"], plan) == ["drafts", "shares"]
    for nothing in ([], ["log"], ["dossiers"]):
        with pytest.raises(RuleViolation, match="ít nhất một"):
            erasure.checked_parts(nothing, plan)


def test_everything_has_words() -> None:
    assert set(KINDS) == set(Kind)
    assert set(STATES) == set(State)
    assert set(requests.ACCOUNT_FIELDS) < set(FIELDS)
    assert label_of("assistance") == PURPOSES["assistance"].label
    assert label_of("ngày xưa") == "ngày xưa"
    assert {"survey", "news", "zalo"} <= set(PURPOSES)
    assert retention.BY_CODE["codes"].least == 2
