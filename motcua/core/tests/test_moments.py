"""UTC inside, Viet Nam outside."""

from datetime import UTC, date, datetime

import pytest

from motcua.core import moments


def test_a_moment_late_in_the_evening_in_london_is_the_next_day_in_viet_nam():
    moment = datetime(2026, 6, 30, 17, 0, tzinfo=UTC)
    assert moments.legal_date(moment) == date(2026, 7, 1)
    assert moments.to_local(moment) == datetime(2026, 7, 1)


def test_local_time_goes_back_to_the_same_moment():
    moment = datetime(2026, 11, 22, 7, 5, tzinfo=UTC)
    assert moments.to_utc(moments.to_local(moment)) == moment


def test_a_naive_moment_is_refused():
    with pytest.raises(ValueError):
        moments.to_local(datetime(2026, 1, 1))


def test_now_is_aware_and_today_is_its_date(monkeypatch):
    assert moments.now().utcoffset().total_seconds() == 0
    monkeypatch.setattr(moments, "now", lambda: datetime(2026, 12, 31, 18, 0, tzinfo=UTC))
    assert moments.today() == date(2027, 1, 1)
