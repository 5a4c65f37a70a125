"""What acts read of the catalogue, the agencies and the calendars, remembered until it changes.

Intake would otherwise read a dozen tables that change once a week. `ReferenceStamp` has one random mark per table,
renewed by a trigger on any change; one small read tells whether the memory is still true, also inside a transaction
that has itself changed the table, and after one that was rolled back (marks never come back).
"""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from threading import Lock
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection
from django.utils.functional import cached_property

from motcua.accounts.models import User
from motcua.agencies.models import Agency, OneStopOffice
from motcua.agencies.queries import Authority, authority_of, settings_for
from motcua.agencies.rules.settings import BY_KEY
from motcua.core import store
from motcua.core.moments import legal_date, to_local, to_utc
from motcua.core.statements import prepared
from motcua.dossiers.triggers import REFERENCE_TABLES
from motcua.procedures.models import ProcedureVersion
from motcua.workdays.queries import calendar_of
from motcua.workdays.rules.calendar import WorkCalendar

T = TypeVar("T")
KEPT_STATES = 3
SNAPSHOTS = "dossiers_calendarsnapshot"
KEPT_ANSWERS = 20_000
_SIDES = (
    'SELECT valid_from, 0 FROM "{table}" WHERE valid_from IS NOT NULL '
    'UNION SELECT valid_to, 1 FROM "{table}" WHERE valid_to IS NOT NULL'
)
_states: "OrderedDict[Hashable, dict[Hashable, Any]]" = OrderedDict()
_lock = Lock()


def _memory() -> tuple[dict[Hashable, Any], str]:
    """The memory that belongs to the present stamps, and the stamp of the calendar snapshots, which acts themselves write
    and which therefore does not shake the rest. One statement.
    """
    return store.remember("reference", _read_memory)


def _read_memory() -> tuple[dict[Hashable, Any], str]:
    with prepared() as cursor:
        cursor.execute('SELECT "table", value FROM dossiers_referencestamp ORDER BY "table"')
        stamps = dict(cursor.fetchall())
    snapshots = stamps.pop(SNAPSHOTS, "")
    marks = (connection.settings_dict["NAME"], *stamps.values())
    with _lock:
        memory = _states.setdefault(marks, {})
        _states.move_to_end(marks)
        while len(_states) > KEPT_STATES:
            _states.popitem(last=False)
        if len(memory) > KEPT_ANSWERS:
            memory.clear()
        return memory, snapshots


def _turning_days() -> tuple[date, ...]:
    """The days on which something begins, or has ended the day before, in a dated table that acts remember; between two of
    them every question of what is in force has one answer. Two statements, when the tables have changed.
    """
    with connection.cursor() as cursor:
        cursor.execute(" UNION ".join(_SIDES.format(table=table) for table in _dated_tables()))
        rows = [(date.fromisoformat(str(day)), after) for day, after in cursor.fetchall()]
    days = {day + timedelta(days=after) for day, after in rows}
    for heritage in Agency.objects.exclude(heritage={}).order_by().values_list("heritage", flat=True):
        days.update(date.fromisoformat(since) for since in heritage.values())
    return tuple(sorted(days))


def _dated_tables() -> list[str]:
    """The remembered tables whose rows hold from a day to a day."""
    known = [m._meta for m in apps.get_models() if m._meta.db_table in REFERENCE_TABLES]
    return [m.db_table for m in known if {"valid_from", "valid_to"} <= {f.name for f in m.concrete_fields}]


class Desk:
    """Where one act, or one page, is done: who, when, with which powers, settings and calendars.

    `at` is an aware moment; `day` and `local` are the same in Viet Nam. Rows that it hands out are shared: read only.
    """

    def __init__(self, actor: User, at: datetime) -> None:
        self.actor, self.at = actor, at
        self.day: date = legal_date(at)
        self.local: datetime = to_local(at)

    @classmethod
    def of(cls, authority: Authority) -> "Desk":
        """A desk for reading only, with powers already known; it stands at the noon of their day."""
        noon = to_utc(datetime.combine(authority.day, time(12)))
        desk = cls(None, noon)  # type: ignore[arg-type]  # reads only: nobody acts
        desk.__dict__["authority"] = authority
        return desk

    @cached_property
    def _remembered(self) -> tuple[dict[Hashable, Any], str]:
        return _memory()

    def recall(self, key: Hashable, compute: Callable[[], T]) -> T:
        """The remembered answer to `key`, else the computed one. The key must hold all that the answer rests on
        besides the reference tables.
        """
        answers, _ = self._remembered
        if key not in answers:
            answers[key] = compute()
        return answers[key]  # type: ignore[no-any-return]  # stored under its key with this type

    def recall_snapshot(self, key: Hashable, compute: Callable[[], tuple[T, bool]]) -> T:
        """As `recall`, for answers that rest on the stored calendar snapshots as well. `compute` says whether its answer
        may be kept: one that has just written a snapshot may yet be rolled back, and the old mark with it.
        """
        answers, mark = self._remembered
        if (key, mark) in answers:
            return answers[(key, mark)]  # type: ignore[no-any-return]  # stored under its key with this type
        answer, lasting = compute()
        if lasting:
            answers[(key, mark)] = answer
        return answer

    @cached_property
    def span(self) -> int:
        """The number of the stretch of days around the act in which nothing in the remembered tables begins or ends. What
        is in force on its day is remembered under it, so that a new day does not read everything anew.
        """
        return self._span_of(self.day)

    def _span_of(self, day: date) -> int:
        return bisect_right(self.recall("turning days", _turning_days), day)

    @cached_property
    def authority(self) -> Authority:
        """What the actor may do on the day of the act."""
        actor = self.actor
        key = ("authority", actor.pk, actor.kind, actor.is_active, self.span)
        held = self.recall(key, lambda: [authority_of(actor, self.day)])
        if held[0].day != self.day:
            held[0] = replace(held[0], day=self.day)
        return held[0]

    def setting(self, key: str, agency: Agency | None, day: date | None = None, default: Any = None) -> Any:
        """The dated setting in force for an agency on a day (that of the act unless given)."""
        on = day or self.day
        key_of_all = ("setting", agency.path if agency else "", self._span_of(on))
        found = self.recall(key_of_all, lambda: settings_for(BY_KEY, agency, on))
        known = BY_KEY.get(key)
        return found.get(key, known.default if known else default)

    def calendar(self, agency: Agency) -> WorkCalendar:
        """The working calendar of an agency as it is known now."""
        return self.recall(("calendar", agency.pk), lambda: calendar_of(agency))

    def agency(self, pk: int) -> Agency:
        """An agency with the one above it, from memory."""
        return self.recall(("agency row", pk), lambda: Agency.objects.select_related("parent").get(pk=pk))

    def office(self, pk: int) -> OneStopOffice:
        """A one-stop office with its agency, from memory, whether in force or not."""
        return self.recall(
            ("office row", pk), lambda: OneStopOffice.objects.select_related("agency").get(pk=pk)
        )

    def version(self, pk: int) -> ProcedureVersion:
        """A version with its procedure, from memory."""
        return self.recall(
            ("version row", pk), lambda: ProcedureVersion.objects.select_related("procedure").get(pk=pk)
        )
