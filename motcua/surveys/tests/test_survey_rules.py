"""Questionnaires, samples, results: the arithmetic."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.errors import RuleViolation
from motcua.surveys.rules import sipas
from motcua.surveys.rules.questionnaire import (
    check_all,
    check_section,
    differing,
    form_of,
    next_code,
    publishable,
    put_question,
    put_section,
    without,
)
from motcua.surveys.rules.results import Group, criterion, results, shown
from motcua.surveys.rules.sampling import allocate, digest, draw, margin, root, sample_size
from motcua.surveys.testing import CONTENT, SMALL

FORM = form_of(SMALL)

# Questionnaires ------------------------------------------------------------------------------------------------------


def test_the_shipped_questionnaire_has_five_factors_and_may_be_used():
    form = form_of(sipas.content())
    assert {s.factor for s in form.sections} == {0, 1, 2, 3, 4, 5}
    assert publishable(form) == []
    assert len([q for q in form.questions if q.kind == "scale"]) == 23


def test_a_question_that_may_be_passed_over_is_not_wrong_when_it_is():
    asked = [
        {"code": "a", "text": "Chỗ ngồi", "kind": "scale"},
        {"code": "b", "text": "Thiết bị", "kind": "scale", "required": False},
        {"code": "c", "text": "Góp ý thêm", "kind": "text"},
    ]
    (section,) = form_of(
        {"sections": [{"code": "s", "title": "S", "factor": 1, "questions": asked}]}
    ).sections
    assert check_section(section, {"a": "4", "b": " ", "c": ""}) == ({"a": "4"}, {})
    assert check_section(section, {"b": "9", "c": "Tốt"}) == (
        {"c": "Tốt"},
        {"a": "Chọn một câu trả lời.", "b": "Chọn lại một trong các câu trả lời."},
    )


def test_a_section_is_asked_only_of_those_it_is_for():
    assert [s.code for s in FORM.shown(CONTENT)] == ["s1", "s2", "s3"]
    assert [s.code for s in FORM.shown(CONTENT | {"sent": "1"})] == ["s1", "s2", "s3", "s4"]
    held, wrong = check_all(FORM, CONTENT | {"q4": "1"})
    assert wrong == {}
    assert "q4" not in held, "what nobody asked is dropped"
    assert set(check_all(FORM, CONTENT | {"sent": "1"})[1]) == {"q4"}


def test_answers_that_there_are_not_are_refused_and_free_text_is_cut():
    held, wrong = check_all(FORM, {"q1": "6", "q2": "", "q3": "0", "sent": "x"})
    assert set(wrong) == {"q1", "q2", "sent"}
    assert held == {"q3": "0"}
    free = form_of(
        {
            "sections": [
                {
                    "code": "s",
                    "title": "A",
                    "factor": 0,
                    "questions": [{"code": "t", "text": "?", "kind": "text"}],
                }
            ]
        }
    )
    assert len(check_all(free, {"t": "x" * 2000})[0]["t"]) == 1000


def section(**values):
    return {
        "code": "s",
        "title": "A",
        "factor": 1,
        "questions": [{"code": "q", "text": "?", "kind": "scale"}],
    } | values


@pytest.mark.parametrize(
    ("sections", "words"),
    [
        ([section(), section(code="t")], "dùng hai lần"),
        ([section(questions=[{"code": "Câu", "text": "?"}])], "không hợp lệ"),
        ([section(title="")], "chưa đặt tên"),
        ([section(factor=6)], "từ 1 đến 5"),
        ([section(on="q", within=["1"])], "phần đứng trước"),
        ([section(), section(code="t", on="q", within=[], questions=[])], "ít nhất một câu trả lời"),
        ([section(questions=[{"code": "q", "text": ""}])], "chưa có nội dung"),
        (
            [section(questions=[{"code": "q", "text": "?", "kind": "choice", "options": ["một"]}])],
            "ít nhất hai lựa chọn",
        ),
        ([section(questions=[{"code": f"q{n}", "text": "?"} for n in range(121)])], "Quá 120"),
    ],
)
def test_faults_of_a_questionnaire_are_said_in_words(sections, words):
    with pytest.raises(RuleViolation, match=words):
        form_of({"sections": sections})


def test_a_questionnaire_without_marks_or_with_an_empty_section_is_not_published():
    assert publishable(form_of({"sections": [section(questions=[])]})) == [
        "Phần “A” chưa có câu hỏi.",
        "Cần ít nhất một câu năm mức hài lòng.",
    ]


def test_a_draft_is_changed_without_touching_what_it_was():
    data = put_section({"sections": []}, "s1", title="A", factor=2)
    data = put_question(data, "s1", "q1", text="Một", kind="scale")
    data = put_question(data, "s1", "q2", text="Hai", kind="scale")
    changed = put_question(put_section(data, "s1", title="B"), "s1", "q1", text="Uno")
    assert [q.text for q in form_of(changed).questions] == ["Uno", "Hai"]
    assert [q.text for q in form_of(data).questions] == ["Một", "Hai"]
    assert (next_code(data, "q"), next_code(data, "s"), next_code({}, "q")) == ("q3", "s2", "q1")
    assert [q.code for q in form_of(without(data, "q1")).questions] == ["q2"]
    assert form_of(without(data, "s1")).sections == ()


def test_two_entries_differ_where_they_differ():
    assert differing(FORM, CONTENT, CONTENT | {"q2": "5"}) == ["q2"]
    assert differing(FORM, {}, {}) == []


# Samples ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("population", "error", "answers"), [(1510, "5", 307), (10**9, "5", 385), (100, "5", 80), (1, "5", 1), (0, "5", 0), (1510, "3", 626)]
)  # fmt: skip
def test_the_sample_size_is_that_of_the_textbook_with_the_finite_population(population, error, answers):
    assert sample_size(population, Decimal(error)) == answers


@given(st.integers(1, 10**7), st.decimals("0.5", "20", places=2))
def test_the_size_is_the_least_that_keeps_the_margin(population, error):
    n = sample_size(population, error)
    assert 0 < n <= population
    assert margin(population, n) <= error.quantize(Decimal("0.01"))
    if n > 1:
        assert margin(population, n - 1) >= error - Decimal("0.01")


def test_the_margin_of_everybody_is_nothing_and_of_nobody_is_not_known():
    assert margin(50, 50) == 0
    assert margin(50, 0) is None
    assert margin(0, 0) is None
    assert margin(1510, 307) == Decimal("4.99")
    assert abs(root(Fraction(2)) ** 2 - 2) < Fraction(1, 10**10)


VOLUMES = st.dictionaries(st.integers(0, 50), st.integers(0, 5000), min_size=1, max_size=20)


@given(VOLUMES, st.integers(0, 3000), st.integers(0, 60))
def test_an_allocation_fits_the_groups_and_adds_up(volumes, total, minimum):
    found = allocate(volumes, total, minimum)
    assert all(min(volumes[key], minimum) <= found[key] <= volumes[key] for key in volumes)
    least = sum(min(v, minimum) for v in volumes.values())
    assert sum(found.values()) == min(max(total, least), sum(volumes.values()))


@given(VOLUMES, st.integers(0, 3000))
def test_without_a_minimum_an_allocation_is_by_volume(volumes, total):
    found, whole = allocate(volumes, total, 0), sum(volumes.values())
    wanted = min(total, whole)
    assert all(
        abs(found[key] - Fraction(wanted * volumes[key], whole or 1)) <= len(volumes) for key in volumes
    )


def test_a_draw_is_the_same_for_the_same_seed_and_another_for_another():
    members = list(range(1, 200))
    assert draw("a", members) == draw("a", reversed(members))
    assert draw("a", members) != draw("b", members)
    assert sorted(draw("a", members)) == members
    assert digest([1, 2]) != digest([2, 1])


# Results ------------------------------------------------------------------------------------------------------------------


def group(population, *answers):
    return Group(population, answers)


def answers(q1, q2, q3, **more):
    return {"q1": str(q1), "q2": str(q2), "q3": str(q3)} | more


def test_the_whole_is_not_the_mean_of_the_factors():
    """One factor of two questions at 100 %, one of one question at 0 %: of six answers four are content."""
    found = results(FORM, [group(2, answers(5, 4, 1), answers(4, 5, 2))])
    assert [f.percent for f in found.factors if f.number in (1, 3)] == [Decimal("100.00"), Decimal("0.00")]
    assert found.percent == Decimal("66.67")
    assert (found.good, found.valid, found.discontent, found.respondents) == (4, 6, 2, 2)


def test_groups_count_by_their_users_and_not_by_how_many_answered():
    few, many = [answers(1, 1, 1)], [answers(5, 5, 5)] * 9
    found = results(FORM, [group(900, *few), group(100, *many)])
    assert found.percent == Decimal("10.00")
    item = found.factors[0].items[0]
    assert (item.plain, item.percent, item.mean, item.index) == (
        Decimal("90.00"),
        Decimal("10.00"),
        Decimal("1.40"),
        Decimal("10.00"),
    )
    assert (found.factors[0].mean, found.factors[0].index) == (Decimal("1.40"), Decimal("10.00"))


def test_no_opinion_is_no_valid_answer():
    found = results(FORM, [group(10, answers(0, 4, 0), answers(4, 0, 0))])
    assert [i.valid for i in found.factors[0].items] == [1, 1]
    third = next(f for f in found.factors if f.number == 3)
    assert (third.percent, third.mean, third.index, third.items[0].percent, third.items[0].plain) == (
        None,
    ) * 5
    assert found.percent == Decimal("100.00")


def test_nobody_answered():
    found = results(FORM, [group(10), group(5)])
    assert (found.percent, found.error, found.points_of(20, "0.5")) == (None, None, None)


def test_all_content_of_a_few_is_not_certainty_and_of_everybody_is():
    few = results(FORM, [group(1000, *[answers(5, 5, 5)] * 20)])
    assert few.percent == Decimal("100.00")
    assert few.error > 5
    assert results(FORM, [group(20, *[answers(5, 5, 5)] * 20)]).error == 0


@pytest.mark.parametrize(
    ("share", "step", "points"),
    [("1", "0.5", "20.0"), ("999/1000", "0.5", "19.5"), ("999/1000", "0.1", "19.9"), ("0", "0.5", "0.0"), ("9/10", "0.5", "18.0"), ("91/100", "0.5", "18.0"), ("915/1000", "0.5", "18.5"), ("2561/2604", "0.1", "19.7")],
)  # fmt: skip
def test_points_of_the_criterion(share, step, points):
    assert criterion(Fraction(share), 20, step) == Decimal(points)


@given(st.fractions(0, 1), st.sampled_from(["0.5", "0.1"]))
def test_all_points_are_only_for_all_and_points_never_go_beyond(share, step):
    found = criterion(share, 20, step)
    assert 0 <= found <= 20
    assert (found == 20) == (share == 1)
    assert abs(found - Decimal(share.numerator) / Decimal(share.denominator) * 20) <= Decimal(step)


def test_a_share_that_is_not_all_never_reads_a_hundred():
    assert shown(Fraction(99999, 100000)) == Decimal("99.99")
    assert shown(Fraction(1)) == 100


MARKS = st.sampled_from(["0", "1", "2", "3", "4", "5"])
SHEETS = st.lists(st.fixed_dictionaries({"q1": MARKS, "q2": MARKS, "q3": MARKS}), max_size=8)


@given(st.lists(st.tuples(st.integers(0, 50), SHEETS), min_size=1, max_size=4))
def test_every_figure_lies_where_it_can_and_counting_again_agrees(groups):
    sample = [Group(len(rows) + more, rows) for more, rows in groups]
    found = results(FORM, sample)
    flat = [int(a[q]) for g in sample for a in g.answers for q in ("q1", "q2", "q3")]
    assert found.valid == sum(m > 0 for m in flat)
    assert found.good == sum(m >= 4 for m in flat)
    assert found.discontent == sum(any(a[q] in "12" for q in a) for g in sample for a in g.answers)
    if found.valid:
        assert 0 <= found.percent <= 100
        assert 0 <= found.error <= 100
    if len({g.weight for g in sample if g.answers}) == 1 and found.valid:
        assert found.share == Fraction(found.good, found.valid)
    for factor in found.factors:
        known = [i.share for i in factor.items if i.share is not None]
        if known:
            assert factor.percent == shown(sum(known) / len(known))
            assert min(known) * 100 - 1 <= factor.percent <= max(known) * 100 + 1


def test_one_discontent_answer_among_many_keeps_the_plain_share_below_all():
    answers = [CONTENT] * 24_999 + [CONTENT | {"q1": "1"}]
    item = results(FORM, [Group(30_000, answers)]).factors[0].items[0]
    assert (item.percent, item.plain) == (Decimal("99.99"), Decimal("99.99"))


def test_a_question_goes_into_its_own_section_and_the_others_stay():
    other = {"code": "s1", "questions": [{"code": "q1", "text": "Một"}]}
    data = {"sections": [other, {"code": "s2"}]}
    found = put_question(put_question(data, "s2", "q2", text="Hai"), "s2", "q2", text="Ba")
    assert found["sections"] == [other, {"code": "s2", "questions": [{"code": "q2", "text": "Ba"}]}]
    assert data["sections"][1] == {"code": "s2"}
