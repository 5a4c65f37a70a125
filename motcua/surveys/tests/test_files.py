"""Files of ratings and surveys: names by their one definition, a decimal comma, marks on small shares."""

from datetime import date

import pytest

from motcua.surveys.output.files import ratings_csv, results_file
from motcua.surveys.queries.ratings import Board
from motcua.surveys.queries.surveys import Outcome
from motcua.surveys.rules.questionnaire import form_of
from motcua.surveys.rules.ratings import OVERALL, Asked, Kind, tallies
from motcua.surveys.rules.results import Group, results
from motcua.surveys.testing import CONTENT, SMALL


class Text:
    """A topic or a survey, as far as a file knows it."""

    text, points, step, step_text = "Hài lòng chung", 20, "0.5", "0,5"


def csv_of_ratings(marks: list[int]) -> list[str]:
    tally = tallies([Asked(OVERALL, Kind.SCALE)], [{OVERALL: mark} for mark in marks])[0]
    day = date(2026, 11, 1)
    board = Board(None, day, day, 1, len(marks), ((Text(), tally),), (), (), (), (), 0, 0)
    return ratings_csv(board).decode("utf-8-sig").splitlines()


def test_the_columns_of_ratings_are_named_by_the_registry_and_shares_have_a_comma() -> None:
    head, line = csv_of_ratings([5, 4, 1])
    assert "Tỷ lệ hài lòng về một nội dung đánh giá (%)" in head
    assert line == 'Hài lòng chung,3,2,1,"66,67","3,33"'


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_results_of_a_survey_say_what_each_column_is(kind: str) -> None:
    whole = results(form_of(SMALL), [Group(40, [CONTENT, CONTENT | {"q1": "2"}])])
    content, _ = results_file(Outcome(Text(), whole, (), 0, 1), kind)
    if kind == "xlsx":
        assert content.startswith(b"PK")
        return
    head, *lines = content.decode("utf-8-sig").splitlines()
    assert "Hài lòng theo câu hỏi (%)" in head
    assert "Sai số (±) (điểm %)" in head
    assert lines[0].startswith('Tất cả,Tiếp cận dịch vụ,Chỗ ngồi,2,0,1,0,0,1,"50,00","50,00"')
    assert any("Hài lòng chung (SIPAS)" in line and '"83,33"' in line for line in lines)
    assert lines[-1].startswith('"Điểm tiêu chí (tối đa 20, bước 0,5)"')
