"""The Vietnamese lunar calendar at UTC+7, from astronomical formulas.

A lunar month begins on the local day of a new moon; the month that holds the winter solstice is the
eleventh; of the thirteen months between two solstices the first without a major solar term is the leap
month. Viet Nam counts days at UTC+7, China at UTC+8, so that the two calendars now and then differ by a day
or a month (Tết 1985, 2007, 2030).

New moons after Meeus, Astronomical Algorithms, chapter 49; the sun's longitude after chapter 25 (low
accuracy, 0.01 degree, i.e. a quarter of an hour in the time of a solar term). Good for the years 1900 to
2100.
"""

from datetime import date, timedelta
from functools import lru_cache
from math import floor, radians, sin

VIET_NAM = 7.0  # hours east of Greenwich, since Quyết định 121/CP of 8-8-1967
_LUNATION = 29.530588861
_EPOCH = 2451545.0  # 1-1-2000 12:00 TT
_ORDINAL_OF_JD_ZERO = 1721424.5  # JD of ordinal 0 at 00:00 UT

# Periodic terms of the new moon, days: coefficient, power of E, then multiples of M, M', F and the node.
_TERMS = (
    (-0.40720, 0, 0, 1, 0, 0),
    (0.17241, 1, 1, 0, 0, 0),
    (0.01608, 0, 0, 2, 0, 0),
    (0.01039, 0, 0, 0, 2, 0),
    (0.00739, 1, -1, 1, 0, 0),
    (-0.00514, 1, 1, 1, 0, 0),
    (0.00208, 2, 2, 0, 0, 0),
    (-0.00111, 0, 0, 1, -2, 0),
    (-0.00057, 0, 0, 1, 2, 0),
    (0.00056, 1, 1, 2, 0, 0),
    (-0.00042, 0, 0, 3, 0, 0),
    (0.00042, 1, 1, 0, 2, 0),
    (0.00038, 1, 1, 0, -2, 0),
    (-0.00024, 1, -1, 2, 0, 0),
    (-0.00017, 0, 0, 0, 0, 1),
    (-0.00007, 0, 2, 1, 0, 0),
    (0.00004, 0, 0, 2, -2, 0),
    (0.00004, 0, 3, 0, 0, 0),
    (0.00003, 0, 1, 1, -2, 0),
    (0.00003, 0, 0, 2, 2, 0),
    (-0.00003, 0, 1, 1, 2, 0),
    (0.00003, 0, -1, 1, 2, 0),
    (-0.00002, 0, -1, 1, -2, 0),
    (-0.00002, 0, 1, 3, 0, 0),
    (0.00002, 0, 0, 4, 0, 0),
)
# Further terms of the planets, days: amplitude, phase and rate per lunation, degrees.
_PLANETS = (
    (0.000325, 299.77, 0.107408),
    (0.000165, 251.88, 0.016321),
    (0.000164, 251.83, 26.651886),
    (0.000126, 349.42, 36.412478),
    (0.000110, 84.66, 18.206239),
    (0.000062, 141.74, 53.303771),
    (0.000060, 207.14, 2.453732),
    (0.000056, 154.84, 7.306860),
    (0.000047, 34.52, 27.261239),
    (0.000042, 207.19, 0.121824),
    (0.000040, 291.34, 1.844379),
    (0.000037, 161.72, 24.198154),
    (0.000035, 239.56, 25.513099),
    (0.000023, 331.55, 3.592518),
)


def new_moon(number: int) -> float:
    """The Julian day (universal time) of a new moon; number 0 is that of 6-1-2000."""
    t = number / 1236.85
    mean = 2451550.09766 + _LUNATION * number + t * t * (0.00015437 - t * (0.000000150 - t * 0.00000000073))
    eccentricity = 1 - t * (0.002516 + t * 0.0000074)
    sun = 2.5534 + 29.10535670 * number - t * t * (0.0000014 + t * 0.00000011)
    moon = 201.5643 + 385.81693528 * number + t * t * (0.0107582 + t * (0.00001238 - t * 0.000000058))
    latitude = 160.7108 + 390.67050284 * number - t * t * (0.0016118 + t * (0.00000227 - t * 0.000000011))
    node = 124.7746 - 1.56375588 * number + t * t * (0.0020672 + t * 0.00000215)
    periodic = sum(
        size * eccentricity**power * sin(radians(a * sun + b * moon + c * latitude + d * node))
        for size, power, a, b, c, d in _TERMS
    )
    planets = sum(size * sin(radians(phase + rate * number)) for size, phase, rate in _PLANETS)
    dynamic = mean + periodic + planets
    return dynamic - _delta_t(dynamic) / 86400


def sun_longitude(jd: float) -> float:
    """The sun's apparent longitude in degrees at a Julian day (universal time)."""
    t = (jd + _delta_t(jd) / 86400 - _EPOCH) / 36525
    mean = 280.46646 + t * (36000.76983 + t * 0.0003032)
    anomaly = radians(357.52911 + t * (35999.05029 - t * 0.0001537))
    centre = (
        (1.914602 - t * (0.004817 + t * 0.000014)) * sin(anomaly)
        + (0.019993 - t * 0.000101) * sin(2 * anomaly)
        + 0.000289 * sin(3 * anomaly)
    )
    node = radians(125.04 - 1934.136 * t)
    return (mean + centre - 0.00569 - 0.00478 * sin(node)) % 360


def _delta_t(jd: float) -> float:
    """Terrestrial minus universal time in seconds: a smooth fit, good to some seconds from 1900 to 2100."""
    years = 2000 + (jd - _EPOCH) / 365.25
    if years < 1980:
        return 50 - 0.95 * (1980 - years) + 0.0045 * (1980 - years) ** 2 if years > 1900 else 0.0
    if years < 2020:
        return 50.5 + 0.47 * (years - 1980)
    return 69.3 + 0.25 * (years - 2020)


def _midnight(ordinal: int, zone: float) -> float:
    """The Julian day (universal time) at which a local day begins."""
    return ordinal + _ORDINAL_OF_JD_ZERO - zone / 24


@lru_cache(maxsize=1024)
def _month_start(number: int, zone: float) -> int:
    """The ordinal of the local day of a new moon."""
    return floor(new_moon(number) + zone / 24 - _ORDINAL_OF_JD_ZERO)


def _term(ordinal: int, zone: float) -> int:
    """Which twelfth of the ecliptic the sun is in when a local day begins; 9 from the winter solstice on."""
    return int(sun_longitude(_midnight(ordinal, zone)) // 30)


@lru_cache(maxsize=64)
def _eleventh_month(year: int, zone: float) -> int:
    """The number of the new moon that opens the month holding the winter solstice of a year."""
    number = round((date(year, 12, 21).toordinal() + _ORDINAL_OF_JD_ZERO - 2451550.1) / _LUNATION) + 1
    while (
        _term(_month_start(number, zone), zone) >= 9
        or _month_start(number, zone) > date(year, 12, 31).toordinal()
    ):
        number -= 1
    return number


def _numbered_months(year: int, zone: float) -> list[tuple[int, bool, int]]:
    """The months of a lunar year as (month, leap, first day's ordinal), from the first to before the next
    first.
    """
    found: list[tuple[int, bool, int]] = []
    for solstice in (year - 1, year):
        first, following = _eleventh_month(solstice, zone), _eleventh_month(solstice + 1, zone)
        leap = _leap(first, following, zone)
        month, lunar_year = 11, solstice
        for number in range(first, following):
            is_leap = number == leap
            if number > first and not is_leap:
                month = month % 12 + 1
                lunar_year += month == 1
            if lunar_year == year:
                found.append((month, is_leap, _month_start(number, zone)))
    return found


def _leap(first: int, following: int, zone: float) -> int | None:
    """The number of the leap month: of thirteen, the first in which the sun enters no new twelfth."""
    if following - first < 13:
        return None
    for number in range(first + 1, following):
        if _term(_month_start(number, zone), zone) == _term(_month_start(number + 1, zone), zone):
            return number
    raise AssertionError("thirteen months hold twelve terms")  # pragma: no cover


def solar_date(year: int, month: int, day: int, *, leap: bool = False, zone: float = VIET_NAM) -> date:
    """The solar date of a day of the lunar calendar, e.g. (2026, 1, 1) is Tết Bính Ngọ, 17-2-2026.

    Raises ValueError when the year has no such month.
    """
    for found, is_leap, start in _numbered_months(year, zone):
        if (found, is_leap) == (month, leap):
            return date.fromordinal(start) + timedelta(days=day - 1)
    raise ValueError(f"lunar year {year} has no month {month}{' leap' if leap else ''}")


def new_year(year: int, *, zone: float = VIET_NAM) -> date:
    """Mùng 1 Tết of a year."""
    return solar_date(year, 1, 1, zone=zone)


def hung_kings_day(year: int) -> date:
    """Giỗ Tổ Hùng Vương: the tenth of the third lunar month."""
    return solar_date(year, 3, 10)
