"""The hours in which most and fewest people come to an office, from what its counter received; nothing when too little is known."""

from datetime import datetime, timedelta

from django.core.cache import cache

from motcua.agencies.models import OneStopOffice
from motcua.core.moments import legal_date
from motcua.dossiers.queries.busy import receptions_by_hour

WEEKS = 4
ENOUGH = 40  # receptions in these weeks; fewer say nothing of an hour
KEPT = 6 * 3600  # seconds


def hours_told(counts: dict[int, int], open_hours: set[int]) -> tuple[str, str] | None:
    """ "08:00–09:00" with most, and with fewest, of the hours in which the office is open; None when too few came, or all alike."""
    hours = sorted(open_hours)
    found = {hour: counts.get(hour, 0) for hour in hours}
    if len(hours) < 3 or sum(found.values()) < ENOUGH or min(found.values()) == max(found.values()):
        return None
    most = max(hours, key=lambda hour: (found[hour], -hour))
    fewest = min(hours, key=lambda hour: (found[hour], hour))
    return _span(most), _span(fewest)


def busy_hours(office: OneStopOffice, open_hours: set[int], at: datetime) -> tuple[str, str] | None:
    """The same for an office over the last four weeks, kept for some hours. One statement at most."""
    key = f"portal-busy-{office.pk}-{legal_date(at)}"
    counts = cache.get(key)
    if counts is None:
        counts = receptions_by_hour(office, at - timedelta(weeks=WEEKS), at)
        cache.set(key, counts, KEPT)
    return hours_told(counts, open_hours)


def _span(hour: int) -> str:
    return f"{hour:02d}:00–{hour + 1:02d}:00"
