"""The derivation of a due date in Vietnamese, line by line, for the screen, the slip and the citizen.

The arithmetic is the clock's; here only words: the rule and its article, the start and why, each skipped day
with its reason and source document, suspensions, restarts, the extension, and whether the date rests on a
provisional year.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from .arithmetic import Clock, in_order, is_in_time_for_extension, worked_between
from .calendar import MINUTE, DayNote, WorkCalendar, day_text
from .events import Extension, History, Restart, Suspension
from .laws import articles
from .limits import HOUR, Unit
from .sessions import clock_text


class Line(NamedTuple):
    """One line. `kind`: rule, start, skip, count, due, suspension, restart, extension, warning, provisional,
    final.
    """

    text: str
    kind: str


_UNKNOWN = Line("", "")


@dataclass(frozen=True, slots=True)
class Derivation:
    """Due dates (local) and how they come about. `original_due_at` is as given at receipt, for ever."""

    due_at: datetime | None
    original_due_at: datetime | None
    paused: bool
    provisional: bool
    lines: tuple[Line, ...]

    def as_text(self) -> str:
        """The lines as plain text."""
        return "\n".join([line.text for line in self.lines])


@dataclass(frozen=True)
class Words:
    """What a limit, its start and its end are called."""

    limit: str = "Thời hạn giải quyết"
    start: str = "Tiếp nhận"
    due: str = "Hạn trả kết quả"


ANSWER = Words("Thời hạn tiếp nhận hồ sơ trực tuyến", "Nộp", "Hạn tiếp nhận")


def derive(history: History, calendar: WorkCalendar, words: Words = Words()) -> Derivation:
    """The due date of a history with every step in words. Raises ClockError."""
    story = _Story(history, calendar, words)
    if history.limit.unit is Unit.NONE:
        story.say("rule", f"Thủ tục không quy định thời hạn giải quyết{_by(history)}: không có hạn trả.")
        return Derivation(None, None, False, False, tuple(story.lines))
    story.tell()
    return story.result()


def moment_text(moment: datetime) -> str:
    """A moment as people read it: "09:00 thứ Hai 05/01/2026"."""
    return f"{moment.hour:02d}:{moment.minute:02d} {day_text(moment.date())}"


def _by(history: History) -> str:
    named = ", ".join(part for part in (history.rule, history.article) if part)
    return f" theo {named}" if named else ""


def _because(event: Suspension | Restart | Extension) -> str:
    """Reason and document of an event, in brackets and behind a colon."""
    reason = f": {event.reason}" if event.reason else ""
    return reason + (f" ({event.document})" if event.document else "")


def _hours(microseconds: int) -> str:
    """A length of working time, e.g. "2 giờ 30 phút"."""
    hours, rest = divmod(microseconds, HOUR)
    minutes, rest = divmod(rest, MINUTE)
    parts = [(hours, "giờ"), (minutes, "phút"), (-(-rest // 1_000_000), "giây")]
    return " ".join(f"{n} {name}" for n, name in parts if n) or "0 phút"


class _Story:
    """Tells one history to its end."""

    def __init__(self, history: History, calendar: WorkCalendar, words: Words) -> None:
        self.history, self.calendar, self.words = history, calendar, words
        self.lines: list[Line] = []
        self.laws = articles(history.received_at.date())
        self.paused = self.extended = False

    def say(self, kind: str, text: str) -> None:
        self.lines.append(Line(text, kind))

    def law(self, topic: str) -> str:
        return self.laws[topic]

    def tell(self) -> None:
        history = self.history
        self.say("rule", f"{self.words.limit}: {history.limit.describe()}{_by(history)}.")
        self.clock = Clock(history.limit, history.received_at, self.calendar, history.reception_cutoff)
        self.original = self.clock.due
        self.from_start(history.received_at, self.words.start)
        for event in in_order(history.events):
            if isinstance(event, Suspension):
                self.suspension(event)
            elif isinstance(event, Restart):
                self.restart(event)
            else:
                self.extension(event)

    def result(self) -> Derivation:
        due = self.clock.due
        if due != self.original:
            self.say("final", f"Hạn trả ban đầu: {moment_text(self.original)}.")
        provisional = self.calendar.is_provisional(due.date())
        if provisional:
            self.say(
                "provisional",
                f"Tạm tính: lịch nghỉ năm {due.year} chưa công bố, được tính từ quy định của pháp luật; "
                "hạn trả sẽ được tính lại khi có thông báo chính thức.",
            )
        self.say("final", f"{self.words.due}: {moment_text(due)}.")
        return Derivation(due, self.original, self.paused, provisional, tuple(self.lines))

    # From receipt to due date ---------------------------------------------------------------------

    def from_start(self, received: datetime, verb: str) -> None:
        """The start and why, then how the limit runs from it."""
        start = self.clock.start
        self.say("start", f"{verb} lúc {moment_text(received)} ({self.law('reception')}).")
        if start != received:
            why = self.why_not_counted(received)
            self.say("start", f"{why}, nên tính như {self.words.start.lower()} lúc {moment_text(start)}.")
            self.lines += self.notes(received.toordinal() + 1, start.toordinal())
        _TELL[self.history.limit.unit](self, start)

    def why_not_counted(self, received: datetime) -> str:
        """Why a moment of receipt does not count as such."""
        sessions = self.calendar.minutes_on(received.date())
        minute = received.hour * 60 + received.minute
        cutoff = self.history.reception_cutoff
        if not sessions:
            return self.day_off(received.toordinal())
        if cutoff is not None and received.time() > cutoff:
            return f"Sau giờ chốt tiếp nhận {cutoff:%H:%M} của cơ quan"
        if sessions[0][1] < minute < sessions[-1][0]:
            return "Ngoài ca làm việc (giữa hai ca)"
        return f"Ngoài ca làm việc ({', '.join(f'{clock_text(a)}-{clock_text(b)}' for a, b in sessions)})"

    def working_days(self, start: datetime) -> None:
        self.say("count", f"Ngày tiếp nhận không tính ({self.law('day_not_counted')}).")
        self.days_between(start, self.clock.due)
        ordinal = f"Ngày làm việc thứ {self.history.limit.count}"
        self.ends(ordinal if self.history.limit.count else "Ngày tiếp nhận", "end_of_day")

    def calendar_days(self, start: datetime) -> None:
        raw = datetime.fromordinal(self.clock.raw)
        self.say(
            "count",
            f"Ngày tiếp nhận không tính ({self.law('day_not_counted')}); cộng "
            f"{self.history.limit.describe()} là {day_text(raw.date())}.",
        )
        self.rolled(raw)
        self.ends("Ngày cuối của thời hạn", "end_of_day")

    def months(self, start: datetime) -> None:
        raw = datetime.fromordinal(self.clock.raw)
        text = f"Ngày tương ứng sau {self.history.limit.describe()} là {day_text(raw.date())}"
        if raw.day != start.day:
            text += f" (tháng {raw.month}/{raw.year} không có ngày {start.day}, lấy ngày cuối tháng)"
        self.say("count", f"{text} ({self.law('end_of_month')}).")
        self.rolled(raw)
        self.ends("Ngày cuối của thời hạn", "end_of_day")

    def working_hours(self, start: datetime) -> None:
        self.say(
            "count",
            f"Chỉ tính thời gian trong ca làm việc, từ lúc {self.words.start.lower()} ({self.law('hours_start')}).",
        )
        self.hours_of(start, self.clock.exact, self.history.limit.count)
        self.say("due", f"Đủ {self.history.limit.describe()} lúc {moment_text(self.clock.due)}.")

    def same_day(self, start: datetime) -> None:
        cutoff = self.history.limit.same_day_cutoff
        if self.clock.due.date() == start.date():
            self.say(
                "count", f"Tiếp nhận không muộn hơn {cutoff:%H:%M}: trả trong ngày ({self.law('same_day')})."
            )
        else:
            after = f"Tiếp nhận sau {cutoff:%H:%M}: trả trong ngày làm việc tiếp theo"
            self.say("count", f"{after} ({self.law('same_day')}).")
            self.days_between(start, self.clock.due)
        self.ends("Ngày trả kết quả", "end_of_day")

    def ends(self, what: str, topic: str) -> None:
        due = self.clock.due
        self.say(
            "due",
            f"{what} là {day_text(due.date())}, hết ca cuối lúc {due.hour:02d}:{due.minute:02d} ({self.law(topic)}).",
        )

    # Days and hours in words ----------------------------------------------------------------------

    def days_between(self, after: datetime, until: datetime) -> None:
        """Each skipped day after one moment up to another, and each day worked although it would be off."""
        self.lines += self.notes(after.toordinal() + 1, until.toordinal() + 1)

    def notes(self, first: int, end: int) -> list[Line]:
        """Lines for the days worth a word among ordinals `first` to before `end`; kept with the calendar."""
        kept = self.calendar.texts
        found = []
        for ordinal in range(first, end):
            line = kept.get(ordinal, _UNKNOWN)
            if line is _UNKNOWN:
                line = kept[ordinal] = self.note(ordinal)
            if line is not None:
                found.append(line)
        return found

    def note(self, ordinal: int) -> Line | None:
        if not self.calendar.sessions_at(ordinal):
            return Line(f"Bỏ qua {self.day_off(ordinal, capital=False)}.", "skip")
        note = self.calendar.day_note(datetime.fromordinal(ordinal).date())
        if note is None:
            return None
        return Line(f"Tính {day_text(datetime.fromordinal(ordinal).date())}: {_named(note)}.", "count")

    def day_off(self, ordinal: int, *, capital: bool = True) -> str:
        """A day off with its reason and source."""
        day = datetime.fromordinal(ordinal).date()
        note = self.calendar.day_note(day)
        text = f"{day_text(day)}: {_named(note)}" if note else day_text(day)
        return _upper(text) if capital else text

    def rolled(self, raw: datetime) -> None:
        """Why the last day moved to the next working day."""
        skipped = self.notes(raw.toordinal(), self.clock.due.toordinal())
        if skipped:
            self.lines += skipped
            self.say(
                "count",
                f"Ngày cuối là ngày nghỉ thì chuyển sang ngày làm việc tiếp theo ({self.law('day_off')}).",
            )

    def hours_of(self, start: datetime, end: datetime, left: int) -> None:
        """How much working time each day gives."""
        for ordinal in range(start.toordinal(), end.toordinal() + 1):
            self.lines += self.notes(ordinal, ordinal + 1)
            day = datetime.fromordinal(ordinal)
            begin = max(start, day)
            given = min(left, worked_between(begin, min(end, _end_of_day(day)), self.calendar))
            if given:
                left -= given
                rest = f", còn {_hours(left)}" if left else ""
                self.say("count", f"{_upper(day_text(day.date()))}: tính {_hours(given)}{rest}.")

    # What the law lets happen ---------------------------------------------------------------------

    def suspension(self, event: Suspension) -> None:
        due = self.clock.due
        if event.end is None:
            self.open_suspension(event)
            return
        period = f"Tạm dừng từ {event.start:%d/%m/%Y} đến {event.end:%d/%m/%Y}{_because(event)}"
        if not self.clock.takes(event):
            self.say("suspension", f"{period}. {self.why_not_taken(due)}: hạn trả không đổi.")
            return
        added = self.clock.suspend(event)
        self.say("suspension", f"{period}. Cộng thêm {self.amount(added)}.")
        self.moved(due)

    def open_suspension(self, event: Suspension) -> None:
        since = f"Tạm dừng từ {event.start:%d/%m/%Y}{_because(event)}"
        if self.clock.takes(event) and event.restarts:
            self.paused = True
            again = f"khi nhận đủ bổ sung, thời hạn tính lại từ đầu ({self.law('supplement')})"
            self.say("suspension", f"{since}: {again}.")
        elif self.clock.takes(event):
            self.paused = True
            self.say("suspension", f"{since}, chưa kết thúc: hạn trả sẽ được lùi khi hết tạm dừng.")
        else:
            self.say("suspension", f"{since}. {self.why_not_taken(self.clock.due)}: hạn trả không đổi.")

    def why_not_taken(self, due: datetime) -> str:
        if self.history.limit.unit is Unit.SAME_DAY:
            return "Thủ tục trả trong ngày không tính tạm dừng"
        return f"Bắt đầu sau hạn trả {due:%d/%m/%Y}"

    def amount(self, added: int) -> str:
        unit = self.history.limit.unit
        if unit is Unit.WORKING_HOUR:
            return f"{_hours(added)} làm việc trong thời gian tạm dừng"
        if unit is Unit.WORKING_DAY:
            return f"{added} ngày làm việc (sau ngày bắt đầu, đến hết ngày kết thúc)"
        return f"{added} ngày"

    def restart(self, event: Restart) -> None:
        self.clock.restart(event.at)
        self.paused = False
        self.say(
            "restart",
            f"Hồ sơ được bổ sung đầy đủ lúc {moment_text(event.at)}{_because(event)}: thời hạn tính lại từ đầu "
            f"({self.law('supplement')}).",
        )
        self.from_start(event.at, "Nhận đủ bổ sung")

    def extension(self, event: Extension) -> None:
        told = f"Xin lỗi và hẹn lại ngày {event.at:%d/%m/%Y}{_because(event)}"
        if self.extended:
            self.say(
                "warning", f"{told}. Chỉ được hẹn lại một lần ({self.law('extension')}): không tính lần này."
            )
            return
        due, self.extended = self.clock.due, True
        self.clock.extend(event)
        self.say(
            "extension", f"{told}: thêm {event.amount_working_days} ngày làm việc ({self.law('extension')})."
        )
        if not is_in_time_for_extension(event.at, due, self.calendar):
            self.say("warning", "Hẹn lại muộn: phải thông báo trước ngày hết hạn ít nhất 01 ngày làm việc.")
        self.moved(due)

    def moved(self, before: datetime) -> None:
        """From one due date to a later one, with the days skipped."""
        if self.clock.due == before:
            return
        self.days_between(before, self.clock.due)
        self.say("due", f"Hạn trả chuyển từ {moment_text(before)} sang {moment_text(self.clock.due)}.")


_TELL = {
    Unit.WORKING_DAY: _Story.working_days,
    Unit.CALENDAR_DAY: _Story.calendar_days,
    Unit.MONTH: _Story.months,
    Unit.WORKING_HOUR: _Story.working_hours,
    Unit.SAME_DAY: _Story.same_day,
}


def _end_of_day(day: datetime) -> datetime:
    return day + timedelta(days=1, microseconds=-1)


def _named(note: DayNote) -> str:
    return f"{note.name} ({note.source})" if note.source else note.name


def _upper(text: str) -> str:
    """The text with its first letter large and the others as they are."""
    return text[0].upper() + text[1:]
