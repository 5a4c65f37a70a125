"""Open data: somebody who knows the rules and adds and subtracts everything published learns no number under five."""

from functools import cache
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.statistics.rules.suppression import (
    HIDDEN,
    SMALL,
    Block,
    ShownBlock,
    ShownTable,
    explanations,
    is_small,
    lone,
    protect,
    share_may_show,
)


def may_be(shown, value: int) -> bool:
    """Whether a published figure allows a value."""
    return value == shown if isinstance(shown, int) else shown == HIDDEN or value < 5


@cache
def rows_like(shown: ShownBlock, none: bool):
    """Every row that what is published of it allows, with parts up to MOST. `none`: "<5" may be nothing too, because the sum
    of all rows is hidden; else a row of nothing would say so.
    """
    fits = (p for p in product(range(MOST + 1), repeat=len(shown.parts)) if all(map(may_be, shown.parts, p)))
    return [p for p in fits if may_be(shown.total, sum(p)) and (none or shown.total != SMALL or sum(p) > 0)]


@cache
def sums_like(rows: tuple[ShownBlock, ...], width: int, none: bool) -> set[tuple[int, ...]]:
    """The sums of the columns of every choice of rows that what is published allows."""
    sums = {(0,) * width}
    for row in rows:
        choices = rows_like(row, none)
        sums = {tuple(a + b for a, b in zip(s, parts, strict=True)) for s in sums for parts in choices}
    return sums


def states_like(shown: ShownTable, row: int, ask) -> set[tuple[tuple[int, ...], object]]:
    """Of every table that an attacker cannot tell from the true one: the sums of its columns, and what is asked of a row."""
    none = isinstance(shown.below.total, str)
    rest = tuple(block for i, block in enumerate(shown.rows) if i != row)
    others = sums_like(rest, len(shown.below.parts), none)
    found, below = set(), shown.below.parts
    if all(isinstance(value, int) for value in below):
        choices = rows_like(shown.rows[row], none)
        return {
            (below, ask(p)) for p in choices if tuple(b - a for b, a in zip(below, p, strict=True)) in others
        }
    for parts in rows_like(shown.rows[row], none):
        for other in others:
            sums = tuple(a + b for a, b in zip(other, parts, strict=True))
            if all(map(may_be, shown.below.parts, sums)) and may_be(shown.below.total, sum(sums)):
                found.add((sums, ask(parts)))
    return found


def secrets(rows):
    """Every small number of the true table: the row, and a question to it."""
    for index, row in enumerate(rows):
        for column, part in enumerate(row.parts):
            if is_small(part):
                yield index, lambda parts, c=column: parts[c]
        if is_small(row.total):
            yield index, sum


MOST = 10
PART = st.one_of(st.integers(0, 4), st.integers(0, 8))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(PART, PART), min_size=1, max_size=3))
def test_no_small_number_follows_from_all_that_is_published(parts):
    rows = [Block(row) for row in parts]
    shown = protect(rows)
    for row, question in secrets(rows):
        answers = {answer for _, answer in states_like(shown, row, question)}
        assert question(parts[row]) in answers
        assert len(answers) > 1


TWO = st.lists(st.tuples(PART, PART), min_size=1, max_size=2)


@settings(max_examples=25, deadline=None)
@given(TWO, TWO)
def test_no_small_number_follows_from_two_tables_where_one_breaks_the_other_down(first, second):
    """Two agencies with their procedures, and the table of the two agencies."""
    lower = [[Block(row) for row in part] for part in (first, second)]
    upper = [Block(tuple(map(sum, zip(*part, strict=True)))) for part in (first, second)]
    shown = protect(upper)
    details = [protect(part, above) for part, above in zip(lower, shown.rows, strict=True)]
    sums = [{s for s, _ in states_like(detail, 0, sum)} for detail in details]
    for agency, question in secrets(upper):
        states = {(s, question(s)) for s in sums[agency]}
        assert len(possible(states, sums[1 - agency], shown.below)) > 1
    for agency, rows in enumerate(lower):
        for row, question in secrets(rows):
            states = states_like(details[agency], row, question)
            assert len(possible(states, sums[1 - agency], shown.below)) > 1


def possible(states, others, below: ShownBlock) -> set:
    """The answers of one agency's tables that go with some table of the other's under the sums published."""
    wanted = [value if isinstance(value, int) else None for value in below.parts]
    if None in wanted:
        totals = {sum(o) for o in others}
        return {a for s, a in states if any(may_be(below.total, sum(s) + total) for total in totals)}
    return {answer for s, answer in states if tuple(w - x for w, x in zip(wanted, s, strict=True)) in others}


def test_a_small_total_hides_its_parts_and_another_row_so_that_the_sum_does_not_give_it_away():
    table = protect([Block((3, 0)), Block((40, 10)), Block((9, 0))])
    assert table.below == ShownBlock(62, (52, 10))
    assert table.rows[0] == ShownBlock(SMALL, (SMALL, SMALL))
    assert table.rows[1] == ShownBlock(50, (40, 10))
    assert table.rows[2] == ShownBlock(HIDDEN, (HIDDEN, HIDDEN))


def test_a_small_part_hides_the_parts_beside_it_and_those_of_another_row():
    table = protect([Block((57, 3)), Block((20, 10)), Block((200, 100))])
    assert table.rows[0] == ShownBlock(60, (HIDDEN, HIDDEN))
    assert table.rows[1] == ShownBlock(30, (HIDDEN, HIDDEN))
    assert table.rows[2] == ShownBlock(300, (200, 100))
    assert table.below == ShownBlock(390, (277, 113))


def test_two_small_totals_hide_each_other_only_when_their_sum_leaves_a_choice():
    assert protect([Block((2, 0)), Block((3, 0)), Block((50, 0))]).rows[2].total == 50
    assert protect([Block((1, 0)), Block((1, 0)), Block((50, 0))]).rows[2].total == HIDDEN


def test_a_single_row_tells_no_more_in_its_sum_than_in_itself():
    assert protect([Block((57, 3))]) == ShownTable(
        (ShownBlock(60, (HIDDEN, HIDDEN)),), ShownBlock(60, (HIDDEN, HIDDEN))
    )
    assert protect([Block((1, 0))]).below.total == SMALL


def test_nothing_small_means_nothing_hidden_and_nothing_at_all_is_told():
    table = protect([Block((57, 5)), Block((0, 0))])
    assert table.rows == (ShownBlock(62, (57, 5)), ShownBlock(0, (0, 0)))
    assert protect([]).rows == ()


def test_where_even_all_rows_cannot_hide_a_small_total_the_sum_is_not_told():
    table = protect([Block((2, 0)), Block((6, 0))])
    assert table.below.total == HIDDEN
    assert {row.total for row in table.rows} == {HIDDEN}


@pytest.mark.parametrize(("value", "shown"), [(0, 0), (1, "<5"), (4, "<5"), (5, 5)])
def test_a_count_that_is_part_of_no_sum(value, shown):
    assert lone(value) == shown


def test_a_share_is_told_only_where_everything_is():
    assert share_may_show(ShownBlock(10, (5, 5)))
    assert not share_may_show(ShownBlock(10, (HIDDEN, HIDDEN)))
    assert not share_may_show(ShownBlock(SMALL, (SMALL,)))


def test_marks_that_occur_are_explained():
    assert list(explanations([1, "<5", 7])) == [SMALL]
    assert list(explanations([HIDDEN, SMALL])) == [SMALL, HIDDEN]
