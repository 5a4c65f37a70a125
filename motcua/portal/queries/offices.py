"""One-stop offices as people look for them: near, open now, what is offered there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from motcua.agencies.models import OneStopOffice, Seat
from motcua.agencies.rules.places import kilometres, parsed
from motcua.core.errors import NotFound
from motcua.core.moments import to_local
from motcua.core.text import fold
from motcua.core.validity import in_force
from motcua.portal.queries.busy import busy_hours
from motcua.procedures.models import Offering, Procedure
from motcua.tickets.queries.crowds import Crowd, crowds
from motcua.workdays.queries import calendar_of
from motcua.workdays.rules.calendar import BeyondCalendar
from motcua.workdays.rules.opening import Opening, opening_at

WEEKDAYS = (
    gettext_noop("Thứ Hai"), gettext_noop("Thứ Ba"), gettext_noop("Thứ Tư"), gettext_noop("Thứ Năm"),
    gettext_noop("Thứ Sáu"), gettext_noop("Thứ Bảy"), gettext_noop("Chủ nhật"),
)  # fmt: skip
MOST = 400


@dataclass(frozen=True)
class OfficeLine:
    """An office with its state now; `distance` in kilometres when the reader's place is known."""

    office: OneStopOffice
    opening: Opening
    distance: float | None = None
    crowd: Crowd | None = None

    @property
    def hours(self) -> str:
        """ "Đang mở cửa đến 11:30", "Đóng cửa, mở lại lúc 07:30 thứ Hai 23/11"."""
        if self.opening.is_open and self.opening.until:
            return _("Đang mở cửa đến %(time)s") % {"time": f"{self.opening.until:%H:%M}"}
        if self.opening.again is None:
            return _("Đóng cửa")
        when = {
            "time": f"{self.opening.again:%H:%M}",
            "day": _(WEEKDAYS[self.opening.again.weekday()]),
            "date": f"{self.opening.again:%d/%m}",
        }
        return _("Đóng cửa, mở lại lúc %(time)s, %(day)s %(date)s") % when

    @property
    def holiday(self) -> str:
        """Why today is off, when it is for more than the week's end; the law's words."""
        note = self.opening.note
        return note.name if note and not note.works and not self.opening.today and note.source else ""

    @property
    def far(self) -> str:
        """ "2,4 km"."""
        return "" if self.distance is None else f"{self.distance:.1f} km".replace(".", _(","))

    @property
    def queue(self) -> str:
        """ "Đang chờ 7 người · chờ chừng 20 phút"; empty where nothing is known: closed, or no numbers are given out."""
        return queue_words(self.crowd) if self.crowd and self.opening.is_open else ""


def queue_words(crowd: Crowd) -> str:
    """How many wait and how long a newcomer may, as people read it."""
    people = ngettext("Đang chờ %(n)d người", "Đang chờ %(n)d người", crowd.waiting) % {"n": crowd.waiting}
    if crowd.minutes is None:
        return f"{people} · {_('thời gian chờ: chưa đủ số liệu')}"
    low, high = crowd.minutes
    if low == high:
        return f"{people} · {ngettext('chờ chừng %(n)d phút', 'chờ chừng %(n)d phút', high) % {'n': high}}"
    return f"{people} · {_('chờ chừng %(low)d đến %(high)d phút') % {'low': low, 'high': high}}"


def offices_at(day: date, procedure: Procedure | None = None) -> QuerySet[OneStopOffice]:
    """Offices that exist on a day; with a procedure, those where an agency that offers it is seated."""
    found = OneStopOffice.objects.filter(OneStopOffice.in_force(day)).select_related("agency")
    found = found.order_by("agency__path", "id")
    if procedure is None:
        return found
    offering = Offering.objects.filter(Offering.in_force(day), procedure=procedure).values("agency")
    seated = Q(seats__agency__in=offering) & in_force(day, "seats")
    return found.filter(seated).distinct()


def lines(
    offices: Iterable[OneStopOffice], at: datetime, place: tuple[float, float] | None = None
) -> list[OfficeLine]:
    """Offices with their state now, the nearest first when the reader's place is known. No statement for each."""
    rows = list(offices)
    queues = crowds(rows, at)
    found = [_line(office, at, place, queues.get(office.pk)) for office in rows]
    if place is None:
        return found
    return sorted(found, key=lambda line: (line.distance is None, line.distance or 0.0))


def _line(
    office: OneStopOffice, at: datetime, place: tuple[float, float] | None, crowd: Crowd | None
) -> OfficeLine:
    there = parsed(office.coordinates)
    distance = kilometres(place, there) if place and there else None
    return OfficeLine(office, opening_at(calendar_of(office.agency), to_local(at)), distance, crowd)


def in_commune(offices: QuerySet[OneStopOffice], text: str) -> list[OneStopOffice]:
    """Offices whose name, keeper or address holds every word, accents or not."""
    words = fold(text).split()[:8]
    rows = list(offices[:MOST])
    return [row for row in rows if all(word in _text(row) for word in words)] if words else rows


def _text(office: OneStopOffice) -> str:
    return fold(f"{office.name} {office.agency.name} {office.agency.place_name} {office.address}")


@dataclass(frozen=True)
class OfficePage:
    """One office with everything that somebody who is going there asks."""

    line: OfficeLine
    week: list[tuple[date, str, str, str]]
    seats: list[Seat]
    map_address: str
    busy: tuple[str, str] | None = None

    @property
    def queues(self) -> list[tuple[str, str]]:
        """Each line with its queue in words; none where the office is closed, or has one line only (told above)."""
        crowd = self.line.crowd
        if not self.line.queue or crowd is None or len(crowd.lines) < 2:
            return []
        return [(one.name, queue_words(one)) for one in crowd.lines]

    @property
    def office(self) -> OneStopOffice:
        """The office itself."""
        return self.line.office


def office_page(pk: int, at: datetime) -> OfficePage:
    """One office in force, its coming seven days, its counters. Raises NotFound. Six statements."""
    day = to_local(at).date()
    office = offices_at(day).filter(pk=pk).first()
    if office is None:
        raise NotFound(_("Không tìm thấy nơi nộp hồ sơ này."))
    seats = Seat.objects.filter(Seat.in_force(day), office=office).select_related("agency")
    there = parsed(office.coordinates)
    address = f"geo:{there[0]},{there[1]}" if there else ""
    busy = busy_hours(office, _whole_hours(office, day), at)
    return OfficePage(
        _line(office, at, None, crowds([office], at).get(office.pk)),
        _week(office, day),
        list(seats.order_by("desk", "id")),
        address,
        busy,
    )


def _whole_hours(office: OneStopOffice, day: date) -> set[int]:
    """The hours of the day that the office is open from beginning to end, on the next working day."""
    calendar = calendar_of(office.agency)
    try:
        sessions = calendar.sessions_on(calendar.next_working(day))
    except BeyondCalendar:
        return set()
    return {
        hour
        for start, end in sessions
        for hour in range(24)
        if start.hour + (start.minute > 0) <= hour < end.hour
    }


def _week(office: OneStopOffice, first: date) -> list[tuple[date, str, str, str]]:
    """Seven days: date, weekday, hours, why it is off."""
    calendar = calendar_of(office.agency)
    rows = []
    for number in range(7):
        day = date.fromordinal(first.toordinal() + number)
        try:
            sessions, note = calendar.sessions_on(day), calendar.day_note(day)
        except BeyondCalendar:
            break
        hours = ", ".join(f"{start:%H:%M}–{end:%H:%M}" for start, end in sessions)
        rows.append((day, _(WEEKDAYS[day.weekday()]), hours, note.name if note and not hours else ""))
    return rows
