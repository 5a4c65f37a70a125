"""Rows with a first and a last day."""

from datetime import date, timedelta

import pytest

from motcua.agencies.models import Agency, DatedSetting
from motcua.core.validity import end_before, in_force, in_force_during, not_over

pytestmark = pytest.mark.django_db
FIRST, LAST, DAY = date(2026, 3, 2), date(2026, 3, 20), timedelta(days=1)


@pytest.fixture
def rows() -> dict[str, DatedSetting]:
    spans = {"ended": (FIRST, LAST), "open": (FIRST, None)}
    return {
        name: DatedSetting.objects.create(key=name, value=1, valid_from=first, valid_to=last, source="thử")
        for name, (first, last) in spans.items()
    }


def found(which: object) -> list[str]:
    return sorted(DatedSetting.objects.filter(which, key__in=["ended", "open"]).values_list("key", flat=True))


@pytest.mark.parametrize(
    ("day", "holds", "left"),
    [
        (FIRST - DAY, [], ["ended", "open"]),
        (FIRST, ["ended", "open"], ["ended", "open"]),
        (LAST, ["ended", "open"], ["ended", "open"]),
        (LAST + DAY, ["open"], ["open"]),
    ],
)
def test_both_ends_belong_to_it(
    rows: dict[str, DatedSetting], day: date, holds: list[str], left: list[str]
) -> None:
    assert (found(in_force(day)), found(not_over(day))) == (holds, left)


def test_some_day_of_a_span_is_enough(rows: dict[str, DatedSetting]) -> None:
    assert found(in_force_during(LAST, LAST + DAY)) == ["ended", "open"]
    assert found(in_force_during(LAST + DAY, LAST + 2 * DAY)) == ["open"]
    assert found(in_force_during(FIRST - 2 * DAY, FIRST - DAY)) == []


def test_what_runs_ends_the_day_before_and_what_ended_earlier_stays(rows: dict[str, DatedSetting]) -> None:
    assert end_before(DatedSetting.objects.filter(key__in=rows), LAST + DAY) == 1
    assert set(DatedSetting.objects.filter(key__in=rows).values_list("valid_to", flat=True)) == {LAST}


def test_the_days_of_a_relation_are_meant_where_it_is_named() -> None:
    assert str(in_force(FIRST, "seats")).count("seats__") == 3
    assert not Agency.objects.filter(in_force(FIRST, "seats")).exists()
