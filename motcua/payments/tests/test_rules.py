"""Keys of transfers, states of charges, figures of a day."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.payments.rules.days import Numbered, Totals, counted, ranges
from motcua.payments.rules.keys import Candidate, Outcome, candidates, match, purpose_key, squeeze
from motcua.payments.rules.lines import REFUSALS, STATES, TRANSITIONS, FeeLine, next_state, overall
from motcua.payments.rules.orders import Mismatch, Owed, Told, mismatch, split
from motcua.payments.rules.statements import decode


@pytest.mark.parametrize(
    ("kind", "code", "ordinal", "key"),
    [
        ("le_phi", "H20.30.12-261123-0007", 1, "LP H203012 261123 0007"),
        ("phi", "H20.30.12-261123-0007", 1, "PH H203012 261123 0007"),
        ("le_phi", "H40.12-261123-0007", 2, "LP2 H4012 261123 0007"),
        ("le_phi", "000.00.12.H40-261123-0007", 2, "LP20000012H402611230007"),
    ],
)
def test_a_transfer_carries_the_dossier_code_without_dots_and_dashes(kind, code, ordinal, key):
    assert purpose_key(kind, code, ordinal) == key


def test_a_code_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="quá dài"):
        purpose_key("phi", "H" * 30)


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_key_is_found_in_whatever_the_bank_wraps_around_it(before, after):
    key = squeeze(purpose_key("le_phi", "H40.12-261123-0007"))
    assert key in set(candidates(f"{before} lp h4012.261123-0007 {after}"))


def test_a_memo_without_a_key_has_no_candidates():
    assert list(candidates("chuyen tien an trua")) == []


DUE = Candidate(1, "LPH40122611230007", 8000, True)
LONGER = Candidate(2, "LPH401226112300071", 8000, True)
PAID = Candidate(3, "LPH40122611230008", 8000, False)


@pytest.mark.parametrize(
    ("amount", "found", "expected"),
    [
        (8000, [], (Outcome.UNKNOWN, None)),
        (8000, [DUE], (Outcome.MATCHED, 1)),
        (7000, [DUE], (Outcome.WRONG_AMOUNT, 1)),
        (8000, [PAID], (Outcome.DOUBLE, 3)),
        (8000, [DUE, LONGER], (Outcome.MATCHED, 2)),
    ],
)
def test_a_transfer_is_matched_by_key_and_amount(amount, found, expected):
    assert match(amount, found) == expected


@pytest.mark.parametrize("act", sorted(REFUSALS))
@pytest.mark.parametrize("state", STATES)
def test_every_act_is_allowed_from_its_state_only(state, act):
    allowed = {start: end for (start, one), end in TRANSITIONS.items() if one == act}
    assert next_state(state, act) == allowed.get(state)
    assert allowed


@pytest.mark.parametrize(
    ("amount", "reason", "state"), [(8000, "", "due"), (8000, "người cao tuổi", "exempt"), (0, "", "none")]
)
def test_a_charge_begins_due_exempt_or_owing_nothing(amount, reason, state):
    assert FeeLine("phi", "x", amount, exemption_reason=reason).first_state == state


@pytest.mark.parametrize(
    ("states", "whole"),
    [
        ([], "none"),
        (["none"], "none"),
        (["paid", "due"], "due"),
        (["paid", "exempt"], "paid"),
        (["refunded", "exempt"], "refunded"),
        (["exempt", "none"], "exempt"),
        (["cancelled"], "none"),
    ],
)
def test_all_charges_of_a_record_have_one_state(states, whole):
    assert overall(states) == whole


def test_the_drawer_is_counted_by_notes():
    assert counted({500_000: 2, 1_000: 3, 200: 0}) == 1_003_000


@pytest.mark.parametrize("notes", [{300: 1}, {1000: -1}])
def test_a_note_that_does_not_exist_is_refused(notes):
    with pytest.raises(ValueError, match=r"không"):
        counted(notes)


def test_the_drawer_should_hold_what_was_taken_less_what_was_given_back():
    totals = Totals(cash=100_000, transfer=50_000, refunded=8_000)
    assert totals.expected_cash == 92_000
    assert totals.difference(90_000) == -2_000


def test_receipt_numbers_are_listed_as_runs_with_the_cancelled_ones_named():
    receipts = [Numbered("A", n, n == 2) for n in (3, 1, 2, 7)] + [Numbered("B", 4, False)]
    assert ranges(receipts) == [
        {"book": "A", "first": 1, "last": 3, "cancelled": [2]},
        {"book": "A", "first": 7, "last": 7, "cancelled": []},
        {"book": "B", "first": 4, "last": 4, "cancelled": []},
    ]


@given(st.sets(st.integers(1, 60)))
def test_runs_cover_every_number_once(numbers):
    made = ranges(Numbered("A", n, False) for n in numbers)
    covered = [n for run in made for n in range(run["first"], run["last"] + 1)]
    assert covered == sorted(numbers)


def test_news_of_another_order_is_not_about_ours():
    told = Told("khac", 8000, "VND", "G1", "paid")
    assert mismatch(told, order="cua-ta", amount=8000, reference="G1") is Mismatch.ORDER
    assert mismatch(told, order="khac", amount=8000, reference="G1") is None


def test_an_order_never_settles_more_than_was_paid():
    with pytest.raises(ValueError, match="không đủ"):
        split(5, [Owed(1, 6, True)])
    assert split(6, [Owed(1, 6, True), Owed(2, 9, False)]).excess == 0


def test_a_statement_in_the_old_vietnamese_encoding_is_read():
    assert decode("Phí nộp đủ".encode("cp1258", "ignore")).startswith("Phí n")
