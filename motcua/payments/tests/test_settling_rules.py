"""What is owed has changed: the rule, by a table of cases and for any history of payments."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.payments.rules.lines import FeeLine
from motcua.payments.rules.settling import Plan, Standing, settle

LINE = FeeLine("phi", "Phí sao", 40, "TT 1", subject="Phí sao")
OTHER = FeeLine("le_phi", "Lệ phí", 20, "TT 2", subject="Lệ phí")
FREE = replace(LINE, exemption_reason="Hộ nghèo")
MORE = replace(LINE, amount=30, purpose="Phí sao (nộp bổ sung)")
DUE, PAID = Standing(1, LINE, "due"), Standing(1, LINE, "paid", held=40)


def of(amount: int) -> FeeLine:
    """The fee at another amount."""
    return replace(LINE, amount=amount)


CASES = {
    "nothing was charged, nothing is owed": ((), (), Plan()),
    "nothing was charged": ((), (LINE,), Plan(make=(LINE,))),
    "unpaid, the same is owed: it stands": ((DUE,), (LINE,), Plan()),
    "unpaid, more is owed: replaced": ((DUE,), (of(70),), Plan((1,), (of(70),))),
    "unpaid, less is owed: replaced": ((DUE,), (of(10),), Plan((1,), (of(10),))),
    "unpaid, owed to another agency now: replaced": (
        (replace(DUE, is_here=False),),
        (LINE,),
        Plan((1,), (LINE,)),
    ),
    "unpaid, nothing is owed any more": ((DUE,), (), Plan((1,))),
    "unpaid, exempt now: a row says so": ((DUE,), (FREE,), Plan((1,), (FREE,))),
    "exempt before and after": ((Standing(1, FREE, "exempt"),), (FREE,), Plan()),
    "paid, the same is owed": ((PAID,), (LINE,), Plan()),
    "paid, more is owed: the rest beside it": ((PAID,), (of(70),), Plan((), (MORE,))),
    "paid and the rest unpaid: both stand": ((PAID, Standing(2, MORE, "due")), (of(70),), Plan()),
    "paid and the rest unpaid, less is owed": ((PAID, Standing(2, MORE, "due")), (LINE,), Plan((2,))),
    "paid, less is owed: the difference goes back": ((PAID,), (of(10),), Plan(give_back=((1, 30),))),
    "paid, nothing is owed": ((PAID,), (), Plan(give_back=((1, 40),))),
    "paid, exempt now": ((PAID,), (FREE,), Plan((), (FREE,), ((1, 40),))),
    "promised before, still owed back": ((replace(PAID, promised=30),), (of(10),), Plan()),
    "promised before, owed after all": ((replace(PAID, promised=30),), (LINE,), Plan(give_back=((1, 0),))),
    "the newest goes back first": (
        (PAID, Standing(2, MORE, "paid", held=30)),
        (of(20),),
        Plan(give_back=((2, 30), (1, 20))),
    ),
    "wholly given back by hand, owed again": (
        (Standing(1, LINE, "refunded"),),
        (LINE,),
        Plan(make=(LINE,)),
    ),
    "each subject by itself": ((PAID,), (OTHER,), Plan((), (OTHER,), ((1, 40),))),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_done_about_charges_when_something_else_is_owed(case: str) -> None:
    standing, wanted, plan = CASES[case]
    assert settle(standing, wanted) == plan


def test_a_long_name_leaves_room_for_what_is_added() -> None:
    long = replace(LINE, purpose="x" * 300)
    (made,) = settle([PAID], [replace(long, amount=70)]).make
    assert made.purpose.endswith("(nộp bổ sung)")
    assert len(made.purpose) == 300


class Till:
    """Charges with payments, as the acts would keep them."""

    def __init__(self) -> None:
        self.rows: list[Standing] = []

    def settle(self, wanted: list[FeeLine]) -> None:
        plan = settle(self.rows, wanted)
        back = dict(plan.give_back)
        kept = [one for one in self.rows if one.id not in plan.cancel]
        self.rows = [replace(one, promised=back.get(one.id, one.promised)) for one in kept]
        number = max([0, *(one.id for one in self.rows), *plan.cancel])
        for line in plan.make:
            number += 1
            self.rows.append(Standing(number, line, line.first_state))

    def pay(self, number: int) -> None:
        due = [one for one in self.rows if one.is_due]
        if due:
            one = due[number % len(due)]
            self.rows[self.rows.index(one)] = replace(one, state="paid", held=one.line.amount)

    def give_back(self) -> None:
        self.rows = [replace(one, held=one.held - one.promised, promised=0) for one in self.rows]

    @property
    def comes_to(self) -> dict[str, int]:
        """Money held, not promised back, and still due, by subject."""
        found: dict[str, int] = {}
        for one in self.rows:
            due = one.line.amount if one.is_due else 0
            found[one.line.subject] = found.get(one.line.subject, 0) + one.held - one.promised + due
        return {subject: amount for subject, amount in found.items() if amount}


steps = st.one_of(
    st.tuples(st.just("settle"), st.integers(0, 9), st.integers(0, 3)),
    st.tuples(st.just("pay"), st.integers(0, 5), st.none()),
    st.tuples(st.just("give back"), st.none(), st.none()),
)


@given(st.lists(steps, max_size=12), st.integers(0, 9), st.integers(0, 9))
def test_after_any_history_money_held_and_money_due_come_to_what_is_owed(
    history: list, copies: int, cases: int
) -> None:
    till = Till()
    for step, first, second in [*history, ("settle", copies, cases)]:
        if step == "settle":
            till.settle([replace(LINE, amount=8 * first), replace(OTHER, amount=5 * second)])
        elif step == "pay":
            till.pay(first)
        else:
            till.give_back()
        assert all(0 <= one.promised <= one.held for one in till.rows)
    wanted = {"Phí sao": 8 * copies, "Lệ phí": 5 * cases}
    assert till.comes_to == {subject: amount for subject, amount in wanted.items() if amount}
    before = list(till.rows)
    till.settle([replace(LINE, amount=8 * copies), replace(OTHER, amount=5 * cases)])
    assert till.rows == before
